"""Which papers a matter's facts allow, and what stands in them: nothing is typed twice, nothing is made up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.matters.models import Commitment, Review, Settlement
from zhuoluo.matters.reads.page import Page, Told
from zhuoluo.matters.reads.reviewing import organ
from zhuoluo.matters.rules import (
    CHANNELS,
    OUTCOMES,
    REVIEW_OUTCOMES,
    SATISFACTION,
    SERVICE_METHODS,
    SOLVED,
    SUGGESTION_OUTCOMES,
)  # fmt: skip
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import SHANGHAI, units
from zhuoluo.papers import reads as kept
from zhuoluo.papers.models import Paper
from zhuoluo.papers.rules import KINDS, written_day

# What a kind waits for, said to whoever asks for it too early.
NOT_YET: dict[str, str] = {
    "acceptance": "事项还没有受理，不能出具受理告知书（信访工作条例第23条）",
    "redirection": "事项没有告知其他途径，不能出具途径告知书（信访工作条例第31条）",
    "declining": "事项没有决定不予受理，不能出具不予受理告知书（信访工作条例第19条）",
    "no_more": "事项没有决定不再受理，不能出具不再受理告知书（信访工作条例第36条）",
    "forwarding": "事项没有转送，不能出具转送函（信访工作条例第22条）",
    "assignment": "事项没有交办，不能出具交办函（信访工作条例第22条）",
    "objection": "没有提出过退回异议，不能出具异议说明（信访工作条例第23条）",
    "designation": "上级还没有指定承办单位，不能出具指定函（信访工作条例第24条）",
    "extension": "没有批准延期，不能出具延期告知书（信访工作条例第34条）",
    "hearing": "没有决定听证，不能出具听证通知（信访工作条例第31条）",
    "mediation": "没有达成调解协议（信访工作条例第33条）",
    "reconciliation": "没有达成和解协议（信访工作条例第33条）",
    "settlement": "没有签订息访（和解）协议",
    "opinion": "处理意见还没有签发，不能出具信访处理意见书（信访工作条例第32条）",
    "service": "还没有要送达的意见书",
    "completion": "没有报送办结报告（信访工作条例第22条）",
    "review_request": "没有人申请复查（信访工作条例第35条）",
    "review_acceptance": "复查申请还没有受理（信访工作条例第35条）",
    "review_refusal": "复查申请没有不予受理（信访工作条例第35条）",
    "review_opinion": "还没有作出复查意见（信访工作条例第35条）",
    "second_request": "没有人申请复核（信访工作条例第36条）",
    "second_acceptance": "复核申请还没有受理（信访工作条例第36条）",
    "second_refusal": "复核申请没有不予受理（信访工作条例第36条）",
    "second_opinion": "还没有作出复核意见（信访工作条例第36条）",
    "supervision": "事项没有督办，不能出具督办函（信访工作条例第40条）",
    "callback": "还没有回访",
    "reception": "接访登记表在接访登记里制作",
}
TO_RAISER = tuple(code for code, kind in KINDS.items() if kind.to_raiser)
ALL_OUTCOMES = OUTCOMES | SUGGESTION_OUTCOMES


@dataclass(frozen=True)
class Basis:
    """A fact that allows a paper: whose paper it is, and the values that stand in it beside who raised the matter."""

    kind: str
    source_id: UUID
    unit_id: UUID
    at: datetime
    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)


def served_papers(matter_id: UUID) -> list[Paper]:
    """Return the issued papers addressed to the raiser that were served, newest first."""
    return kept.served_to(matter_id, TO_RAISER)


def bases(page: Page) -> list[Basis]:
    """Return every paper the matter's facts allow, the newest fact first. Asks the database nothing more."""
    found = [basis for find in _FINDERS for basis in find(page)]
    return sorted(found, key=lambda basis: basis.at, reverse=True)


def common(page: Page) -> dict[str, Any]:
    """Return the values that every paper may use, without who raised the matter."""
    accepted = page.reached("accepted")
    matter = page.matter
    return {
        "number": matter.number, "title": matter.title, "request": matter.text, "registered": day(matter.registered_at),
        "accepted": day(accepted.at) if accepted else None,
    }  # fmt: skip


def day(at: datetime) -> date:
    """Return the day of an instant in Shanghai."""
    return at.astimezone(SHANGHAI).date()


def last_day(row: Commitment | None) -> date | None:
    """Return the last day on which a duty is in time."""
    return day(row.due - timedelta(microseconds=1)) if row is not None else None


def moment(at: datetime) -> str:
    """Return an instant as papers write it."""
    local = at.astimezone(SHANGHAI)
    return f"{written_day(local.date())}{local.hour}时{local.minute:02d}分"


def name_of(unit_id: UUID | None) -> str:
    """Return a unit's full name."""
    unit = units().get(unit_id) if unit_id else None
    return unit.name if unit is not None else ""


def _last(page: Page, *verbs: Verb) -> Told | None:
    return next((told for told in reversed(page.story) if told.verb in verbs), None)


def _words(told: Told | None) -> str:
    return "\n".join(text.body for text in told.texts) if told else ""


def _lead(page: Page) -> UUID:
    return page.matter.lead_unit_id or page.matter.registered_by_id


def _owed(page: Page, kind: str, subject: UUID | None = None) -> Commitment | None:
    """The newest duty of a kind, whether or not it is done."""
    rows = [
        p.row for p in page.promises if p.row.kind == kind and (subject is None or p.row.subject == subject)
    ]
    return max(rows, key=lambda row: row.opened_at, default=None)


def _receipt(page: Page) -> Iterator[Basis]:
    matter = page.matter
    first = next((p.row for p in page.open), None)
    holder = first.unit_id if first is not None else matter.lead_unit_id
    yield Basis(
        "receipt", matter.id, matter.registered_by_id, matter.registered_at,
        {"to": name_of(holder), "due": last_day(_owed(page, "accept") or _owed(page, "route"))},
        {"channel": CHANNELS[matter.channel]},
    )  # fmt: skip


def _acceptance(page: Page) -> Iterator[Basis]:
    reached = page.reached("accepted")
    if reached is not None and page.matter.klass != "accusation":
        due = last_day(_owed(page, "answer"))
        yield Basis("acceptance", page.matter.id, _lead(page), reached.at, {"due": due})


def _turned(page: Page) -> Iterator[Basis]:
    """Told another way, declined, declined for good."""
    for fact, verb in (("redirected", Verb.REDIRECT), ("declined", Verb.DECLINE)):
        reached, told = page.reached(fact), _last(page, verb)
        if reached is None or told is None:
            continue
        kind = "redirection"
        if verb == Verb.DECLINE:
            kind = "no_more" if told.payload.get("ground") == "after_second_review" else "declining"
        unit = page.matter.sender_id or page.matter.lead_unit_id or page.matter.registered_by_id
        values = {"text": _words(told), "article": str(told.payload.get("article", ""))}
        yield Basis(
            kind,
            page.matter.id,
            unit,
            reached.at,
            values,
            {"earlier": str(told.payload.get("other_number", ""))},
        )


def _sent(page: Page) -> Iterator[Basis]:
    told = _last(page, Verb.FORWARD, Verb.ASSIGN)
    accept = _owed(page, "accept")
    if told is None or accept is None or page.matter.sender_id is None or page.matter.lead_unit_id is None:
        return
    kind = "assignment" if told.verb == Verb.ASSIGN else "forwarding"
    report = last_day(_owed(page, "report"))
    values = {"to": name_of(accept.unit_id), "due": last_day(accept), "text": _words(told)}
    extra = {"report_by": written_day(report) if report else ""}
    yield Basis(kind, accept.id, accept.owed_to_id or page.matter.sender_id, told.at, values, extra)


def _objections(page: Page) -> Iterator[Basis]:
    for row in page.objections:
        received = next(
            (p.row.opened_at for p in page.promises if p.row.id == row.commitment_id), row.made_at
        )
        sender = next((p.row.owed_to_id for p in page.promises if p.row.id == row.commitment_id), None)
        values = {"text": row.reason, "to": name_of(sender or page.matter.sender_id)}
        yield Basis(
            "objection", row.id, row.unit_id, row.made_at, values, {"received": written_day(day(received))}
        )


def _designations(page: Page) -> Iterator[Basis]:
    for row in page.designations:
        if row.decided_at is not None:
            values = {"to": name_of(row.unit_id), "text": row.ruling}
            extra = {"unit": name_of(row.unit_id), "reason": row.reason}
            yield Basis("designation", row.id, row.superior_id, row.decided_at, values, extra)


def _extensions(page: Page) -> Iterator[Basis]:
    for row in page.extensions:
        if row.granted and row.decided_at is not None:
            due = last_day(_owed(page, "answer"))
            extra = {"days": str(row.days), "reason": row.reason}
            yield Basis("extension", row.id, _lead(page), row.decided_at, {"due": due}, extra)


def _hearings(page: Page) -> Iterator[Basis]:
    for row in page.hearings:
        if row.cancelled_at is None:
            extra = {
                "when": moment(row.planned), "place": row.place, "reason": row.reason,
                "public": "公开举行" if row.public else "不公开举行",
            }  # fmt: skip
            yield Basis("hearing", row.id, row.unit_id, row.called_at, {}, extra)


def _settlements(page: Page) -> Iterator[Basis]:
    for row in page.settlements:
        if row.voided_at is None:
            owed = "；".join(_promise(page, row))
            extra = {"mediator": row.mediator, "owed": owed, "free_will": row.free_will}
            yield Basis(row.kind, row.id, row.unit_id, row.at, {"text": row.text}, extra)


def _promise(page: Page, row: Settlement) -> Iterator[str]:
    for one in page.obligations:
        if one.settlement_id == row.id:
            yield f"{one.get_side_display()}于{written_day(one.until)}前{one.what}"


def _answers(page: Page) -> Iterator[Basis]:
    for row in page.answers:
        if row.issued_at is None or row.replaced_at is not None:
            continue
        outcome = ALL_OUTCOMES.get(row.outcome, "")
        found = organ(row.unit_id, {a.unit_id for a in page.about if a.unit_id}, 1)
        superior = (found[1] or found[0].name) if found else ""
        extra = {
            "request": row.request, "facts": row.facts, "opinion": row.opinion, "basis": row.basis, "outcome": outcome,
            "execute_by": written_day(row.execute_by) if row.execute_by else "",
        }  # fmt: skip
        if page.matter.klass == "claim":
            yield Basis("opinion", row.id, row.unit_id, row.issued_at, {"superior": superior}, extra)
        served = {
            "papers": "信访处理意见书" if page.matter.klass == "claim" else "答复意见",
            "method": SERVICE_METHODS.get(row.service, ""), "served": moment(row.served_at) if row.served_at else "",
        }  # fmt: skip
        yield Basis("service", row.id, row.unit_id, row.issued_at, {}, served)


def _completion(page: Page) -> Iterator[Basis]:
    told, report = _last(page, Verb.REPORT_DONE), _owed(page, "report")
    if told is None or report is None or report.unit_id is None:
        return
    answer = page.current_answer
    served = answer.served_at if answer else None
    extra = {
        "outcome": ALL_OUTCOMES.get(answer.outcome, "") if answer else "",
        "served": written_day(day(served)) if served else "",
    }
    values = {"to": name_of(report.owed_to_id), "text": _words(told)}
    yield Basis("completion", report.id, report.unit_id, told.at, values, extra)


def _reviews(page: Page) -> Iterator[Basis]:
    for row in page.reviews:
        yield from _review(page, row)


def _review(page: Page, row: Review) -> Iterator[Basis]:
    stem = "review" if row.level == 1 else "second"
    here = row.outside or name_of(row.unit_id)
    asked = written_day(day(row.requested_at))
    answer = next((a for a in page.answers if a.id == row.answer_id), None)
    against = name_of(
        answer.unit_id if answer and row.level == 1 else row.first.unit_id if row.first else None
    )
    yield Basis(
        f"{stem}_request",
        row.id,
        row.unit_id,
        row.requested_at,
        {"text": row.request, "to": here},
        {"against": against},
    )
    if row.admitted_at is not None:
        values = {"organ": here, "due": last_day(_owed(page, "review", row.id) or _owed(page, "review"))}
        yield Basis(f"{stem}_acceptance", row.id, row.unit_id, row.admitted_at, values, {"asked": asked})
    if row.refused_at is not None:
        told = next((t for t in page.story if t.verb == Verb.REFUSE_REVIEW and t.at == row.refused_at), None)
        values = {"organ": here, "text": _words(told)}
        yield Basis(f"{stem}_refusal", row.id, row.unit_id, row.refused_at, values, {"asked": asked})
    if row.decided_at is not None:
        outcome = REVIEW_OUTCOMES.get(row.outcome, "")
        if row.result:
            outcome = f"{outcome}为{ALL_OUTCOMES.get(row.result, '')}"
        above = organ(row.unit_id, {a.unit_id for a in page.about if a.unit_id}, 2)
        values = {"organ": here, "superior": (above[1] or above[0].name) if above else ""}
        extra = {
            "asked": asked, "request": row.request, "facts": row.facts, "opinion": row.opinion, "basis": row.basis,
            "outcome": outcome,
        }  # fmt: skip
        yield Basis(f"{stem}_opinion", row.id, row.unit_id, row.decided_at, values, extra)


def _supervision(page: Page) -> Iterator[Basis]:
    row, told = _owed(page, "supervise"), _last(page, Verb.SUPERVISE)
    if row is not None and row.closed_at is None and told is not None and row.owed_to_id is not None:
        values = {"to": name_of(row.unit_id), "due": last_day(row), "text": _words(told)}
        yield Basis("supervision", row.id, row.owed_to_id, told.at, values)


def _calls(page: Page) -> Iterator[Basis]:
    for row in page.words:
        if row.source != "callback":
            continue
        told = next((t for t in page.story if t.verb == Verb.CALL_BACK and t.at == row.at), None)
        unit = next((u.id for u in units().values() if told is not None and u.name == told.unit), None)
        extra = {
            "when": moment(row.at), "by": told.actor if told else "", "satisfaction": SATISFACTION[row.satisfaction],
            "reached": "没有联系上" if row.satisfaction == "not_reached" else "联系上",
            "solved": SOLVED.get(row.solved, ""), "note": row.note,
        }  # fmt: skip
        values = {"to": name_of(page.matter.lead_unit_id)}
        yield Basis("callback", row.id, unit or page.matter.registered_by_id, row.at, values, extra)


_FINDERS: tuple[Callable[[Page], Iterator[Basis]], ...] = (
    _receipt, _acceptance, _turned, _sent, _objections, _designations, _extensions, _hearings, _settlements, _answers,
    _completion, _reviews, _supervision, _calls,
)  # fmt: skip
