"""The area picker and the map drawn from the areas' own boundaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhuoluo.org.models import Area
from zhuoluo.org.reads import areas, jurisdiction
from zhuoluo.portal.rules.shape import Sheet, inside, middle, sheet
from zhuoluo.portal.rules.steps import Answers

SIZES = {"small": (288, 400), "large": (640, 620)}  # fixed pixels: a click is told in pixels of what is shown


@dataclass(frozen=True)
class Shape:
    """One area as drawn: the points of its outline, its name and where the name stands."""

    code: str
    name: str
    points: str
    x: float
    y: float
    chosen: bool


@dataclass(frozen=True)
class Map:
    """A drawing ready for its template. `mark` is the point chosen before, in pixels."""

    width: int
    height: int
    shapes: list[Shape]
    mark: tuple[float, float] | None


@dataclass(frozen=True)
class Hit:
    """What lies under a click: the innermost known areas and the exact point."""

    chain: tuple[str, ...]  # from the part shown on the map inwards
    longitude: str
    latitude: str


def root() -> str:
    """Return the code of the jurisdiction's own area."""
    return jurisdiction().code


def parts(code: str) -> list[Area]:
    """Return the areas directly below one, in code order."""
    return [area for area in areas().values() if area.parent_id == code]


def named(code: str) -> Area | None:
    """Return an area in use here, or None."""
    return areas().get(code)


def deep(code: str) -> bool:
    """Say whether an area's parts have parts of their own (a city's counties), so one more list is needed."""
    return any(parts(part.code) for part in parts(code))


def _ring(area: Area) -> Sequence[Sequence[float]]:
    return area.boundary or []


def _outlines(code: str) -> list[Area]:
    """Return what is drawn for an area: its parts that have a boundary, else the area itself."""
    below = [area for area in parts(code) if _ring(area)]
    if below:
        return below
    area = named(code)
    return [area] if area is not None and _ring(area) else []


def has_map(code: str) -> bool:
    """Say whether there is anything to draw for an area."""
    return bool(_outlines(code))


def map_sheet(code: str, size: str) -> Sheet | None:
    """Return the sheet an area is drawn on at a size ("small" or "large"), or None without boundaries."""
    width, tallest = SIZES[size]
    return sheet([_ring(area) for area in _outlines(code)], width, tallest)


def drawing(code: str, size: str, answers: Answers) -> Map | None:
    """Return the map of an area with the chosen place marked, or None without boundaries."""
    drawn = map_sheet(code, size)
    if drawn is None:
        return None
    shapes = []
    for area in _outlines(code):
        ring = _ring(area)
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (drawn.pixel(p[0], p[1]) for p in ring))
        x, y = drawn.pixel(*middle(ring))
        chosen = area.code in {answers.area, answers.town}
        shapes.append(Shape(area.code, area.name, points, round(x, 1), round(y, 1), chosen))
    mark = drawn.pixel(float(answers.longitude), float(answers.latitude)) if answers.longitude else None
    return Map(drawn.width, drawn.height, shapes, mark)


def hit(code: str, size: str, x: int, y: int) -> Hit | None:
    """Return the place under a click on an area's map, or None outside of everything known."""
    drawn = map_sheet(code, size)
    if drawn is None:
        return None
    longitude, latitude = drawn.place(x, y)
    chain: list[str] = []
    inner = next((a for a in _outlines(code) if inside(_ring(a), longitude, latitude)), None)
    while inner is not None and inner.code not in chain:
        chain.append(inner.code)
        below = [a for a in parts(inner.code) if _ring(a)]
        inner = next((a for a in below if inside(_ring(a), longitude, latitude)), None)
    if not chain:
        return None
    return Hit(tuple(chain), f"{Decimal(longitude):.6f}", f"{Decimal(latitude):.6f}")


def point_fits(code: str, answers: Answers) -> bool:
    """Say whether the marked point lies in an area; where no boundary is known nothing contradicts it."""
    area = named(code)
    if not answers.longitude or area is None or not _ring(area):
        return bool(answers.longitude)
    return inside(_ring(area), float(answers.longitude), float(answers.latitude))
