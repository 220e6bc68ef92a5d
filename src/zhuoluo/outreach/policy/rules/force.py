"""On which days a version of a clause is in force. Days count whole, the first and the last included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from zhuoluo.outreach.policy.rules.errors import Refused


@dataclass(frozen=True)
class Span:
    """A version's days: from the first to the last; `until` None: nobody has said when it ends."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Say whether the version is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def overlapping(spans: Iterable[Span]) -> bool:
    """Say whether two versions would be in force on one day."""
    ordered = sorted(spans, key=lambda span: span.since)
    return any(before.until is None or before.until >= after.since for before, after in pairwise(ordered))


def amended(spans: Sequence[Span], since: date) -> tuple[int, date]:
    """Return which version a new one from `since` follows, and that version's last day.

    Raises Refused where it would have no day of its own before the new one, or another already begins later.
    """
    if not spans:
        raise Refused("这一条还没有生效的文本，不能修订")
    last = max(range(len(spans)), key=lambda place: spans[place].since)
    if since <= spans[last].since:
        raise Refused("修订的生效日期要晚于现行文本的生效日期（%(day)s）", day=spans[last].since.isoformat())
    before = since - timedelta(days=1)
    ends = spans[last].until
    return last, before if ends is None else min(ends, before)
