"""The county's places with their codes, borders and points. Pure; the same every time."""

import math
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from zhuoluo.demo.rules import geometry

WEST, SOUTH = 110.02, 27.31  # where kilometre (0, 0) lies
KM_PER_DEGREE = 111.32
WIDTH, HEIGHT = 66.0, 42.0
SEED = 20240816


@dataclass(frozen=True)
class Place:
    """An area as org keeps it. `level`: county, town or village."""

    code: str
    name: str
    level: str
    longitude: str
    latitude: str
    boundary: list[list[float]]

    @property
    def town_code(self) -> str:
        """Return the code of the town this place is or lies in."""
        return self.code[:9].ljust(12, "0")


@dataclass(frozen=True)
class County:
    """The whole of it."""

    code: str
    name: str
    name_en: str
    prefix: str
    places: tuple[Place, ...]

    @property
    def towns(self) -> list[Place]:
        """Return the towns and streets."""
        return [p for p in self.places if p.level == "town"]

    def villages(self, town_code: str) -> list[Place]:
        """Return the villages and communities of a town."""
        return [p for p in self.places if p.level == "village" and p.town_code == town_code]


def data(name: str) -> dict[str, Any]:
    """Return one of the shipped data files of the demo."""
    file = resources.files("zhuoluo.demo") / "data" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def county() -> County:
    """Return the county: towns are cells around their seats, villages cells within their town."""
    plan = data("places")
    edge = geometry.outline(WIDTH, HEIGHT)
    towns = plan["town"]
    shapes = geometry.cells(edge, [(float(t["x"]), float(t["y"])) for t in towns])
    places = [_place(plan["code"], plan["name"], "county", edge)]
    for town, shape in zip(towns, shapes, strict=True):
        places.append(_place(plan["code"] + town["code"], town["name"], "town", shape))
        places += _villages(plan["code"] + town["code"], town["below"], shape)
    return County(plan["code"], plan["name"], plan["name_en"], plan["prefix"], tuple(places))


def _villages(town: str, names: list[str], shape: geometry.Ring) -> list[Place]:
    dice = random.Random(f"{SEED}{town}")  # noqa: S311  # a map, not a secret
    middle = geometry.centre(shape)
    seeds = geometry.scatter(shape, len(names), dice)
    # The town's own community, named first, lies nearest to its middle.
    seeds.sort(key=lambda p: math.dist(p, middle))
    found = []
    numbers = {"社区": 0, "村": 199}  # communities count from 001, villages from 200, as everywhere
    for name, cell in zip(names, geometry.cells(shape, seeds), strict=True):
        kind = "社区" if name.endswith("社区") else "村"
        numbers[kind] += 1
        found.append(_place(f"{town}{numbers[kind]:03d}", name, "village", cell))
    return found


def _place(code: str, name: str, level: str, shape: geometry.Ring) -> Place:
    longitude, latitude = _degrees(geometry.warp(geometry.centre(shape)))
    boundary = [[round(v, 5) for v in _degrees(point)] for point in geometry.grown(shape)]
    return Place(code.ljust(12, "0"), name, level, f"{longitude:.6f}", f"{latitude:.6f}", boundary)


def _degrees(point: geometry.Point) -> geometry.Point:
    latitude = SOUTH + point[1] / KM_PER_DEGREE
    return (WEST + point[0] / (KM_PER_DEGREE * math.cos(math.radians(SOUTH))), latitude)
