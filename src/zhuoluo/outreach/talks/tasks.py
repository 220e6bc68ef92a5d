"""What the worker does here: forgetting tries in time."""

from datetime import datetime

from zhuoluo.outreach.talks.actions import limits


def sweep(*, now: datetime) -> int:
    """Forget tries that are past their hour; safe to run as often as one likes."""
    return limits.sweep(now=now)
