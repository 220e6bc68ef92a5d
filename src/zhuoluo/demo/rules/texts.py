"""Texts composed from the demo's own building blocks: a request and an answer that speak of the same things. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from zhuoluo.demo.rules.places import Place, data

TOPIC_FILES = ("land", "market", "people", "quiet", "roads", "water")
OUTCOMES = ("supported", "explained", "not_supported")


@dataclass(frozen=True)
class Topic:
    """A kind of thing people raise, with everything that can be said about it."""

    id: str
    category: str
    klass: str
    unit: str  # code of the competent unit, or "town"
    places: str  # village, street, any, mediated (a village with a unit of its own)
    weight: int
    title: tuple[str, ...]
    text: tuple[str, ...]
    ask: tuple[str, ...]
    request: str
    facts: tuple[str, ...]
    basis: tuple[str, ...]
    done: tuple[str, ...]
    opinions: dict[str, tuple[str, ...]]
    co: str = ""
    photo: str = ""
    who: str = ""
    about: str = ""
    door: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one matter. `opinions`: one for each outcome the topic knows."""

    title: str
    text: str
    request: str
    facts: str
    basis: str
    done: str
    opinions: dict[str, str] = field(default_factory=dict)


@cache
def words() -> dict[str, Any]:
    """Return the building blocks shared by all topics."""
    return data("words")


@cache
def topics() -> dict[str, Topic]:
    """Return every topic by id."""
    rows = [row for name in TOPIC_FILES for row in data(f"topics/{name}")["topic"]]
    return {row["id"]: _topic(row) for row in rows}


def _topic(row: dict[str, Any]) -> Topic:
    opinions = {outcome: tuple(row.pop(outcome)) for outcome in OUTCOMES if outcome in row}
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Topic(opinions=opinions, **plain)


def slots(dice: random.Random, place: Place, town: Place) -> dict[str, str]:
    """Draw what fills the {…} of one matter; the same values serve its text, its answer and its proof."""
    lists = words()
    drawn = {
        "road": "roads", "city_road": "city_roads", "estate": "estates", "firm": "firms", "builder": "builders",
        "school": "schools", "shop": "shops", "when": "when", "months": "months", "hours": "hours",
    }  # fmt: skip
    return {
        "place": place.name,
        "town": town.name,
        **{slot: dice.choice(lists[name]) for slot, name in drawn.items()},
        "n": str(dice.randint(3, 18)),
        "few": str(dice.randint(2, 6)),
        "many": str(dice.randint(20, 60)),
        "count": str(dice.randint(7, 46)),
        "days": str(dice.randint(5, 28)),
        "meters": str(dice.randrange(30, 900, 10)),
        "money": f"{dice.randrange(8_000, 186_000, 600):,}",
        "money_small": f"{dice.randrange(800, 4_200, 100):,}",
    }


def compose(topic: Topic, fill: dict[str, str], kind: str, dice: random.Random) -> Wording:
    """Compose title, text and answer of one matter for a raiser of the given kind."""
    lists = words()
    opens = {"group": "opens_group", "enterprise": "opens_firm"}.get(kind, "opens")
    parts = (
        dice.choice(lists[opens]),
        dice.choice(topic.text),
        dice.choice(topic.ask),
        dice.choice(lists["closes"]),
    )
    return Wording(
        title=dice.choice(topic.title).format_map(fill)[:60],
        text="".join(parts).format_map(fill),
        request=topic.request.format_map(fill),
        facts=pick(dice, topic.facts).format_map(fill),
        basis=pick(dice, topic.basis).format_map(fill),
        done=pick(dice, topic.done).format_map(fill),
        opinions={key: dice.choice(texts).format_map(fill) for key, texts in topic.opinions.items()},
    )


def say(dice: random.Random, name: str) -> str:
    """Return one of the shared sentences of a kind."""
    return pick(dice, words()[name])


def pick(dice: random.Random, texts: Sequence[str]) -> str:
    """Return one of the texts, or nothing where there are none."""
    return dice.choice(texts) if texts else ""


def person_name(dice: random.Random) -> str:
    """Return an invented name."""
    lists = words()
    return str(dice.choice(lists["surnames"]) + dice.choice(lists["given"].split()))


def phone(dice: random.Random) -> str:
    """Return eleven digits that look like a mobile number and can never reach anybody: none begins with 12."""
    return f"12{dice.randint(0, 9)}{dice.randint(0, 99_999_999):08d}"
