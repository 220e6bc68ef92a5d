"""Finality: what can no longer be reviewed. It ends no help, no new facts, no correction by the organ itself (art. 37)."""

from datetime import datetime, timedelta
from uuid import UUID

from zhuoluo.matters.actions.change import Change, change
from zhuoluo.matters.models import Answer, Matter, Milestone, Review
from zhuoluo.matters.reads.reviewing import standing, window
from zhuoluo.matters.rules import Refused, check_final
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import SYSTEM, Actor, Permission

SHORTEST = timedelta(days=30)  # no window for a review is shorter, so younger services need not be looked at


def finalize(
    *,
    matter_id: UUID,
    ground: str,
    by: Actor,
    at: datetime,
    law: Law,
    note: str = "",
    version: int | None = None,
) -> Matter:
    """Note that a matter is final, on a ground of the law, by somebody of supervision or the petition office."""
    permission = Permission.SUPERVISE if by.can(Permission.SUPERVISE) else Permission.RULE
    with change(
        matter_id, Verb.FINALIZE, by=by, at=at, law=law, permission=permission, version=version, any_unit=True
    ) as act:
        _finalize(act, ground)
        act.say(note)
    return act.matter


def _finalize(act: Change, ground: str) -> None:
    held = set(
        Milestone.objects.filter(
            matter=act.matter, kind__in=["final", "performed"], undone_at__isnull=True
        ).values_list("kind", flat=True)
    )  # fmt: skip
    if "final" in held:
        raise Refused("已经终结")
    if act.matter.klass != "claim":
        raise Refused("只有申诉求决事项有终结（信访工作条例第35条至第37条）")
    answer = Answer.objects.get(matter=act.matter, issued_at__isnull=False, replaced_at__isnull=True)
    where = standing(answer, list(Review.objects.filter(answer=answer).order_by("requested_at", "id")))
    last = window(where, act.law)
    lapsed = last is not None and act.at >= last.legal
    check_final(
        ground, performed="performed" in held, open_review=where.open, level=where.level, lapsed=lapsed
    )
    act.reach("final")
    Answer.objects.filter(pk=answer.pk).update(review_over=True)
    act.payload["ground"] = ground


def finalize_lapsed(*, at: datetime, law: Law, limit: int = 200, by: Actor = SYSTEM) -> int:
    """Note finality where the window for a review has passed unused; one entry a matter. Returns how many.

    Run by the worker again and again; a matter that is not yet due is looked at again next time.
    """
    done = 0
    for matter_id in _candidates(at, limit):
        try:
            with change(matter_id, Verb.FINALIZE, by=by, at=at, law=law, permission=None) as act:
                _finalize(act, "lapsed")
            done += 1
        except Refused:  # asked for a review meanwhile, or the last day rolled on
            continue
    return done


def _candidates(at: datetime, limit: int) -> list[UUID]:
    """Matters whose last service is older than any window and that are not final: a few holidays beyond it wait here.

    Straight from an index that holds only what is still open to a review.
    """
    reviewing = Review.objects.filter(
        refused_at__isnull=True, withdrawn_at__isnull=True, served_at__isnull=True
    ).values("matter_id")
    fresh = Review.objects.filter(served_at__gt=at - SHORTEST).values("matter_id")
    rows = (
        Answer.objects.filter(
            served_at__isnull=False, served_at__lte=at - SHORTEST, replaced_at__isnull=True, review_over=False,
            matter__klass="claim", matter__stage=Stage.SERVED,
        )
        .exclude(matter_id__in=reviewing)
        .exclude(matter_id__in=fresh)
        .order_by("served_at", "id")
    )  # fmt: skip
    return list(rows.values_list("matter_id", flat=True)[:limit])


def give_help(
    *, matter_id: UUID, text: str, by: Actor, at: datetime, law: Law, to_raiser: bool = False,
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Record help and counsel, which go on after everything else ended (信访工作条例 art. 37)."""
    if len(text.strip()) < 5:
        raise Refused("请写明帮了什么、谁去的")
    with change(
        matter_id, Verb.HELP, by=by, at=at, law=law, permission=Permission.REGISTER, version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        act.say(text, to_raiser=to_raiser)
    return act.matter
