"""Where the states of a scene stand on the page, and who has no place on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from foedera.draw.borders import Borders
from foedera.draw.frame import View
from foedera.draw.grid import Grid
from foedera.draw.ground import Ground, place_of
from foedera.draw.ink import INK, PAPER, num
from foedera.draw.legend import edge_at, ring_at
from foedera.draw.scene import MapScene

Point = tuple[float, float]
Form = Literal["dot", "small", "ring", "edge", "islet", "land"]

SMALL = 18.0
"""Pixels under which a state is too small to be seen by its land alone."""


class Actor(Struct, frozen=True):
    """One state with its mark: `dot` on its land, `small` with a ring round it, `ring` where
    the borders do not have it, `edge` where it lies beyond the frame, `islet` a small one of
    which nothing is said, `land` one without a mark."""

    id: str
    name: str
    at: Point
    form: Form
    way: Point = (0.0, 0.0)


def name_of(state: str, scene: MapScene, borders: Borders) -> str:
    """What a state is called on the map."""
    if state in scene.names:
        return scene.names[state]
    shape = borders.shapes.get(state)
    return shape.name if shape else state


def states_of(scene: MapScene) -> tuple[str, ...]:
    """The states that the scene speaks of, in the order of first mention."""
    ends = [state for arrow in scene.arrows for state in (arrow.tail, arrow.head)]
    return tuple(dict.fromkeys([*scene.focus, *ends, *scene.dilemmas]))


def cast(
    scene: MapScene, anchors: Mapping[str, Point], page: tuple[Borders, View, Ground, Grid]
) -> tuple[dict[str, Actor], tuple[str, ...]]:
    """The actors with a place, and the ids of those that are spoken of and have none."""
    borders, view, ground, _ = page
    marked = {end for arrow in scene.arrows for end in (arrow.tail, arrow.head)} | set(scene.dilemmas)
    members = dict.fromkeys(state for bloc in scene.blocs for state in bloc.members)
    actors: dict[str, Actor] = {}
    missing: list[str] = []
    for state in states_of(scene):
        if state in anchors or state in borders.shapes:
            actors[state] = _actor(state, scene, anchors, page, marked=state in marked)
        else:
            missing.append(state)
    for state in members:
        if state not in actors and state in anchors:
            actors[state] = _actor(state, scene, anchors, page, marked=True)
        land = ground.lands.get(state)
        if state not in actors and land is not None and land.size < SMALL:
            at = place_of(land.shape.at, view)
            if view.holds(at, 10):
                actors[state] = Actor(state, name_of(state, scene, borders), at, "islet")
    return _apart(actors, view), tuple(missing)


def _actor(
    state: str, scene: MapScene, anchors: Mapping[str, Point], page: tuple[Borders, View, Ground, Grid], *, marked: bool
) -> Actor:
    """One state that is spoken of: on its own place, on what is seen of it, or at the edge."""
    borders, view, ground, grid = page
    name, shape, land = name_of(state, scene, borders), borders.shapes.get(state), ground.lands.get(state)
    lonlat = anchors.get(state) or (shape.at if shape else (0.0, 0.0))
    at = place_of(lonlat, view)
    if not view.holds(at, 26) and land is not None and land.size > 40 and state not in anchors:
        at = grid.middle_of(state) or at
    if not view.holds(at, 10):
        return _edge(Actor(state, name, at, "edge"), lonlat, view)
    if shape is None:
        return Actor(state, name, at, "ring")
    if land is not None and land.size < SMALL:
        return Actor(state, name, at, "small")
    return Actor(state, name, at, "dot" if marked else "land")


def _edge(actor: Actor, lonlat: tuple[float, float], view: View) -> Actor:
    """A state beyond the frame, marked where the shortest way to it leaves the frame."""
    x0, y0, x1, y1 = view.box
    west, south, east, north = view.window()
    lat0, lat1 = (math.radians(lat) for lat in ((south + north) / 2, lonlat[1]))
    east_by = math.radians(lonlat[0] - (west + east) / 2)
    dx = math.sin(east_by) * math.cos(lat1)
    dy = math.sin(lat0) * math.cos(lat1) * math.cos(east_by) - math.cos(lat0) * math.sin(lat1)
    length = math.hypot(dx, dy) or 1.0
    reach = min(
        ((x1 - x0) / 2 - 16) / abs(dx) if dx else math.inf,
        ((y1 - y0) / 2 - 16) / abs(dy) if dy else math.inf,
    )
    at = ((x0 + x1) / 2 + dx * reach, (y0 + y1) / 2 + dy * reach)
    return replace(actor, at=at, way=(dx / length, dy / length))


def _apart(actors: Mapping[str, Actor], view: View) -> dict[str, Actor]:
    """The actors, with those at the edge moved along it until none stands on another."""
    x0, y0, x1, y1 = view.box
    done: dict[str, Actor] = {}
    for state, actor in actors.items():
        x, y = actor.at
        upright = min(x - x0, x1 - x) < min(y - y0, y1 - y)
        others = [a.at for a in done.values()]
        for k in range(40):
            if actor.form != "edge" or all(math.dist((x, y), p) >= 30 for p in others):
                break
            step = 32.0 * (k // 2 + 1) * (1 if k % 2 else -1)
            if upright:
                y = min(y1 - 16, max(y0 + 16, actor.at[1] + step))
            else:
                x = min(x1 - 16, max(x0 + 16, actor.at[0] + step))
        done[state] = replace(actor, at=(x, y))
    return done


RADII: dict[Form, float] = {"dot": 4, "small": 8, "ring": 7, "edge": 8, "islet": 5, "land": 0}
"""How much room the mark of each form takes about its place."""


def draw_actor(actor: Actor, fill: str) -> str:
    """The mark of one actor."""
    x, y = num(actor.at[0]), num(actor.at[1])
    dot = f'<circle cx="{x}" cy="{y}" r="3.6" fill="{INK}" stroke="{PAPER}" stroke-width="1.4"/>'
    if actor.form == "dot":
        return dot
    if actor.form == "ring":
        return ring_at(actor.at, fill)
    if actor.form == "edge":
        return edge_at(actor.at, actor.way)
    if actor.form == "land":
        return ""
    ring = (
        f'<circle cx="{x}" cy="{y}" r="{5 if actor.form == "islet" else 8}" fill="{fill}" '
        f'fill-opacity="0.6" stroke="{INK}" stroke-width="0.9"/>'
    )
    return ring + (dot if actor.form == "small" else "")
