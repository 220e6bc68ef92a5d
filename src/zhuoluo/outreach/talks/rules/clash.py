"""Quarters of an hour: what a lecturer, a team or a place gives to one talk, it cannot give to another."""

import hashlib
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.words import SLICE_MINUTES

_SLICE = timedelta(minutes=SLICE_MINUTES)
LONGEST = timedelta(hours=12)


def slices(starts: datetime, ends: datetime) -> list[datetime]:
    """Return the start of every quarter of an hour that a talk touches. Raises Refused for hours that cannot be."""
    if ends <= starts:
        raise Refused("结束时间要晚于开始时间")
    if ends - starts > LONGEST:
        raise Refused("一场最长 12 小时；分几天讲的，请按天安排")
    first = starts - timedelta(
        minutes=starts.minute % SLICE_MINUTES, seconds=starts.second, microseconds=starts.microsecond
    )
    count = -(-(ends - first) // _SLICE)
    return [first + _SLICE * place for place in range(count)]


def place_key(place: str, area: str = "") -> str:
    """Return the key of a place by its plain name: width, case and spaces make no other place of it."""
    plain = "".join(unicodedata.normalize("NFKC", place).casefold().split())
    return f"place:{hashlib.sha256(f'{area}|{plain}'.encode()).hexdigest()[:40]}"


def next_free(
    taken: Collection[datetime], starts: datetime, ends: datetime, *, days: int = 14
) -> datetime | None:
    """Return the next start at which a talk of the same length meets nothing taken, within some days; None: there is none."""
    length = ends - starts
    moment, last = starts, starts + timedelta(days=days)
    while moment <= last:
        if not any(one in taken for one in slices(moment, moment + length)):
            return moment
        moment += _SLICE
    return None
