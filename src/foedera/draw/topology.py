"""TopoJSON in whole steps of a degree: lines without jumps at 180 degrees, rings, boxes, the core of a state.

Used for the borders that come with the package, when they are made, and for historical ones, when they are read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

STEPS = 200
"""Steps a degree: 0.005 degrees, about 550 m, a tenth of the detail of Natural Earth's 50m map."""
NEAR = 3.0
"""Degrees of sea within which an island belongs to the core that a frame must hold."""
LARGE = 0.25
"""Share of the largest part from which a far part belongs to the core too."""

Point = tuple[int, int]
Json = dict[str, Any]


def read_arc(topology: Json, index: int) -> list[Point]:
    """One line in whole steps, without jumps at 180 degrees and without doubled points."""
    told = topology["arcs"][index]
    transform = topology.get("transform")
    (sx, sy), (tx, ty) = (transform["scale"], transform["translate"]) if transform else ((1, 1), (0, 0))
    x = y = 0
    line: list[Point] = []
    for dx, dy in told:
        x, y = (x + dx, y + dy) if transform else (dx, dy)
        point = round((x * sx + tx) * STEPS), round((y * sy + ty) * STEPS)
        if line:
            point = near(point[0], line[-1][0]), point[1]
        if not line or point != line[-1]:
            line.append(point)
    return line


def near(x: int, to: int) -> int:
    """The same meridian, on the turn of the globe that is next to another one."""
    return x - 360 * STEPS * round((x - to) / (360 * STEPS))


Arcs = Sequence[list[Point]] | Mapping[int, list[Point]]


def ring_of(refs: Sequence[int], arcs: Arcs) -> list[Point]:
    """The closed line that a list of arcs makes; `~i` is arc `i` backwards."""
    ring: list[Point] = []
    for ref in refs:
        line = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        shift = near(line[0][0], ring[-1][0]) - line[0][0] if ring else 0
        ring.extend((x + shift, y) for x, y in (line[1:] if ring else line))
    if ring[0][0] != ring[-1][0]:  # round the pole: Antarctica
        ring += [(ring[-1][0], -90 * STEPS), (ring[0][0], -90 * STEPS), ring[0]]
    return ring


def area(ring: Sequence[Point]) -> float:
    """About how large a ring is, in square degrees at the equator."""
    total = sum(
        (x1 - x0) * (math.sin(math.radians(y0 / STEPS)) + math.sin(math.radians(y1 / STEPS)))
        for (x0, y0), (x1, y1) in pairwise(ring)
    )
    return abs(math.degrees(total) / STEPS / 2)


def box_of(ring: Iterable[Point]) -> tuple[int, int, int, int]:
    """West, south, east, north."""
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def has_extent(ring: Sequence[Point]) -> bool:
    """Whether a ring holds any land; the pole, which Antarctica has as a ring, does not."""
    return len({y for _, y in ring}) > 1 and len(set(ring)) > 2


def parts_of(geometry: Json, arcs: Arcs) -> list[Json]:
    """The pieces of land of one shape, the largest first: rings, box, area."""
    many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    parts: list[Json] = []
    for polygon in many:
        kept = [refs for refs in polygon if has_extent(ring_of(refs, arcs))]
        if kept:
            outer = ring_of(kept[0], arcs)
            parts.append({"rings": kept, "box": box_of(outer), "area": area(outer)})
    parts.sort(key=lambda part: (-part["area"], part["box"]))
    return parts


def core_of(parts: Sequence[Json]) -> list[int]:
    """The box round the largest part, the islands near it, and any part nearly as large."""
    w, s, e, n = parts[0]["box"]
    todo, grown = list(parts[1:]), True
    while grown:
        grown = False
        for part in list(todo):
            pw, ps, pe, pn = part["box"]
            shift = near(pw + pe, w + e) - (pw + pe)
            shift = shift if shift % (720 * STEPS) == 0 else 0
            pw, pe = pw + shift // 2, pe + shift // 2
            gap = max(pw - e, w - pe, ps - n, s - pn) / STEPS
            if gap <= NEAR or part["area"] >= LARGE * parts[0]["area"]:
                w, s, e, n = min(w, pw), min(s, ps), max(e, pe), max(n, pn)
                todo.remove(part)
                grown = True
    return [w, s, e, n]


def write_arc(line: Sequence[Point]) -> str:
    """A line as the package's borders hold it: first point, then differences."""
    steps = [line[0], *((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line))]
    return " ".join(f"{x} {y}" for x, y in steps)
