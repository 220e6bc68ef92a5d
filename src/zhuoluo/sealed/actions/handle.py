"""What the entitled office does with a case. Every act asks again whether this officer may see it at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.kit.ids import uuid7
from zhuoluo.org.reads import jurisdiction, units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.sealed.actions.vault import enter, locked, seal_text
from zhuoluo.sealed.models import SealedCase, SealedFile, SealedRule, SealedView
from zhuoluo.sealed.reads import Case, by_number, is_accused, opened, rules
from zhuoluo.sealed.rules import RULES, SUPERIOR, Refused, Rule
from zhuoluo.sealed.states import STATE_WORDS, after


def _check(by: Actor) -> None:
    if by.id is None or not may(by, Permission.READ_SEALED):  # nobody without a name, not even the system
        raise Forbidden("您的岗位不能查看检举控告（信访工作条例第30条）")


def _saw(case: SealedCase, kind: str, by: Actor, at: datetime) -> None:
    """Record one look, before anything is shown."""
    SealedView.objects.create(
        case_id=case.id, at=at, kind=kind, viewer_id=by.id or UUID(int=0), viewer_name=by.name, viewer_post=by.post,
        unit_name=by.unit_name,
    )  # fmt: skip


def look(*, number: str, by: Actor, at: datetime) -> Case:
    """Open a case and record the look. Raises NotFound for whoever it is not for."""
    _check(by)
    with transaction.atomic():
        case = by_number(by, number)
        _saw(case, "opened", by, at)
        return opened(case)


def look_at_file(*, number: str, file_id: UUID, by: Actor, at: datetime) -> SealedFile:
    """Find a file of a case and record the look. Raises NotFound, SealedFile.DoesNotExist."""
    _check(by)
    with transaction.atomic():
        case = by_number(by, number)
        found = SealedFile.objects.select_related("label").get(case=case, pk=file_id)
        _saw(case, "file", by, at)
        return found


def look_at_looks(*, number: str, by: Actor, at: datetime) -> SealedCase:
    """Return a case whose looks are to be shown; that too is recorded."""
    _check(by)
    with transaction.atomic():
        case = by_number(by, number)
        _saw(case, "looks", by, at)
        return case


@contextmanager
def _act(number: str, verb: str, by: Actor, at: datetime, version: int | None) -> Iterator[SealedCase]:
    """Lock a case, check the right, the version and the state; write state and entry when the block ends."""
    _check(by)
    with transaction.atomic():
        case = locked(by_number(by, number).id)
        if version is not None and case.version != version:
            raise Refused("这件刚被别人更新，请看过最新情况再办理；您写的内容没有丢")
        state = after(verb, case.state)
        if state is None:
            raise Refused("这件“%(state)s”，不能这样办理", state=STATE_WORDS[case.state])
        case.state = state
        case.version += 1
        yield case
        case.save()
        enter(verb, case.id, by, at)


def _words(text: str, least: int, sentence: str) -> str:
    if len(text.strip()) < least:
        raise Refused(sentence)
    return text.strip()


def accept(*, number: str, by: Actor, at: datetime, version: int | None = None) -> SealedCase:
    """Take a case up."""
    with _act(number, "accept", by, at, version) as case:
        pass
    return case


def forward(
    *, number: str, to: str, reason: str, informed: bool, by: Actor, at: datetime, version: int | None = None
) -> SealedCase:
    """Forward a case to a unit here (its id) or to the organ above, and keep a record of it.

    Raises Refused for the accused unit and anything under it (信访工作条例 arts. 30, 46).
    """
    words = _words(reason, 2, "请写明移送的依据")
    with _act(number, "forward", by, at, version) as case:
        name = _place(case, to)
        case.forwarded_at = max(at, case.received_at)
        told = {"to": name, "text": words, "informed": informed}
        seal_text(case.id, "forward", told, at, by.id)
    return case


def _place(case: SealedCase, to: str) -> str:
    """Note the unit a case goes to, and return its name."""
    if to == SUPERIOR:
        return f"{jurisdiction().name}的上级机关"
    unit = next((u for u in units().values() if str(u.id) == to and u.until_date is None), None)
    if unit is None:
        raise Refused("请选择移送给谁")
    chain = [f"unit:{unit.id}"]
    above = unit
    while above.parent_id is not None:
        above = units()[above.parent_id]
        chain.append(f"unit:{above.id}")
    if is_accused(case.id, chain):
        raise Refused("不能移送给被检举控告的单位（信访工作条例第30条、第46条）")
    case.forwarded_to = unit
    return unit.name


def note(*, number: str, text: str, by: Actor, at: datetime, version: int | None = None) -> SealedCase:
    """Keep a note for those entitled."""
    words = _words(text, 1, "请写下要记的内容")
    with _act(number, "note", by, at, version) as case:
        seal_text(case.id, "note", {"text": words, "by": by.name}, at, by.id)
    return case


def message(*, number: str, text: str, by: Actor, at: datetime, version: int | None = None) -> SealedCase:
    """Write to whoever handed the case in; they read it with number and code."""
    words = _words(text, 2, "请写下要告诉来件人的话")
    with _act(number, "message", by, at, version) as case:
        seal_text(case.id, "message", {"text": words, "by": by.name}, at, by.id)
    return case


def conclude(
    *, number: str, result: str, text: str, by: Actor, at: datetime, version: int | None = None
) -> SealedCase:
    """Conclude a case: the result for the file, and optionally words for whoever handed it in."""
    words = _words(result, 5, "请写明办理结果")
    with _act(number, "conclude", by, at, version) as case:
        case.concluded_at = max(at, case.received_at)
        seal_text(case.id, "conclude", {"text": words, "by": by.name}, at, by.id)
        if text.strip():
            seal_text(case.id, "message", {"text": text.strip(), "by": by.name}, at, by.id)
    return case


def set_rules(*, wanted: Mapping[str, Rule], by: Actor, at: datetime) -> None:
    """Change to whom accusations go. Only those entitled: whoever runs the computers has no say in it."""
    _check(by)
    for kind, rule in wanted.items():
        if kind not in RULES or rule.organ not in {"discipline", "leadership", "supervision", SUPERIOR}:
            raise Refused("请选择移送给哪一类机关")
        if kind == "discipline" and rule.organ == "discipline":
            raise Refused("检举控告纪检监察机关的，不能由它自己办理")
    with transaction.atomic():
        before = rules()
        changed = {kind: rule for kind, rule in wanted.items() if before[kind] != rule}
        for kind, rule in changed.items():
            SealedRule.objects.update_or_create(
                accused_kind=kind, defaults={"organ": rule.organ, "inform": rule.inform}
            )
        if changed:
            enter("set_rules", uuid7(), by, at)
