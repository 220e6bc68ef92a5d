"""Days and talks for people's own calendars (RFC 5545); escaping and folding are the library's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True)
class Entry:
    """One entry as a calendar tells it; `sequence` grows with every change, so that calendars take it over.

    `remind`: so long before it the calendar reminds its owner.
    """

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str
    told: str
    changed: datetime
    sequence: int
    cancelled: bool
    remind: timedelta | None = None


def calendar(entries: Iterable[Entry], name: str) -> bytes:
    """Return the entries as one calendar."""
    made = Calendar()
    made.add("prodid", "-//zhuoluo//ZH")
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
    if entry.remind is not None and not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -entry.remind)
        event.add_component(alarm)
    return event
