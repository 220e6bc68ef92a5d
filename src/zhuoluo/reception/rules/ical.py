"""Reception days for people's own calendars (RFC 5545); escaping and folding are the library's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """One day as a calendar tells it; `sequence` grows with every change, so that calendars take it over."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str
    told: str
    changed: datetime
    sequence: int
    cancelled: bool


def calendar(entries: Iterable[Entry], name: str) -> bytes:
    """Return the days as one calendar."""
    made = Calendar()
    made.add("prodid", "-//zhuoluo//reception//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@zhuoluo")
    event.add("dtstamp", entry.changed.astimezone(UTC))
    event.add("dtstart", entry.starts.astimezone(UTC))
    event.add("dtend", entry.ends.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.told)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
