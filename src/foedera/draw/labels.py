"""Where names go: beside their dot or on their land, on nothing else, inside the frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from foedera.draw.curves import Curve
from foedera.draw.grid import Grid
from foedera.draw.ink import INK, PAPER, diamond, num, pair
from foedera.draw.text import escape, halves, measure

Point = tuple[float, float]
Box = tuple[float, float, float, float]

LEADING = 1.15
BIN = 32.0
"""Pixels of the squares by which points of arrows are looked up."""
DIAMOND = 6.0
_WAYS = (
    (90, 0.0), (0, 0.5), (180, 0.8), (270, 0.6), (45, 1.5), (135, 1.5), (315, 1.5), (225, 1.5),
    (22, 2.0), (67, 2.0), (112, 2.0), (157, 2.0), (202, 2.0), (247, 2.0), (292, 2.0), (337, 2.0),
)  # fmt: skip
"""Degrees clockwise from east, and how much less than straight below each one is liked."""
_GAPS = (2.0, 8.0, 16.0, 26.0, 40.0, 56.0, 76.0)


class Label(Struct, frozen=True):
    """Words with a place; `leader` is the dot they belong to when they stand far from it.

    `anchor` is the side that stays where it is in a font wider or narrower than expected.
    """

    lines: tuple[str, ...]
    at: Point
    size: float
    bold: bool = False
    fill: str = INK
    dilemma: bool = False
    leader: Point | None = None
    anchor: Literal["start", "middle", "end"] = "middle"

    @property
    def box(self) -> Box:
        """The room that the words and their mark take."""
        width, height = extent(self.lines, self.size, bold=self.bold, dilemma=self.dilemma)
        x, y = self.at
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2


class Crowd(Struct, frozen=True):
    """What is already on the page: names, marks that names must not hide, points of arrows."""

    frame: Box
    grid: Grid
    marks: tuple[Box, ...]
    points: Mapping[tuple[int, int], list[Point]]

    def blocked(self, box: Box, taken: Sequence[Box]) -> bool:
        """Whether words cannot stand here at all."""
        left, top, right, bottom = box
        x0, y0, x1, y1 = self.frame
        if left < x0 + 3 or top < y0 + 3 or right > x1 - 3 or bottom > y1 - 3:
            return True
        return any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in taken)

    def hidden(self, box: Box) -> float:
        """How much of the arrows and marks the words would hide."""
        x0, y0, x1, y1 = box[0] - 2, box[1] - 1, box[2] + 2, box[3] + 1
        points = sum(
            1
            for row in range(int(y0 // BIN), int(y1 // BIN) + 1)
            for column in range(int(x0 // BIN), int(x1 // BIN) + 1)
            for x, y in self.points.get((column, row), ())
            if x0 < x < x1 and y0 < y < y1
        )
        return 8.0 * points + 60.0 * sum(1 for mark in self.marks if overlap(box, mark))


def extent(lines: Sequence[str], size: float, *, bold: bool, dilemma: bool = False) -> tuple[float, float]:
    """The width and height of words, with their mark."""
    width = max(measure(line, size, bold=bold) for line in lines)
    return width + (2 * DIAMOND + 5 if dilemma else 0.0) + 2, len(lines) * size * LEADING


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share any room."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def around(dot: Point, width: float, height: float, gap: float) -> Iterator[tuple[float, Point]]:
    """Places for words round a dot at a gap, each with how little it is liked."""
    for degrees, dislike in _WAYS:
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        yield dislike, (dot[0] + c * (width / 2 + gap), dot[1] + s * (height / 2 + gap))


def beside_dot(owner: str, radius: float, crowd: Crowd, taken: Sequence[Box], look: Label) -> Label | None:
    """The name of an actor about its place, where it hides least; far off with a leader if it must."""
    dot = look.at
    width, height = extent(look.lines, look.size, bold=look.bold, dilemma=look.dilemma)
    best: tuple[float, Label] | None = None
    for gap in _GAPS:
        if best is not None and gap * 0.5 >= best[0]:
            break
        for dislike, at in around(dot, width, height, gap + radius):
            label = replace(look, at=at, leader=dot if gap > 22 else None, anchor=_anchor(at, dot, width))
            if crowd.blocked(label.box, taken):
                continue
            cost = gap * 0.5 + dislike + crowd.hidden(label.box) + _abroad(owner, label.box, crowd.grid)
            if best is None or cost < best[0]:
                best = cost, label
    if best is None or (not look.bold and (best[0] > 12 or best[1].leader)):
        return None
    return best[1]


def _anchor(at: Point, dot: Point, width: float) -> Literal["start", "middle", "end"]:
    """Which end of words keeps its place: the one at the dot, if they stand beside it."""
    if at[0] - width / 2 > dot[0]:
        return "start"
    return "end" if at[0] + width / 2 < dot[0] else "middle"


def _abroad(owner: str, box: Box, grid: Grid) -> float:
    """How misleading words would be here: the share of them on the land of others."""
    cells = list(grid.cells_under(box))
    foreign = sum(1 for cell in cells if cell not in ("", owner))
    return 5.0 * foreign / len(cells) if cells else 0.0


def on_land(owner: str, name: str, crowd: Crowd, taken: Sequence[Box], look: Label) -> Label | None:
    """The name of a state written on what is seen of it, on one line or two, or not at all."""
    cells = crowd.grid.cells.get(owner, ())
    cells = cells[:: 1 + len(cells) // 500]
    variants = dict.fromkeys(
        (lines, size) for size in (look.size, look.size - 1.5) for lines in ((name,), tuple(halves(name)))
    )
    for lines, size in variants:
        best: tuple[float, Label] | None = None
        fits = 0
        for depth, row, column in cells:
            label = replace(look, lines=lines, at=crowd.grid.centre(row, column), size=size)
            if not crowd.grid.owns(owner, label.box) or crowd.blocked(label.box, taken):
                continue
            cost = crowd.hidden(label.box) - depth
            if best is None or cost < best[0]:
                best = cost, label
            fits += 1
            if fits >= 40:
                break
        if best is not None and best[0] <= 0:
            return best[1]
    return None


def at_sea(owner: str, size: float, crowd: Crowd, taken: Sequence[Box], look: Label) -> Label | None:
    """The name of a small state on the sea about its place, if there is sea enough."""
    centre = look.at
    width, height = extent(look.lines, look.size, bold=look.bold)
    for free in (("",), ("", owner)):
        for gap in (size / 4 + 3, size / 2 + 3, size / 2 + 12):
            for _, at in around(centre, width, height, gap):
                label = replace(look, at=at)
                if crowd.blocked(label.box, taken) or crowd.hidden(label.box) > 0:
                    continue
                if all(cell in free for cell in crowd.grid.cells_under(label.box)):
                    return label
    return None


def beside_curve(words: str, curve: Curve, crowd: Crowd, taken: Sequence[Box], fill: str) -> Label | None:
    """The word of an arrow, near the middle of its line."""
    width, height = extent((words,), 11.0, bold=False)
    best: tuple[float, Label] | None = None
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        (x, y), (px, py) = curve.at(share), curve.at(share - 0.02)
        length = math.dist((x, y), (px, py)) or 1.0
        nx, ny = -(y - py) / length, (x - px) / length
        away = abs(nx) * width / 2 + abs(ny) * height / 2 + 5
        for side in (1, -1):
            label = Label((words,), (x + nx * away * side, y + ny * away * side), 11.0, fill=fill)
            if crowd.blocked(label.box, taken):
                continue
            cost = crowd.hidden(label.box) + abs(share - 0.5) * 10
            if best is None or cost < best[0]:
                best = cost, label
    return None if best is None or best[0] >= 48 else best[1]


def draw_label(label: Label) -> str:
    """A name with a halo, its mark before it, and its leader."""
    x0, y0, x1, _ = label.box
    left = x0 + (2 * DIAMOND + 5 if label.dilemma else 0.0) + 1
    x = {"start": left, "middle": (left + x1 - 1) / 2, "end": x1 - 1}[label.anchor]
    parts: list[str] = []
    if label.leader is not None:
        near = (min(max(label.leader[0], x0), x1), min(max(label.leader[1], y0), label.box[3]))
        line = f'd="M{pair(label.leader)}L{pair(near)}" stroke="{INK}" stroke-width="0.8"'
        parts.append(f"<path {line}/>")
    spans = []
    for i, words in enumerate(label.lines):
        y = y0 + (i + 0.5) * label.size * LEADING + label.size * 0.35
        spans.append(f'<tspan x="{num(x)}" y="{num(y)}">{escape(words)}</tspan>')
    weight = ' font-weight="600"' if label.bold else ""
    parts.append(f'<g class="{"n" if label.bold else "n o"}">')
    parts.append(
        f'<text font-size="{num(label.size)}"{weight} fill="{label.fill}" text-anchor="{label.anchor}" '
        f'stroke="{PAPER}" stroke-width="{3 if label.bold else 2.4}" stroke-opacity="0.85" '
        f'stroke-linejoin="round" paint-order="stroke">{"".join(spans)}</text>'
    )
    if label.dilemma:
        parts.append(diamond((x0 + DIAMOND + 1, label.at[1]), DIAMOND))
    return "".join((*parts, "</g>"))


def binned(points: Iterable[Point]) -> dict[tuple[int, int], list[Point]]:
    """Points by the square in which they lie."""
    bins: dict[tuple[int, int], list[Point]] = {}
    for x, y in points:
        bins.setdefault((int(x // BIN), int(y // BIN)), []).append((x, y))
    return bins


def boxes_round(points: Iterable[Point], half: float) -> tuple[Box, ...]:
    """Squares round points, as marks that names must not hide."""
    return tuple((x - half, y - half, x + half, y + half) for x, y in points)
