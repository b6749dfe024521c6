"""Blocs as pale fills: one tint and texture each, hatched where a state is in several."""

from __future__ import annotations

from collections.abc import Sequence

from foedera.draw.ink import EDGES, PAPER, TINTS
from foedera.draw.scene import Bloc

Mix = tuple[int, ...]
"""The blocs of one state, as places in the scene's list."""

BAND = 7


def mixes(blocs: Sequence[Bloc]) -> dict[str, Mix]:
    """The blocs of every member."""
    found: dict[str, Mix] = {}
    for i, bloc in enumerate(blocs):
        for state in dict.fromkeys(bloc.members):
            found[state] = (*found.get(state, ()), i)
    return found


def fill_of(mix: Mix, prefix: str) -> str:
    """The fill for members of these blocs, plain or by pattern."""
    if mix == (0,):
        return TINTS[0]
    return f"url(#{prefix}-{'-'.join(str(i) for i in mix)})"


def words_of(mix: Mix, blocs: Sequence[Bloc]) -> str:
    """The names of these blocs.

    >>> words_of((0, 1), (Bloc("ECOWAS", ()), Bloc("AES", ())))
    'ECOWAS and AES'
    """
    names = [blocs[i].name for i in mix]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def pattern(mix: Mix, prefix: str) -> str:
    """The definition behind `fill_of`; empty for a plain tint."""
    if mix == (0,):
        return ""
    name = f"{prefix}-{'-'.join(str(i) for i in mix)}"
    return _texture(mix[0], name) if len(mix) == 1 else _hatch(mix, name)


def _texture(i: int, name: str) -> str:
    """A tint with a mark of its own, so that a black and white print still tells blocs apart."""
    tint, edge = TINTS[i % len(TINTS)], EDGES[i % len(EDGES)]
    marks = (
        f'<path d="M0,4H8" stroke="{edge}" stroke-width="0.7"/>',
        f'<circle cx="2" cy="2" r="0.9" fill="{edge}"/><circle cx="6" cy="6" r="0.9" fill="{edge}"/>',
        f'<path d="M4,0V8" stroke="{edge}" stroke-width="0.7"/>',
        f'<path d="M2,4H6M4,2V6" stroke="{edge}" stroke-width="0.8"/>',
    )
    return (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{tint}"/>{marks[i % len(marks)]}</pattern>'
    )


def _hatch(mix: Mix, name: str) -> str:
    """Slanted bands of all the tints, with lines between them."""
    size = BAND * len(mix)
    bands = "".join(
        f'<rect x="{k * BAND}" width="{BAND}" height="{size}" fill="{TINTS[i % len(TINTS)]}"/>'
        f'<path d="M{k * BAND},0V{size}" stroke="{EDGES[i % len(EDGES)]}" stroke-width="1.1" '
        f'stroke-opacity="0.8"/>'
        for k, i in enumerate(mix)
    )
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{size}" height="{size}" fill="{PAPER}"/>'
        f"{bands}</pattern>"
    )
