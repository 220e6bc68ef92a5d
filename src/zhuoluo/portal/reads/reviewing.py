"""The way of reviews as the raiser reads it: what became of each request, what can be asked for, what stays open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from zhuoluo.clock import Due
from zhuoluo.matters.reads import Followed, Way
from zhuoluo.matters.rules import ANSWERS, REVIEW_LEVELS, REVIEW_REFUSALS, excludes_hearing
from zhuoluo.org.reads import units
from zhuoluo.portal.reads.front import english


@dataclass(frozen=True)
class ReviewShown:
    """One request of the raiser's: where it stands, and once served the opinion in full."""

    id: UUID
    word: str
    organ: str
    requested_at: datetime
    request: str
    state: str
    outcome: str  # empty until the opinion is served
    facts: str
    opinion: str
    basis: str
    served_at: datetime | None
    open: bool  # can be taken back
    standing: bool  # of the answer that stands now, not of one that was replaced


@dataclass(frozen=True)
class HearingShown:
    """A hearing the raiser is called to, or that was held."""

    planned: datetime
    place: str
    public: bool
    reason: str
    state: str
    coming: bool
    clock: str


@dataclass(frozen=True)
class Remedy:
    """What the raiser can ask for: which review, of which organ, until when. `open` False: the time is over."""

    level: int
    word: str
    organ: str
    until: Due
    reason: str
    open: bool


@dataclass(frozen=True)
class Path:
    """Everything about reviews on the raiser's page."""

    reviews: list[ReviewShown]
    hearings: list[HearingShown]
    remedy: Remedy | None
    final: bool
    annulled: bool  # the answer was annulled and is being made anew


def path_of(seen: Followed, *, now: datetime) -> Path:
    """Return the way of reviews of a matter as its raiser sees it."""
    page = seen.page
    answer = page.current_answer
    current = answer.id if answer is not None else None
    return Path(
        reviews=[_review(row, current) for row in reversed(page.reviews)],
        hearings=[_hearing(row, page.reviews, now) for row in reversed(page.hearings)],
        remedy=_remedy(seen.way, now),
        final=page.reached("final") is not None,
        annulled=seen.matter.stage == "handling" and page.reached("annulled") is not None,
    )


def _review(row: Any, current: UUID | None) -> ReviewShown:
    served = row.served_at is not None
    return ReviewShown(
        id=row.id,
        word=_(REVIEW_LEVELS[row.level]),
        organ=organ_name(row),
        requested_at=row.requested_at,
        request=row.request,
        state=_state(row),
        outcome=_outcome(row) if served else "",
        facts=row.facts if served else "",
        opinion=row.opinion if served else "",
        basis=row.basis if served else "",
        served_at=row.served_at,
        open=not (row.refused_at or row.withdrawn_at or row.decided_at),
        standing=row.answer_id == current,
    )


def organ_name(row: Any) -> str:
    """Return the name of the organ that reviews: one of this house, or one above it."""
    if row.outside:
        return _(row.outside)
    unit = units().get(row.unit_id)
    return unit.name if unit is not None else ""


def _state(row: Any) -> str:
    if row.refused_at:
        return _("没有受理：%(why)s") % {"why": _(REVIEW_REFUSALS[row.refusal][0])}
    if row.withdrawn_at:
        return _("您撤回了申请")
    if row.served_at:
        return _("意见已经送达您")
    if row.decided_at:
        return _("意见已经作出，正在送达")
    return _("已经受理，正在审查") if row.admitted_at else _("收到了，等待受理")


def _outcome(row: Any) -> str:
    if row.outcome == "changed":
        return _("改变了原来的答复：%(result)s") % {"result": _(ANSWERS[row.result])}
    if row.outcome == "annulled":
        return _("撤销原来的答复，要求重新办理")
    return _("维持原来的答复")


def _hearing(row: Any, reviews: list[Any], now: datetime) -> HearingShown:
    levels = {one.id: one.level for one in reviews}
    held = _("已经开过") if row.closed_at else _("定好了")
    stands_still = excludes_hearing(levels.get(row.review_id))
    return HearingShown(
        planned=row.planned,
        place=row.place,
        public=row.public,
        reason=row.reason,
        state=_("取消了") if row.cancelled_at else held,
        coming=not (row.cancelled_at or row.closed_at) and row.planned > now,
        clock=_("复核中的听证时间不算在三十天里（信访工作条例第36条）。")
        if stands_still
        else _("听证不影响期限。"),
    )


def _remedy(way: Way | None, now: datetime) -> Remedy | None:
    if way is None or way.until is None or way.standing.open:
        return None
    return Remedy(
        level=way.standing.level,
        word=_(REVIEW_LEVELS[way.standing.level]),
        organ=_(way.organ),
        until=way.until,
        reason=way.until.explanation("en" if english() else "zh"),
        open=way.can_ask(now),
    )
