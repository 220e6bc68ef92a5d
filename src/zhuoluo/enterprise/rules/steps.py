"""The usual steps of a project, as data a county can change: what, with which office, in how many working days."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "projects.toml"


@dataclass(frozen=True)
class Planned:
    """One usual step. `office`: words by which the unit is found; empty: it lies with the enterprise."""

    name: str
    office: str
    workdays: int


@dataclass(frozen=True)
class Plan:
    """A kind of project: from what to what, in how many natural days, by which steps."""

    key: str
    name: str
    begins: str
    ends: str
    aim: int
    steps: tuple[Planned, ...]


@cache
def plans() -> dict[str, Plan]:
    """Return the kinds of project by their keys."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["project"]
    return {
        row["key"]: Plan(
            row["key"], row["name"], row["begins"], row["ends"], row["aim"],
            tuple(Planned(s["name"], s.get("office", ""), s["workdays"]) for s in row["steps"]),
        )
        for row in rows
    }  # fmt: skip
