"""What the worker does here: forgetting in time."""

from datetime import datetime, timedelta
from uuid import UUID

from zhuoluo.files import actions as files
from zhuoluo.matters import reads as matters
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import law
from zhuoluo.portal import actions
from zhuoluo.portal.models import Attempt, Draft, Press
from zhuoluo.portal.rules.limits import WINDOW
from zhuoluo.portal.rules.steps import KEPT_FILED, KEPT_STUB, KEPT_UNFILED, Answers

KEPT_PRESSES = timedelta(days=2)
PATIENCE = timedelta(minutes=5)  # a filing that has not ended by then was cut off


def sweep(*, now: datetime) -> int:
    """Forget what is past its time; return how many rows went or were wiped. Safe to run as often as one likes.

    Unfiled forms go after 48 hours with their files, a filed form's words after 24 (those of a matter that was
    sealed at once), its stub after a week, tries after an hour, presses after two days.
    """
    finish(now=now)
    swept = 0
    for draft in Draft.objects.filter(
        filed_at__isnull=True, frozen_at__isnull=True, touched_at__lt=now - KEPT_UNFILED
    ):
        draft.delete()
        files.discard(ids=[UUID(file_id) for file_id in Answers.from_json(draft.answers).photos])
        swept += 1
    swept += Draft.objects.filter(filed_at__lt=now - KEPT_FILED).exclude(answers={}).update(answers={})
    filed = Draft.objects.filter(filed_at__isnull=False).exclude(answers={})
    gone = matters.sealed_among(list(filed.values_list("matter_id", flat=True)))
    swept += filed.filter(matter_id__in=gone).update(answers={})
    for rows in (
        Draft.objects.filter(filed_at__lt=now - KEPT_STUB),
        Attempt.objects.filter(at__lt=now - WINDOW),
        Press.objects.filter(at__lt=now - KEPT_PRESSES),
    ):
        swept += rows.delete()[0]
    return swept


def finish(*, now: datetime) -> int:
    """File what was submitted while the server stopped half-way; the key keeps it from being registered twice."""
    finished = 0
    for draft in Draft.objects.filter(filed_at__isnull=True, frozen_at__lt=now - PATIENCE):
        try:
            actions.file(draft=draft, at=now, law=law())
            finished += 1
        except (
            Refused
        ):  # no longer allowed, for example its area was closed: it can be changed and filed again
            continue
    return finished
