"""What the raiser sees with number and code: where it stands, who owes what by when, the answer in full."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from zhuoluo.matters.models import Answer, Matter
from zhuoluo.matters.reads.page import Page, Promise, Told, page
from zhuoluo.matters.reads.reviewing import Way, way
from zhuoluo.matters.rules import Refused, query_code, read_number, same_code
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.reads import Law

# What the raiser may know of what is done; internal notes, rulings and who wrote drafts are not among them.
TOLD = {
    Verb.REGISTER, Verb.ASK_MORE, Verb.SUPPLEMENT, Verb.FORWARD, Verb.ASSIGN, Verb.ACCEPT, Verb.ANSWER_NOW,
    Verb.DECLINE, Verb.REDIRECT, Verb.REINSTATE, Verb.MERGE, Verb.UNMERGE, Verb.TAKE, Verb.GRANT_EXTENSION,
    Verb.ISSUE, Verb.SERVE, Verb.EXECUTE, Verb.CALL_BACK, Verb.RATE, Verb.DISPUTE, Verb.KEEP_ANSWER, Verb.REOPEN,
    Verb.CERTIFY, Verb.WITHDRAW, Verb.REDATE, Verb.REQUEST_REVIEW, Verb.ADMIT_REVIEW, Verb.REFUSE_REVIEW,
    Verb.WITHDRAW_REVIEW, Verb.DECIDE_REVIEW, Verb.ANNUL, Verb.SERVE_REVIEW, Verb.PLAN_HEARING, Verb.CLOSE_HEARING,
    Verb.CANCEL_HEARING, Verb.DESIGNATE, Verb.SUCCEED, Verb.SIMPLIFY, Verb.ORDINARY, Verb.PARTLY, Verb.FINALIZE,
    Verb.HELP, Verb.HEAR, Verb.MEDIATE, Verb.SETTLE, Verb.PERFORM, Verb.VOID_SETTLEMENT, Verb.RESPOND,
}  # fmt: skip
INSIDE = {
    "rule",
    "supervise",
    "report",
    "cohandle",
    "designate",
    "case",
    "joint",
}  # duties that are not the raiser's


@dataclass(frozen=True)
class Joined:
    """What a raiser may know of the earlier matter theirs was merged into: never its words or its raiser."""

    number: str
    stage: str
    promises: list[Promise]
    answer: Answer | None  # show outcome, opinion and basis only; request and facts may name the other raiser


@dataclass(frozen=True)
class Followed:
    """The raiser's page. `joined`: the earlier matter this one was merged into; its answer is theirs too."""

    matter: Matter
    page: Page
    story: list[Told]
    promises: list[Promise]
    joined: Joined | None
    way: Way | None  # how far it has come on the way of reviews


def find(number: str, code: str) -> Matter | None:
    """Return the matter that number and code open together, or None; which of the two was wrong is not told."""
    try:
        written = read_number(number)
    except Refused:
        return None
    matter = Matter.objects.select_related("raiser", "area", "merged_into").filter(number=written).first()
    if matter is None:
        return None
    real = query_code(settings.IDENTITY_KEY, matter.id, matter.code_generation)
    return matter if same_code(code, real) else None


def raised(matter_id: UUID) -> Matter:
    """Return a matter for the page of whoever raised it; the caller has checked another number and code of theirs."""
    return Matter.objects.select_related("raiser", "area", "merged_into").get(pk=matter_id)


def follow(matter: Matter, *, now: datetime, law: Law) -> Followed:
    """Return what the raiser of a matter sees. The caller has checked number and code."""
    whole = page(matter, now=now)
    if matter.stage == Stage.SEALED:  # nothing but that it was passed on
        return Followed(matter, whole, [], [], None, None)
    joined = None
    if matter.merged_into_id is not None:
        earlier = page(Matter.objects.select_related("raiser").get(pk=matter.merged_into_id), now=now)
        joined = Joined(
            earlier.matter.number, earlier.matter.stage, _owed_to_raiser(earlier), earlier.current_answer
        )
    return Followed(
        matter=matter,
        page=whole,
        story=[_for_raiser(told) for told in whole.story if _told(told)],
        promises=_owed_to_raiser(whole),
        joined=joined,
        way=way(whole, law),
    )


def _told(told: Told) -> bool:
    """Help is told where it was written for the raiser; everything else of the table always."""
    return told.verb in TOLD and (told.verb != Verb.HELP or any(text.to_raiser for text in told.texts))


def _owed_to_raiser(whole: Page) -> list[Promise]:
    return [p for p in whole.open if p.row.kind not in INSIDE]


def _for_raiser(told: Told) -> Told:
    texts = [text for text in told.texts if text.to_raiser]
    # The unit answers to the raiser, not the single clerk; names of staff stay inside.
    actor = told.actor if told.actor_kind == "resident" else ""
    return Told(
        told.seq,
        told.at,
        told.recorded_at,
        told.verb,
        told.actor_kind,
        actor,
        "",
        told.unit,
        told.payload,
        texts,
    )
