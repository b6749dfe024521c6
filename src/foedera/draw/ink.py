"""Colours, numbers and marks: the few pieces of SVG that every picture is made of.

What has the class `n` or `r` keeps its size when a page zooms; names (`n`) grow where the page is narrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedera.draw.scene import Kind
from foedera.draw.text import escape

Point = tuple[float, float]

MUST, MAY, MUST_NOT, DILEMMA, EVENT = "#0446C9", "#009162", "#B23205", "#5D1574", "#1B1F27"
PAPER, SEA, LAND, LINE, BORDER = "#FFFFFF", "#F6F8FA", "#EBEBED", "#A6ACB6", "#BFC3CA"
INK, QUIET, FAINT = "#1B1F27", "#4A505C", "#6B717C"
TINTS = ("#CFE0F4", "#FBE7A8", "#D8EBCF", "#F6D9D3", "#E2D9F0", "#D3ECEA")
EDGES = ("#6F93C2", "#B39434", "#76A062", "#BE8478", "#8E7BB0", "#5FA09B")

STROKES: dict[Kind, str] = {"must": MUST, "may": MAY, "must-not": MUST_NOT, "event": EVENT}
LETTERS: dict[Kind, str] = {**STROKES, "may": "#006B48"}
"""The colours of arrows for words, which need more contrast than lines."""
DASHES: dict[Kind, str] = {
    "must": "",
    "may": ' stroke-dasharray="7 4.5"',
    "must-not": "",
    "event": ' stroke-dasharray="0.1 5" stroke-linecap="round"',
}
WORDS: dict[Kind, str] = {"must": "must", "may": "may", "must-not": "must not", "event": "event"}
DILEMMA_WORDS = "dilemma: cannot keep both duties"
STEADY = ' vector-effect="non-scaling-stroke"'


def num(value: float) -> str:
    """A number with one decimal at most.

    >>> num(3.0), num(-0.04), num(2.25)
    ('3', '0', '2.2')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def pair(point: Point) -> str:
    """A point as SVG writes it."""
    return f"{num(point[0])},{num(point[1])}"


def polygon(points: Iterable[Point], attributes: str) -> str:
    """A closed figure with straight sides."""
    return f'<path d="M{"L".join(pair(p) for p in points)}Z" {attributes}/>'


def words_at(x: float, y: float, words: str, size: float, *, fill: str = INK, more: str = "") -> str:
    """One line of text on its baseline."""
    return f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}" fill="{fill}"{more}>{escape(words)}</text>'


def diamond(at: Point, size: float) -> str:
    """The mark of a dilemma."""
    x, y = at
    corners = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
    return polygon(corners, f'fill="{DILEMMA}" stroke="{PAPER}" stroke-width="1.2"')


def no_entry(at: Point, size: float, along: Point = (1.0, 0.0)) -> str:
    """The mark of a prohibition: a ring whose bar never lies along the line that it sits on."""
    (x, y), slant = at, size * 0.7071
    rise = -slant if along[0] * along[1] > 0 else slant
    ring = (
        f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(size)}" fill="{PAPER}" '
        f'stroke="{MUST_NOT}" stroke-width="2"{STEADY}/>'
    )
    bar = f"M{pair((x - slant, y - rise))}L{pair((x + slant, y + rise))}"
    return f'<g class="r">{ring}<path d="{bar}" stroke="{MUST_NOT}" stroke-width="2"{STEADY}/></g>'


def head(kind: Kind, tip: Point, way: Point, size: float) -> str:
    """The end of an arrow; every kind has its own, so that a black and white print can be read.

    must: a full triangle; may: an open angle; must not: a bar across; event: a barbed head.
    """
    (x, y), (dx, dy) = tip, way
    ink = STROKES[kind]

    def at(along: float, aside: float) -> Point:
        return x - dx * along * size - dy * aside * size, y - dy * along * size + dx * aside * size

    if kind == "must":
        return polygon((at(0, 0), at(1, 0.5), at(1, -0.5)), f'class="n" fill="{ink}"')
    if kind == "event":
        return polygon((at(0, 0), at(1.15, 0.55), at(0.75, 0), at(1.15, -0.55)), f'class="n" fill="{ink}"')
    corners = (at(0.9, 0.55), at(0, 0), at(0.9, -0.55)) if kind == "may" else (at(0, 0.62), at(0, -0.62))
    d = f"M{'L'.join(pair(p) for p in corners)}"
    width = 2 if kind == "may" else 2.6
    return f'<path class="n" d="{d}" fill="none" stroke="{ink}" stroke-width="{width}"{STEADY}/>'


REACH: dict[Kind, float] = {"must": 0.9, "may": 0.1, "must-not": 0.0, "event": 0.85}
"""How far before its tip a line stops, in sizes of the head."""


def track(points: Sequence[Point], *, closed: bool) -> str:
    """A line or ring as path data in steps of a tenth of a pixel; empty if it has no extent."""
    steps: list[str] = []
    x0 = y0 = 0
    for i, (x, y) in enumerate(points):
        xi, yi = round(x * 10), round(y * 10)
        if i == 0:
            start = f"M{_tenth(xi)}{_then(yi)}l"
        elif xi != x0 or yi != y0:
            steps.append(_tenth(xi - x0) + _then(yi - y0))
        x0, y0 = xi, yi
    if len(steps) < (2 if closed else 1):
        return ""
    body = steps[0] + "".join(step if step[0] == "-" else " " + step for step in steps[1:])
    return start + body + ("z" if closed else "")


def _tenth(tenths: int) -> str:
    """Tenths as the shortest number that SVG reads."""
    text = _SHORT.get(tenths)
    if text is None:
        text = _short(tenths)
    return text


def _then(tenths: int) -> str:
    """The same after another number: a minus sign needs no comma before it."""
    return _tenth(tenths) if tenths < 0 else "," + _tenth(tenths)


def _short(tenths: int) -> str:
    """Tenths written out."""
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"


_SHORT = {tenths: _short(tenths) for tenths in range(-400, 401)}
