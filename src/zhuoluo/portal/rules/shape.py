"""The map without a map service: rings of [longitude, latitude] drawn on a sheet, and back from a click to a place."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
MARGIN = 8.0


@dataclass(frozen=True)
class Sheet:
    """A drawing `width` by `height` pixels of the box from (west, south) to (east, north)."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def _scale(self) -> tuple[float, float, float]:
        squeeze = math.cos(math.radians((self.south + self.north) / 2))
        wide = max((self.east - self.west) * squeeze, 1e-9)
        high = max(self.north - self.south, 1e-9)
        scale = min((self.width - 2 * MARGIN) / wide, (self.height - 2 * MARGIN) / high)
        left = (self.width - wide * scale) / 2
        top = (self.height - high * scale) / 2
        return scale, left, top

    def pixel(self, longitude: float, latitude: float) -> Point:
        """Return where a place lies on the sheet."""
        scale, left, top = self._scale()
        squeeze = math.cos(math.radians((self.south + self.north) / 2))
        return left + (longitude - self.west) * squeeze * scale, top + (self.north - latitude) * scale

    def place(self, x: float, y: float) -> Point:
        """Return the longitude and latitude under a pixel."""
        scale, left, top = self._scale()
        squeeze = math.cos(math.radians((self.south + self.north) / 2))
        return self.west + (x - left) / (squeeze * scale), self.north - (y - top) / scale


def sheet(rings: Iterable[Sequence[Sequence[float]]], width: int, tallest: int) -> Sheet | None:
    """Return a sheet that holds all rings, as tall as their shape asks but at most `tallest`. None without rings."""
    points = [(float(p[0]), float(p[1])) for ring in rings for p in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    height = round((width - 2 * MARGIN) * high / wide + 2 * MARGIN)
    return Sheet(west, south, east, north, width, max(min(height, tallest), width // 3))


def inside(ring: Sequence[Sequence[float]], longitude: float, latitude: float) -> bool:
    """Say whether a place lies in a ring (even-odd rule)."""
    found = False
    count = len(ring)
    for at in range(count):
        ax, ay = ring[at][0], ring[at][1]
        bx, by = ring[at - 1][0], ring[at - 1][1]
        if (ay > latitude) != (by > latitude) and longitude < (bx - ax) * (latitude - ay) / (by - ay) + ax:
            found = not found
    return found


def middle(ring: Sequence[Sequence[float]]) -> Point:
    """Return the centre of gravity of a ring, where its name is written."""
    doubled = cx = cy = 0.0
    for at in range(len(ring)):
        ax, ay = ring[at - 1][0], ring[at - 1][1]
        bx, by = ring[at][0], ring[at][1]
        cross = ax * by - bx * ay
        doubled += cross
        cx += (ax + bx) * cross
        cy += (ay + by) * cross
    if abs(doubled) < 1e-12:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return cx / (3 * doubled), cy / (3 * doubled)
