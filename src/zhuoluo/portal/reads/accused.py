"""Whom a matter is about: found by name, so that it never reaches them (信访工作条例 art. 30, 46)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhuoluo.org.reads import SHANGHAI, live_posts, units
from zhuoluo.portal.rules.steps import Answers

MOST = 10


@dataclass(frozen=True)
class Named:
    """A unit or person as offered and shown: `ref` is what the form sends back."""

    ref: str
    name: str
    note: str = ""


def search(query: str, at: datetime) -> list[Named]:
    """Return units whose name contains the words, and people whose whole name was typed.

    People are found by their full name only, so nobody can page through the staff from outside.
    """
    words = "".join(query.split())
    if len(words) < 2:
        return []
    on = at.astimezone(SHANGHAI).date()
    found = [
        Named(f"unit:{unit.id}", unit.name)
        for unit in units().values()
        if words in unit.name and (unit.until_date is None or unit.until_date >= on)
    ]
    people: dict[UUID, Named] = {}
    for post in live_posts(on).filter(user__name=words):
        people.setdefault(
            post.user_id, Named(f"person:{post.user_id}", post.user.name, f"{post.unit.name} {post.title}")
        )
    return [*people.values(), *found][:MOST]


def chosen(answers: Answers, at: datetime) -> list[Named]:
    """Return the units and people the form names, as shown."""
    known = units()
    listed = [Named(f"unit:{u}", known[UUID(u)].name) for u in answers.about_units if UUID(u) in known]
    on = at.astimezone(SHANGHAI).date()
    posts = live_posts(on).filter(user_id__in=answers.about_people) if answers.about_people else []
    people = {
        str(p.user_id): Named(f"person:{p.user_id}", p.user.name, f"{p.unit.name} {p.title}") for p in posts
    }
    return [*people.values(), *listed]


def valid(ref: str, at: datetime) -> tuple[str, str] | None:
    """Return kind and id of a reference the form sent, or None when it names nobody here."""
    kind, _, value = ref.partition(":")
    try:
        wanted = UUID(value)
    except ValueError:
        return None
    if kind == "unit" and wanted in units():
        return kind, str(wanted)
    on = at.astimezone(SHANGHAI).date()
    if kind == "person" and live_posts(on).filter(user_id=wanted).exists():
        return kind, str(wanted)
    return None
