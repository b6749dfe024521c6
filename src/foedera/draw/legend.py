"""What the marks mean: one entry for each thing that occurs, in rows that fit the page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from foedera.draw.ink import (
    BORDER,
    DASHES,
    INK,
    QUIET,
    REACH,
    STROKES,
    diamond,
    head,
    no_entry,
    num,
    words_at,
)
from foedera.draw.scene import Kind
from foedera.draw.text import measure, wrap

ROW = 22.0
SIZE = 12.5
LINE = 16.0


class Entry(Struct, frozen=True):
    """A mark and its words; `mark` is an arrow's kind, `dilemma`, `ring`, `edge`, or a fill."""

    mark: str
    words: str


_KINDS: dict[str, Kind] = {"must": "must", "may": "may", "must-not": "must-not", "event": "event"}


def draw_legend(entries: Sequence[Entry], left: float, top: float, width: float) -> tuple[str, float]:
    """The legend and its height; words too long for a row go on in the next."""
    x, y, bottom = left, top, top
    parts: list[str] = []
    for entry in entries:
        swatch = 40.0 if entry.mark in _KINDS else 20.0
        lines = wrap(entry.words, SIZE, width - swatch - 6)
        needed = swatch + 6 + max((measure(line, SIZE) for line in lines), default=0.0)
        if x > left and x + needed > left + width:
            x, y = left, bottom
        parts.append(_swatch(entry.mark, x, y + ROW / 2))
        for number, line in enumerate(lines):
            at = y + ROW / 2 + SIZE * 0.35 + number * LINE
            parts.append(words_at(x + swatch + 6, at, line, SIZE, fill=QUIET))
        x += needed + 20
        bottom = max(bottom, y + ROW + max(0, len(lines) - 1) * LINE)
    return "".join(parts), bottom - top


def swatch_picture(entry: Entry) -> str:
    """The mark of an entry as a small picture of its own."""
    width = 40 if entry.mark in _KINDS else 24
    return f'<svg viewBox="0 0 {width} 18" width="{width}" height="18" aria-hidden="true">{_swatch(entry.mark, 1, 9)}</svg>'


def _swatch(mark: str, x: float, y: float) -> str:
    """The mark itself, with its left end at x."""
    kind = _KINDS.get(mark)
    if kind is not None:
        end = x + 38 - REACH[kind] * 9
        line = f'<path d="M{num(x)},{num(y)}H{num(end)}" stroke="{STROKES[kind]}" stroke-width="2.2"{DASHES[kind]}/>'
        ring = no_entry((x + 18, y), 6.0) if kind == "must-not" else ""
        return line + head(kind, (x + 38, y), (1.0, 0.0), 9.0) + ring
    if mark == "dilemma":
        return diamond((x + 12, y), 6.5)
    if mark == "ring":
        return ring_at((x + 12, y))
    if mark == "edge":
        return edge_at((x + 12, y), (1.0, 0.0))
    return (
        f'<rect x="{num(x)}" y="{num(y - 7)}" width="20" height="14" fill="{mark}" '
        f'stroke="{BORDER}" stroke-width="0.8"/>'
    )


def ring_at(at: tuple[float, float], fill: str = "#FFFFFF") -> str:
    """The mark of a state that today's borders do not have."""
    return (
        f'<circle cx="{num(at[0])}" cy="{num(at[1])}" r="6" fill="{fill}" stroke="{INK}" '
        f'stroke-width="1.6" stroke-dasharray="3 1.7"/>'
    )


def edge_at(at: tuple[float, float], way: tuple[float, float]) -> str:
    """The mark of a state that lies beyond the frame, pointing at it."""
    (x, y), (dx, dy) = at, way
    corners = ((7, 0), (-4, 5.5), (-4, -5.5))
    d = "L".join(f"{num(x + dx * a - dy * b)},{num(y + dy * a + dx * b)}" for a, b in corners)
    return f'<path d="M{d}Z" fill="#FFFFFF" stroke="{INK}" stroke-width="1.6"/>'
