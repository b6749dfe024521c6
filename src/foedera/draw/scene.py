"""What a map is told: plain values, no knowledge of treaties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

Kind = Literal["must", "may", "must-not", "event"]


class Arrow(Struct, frozen=True):
    """One line from a state to a state; `label` is a short word set beside it."""

    kind: Kind
    tail: str
    head: str
    label: str = ""


class Bloc(Struct, frozen=True):
    """A group of states that share a tint."""

    name: str
    members: tuple[str, ...]


class MapScene(Struct, frozen=True):
    """All that `draw_map` needs; states are named by id (ISO 3166-1 alpha-3 where there is one).

    `focus` are the states the frame must hold (nobody: all that arrows touch). `anchors` gives
    a longitude and latitude to states that today's borders do not have, or moves the dot of
    one that they have. `modern_borders` says that the day of the scene had other borders:
    true for a standing sentence, or a sentence of one's own.
    """

    title: str
    subtitle: str = ""
    arrows: tuple[Arrow, ...] = ()
    dilemmas: tuple[str, ...] = ()
    blocs: tuple[Bloc, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    focus: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    modern_borders: bool | str = False
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
