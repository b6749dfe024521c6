"""A map whose land is drawn once and whose days are put on it in turn."""

from __future__ import annotations

from msgspec import Struct

from foedera.draw.actors import name_of
from foedera.draw.borders import Borders
from foedera.draw.ground import fill_path, sheet_path
from foedera.draw.ink import LAND, LINE, SEA, STEADY, num
from foedera.draw.legend import swatch_picture
from foedera.draw.map import described, entries_of, notes_of, outlines
from foedera.draw.marks import draw_marks, who
from foedera.draw.scene import MapScene
from foedera.draw.stage import Base, base_of, stage_of
from foedera.draw.text import FONT, escape
from foedera.draw.tints import fill_of, pattern

WIDTH = 800.0
"""Pixels: about as wide as a page shows it, so that words keep their size."""


class Layer(Struct, frozen=True):
    """What one day puts on a sheet: marks to lay on its land, words for all of it, notes.

    `legend` has for each thing that occurs its mark, as a picture that uses the sheet's fills, and its words.
    """

    marks: str
    legend: tuple[tuple[str, str], ...]
    described: str
    notes: tuple[str, ...]


def sheet_of(scene: MapScene, borders: Borders | None = None) -> Base:
    """The land for all days, framed so that it holds the scene's focus."""
    return base_of(scene, 0.0, 0.0, WIDTH, borders)


def draw_layer(scene: MapScene, base: Base) -> Layer:
    """One day on the sheet; its fills are drawn with the sheet's own shapes."""
    stage = stage_of(scene, base)
    lands = {state: i for i, state in enumerate(base.ground.lands)}
    parts = [f"<defs>{''.join(pattern(mix, stage.prefix) for mix in stage.seen_mixes)}</defs><g>"]
    for state, mix in stage.mix.items():
        if state in lands:
            said = escape(who(name_of(state, scene, base.borders), mix, stage))
            fill = fill_of(mix, stage.prefix)
            parts.append(f'<use href="#land-{lands[state]}" fill="{fill}"><title>{said}</title></use>')
    parts.append(f'</g><g fill="none">{outlines(stage)}</g>\n{draw_marks(stage)}')
    legend = tuple((swatch_picture(entry), entry.words) for entry in entries_of(stage))
    return Layer("".join(parts), legend, described(stage), notes_of(stage))


def draw_sheet(base: Base, layer: Layer) -> str:
    """The whole picture for a page, with one day on it: `#day` is what another day replaces."""
    x0, y0, x1, y1 = base.view.box
    parts = [
        f'<svg id="map" xmlns="http://www.w3.org/2000/svg" viewBox="{num(x0)} {num(y0)} {num(x1 - x0)} {num(y1 - y0)}" '
        f'role="group" aria-roledescription="map" aria-describedby="map-said" tabindex="0" '
        f'font-family="{escape(FONT)}" stroke-linejoin="round">\n',
        f'<path d="{sheet_path(base.view)}" fill="{SEA}"/>\n<g fill="{LAND}" stroke="{LINE}" stroke-width="0.7">\n',
    ]
    for i, (state, land) in enumerate(base.ground.lands.items()):
        name = escape(base.borders.shapes[state].name)
        parts.append(f'<path id="land-{i}" d="{fill_path(land)}"{STEADY}><title>{name}</title></path>\n')
    return "".join((*parts, f'</g>\n<g id="day">{layer.marks}</g></svg>\n'))
