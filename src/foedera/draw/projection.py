"""From longitude and latitude to a flat sheet: Equal Earth, seams, and cutting at edges.

Equal Earth (Šavrič, Patterson, Jenny 2018) keeps areas. Its parallels are straight and
evenly divided, so all that depends on the latitude is worked out once a parallel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

Vertex = tuple[float, ...]
Line = list[Vertex]
Box = tuple[float, float, float, float]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


@lru_cache(maxsize=65536)
def parallel(lat: float) -> tuple[float, float]:
    """How wide one radian of longitude is at a latitude (degrees), and how high that parallel is.

    >>> [round(value, 4) for value in parallel(0.0)]
    [0.8615, 0.0]
    """
    t = math.asin(_M * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    return math.cos(t) / (_M * slope), t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def equal_earth(lon: float, lat: float, middle: float = 0.0) -> tuple[float, float]:
    """Where a point lies on the sheet, east and north of the middle, on a globe of radius 1.

    >>> equal_earth(90, 0)[0] > equal_earth(90, 60)[0] > 0
    True
    """
    width, height = parallel(lat)
    return math.radians(turn(lon, middle)) * width, height


def latitude(height: float) -> float:
    """The latitude at a height on the sheet: the inverse of `parallel`, by halving.

    >>> round(latitude(parallel(40.0)[1]), 6)
    40.0
    """
    low, high = -90.0, 90.0
    for _ in range(40):
        guess = (low + high) / 2
        low, high = (guess, high) if parallel(guess)[1] < height else (low, guess)
    return (low + high) / 2


def true_stretch(lat: float) -> float:
    """The widening by which shapes at a latitude keep their form; heights shrink by as much.

    Areas stay comparable, so the sheet is still equal-area: it only looks less tall in the
    tropics and less squat in Europe than the world map does.
    """
    return math.cos(math.radians(lat)) / parallel(lat)[0]


def turn(lon: float, to: float) -> float:
    """Degrees east of a meridian, between -180 and 180.

    >>> turn(-170, 175)
    15.0
    """
    return (lon - to + 180.0) % 360.0 - 180.0


def shortest_window(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The shortest stretch of the globe that holds all spans (west, east; east may pass 180).

    >>> shortest_window([(175.0, 182.0), (-125.0, -67.0)])
    (175.0, 293.0)
    """
    ordered = sorted((west % 360.0, west % 360.0 + east - west) for west, east in spans)
    start, reach = ordered[0][0], ordered[0][1]
    gap = ordered[0][0] + 360.0 - max(east for _, east in ordered)
    for west, east in ordered:
        if west - reach > gap:
            start, gap = west, west - reach
        reach = max(reach, east)
    length = min(360.0, 360.0 - gap)
    start = turn(start, 0.0)
    return start, start + length


def clip_half(ring: Sequence[Vertex], axis: int, limit: float, *, above: bool) -> Line:
    """The part of a closed ring on one side of a limit (Sutherland and Hodgman)."""
    kept: Line = []
    if not ring:
        return kept
    before = ring[-1]
    was_in = (before[axis] >= limit) is above
    for point in ring:
        is_in = (point[axis] >= limit) is above
        if is_in is not was_in:
            kept.append(_between(before, point, axis, limit))
        if is_in:
            kept.append(point)
        before, was_in = point, is_in
    return kept


def _between(a: Vertex, b: Vertex, axis: int, limit: float) -> Vertex:
    """Where the line from a to b meets the limit."""
    share = (limit - a[axis]) / (b[axis] - a[axis])
    return tuple(limit if i == axis else p + share * (q - p) for i, (p, q) in enumerate(zip(a, b, strict=True)))


def clip_ring(ring: Sequence[Vertex], box: Box) -> Line:
    """The part of a closed ring inside a box."""
    x0, y0, x1, y1 = box
    line = clip_half(ring, 0, x0, above=True)
    line = clip_half(line, 0, x1, above=False)
    line = clip_half(line, 1, y0, above=True)
    return clip_half(line, 1, y1, above=False)


def clip_line(line: Sequence[Vertex], axis: int, low: float, high: float) -> list[Line]:
    """The pieces of an open line between two limits of one axis."""
    pieces: list[Line] = []
    piece: Line = []
    for a, b in pairwise(line):
        ends = _cut(a, b, axis, low, high)
        if ends is None:
            piece = _close(piece, pieces)
            continue
        if not piece:
            piece = [ends[0]]
        piece.append(ends[1])
        if ends[1] is not b:
            piece = _close(piece, pieces)
    _close(piece, pieces)
    return pieces


def _close(piece: Line, pieces: list[Line]) -> Line:
    """Put a finished piece away and begin a new one."""
    if len(piece) > 1:
        pieces.append(piece)
    return []


def _cut(a: Vertex, b: Vertex, axis: int, low: float, high: float) -> tuple[Vertex, Vertex] | None:
    """The part of one step between two limits; its own end point if that is inside."""
    p, q = a[axis], b[axis]
    if (p < low and q < low) or (p > high and q > high):
        return None
    start, end = a, b
    if p < low or p > high:
        start = _between(a, b, axis, low if p < low else high)
    if q < low or q > high:
        end = _between(a, b, axis, low if q < low else high)
    return start, end


def clip_lines(line: Sequence[Vertex], box: Box) -> list[Line]:
    """The pieces of an open line inside a box."""
    x0, y0, x1, y1 = box
    return [p for part in clip_line(line, 0, x0, x1) for p in clip_line(part, 1, y0, y1)]


def seam_rings(ring: Sequence[Vertex], middle: float) -> list[Line]:
    """A ring of (longitude, latitude) cut where the sheet ends, each piece moved onto the sheet.

    A ring that goes once round the globe is closed over the pole by the last two points that
    its maker added. A ring that fits comes back whole, only moved.
    """
    low, high = min(p[0] for p in ring), max(p[0] for p in ring)
    west, east = middle - 180.0, middle + 180.0
    pieces: list[Line] = []
    first = math.ceil((west - high) / 360.0)
    for k in range(first, math.floor((east - low) / 360.0) + 1):
        moved = [(p[0] + 360.0 * k, *p[1:]) for p in ring]
        if low + 360.0 * k < west or high + 360.0 * k > east:
            moved = clip_half(clip_half(moved, 0, west, above=True), 0, east, above=False)
        if len(moved) > 2:
            pieces.append(_dense_seam(moved, (west, east)))
    return pieces


def _dense_seam(ring: Line, seams: tuple[float, float]) -> Line:
    """A ring with points added along the seam, which is a curve on the sheet."""
    dense: Line = []
    before = ring[-1]
    for point in ring:
        if point[0] == before[0] and point[0] in seams:
            dense += [tuple(p + (q - p) * i / 12 for p, q in zip(before, point, strict=True)) for i in range(1, 12)]
        dense.append(point)
        before = point
    return dense
