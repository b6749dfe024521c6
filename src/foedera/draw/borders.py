"""The borders of today that come with the package (Natural Earth, public domain).

`scripts/build_borders.py` made the file and describes it. Loading reads the index only; a
line is decoded when somebody asks for it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain

from msgspec import Struct

Lonlat = tuple[float, float]
Box = tuple[float, float, float, float]


class Part(Struct, frozen=True):
    """One piece of land: its box (west, south, east, north) and its rings of arcs, outer first."""

    box: Box
    rings: tuple[tuple[int, ...], ...]


class Shape(Struct, frozen=True):
    """One state: label point, the box that a frame should hold, parts with the largest first."""

    id: str
    name: str
    at: Lonlat
    core: Box
    parts: tuple[Part, ...]


class Borders(Struct, frozen=True):
    """All shapes by id, the lines that neighbours share, and whose borders these are."""

    shapes: Mapping[str, Shape]
    lines: tuple[str, ...]
    steps: int
    source: str = "Borders: Natural Earth (public domain), de facto lines of today."

    def arc(self, index: int) -> list[Lonlat]:
        """The points of one line; its longitude may run past 180, but never jumps."""
        numbers = [int(word) for word in self.lines[index].split()]
        steps = self.steps
        xs, ys = accumulate(numbers[0::2]), accumulate(numbers[1::2])
        return [(x / steps, y / steps) for x, y in zip(xs, ys, strict=True)]


@cache
def load_borders() -> Borders:
    """The borders that come with the package, read once.

    >>> load_borders().shapes["NER"].name
    'Niger'
    """
    packed = files("foedera.draw").joinpath("borders.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    steps = raw["steps"]
    shapes = {}
    for name, entry in raw["shapes"].items():
        parts = tuple(
            Part(_box((w, s, e, n), steps), tuple(tuple(ring) for ring in rings))
            for w, s, e, n, rings in entry["parts"]
        )
        core = _box(entry["core"], steps)
        shapes[name] = Shape(name, entry["name"], (entry["at"][0], entry["at"][1]), core, parts)
    return Borders(shapes, tuple(raw["arcs"]), steps)


def _box(box: tuple[int, int, int, int], steps: int) -> Box:
    """A box in degrees."""
    w, s, e, n = box
    return w / steps, s / steps, e / steps, n / steps


def arcs_of(part: Part) -> Iterator[int]:
    """The lines that a part uses, without their direction."""
    return (ref if ref >= 0 else ~ref for ref in chain.from_iterable(part.rings))
