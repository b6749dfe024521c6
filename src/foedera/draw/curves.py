"""An arrow as a curve on the page, and the marks that draw it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from foedera.draw.ink import DASHES, PAPER, STEADY, STROKES, head, no_entry, pair
from foedera.draw.scene import Arrow

Point = tuple[float, float]

MANY = 12
"""More arrows than this are drawn thin."""
SPACING = 7.0
"""Pixels between the points by which others see a curve."""


class Curve(Struct, frozen=True):
    """An arrow laid on the page: start, two handles, and where its line and its tip end."""

    arrow: Arrow
    start: Point
    handles: tuple[Point, Point]
    end: Point
    tip: Point
    way: Point
    size: float
    mark: float = 0.5

    def at(self, share: float) -> Point:
        """The point at a share of the way."""
        return _bezier(self.start, *self.handles, self.end, share)

    def samples(self) -> list[Point]:
        """Points along it, the tip included, near enough to each other for names to avoid."""
        count = max(6, round(math.dist(self.start, self.end) / SPACING))
        return [*(self.at(i / count) for i in range(count + 1)), self.tip]


def merged(arrows: Sequence[Arrow]) -> tuple[Arrow, ...]:
    """Arrows of one kind between the same two, as one with all their labels."""
    labels: dict[tuple[str, str, str], dict[str, None]] = {}
    kept: dict[tuple[str, str, str], Arrow] = {}
    for arrow in arrows:
        key = (arrow.kind, arrow.tail, arrow.head)
        kept.setdefault(key, arrow)
        labels.setdefault(key, {}).update({arrow.label: None} if arrow.label else {})
    return tuple(Arrow(a.kind, a.tail, a.head, ", ".join(labels[key])) for key, a in kept.items())


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """A point of a cubic."""
    s = 1 - t
    k0, k1, k2, k3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (
        k0 * a[0] + k1 * b[0] + k2 * c[0] + k3 * d[0],
        k0 * a[1] + k1 * b[1] + k2 * c[1] + k3 * d[1],
    )


def draw_curve(curve: Curve, width: float) -> str:
    """The marks of one arrow but for its barred ring: a pale bed, the line, its end."""
    kind = curve.arrow.kind
    c0, c1 = curve.handles
    d = f"M{pair(curve.start)}C{pair(c0)} {pair(c1)} {pair(curve.end)}"
    thick = width * (1.3 if kind == "event" else 1.0)
    bed = f'<path d="{d}" fill="none" stroke="{PAPER}" stroke-width="{thick + 2.6:.1f}" stroke-opacity="0.75"{STEADY}/>'
    line = f'<path d="{d}" fill="none" stroke="{STROKES[kind]}" stroke-width="{thick:.1f}"{DASHES[kind]}{STEADY}/>'
    return bed + line + head(kind, curve.tip, curve.way, curve.size)


def draw_ring(curve: Curve, width: float) -> str:
    """The barred ring of a prohibition, which lies above all lines."""
    if curve.arrow.kind != "must-not":
        return ""
    (x0, y0), (x1, y1) = curve.at(curve.mark - 0.03), curve.at(curve.mark + 0.03)
    return no_entry(curve.at(curve.mark), 7.0 if width > 2 else 5.5, (x1 - x0, y1 - y0))
