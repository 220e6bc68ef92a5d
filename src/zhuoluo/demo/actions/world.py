"""The county set up: places, categories, units, people; and who is who while matters live."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.clock import local_day
from zhuoluo.demo.rules.places import County, Place, county, data
from zhuoluo.matters import actions as matters
from zhuoluo.org import actions as org
from zhuoluo.org.models import Area, Unit, User
from zhuoluo.org.reads import Law, actor, law
from zhuoluo.org.rules import SYSTEM, Actor

Progress = Callable[[str, int, int], None]
BEFORE = timedelta(days=760)  # the site is older than its oldest matter


@dataclass(frozen=True)
class Member:
    """A person in a unit with the days they serve there."""

    user: User
    unit: str
    role: str
    since: datetime
    until: datetime | None


@dataclass
class World:
    """Everything the lives of matters need: law, dice, places, units by code, people, and matters under way."""

    now: datetime
    dice: random.Random
    law: Law
    county: County
    units: dict[str, Unit] = field(default_factory=dict)
    paces: dict[str, float] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    running: dict[tuple[str, str, str], list[UUID]] = field(
        default_factory=dict
    )  # matters others can be merged into
    actors: dict[UUID, Actor] = field(default_factory=dict)

    def town(self, place: Place) -> Place:
        """Return the town a place lies in."""
        return next(t for t in self.county.towns if t.code == place.town_code)

    def who(self, unit: str, roles: tuple[str, ...], at: datetime) -> Actor:
        """Return somebody of the unit with one of the roles, in post that day."""
        fit = [
            m for m in self.members
            if m.unit == unit and m.role in roles and m.since <= at and (m.until is None or at < m.until)
        ]  # fmt: skip
        member = self.dice.choice(fit)
        if member.user.id not in self.actors:
            self.actors[member.user.id] = actor(member.user, at)
        return self.actors[member.user.id]

    def head(self, unit: str, at: datetime) -> Actor:
        """Return the head of a unit that day."""
        return self.who(unit, ("head",), at)


def set_up(now: datetime, password: str, dice: random.Random, on_progress: Progress) -> World:
    """Set up the county as of two years ago and return it."""
    start = now - BEFORE
    plan = county()
    org.set_up(code=plan.code, name=plan.name, name_en=plan.name_en, prefix=plan.prefix, by=SYSTEM, at=start)
    rows = [
        {
            "code": p.code,
            "name": p.name,
            "longitude": p.longitude,
            "latitude": p.latitude,
            "boundary": p.boundary,
        }
        for p in plan.places
    ]
    org.add_areas(rows=rows, by=SYSTEM, at=start)
    matters.set_categories(rows=data("categories")["rows"], by=SYSTEM, at=start)
    on_progress("places", len(rows), len(rows))
    world = World(now, dice, law(), plan)
    _staff(world, start, password, on_progress)
    return world


def _staff(world: World, start: datetime, password: str, on_progress: Progress) -> None:
    rows = [*data("units")["unit"], *map(_town_row, data("units")["town"]), *_village_rows(world)]
    for done, row in enumerate(rows, start=1):
        _add_unit(world, row, start)
        for person in row["people"]:
            _add_member(world, row["code"], person, start, password)
        on_progress("people", done, len(rows))


def _town_row(row: Mapping[str, Any]) -> dict[str, Any]:
    plan = county()
    place = next(t for t in plan.towns if t.code == (plan.code + row["town"]).ljust(12, "0"))
    titles = {"clerk": "综治中心干部", "head": "主任" if place.name.endswith("街道") else "镇长"}
    if place.name.endswith("乡"):
        titles["head"] = "乡长"
    people = [{"title": titles[person["role"]], **person} for person in row["people"]]
    kind = "办事处" if place.name.endswith("街道") else "人民政府"
    name, short = f"清溪县{place.name}{kind}", place.name
    return {
        **row,
        "code": place.code[:9],
        "name": name,
        "short": short,
        "kind": "township",
        "area": place.code,
        "people": people,
    }


def _village_rows(world: World) -> list[dict[str, Any]]:
    places = {p.name: p for p in world.county.places if p.level == "village"}
    found = []
    for row in data("units")["village"]:
        place = places[row["name"]]
        people = [{"title": "村（社区）明白人", **person} for person in row["people"]]
        name = f"{world.town(place).name}{place.name}{'居' if place.name.endswith('社区') else '村'}民委员会"
        found.append(
            {
                "code": place.code, "name": name, "short": place.name, "kind": "village", "area": place.code,
                "parent": place.code[:9], "people": people,
            }
        )  # fmt: skip
    return found


def _add_unit(world: World, row: Mapping[str, Any], start: datetime) -> None:
    code = row["code"]
    world.units[code] = org.add_unit(
        code=code, name=row["name"], short_name=row["short"], kind=row["kind"], parent=world.units.get(row.get("parent", "")),
        area=Area.objects.get(pk=row["area"]) if "area" in row else None, by=SYSTEM, at=start, from_date=local_day(start),
    )  # fmt: skip
    world.paces[code] = row.get("pace", 1.0)


def _add_member(world: World, unit: str, person: Mapping[str, Any], start: datetime, password: str) -> None:
    username = person.get("username") or f"qx{len(world.members) + 1:03d}"
    since = world.now - timedelta(days=person["since"]) if "since" in person else start
    until = world.now - timedelta(days=person["until"]) if "until" in person else None
    user = org.add_person(
        username=username,
        name=person["name"],
        password=password if "username" in person else None,
        by=SYSTEM,
        at=start,
    )
    post = org.give_post(
        user=user, unit=world.units[unit], title=person["title"], role=person["role"], by=SYSTEM, at=start,
        from_date=local_day(since),
    )  # fmt: skip
    if until is not None:
        org.end_post(post=post, until_date=local_day(until), by=SYSTEM, at=start)
    world.members.append(Member(user, unit, person["role"], since, until))
