"""Cells around points, and borders that look grown instead of ruled. Plane geometry in kilometres, pure."""

import math
import random
from collections.abc import Sequence

Point = tuple[float, float]
Ring = list[Point]
STEP = 0.6  # kilometres between two points of a border


def outline(width: float, height: float, corners: int = 40) -> Ring:
    """Return the county's edge: an oval with gentle bulges, counter-clockwise, open."""
    ring = []
    for k in range(corners):
        angle = 2 * math.pi * k / corners
        bulge = 1 + 0.06 * math.sin(3 * angle + 0.7) + 0.04 * math.sin(5 * angle + 2.1)
        ring.append((width / 2 * (1 + bulge * math.cos(angle)), height / 2 * (1 + bulge * math.sin(angle))))
    return ring


def nearer(ring: Ring, own: Point, other: Point) -> Ring:
    """Return the part of a polygon that lies nearer to `own` than to `other`."""
    middle = ((own[0] + other[0]) / 2, (own[1] + other[1]) / 2)
    along = (other[0] - own[0], other[1] - own[1])
    sides = [(x - middle[0]) * along[0] + (y - middle[1]) * along[1] for x, y in ring]
    kept: Ring = []
    for k, point in enumerate(ring):
        last, side_before, side = ring[k - 1], sides[k - 1], sides[k]
        if (side_before <= 0) != (side <= 0):
            share = side_before / (side_before - side)
            kept.append((last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])))
        if side <= 0:
            kept.append(point)
    return kept


def cells(ring: Ring, seeds: Sequence[Point]) -> list[Ring]:
    """Divide a polygon among the seeds: each gets what lies nearest to it."""
    found = []
    for seed in seeds:
        cell = ring
        for other in seeds:
            if other is not seed and cell:
                cell = nearer(cell, seed, other)
        found.append(cell)
    return found


def centre(ring: Ring) -> Point:
    """Return the centre of gravity of a polygon."""
    area = x = y = 0.0
    for k, (bx, by) in enumerate(ring):
        ax, ay = ring[k - 1]
        cross = ax * by - bx * ay
        area += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
    return (x / (3 * area), y / (3 * area))


def inside(ring: Ring, point: Point) -> bool:
    """Say whether a point lies in a polygon."""
    x, y = point
    odd = False
    for k, (bx, by) in enumerate(ring):
        ax, ay = ring[k - 1]
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def scatter(ring: Ring, count: int, dice: random.Random) -> list[Point]:
    """Return points spread evenly over a polygon: thrown, then moved four times to the middle of their cell."""
    left, right = min(x for x, _ in ring), max(x for x, _ in ring)
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    seeds: list[Point] = []
    while len(seeds) < count:
        point = (dice.uniform(left, right), dice.uniform(low, high))
        if inside(ring, point):
            seeds.append(point)
    for _ in range(4):
        seeds = [centre(cell) for cell in cells(ring, seeds)]
    return seeds


def warp(point: Point) -> Point:
    """Bend the plane a little, the same way for everybody, so that neighbours keep sharing their border."""
    x, y = point
    return (
        x
        + 0.55 * math.sin(0.9 * y + 0.4 * x)
        + 0.22 * math.sin(2.3 * y + 1.1)
        + 0.09 * math.sin(5.7 * y + 3.1 * x),
        y
        + 0.50 * math.sin(0.8 * x + 1.3)
        + 0.20 * math.sin(2.6 * x + 0.3 * y)
        + 0.08 * math.sin(6.1 * x + 2.7 * y),
    )


def grown(ring: Ring) -> Ring:
    """Return a closed ring with straight edges turned into bent ones."""
    points: Ring = []
    for k, (bx, by) in enumerate(ring):
        ax, ay = ring[k - 1]
        steps = max(1, math.ceil(math.hypot(bx - ax, by - ay) / STEP))
        points += [warp((ax + (bx - ax) * s / steps, ay + (by - ay) * s / steps)) for s in range(steps)]
    return [*points, points[0]]
