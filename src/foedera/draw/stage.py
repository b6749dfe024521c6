"""A scene laid on the page: the land that several days share, and what one day puts on it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from foedera.draw.actors import Actor, cast, states_of
from foedera.draw.borders import Borders, Lonlat, load_borders
from foedera.draw.curves import Curve, merged
from foedera.draw.former import FORMER
from foedera.draw.frame import View, boxes_to_hold, fit
from foedera.draw.grid import Grid, grid_of
from foedera.draw.ground import Ground, survey
from foedera.draw.routes import route
from foedera.draw.scene import Arrow, Kind, MapScene
from foedera.draw.tints import Mix, mixes

ORDER: tuple[Kind, ...] = ("event", "must-not", "may", "must")
"""What is drawn first lies lowest."""
WORLD = (-180.0, -60.0, 180.0, 84.0)


class Base(Struct, frozen=True):
    """Borders, frame and land: what maps of several days have in common."""

    borders: Borders
    anchors: Mapping[str, Lonlat]
    view: View
    ground: Ground
    grid: Grid


class Stage(Struct, frozen=True):
    """A scene with all its parts laid on its land."""

    scene: MapScene
    base: Base
    actors: Mapping[str, Actor]
    missing: tuple[str, ...]
    curves: tuple[Curve, ...]
    dropped: tuple[Arrow, ...]
    shared: Mapping[Kind, str]
    mix: Mapping[str, Mix]
    prefix: str

    @property
    def seen_mixes(self) -> list[Mix]:
        """The memberships that the frame shows."""
        seen = {*self.base.ground.lands, *self.actors}
        return sorted({mix for state, mix in self.mix.items() if state in seen}, key=lambda m: (len(m), m))


def base_of(scene: MapScene, left: float, top: float, width: float, borders: Borders | None = None) -> Base:
    """The land of a frame that holds the scene's focus; modern borders when none are given."""
    known = borders or load_borders()
    places = {**{name: shape.at for name, shape in load_borders().shapes.items()}, **FORMER}
    anchors = {**{name: at for name, at in places.items() if name not in known.shapes}, **scene.anchors}
    held = scene.focus or states_of(scene) or tuple(s for b in scene.blocs for s in b.members)
    boxes = boxes_to_hold(held, known, anchors) or [WORLD]
    view = fit(boxes, left, top, width)
    ground = survey(known, view)
    grid = grid_of({name: land.rings for name, land in ground.lands.items()}, view.box)
    return Base(known, anchors, view, ground, grid)


def stage_of(scene: MapScene, base: Base) -> Stage:
    """Actors and arrows laid on the land."""
    actors, missing = cast(scene, base.anchors, (base.borders, base.view, base.ground, base.grid))
    arrows = merged(scene.arrows)
    drawn = [a for a in arrows if a.tail in actors and a.head in actors]
    drawn.sort(key=lambda arrow: ORDER.index(arrow.kind))
    places = {a.id: a.at for a in actors.values() if a.form not in ("land", "islet")}
    dropped = tuple(a for a in arrows if a.tail not in actors or a.head not in actors)
    return Stage(
        scene, base, actors, missing, route(drawn, places, base.view.box), dropped, _shared(drawn), mixes(scene.blocs),
        _prefix(scene, base),
    )  # fmt: skip


def _prefix(scene: MapScene, base: Base) -> str:
    """A name for the picture's own parts, so that several pictures can stand on one page."""
    seed = f"{scene.title}|{scene.subtitle}|{scene.arrows}|{scene.blocs}|{scene.focus}|{base.view}"
    return f"m{zlib.crc32(seed.encode()):08x}"


def _shared(arrows: Sequence[Arrow]) -> dict[Kind, str]:
    """The label that most arrows of a kind have: it goes to the legend, once, and only the others say theirs."""
    found: dict[Kind, str] = {}
    for kind in ORDER:
        labels = Counter(arrow.label for arrow in arrows if arrow.kind == kind)
        for label, count in labels.most_common(1):
            if label and count > 1 and 2 * count > labels.total():
                found[kind] = label
    return found
