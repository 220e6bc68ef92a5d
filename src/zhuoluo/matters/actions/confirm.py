"""What comes after the answer: the raiser's own word, the call-back, certification. Never by the handler."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.actions.change import Change, change, due_by_term
from zhuoluo.matters.models import (
    Answer,
    Attachment,
    Commitment,
    Link,
    Matter,
    Milestone,
    Party,
    Review,
    Word,
)  # fmt: skip
from zhuoluo.matters.rules import SATISFACTION, SOLVED, Refused, answer_term, check_not_handler
from zhuoluo.matters.states import HANDLED, Verb
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import RESIDENT, Actor, Permission
from zhuoluo.residents.reads import same_person

MAX_CALLS = 3  # after so many calls that reached nobody the duty ends as "not reached", its own bucket


def check_apart(act: Change, *verbs: Verb) -> None:
    """Refuse whoever handled the matter, sits in a handling unit, or did one of `verbs` on it."""
    done = [e for e in ledger.about([act.matter.id]) if e.actor_id is not None]
    handlers = {e.actor_id for e in done if e.verb in HANDLED | set(verbs) and e.actor_id}
    if act.matter.lead_person_id is not None:
        handlers.add(act.matter.lead_person_id)
    cases = Commitment.objects.filter(matter=act.matter, kind="case", person__isnull=False)
    handlers |= set(cases.values_list("person_id", flat=True))  # the leader whose case it is, or was
    handling = set(
        Party.objects.filter(matter=act.matter, role__in=["lead", "co"]).values_list("unit_id", flat=True)
    )
    check_not_handler(act.by.id, act.by.units, handlers, handling)


def check_no_review(act: Change, what: str) -> None:
    """Refuse what would overtake a review under way: the organ above decides first (信访工作条例 arts. 35, 36)."""
    waiting = Review.objects.filter(
        matter=act.matter, refused_at__isnull=True, withdrawn_at__isnull=True, decided_at__isnull=True
    )
    if waiting.exists():
        raise Refused("复查、复核正在办理，%(what)s，请等意见作出（信访工作条例第35条、第36条）", what=what)


def call_back(
    *, matter_id: UUID, reached: bool, by: Actor, at: datetime, law: Law, solved: str = "",
    satisfaction: str = "not_rated", note: str = "", version: int | None = None,
) -> Word:  # fmt: skip
    """Record a call-back: reached or not, and the raiser's own word. Silence is never counted as satisfied.

    Raises Refused for the handler and the handling unit (DOMAIN S8).
    """
    with change(
        matter_id, Verb.CALL_BACK, by=by, at=at, law=law, permission=Permission.CALL_BACK, version=version,
        any_unit=True,
    ) as act:  # fmt: skip
        check_apart(act)
        if reached and (
            solved not in SOLVED or satisfaction not in SATISFACTION or satisfaction == "not_reached"
        ):
            raise Refused("请按诉求人的原话选择：是否解决、是否满意")
        word = _keep_word(
            act, "callback", solved if reached else "", satisfaction if reached else "not_reached", note
        )
        if reached:
            act.close("callback")
            _after_word(act, word)
        elif _calls(act) >= MAX_CALLS:
            act.close("callback", "not_reached")
        act.payload["contact"] = reached
    return word


def _calls(act: Change) -> int:
    served = Answer.objects.filter(matter=act.matter, replaced_at__isnull=True).values_list(
        "served_at", flat=True
    )
    since = served[0] if served else None
    calls = Word.objects.filter(matter=act.matter, source="callback", satisfaction="not_reached")
    return calls.filter(at__gte=since).count() if since else calls.count()


def rate(*, matter_id: UUID, solved: str, satisfaction: str, at: datetime, law: Law, note: str = "") -> Word:
    """Keep the raiser's own rating from the portal. "Not solved" opens a re-check by somebody other than the handler."""
    if solved not in SOLVED or satisfaction not in {"satisfied", "fairly", "dissatisfied", "not_rated"}:
        raise Refused("请选择是否解决、是否满意")
    verb = Verb.DISPUTE if solved == "no" else Verb.RATE
    with change(matter_id, verb, by=RESIDENT, at=at, law=law, permission=None) as act:
        word = _keep_word(act, "raiser", solved, satisfaction, note)
        act.close("callback")
        _after_word(act, word)
    return word


def _keep_word(act: Change, source: str, solved: str, satisfaction: str, note: str) -> Word:
    previous = Word.objects.filter(matter=act.matter, superseded_at__isnull=True).first()
    # A call that reached nobody never replaces what the raiser said before.
    spoken = previous is not None and previous.satisfaction != "not_reached"
    silent = satisfaction == "not_reached"
    if previous is not None and not (spoken and silent):
        Word.objects.filter(pk=previous.pk).update(superseded_at=act.at)
    word = Word.objects.create(
        matter=act.matter, source=source, solved=solved, satisfaction=satisfaction, note=note.strip(), by_id=act.by.id,
        at=act.at, superseded_at=act.at if spoken and silent else None,
    )  # fmt: skip
    act.payload |= {"word": str(word.id), "satisfaction": satisfaction, "solved": solved}
    act.say(note)
    return word


def _after_word(act: Change, word: Word) -> None:
    if word.satisfaction != "not_rated":
        act.reach("rated")
    if word.solved == "no":
        act.reach("disputed")
        act.close("recheck", "replaced")
        act.open("recheck", due_by_term(act.law, "house.rule_objection", act.at), unit=_checker(act))


def _checker(act: Change) -> UUID | None:
    """The office re-checks; when it handled the matter itself, supervision does."""
    for kind in ("office", "supervision"):
        for unit in units().values():
            if unit.kind == kind and unit.id != act.matter.lead_unit_id:
                act.join(unit.id, "callback")
                return unit.id
    return None


def reopen(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, repeat_id: UUID | None = None,
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Send an answered matter back to its unit because it is not solved. The first answer and its day stay countable.

    `repeat_id`: the later matter in which the same raiser raised the same again; the two are linked.
    """
    if len(reason.strip()) < 5:
        raise Refused("请写明重新办理的理由")
    with change(
        matter_id,
        Verb.REOPEN,
        by=by,
        at=at,
        law=law,
        permission=_overseer(by),
        version=version,
        any_unit=True,
    ) as act:
        check_apart(act)
        check_no_review(act, "不能重新办理")
        act.close_all(
            "replaced", keep=("supervise", "report", "perform", "joint", "case", "review_serve", "next")
        )
        act.undo("answered", "served", "executed", "resolved", "rated", "final")
        act.reach("reopened")
        Answer.objects.filter(matter=act.matter, replaced_at__isnull=True).update(replaced_at=at)
        Word.objects.filter(matter=act.matter, superseded_at__isnull=True).update(superseded_at=at)
        due = due_by_term(law, answer_term(act.matter.klass), at)
        act.open("answer", due, unit=act.matter.lead_unit_id, person=act.matter.lead_person_id)
        if repeat_id is not None:
            _link_repeat(act, repeat_id)
        act.say(reason, to_raiser=True)
    return act.matter


def _link_repeat(act: Change, repeat_id: UUID) -> None:
    later = Matter.objects.filter(pk=repeat_id).select_related("raiser").first()
    if later is None or later.id == act.matter.id or later.registered_at < act.matter.registered_at:
        raise Refused("请写后来重复反映的那件事项的编号")
    if not same_person(later.raiser, act.matter.raiser):
        raise Refused("两件不是同一个人反映的，不是重复反映")
    Link.objects.get_or_create(matter=later, other=act.matter, defaults={"kind": "earlier", "at": act.at})
    act.payload |= {"other": str(later.id), "other_number": later.number, "repeat": True}


def keep_answer(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Keep the answer after a re-check, with reasons that the raiser reads; their dissent stays counted."""
    if len(reason.strip()) < 10:
        raise Refused("请写明复核了什么、为什么维持，会告知诉求人")
    with change(
        matter_id,
        Verb.KEEP_ANSWER,
        by=by,
        at=at,
        law=law,
        permission=_overseer(by),
        version=version,
        any_unit=True,
    ) as act:
        check_apart(act)
        if act.close("recheck") is None:
            raise Refused("没有待复核的不满意意见")
        act.say(reason, to_raiser=True)
    return act.matter


def _overseer(by: Actor) -> Permission:
    for permission in (Permission.CERTIFY, Permission.SUPERVISE):
        if by.can(permission):
            return permission
    return Permission.RULE


def certify(
    *, matter_id: UUID, evidence: str, by: Actor, at: datetime, law: Law,
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Matter:  # fmt: skip
    """Certify a matter as resolved (化解), on stated evidence, by somebody who neither handled it nor called back."""
    if len(evidence.strip()) < 10:
        raise Refused("请写明认定化解的依据：看到了什么、谁确认的")
    with change(
        matter_id,
        Verb.CERTIFY,
        by=by,
        at=at,
        law=law,
        permission=Permission.CERTIFY,
        version=version,
        any_unit=True,
    ) as act:
        check_apart(act, Verb.CALL_BACK)
        check_no_review(act, "不能认定化解")
        counts = Word.objects.filter(matter=act.matter, superseded_at__isnull=True).first()
        if counts is not None and counts.solved == "no":
            raise Refused("诉求人表示没有解决，请先复核，不能认定化解")
        if _resolved(act):
            raise Refused("已经认定化解")
        act.reach("resolved")
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        act.payload["files"] = len(files)
        act.say(evidence)
    return act.matter


def _resolved(act: Change) -> bool:
    return Milestone.objects.filter(matter=act.matter, kind="resolved", undone_at__isnull=True).exists()


def uncertify(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Take back a certification that turned out wrong; that it once stood stays countable."""
    if len(reason.strip()) < 5:
        raise Refused("请写明撤销认定的理由")
    with change(
        matter_id,
        Verb.UNCERTIFY,
        by=by,
        at=at,
        law=law,
        permission=_overseer(by),
        version=version,
        any_unit=True,
    ) as act:
        if not _resolved(act):
            raise Refused("还没有认定化解")
        act.undo("resolved")
        act.say(reason)
    return act.matter


def supplement(
    *, matter_id: UUID, text: str, at: datetime, law: Law, files: Sequence[UUID] = (), by: Actor = RESIDENT
) -> Matter:
    """Keep what the raiser adds, whenever they add it; an open request for details is thereby met."""
    if not text.strip() and not files:
        raise Refused("请写下要补充的内容")
    permission = None if by.kind == "resident" else Permission.REGISTER
    with change(matter_id, Verb.SUPPLEMENT, by=by, at=at, law=law, permission=permission) as act:
        act.close("supplement")
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role="raised", by_raiser=True, to_raiser=True, at=at)
            for f in files
        )
        act.payload["files"] = len(files)
        act.say(text, to_raiser=True)
    return act.matter


def withdraw(*, matter_id: UUID, at: datetime, law: Law, reason: str = "") -> Matter:
    """Let the raiser take the matter back before it is answered. It stays registered and counted."""
    with change(matter_id, Verb.WITHDRAW, by=RESIDENT, at=at, law=law, permission=None) as act:
        act.close_all("cancelled", keep=("perform",))  # what was signed is owed all the same
        act.reach("withdrawn")
        act.say(reason, to_raiser=True)
    return act.matter


def new_code(
    *, matter_id: UUID, by: Actor, at: datetime, law: Law, reason: str, version: int | None = None
) -> Matter:
    """Give a new query code (the old one was lost or seen); the old one opens nothing any more.

    With the `version` seen, the same press sent twice makes one new code, not two. Never by the handler nor in the
    handling unit: whoever holds the code can speak as the raiser.
    """
    if len(reason.strip()) < 2:
        raise Refused("请写明更换查询码的理由")
    with change(
        matter_id, Verb.NEW_CODE, by=by, at=at, law=law, permission=Permission.REGISTER, version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        check_apart(act)
        act.matter.code_generation += 1
        act.say(reason)
    return act.matter
