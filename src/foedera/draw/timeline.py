"""A timeline: one column a day on which something happened, with what then held stacked in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from foedera.draw.ink import DILEMMA, FAINT, INK, LINE, MAY, MUST, MUST_NOT, PAPER, QUIET, num, polygon, words_at
from foedera.draw.text import FONT, escape, measure

HEIGHT, FLOOR, TOP = 96.0, 58.0, 6.0
"""Pixels: the picture, the line on which the columns stand, the highest they reach."""
WIDEST = 0.08
"""The share of the picture that a column takes at most; `bench.js` lays its slider by it."""
GAP = 45
"""Days without anything from which the line is broken."""
CHOSEN = "#DFE7F8"
INKS = {"dilemma": DILEMMA, "must": MUST, "may": MAY, "must not": MUST_NOT}


class Column(Struct, frozen=True):
    """One day: what happened, in words, whether it was force, and how much then held, by word."""

    day: date
    says: tuple[str, ...] = ()
    forceful: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


def draw_timeline(columns: Sequence[Column], chosen: date | None = None, *, width: float = 800.0) -> str:
    """The timeline as SVG; `chosen` is the day that the page shows.

    >>> draw_timeline([Column(date(1914, 7, 28), ("war",))]).count("data-day")
    1
    """
    wide = min(width / max(1, len(columns)), width * WIDEST)
    most = max((sum(column.counts.values()) for column in columns), default=0)
    parts = [
        f'<svg id="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(HEIGHT)}" '
        f'font-family="{escape(FONT)}" role="img" aria-label="{escape(_said(columns))}">\n',
        f'<path d="M0,{num(FLOOR)}H{num(width)}" stroke="{LINE}" stroke-width="1"/>\n',
    ]
    for i, column in enumerate(columns):
        parts.append(_column(column, i * wide, wide, most, chosen=column.day == chosen))
        if i and (column.day - columns[i - 1].day).days > GAP:
            parts.append(_break(i * wide))
    parts.append(_ticks(columns, wide, width))
    return "".join((*parts, "</svg>\n"))


def _said(columns: Sequence[Column]) -> str:
    """The timeline in a sentence."""
    if not columns:
        return "Timeline: nothing happened."
    return f"Timeline: {len(columns)} days from {columns[0].day} to {columns[-1].day} on which something happened."


def _column(column: Column, x: float, wide: float, most: int, *, chosen: bool) -> str:
    """One day: the bed that shows the choice, the stack, and the mark of what happened."""
    said = escape(
        "; ".join([column.day.isoformat(), *column.says, *(f"{n} {w}" for w, n in column.counts.items() if n)])
    )
    pale = CHOSEN if chosen else PAPER
    bed = f'<rect class="bed" x="{num(x)}" y="0" width="{num(wide)}" height="{num(FLOOR + 16)}" fill="{pale}"/>'
    middle = x + wide / 2
    mark = _mark(column, middle)
    stack = draw_stack(column.counts, x, wide, most)
    kind = ' class="chosen"' if chosen else ""
    return f'<g data-day="{column.day}"{kind}><title>{said}</title>{bed}<g class="stack">{stack}</g>{mark}</g>\n'


def draw_stack(counts: Mapping[str, int], x: float, wide: float, most: int) -> str:
    """What held that day, one block on the other."""
    y, parts = FLOOR, []
    for word, ink in INKS.items():
        count = counts.get(word, 0)
        if count:
            high = (FLOOR - TOP) * count / max(most, 1)
            y -= high
            inset = min(2.0, wide * 0.12)
            parts.append(
                f'<rect x="{num(x + inset)}" y="{num(y)}" width="{num(wide - 2 * inset)}" height="{num(high)}" fill="{ink}" '
                f'stroke="{PAPER}" stroke-width="0.6"/>'
            )
    return "".join(parts)


def _mark(column: Column, x: float) -> str:
    """A dot for what happened; a barbed triangle where it was force."""
    if not column.says:
        return ""
    y, size = FLOOR + 8, 4.2
    if column.forceful:
        return polygon(((x, y - size), (x + size, y + size), (x - size, y + size)), f'fill="{INK}"')
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="3" fill="{PAPER}" stroke="{INK}" stroke-width="1.4"/>'


def _break(x: float) -> str:
    """The sign that much time passed between two columns."""
    y = FLOOR
    return (
        f'<path d="M{num(x - 3)},{num(y + 4)}L{num(x)},{num(y - 4)}M{num(x + 1)},{num(y + 4)}L{num(x + 4)},{num(y - 4)}" '
        f'stroke="{QUIET}" stroke-width="1.1"/>'
    )


def _ticks(columns: Sequence[Column], wide: float, width: float) -> str:
    """The months, each where its first column stands, as far as their words fit.

    Those of the class `o` would not fit were the words twice as large, as a phone shows them.
    """
    parts: list[str] = []
    end, far, month = -1.0, -1.0, (0, 0)
    for i, column in enumerate(columns):
        now = (column.day.year, column.day.month)
        if now == month:
            continue
        words = f"{column.day:%b} {now[0]}" if now[0] != month[0] else f"{column.day:%b}"
        month = now
        x = i * wide
        if x >= end and x + measure(words, 11) < width:
            parts.append(f'<path d="M{num(x)},{num(FLOOR)}V{num(FLOOR + 22)}" stroke="{LINE}" stroke-width="1"/>')
            fits = x >= far
            parts.append(words_at(x + 3, FLOOR + 29, words, 11, fill=FAINT, more="" if fits else ' class="o"'))
            end = x + measure(words, 11) + 10
            far = x + measure(words, 20) + 12 if fits else far
    return "".join(parts)
