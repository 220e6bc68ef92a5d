"""What waits for a decision: drafts to issue, extensions to decide, objections to rule on; and call-backs to make."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from zhuoluo.matters.models import Answer, Extension, Matter, Milestone, Objection, Word
from zhuoluo.matters.reads.owed import Owed, OwedPage, Wanted, owed
from zhuoluo.matters.rules import Refused, check_answer
from zhuoluo.org.models import User
from zhuoluo.org.rules import Actor
from zhuoluo.residents.reads import phone_changes

DRAFTS = Wanted(kinds=("answer",), having="draft")
EXTENSIONS = Wanted(kinds=("answer",), having="extension")
OBJECTIONS = Wanted(kinds=("rule",))
CALLBACKS = Wanted(kinds=("callback",), apart=True)
FRESH = timedelta(hours=72)  # a phone changed so shortly before the service is told as well
RECHECKS = Wanted(kinds=("recheck",), apart=True)


@dataclass(frozen=True)
class Waiting:
    """A row that waits for somebody's decision, with what was written. `missing`: what a draft still lacks."""

    owed: Owed
    by: str
    at: datetime | None
    text: str
    days: int = 0
    missing: str = ""


@dataclass(frozen=True)
class WaitingPage:
    """One keyset page, what is due first at the top."""

    rows: list[Waiting]
    next: str


def drafts(actor: Actor, *, now: datetime, after: str = "") -> WaitingPage:
    """Return the drafts of the actor's units that no head has issued yet; three queries."""
    page = owed(actor, DRAFTS, now=now, after=after)
    kept = {a.matter_id: a for a in Answer.objects.filter(matter_id__in=_ids(page), issued_at__isnull=True)}
    names = _names(a.drafted_by for a in kept.values())
    rows = [
        Waiting(
            row,
            names.get(draft.drafted_by, ""),
            draft.drafted_at,
            draft.opinion,
            missing=_missing(draft, row.klass),
        )
        for row in page.rows
        if (draft := kept.get(row.matter_id)) is not None
    ]
    return WaitingPage(rows, page.next)


def _missing(draft: Answer, klass: str) -> str:
    try:
        check_answer(draft.request, draft.facts, draft.opinion, draft.basis, draft.outcome, klass=klass)
    except Refused as error:
        return str(error)
    return ""


def extensions(actor: Actor, *, now: datetime, after: str = "") -> WaitingPage:
    """Return the requests for extension that wait for the head of the handling unit; three queries."""
    page = owed(actor, EXTENSIONS, now=now, after=after)
    kept = {
        e.matter_id: e for e in Extension.objects.filter(matter_id__in=_ids(page), decided_at__isnull=True)
    }
    names = _names(e.asked_by for e in kept.values())
    rows = [
        Waiting(row, names.get(asked.asked_by, ""), asked.asked_at, asked.reason, days=asked.days)
        for row in page.rows
        if (asked := kept.get(row.matter_id)) is not None
    ]
    return WaitingPage(rows, page.next)


def objections(actor: Actor, *, now: datetime, after: str = "") -> WaitingPage:
    """Return the objections that wait for the ruling of the actor's units; two queries."""
    page = owed(actor, OBJECTIONS, now=now, after=after)
    found = Objection.objects.filter(matter_id__in=_ids(page), ruled_at__isnull=True).select_related("unit")
    kept = {o.matter_id: o for o in found}
    rows = [
        Waiting(row, made.unit.short_name, made.made_at, made.reason)
        for row in page.rows
        if (made := kept.get(row.matter_id)) is not None
    ]
    return WaitingPage(rows, page.next)


@dataclass(frozen=True)
class Call:
    """A call to make: `tries` that reached nobody since the answer was served, and the last of them."""

    owed: Owed
    tries: int
    last: datetime | None
    new_phone: datetime | None = None  # since when the number is another one, if changed after the service


@dataclass(frozen=True)
class CallPage:
    """One keyset page of calls to make, the soonest due first."""

    rows: list[Call]
    next: str


def callbacks(actor: Actor, *, now: datetime, after: str = "") -> CallPage:
    """Return the call-backs the actor may make: never on what the actor or the actor's unit handled. Five queries."""
    page = owed(actor, CALLBACKS, now=now, after=after)
    tries, changed = _tries(_ids(page)), _changed(_ids(page))
    rows = [Call(row, *tries.get(row.matter_id, (0, None)), changed.get(row.matter_id)) for row in page.rows]
    return CallPage(rows, page.next)


def _changed(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the raiser's phone was changed after the answer was served: whoever calls should know before dialling."""
    raisers = dict(Matter.objects.filter(pk__in=ids).values_list("raiser_id", "pk"))
    served = Milestone.objects.filter(matter_id__in=ids, kind="served", undone_at__isnull=True)
    since = dict(served.values_list("matter_id", "at"))
    found = {raisers[one.raiser_id]: one.at for one in phone_changes(raisers)}
    return {matter: at for matter, at in found.items() if matter not in since or at >= since[matter] - FRESH}


def _tries(ids: Collection[UUID]) -> dict[UUID, tuple[int, datetime | None]]:
    answered = Answer.objects.filter(matter_id__in=ids, replaced_at__isnull=True, served_at__isnull=False)
    served = dict(answered.values_list("matter_id", "served_at"))
    found: dict[UUID, tuple[int, datetime | None]] = {}
    unreached = Word.objects.filter(matter_id__in=ids, source="callback", satisfaction="not_reached")
    for matter_id, at in unreached.order_by("at").values_list("matter_id", "at"):
        since = served.get(matter_id)
        if since is None or at >= since:
            found[matter_id] = (found.get(matter_id, (0, None))[0] + 1, at)
    return found


def rechecks(actor: Actor, *, now: datetime, after: str = "") -> WaitingPage:
    """Return the answers whose raiser said "not solved" and that the actor may re-check; two queries."""
    page = owed(actor, RECHECKS, now=now, after=after)
    said = Word.objects.filter(matter_id__in=_ids(page), superseded_at__isnull=True)
    kept = {word.matter_id: word for word in said}
    return WaitingPage([_disputed(row, kept.get(row.matter_id)) for row in page.rows], page.next)


def _disputed(row: Owed, word: Word | None) -> Waiting:
    if word is None:
        return Waiting(row, "", None, "")
    return Waiting(row, word.get_source_display(), word.at, word.note)


def _ids(page: OwedPage) -> list[UUID]:
    return [row.matter_id for row in page.rows]


def _names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = {i for i in ids if i is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))
