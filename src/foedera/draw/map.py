"""A scene as a map that can be printed: SVG text, the same bytes for the same scene."""

from __future__ import annotations

from foedera.draw.actors import name_of
from foedera.draw.borders import Borders
from foedera.draw.frame import View
from foedera.draw.ground import fill_path, outline_path, sheet_path
from foedera.draw.ink import (
    BORDER,
    DILEMMA_WORDS,
    EDGES,
    FAINT,
    LAND,
    LINE,
    PAPER,
    QUIET,
    SEA,
    STEADY,
    WORDS,
    num,
    words_at,
)
from foedera.draw.legend import Entry, draw_legend
from foedera.draw.marks import draw_marks, says, who
from foedera.draw.scene import MapScene
from foedera.draw.stage import Stage, base_of, stage_of
from foedera.draw.text import FONT, balanced, escape, wrap
from foedera.draw.tints import fill_of, pattern, words_of

MARGIN = 20.0
MODERN = "The borders are those of today, not those of the time."


def draw_map(scene: MapScene, *, width: int = 960, borders: Borders | None = None) -> str:
    """The scene as one SVG picture that needs nothing else: no script, no font, no link.

    Without `borders` it is drawn on those of today.

    >>> draw_map(MapScene("Nowhere")).startswith("<svg ")
    True
    """
    heading, top = _heading(scene, width)
    stage = stage_of(scene, base_of(scene, MARGIN, top, width - 2 * MARGIN, borders))
    view = stage.base.view
    legend, legend_height = draw_legend(entries_of(stage), MARGIN, view.box[3] + 8, width - 2 * MARGIN)
    notes, height = _notes(stage, view.box[3] + legend_height + 14, width)
    p = stage.prefix
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{num(height)}" '
            f'viewBox="0 0 {width} {num(height)}" role="img" aria-labelledby="{p}-t {p}-d" '
            f'font-family="{escape(FONT)}" text-rendering="geometricPrecision">\n',
            f'<title id="{p}-t">{escape(scene.title)}</title>\n',
            f'<desc id="{p}-d">{escape(described(stage))}</desc>\n',
            _defs(stage),
            f'<rect width="{width}" height="{num(height)}" fill="{PAPER}"/>\n',
            f"<g>{heading}</g>\n",
            f'<g clip-path="url(#{p}-c)" stroke-linejoin="round">\n{_land(stage)}{draw_marks(stage)}</g>\n',
            _edge_line(view),
            f"<g>{legend}</g>\n<g>{notes}</g>\n</svg>\n",
        )
    )


def _heading(scene: MapScene, width: int) -> tuple[str, float]:
    """Title and subtitle, and where the map begins below them."""
    room = width - 2 * MARGIN
    parts: list[str] = []
    y = MARGIN - 2
    for line in balanced(scene.title, 23, room, bold=True):
        y += 27
        parts.append(words_at(MARGIN, y - 4, line, 23, more=' font-weight="700"'))
    for line in wrap(scene.subtitle, 14.5, room):
        y += 20
        parts.append(words_at(MARGIN, y - 2, line, 14.5, fill=QUIET))
    return "".join(parts), round(y + 12)


def _defs(stage: Stage) -> str:
    """The frame to cut at, and the fills of blocs that occur."""
    x0, y0, x1, y1 = stage.base.view.box
    clip = f'<rect x="{num(x0)}" y="{num(y0)}" width="{num(x1 - x0)}" height="{num(y1 - y0)}"/>'
    fills = "".join(pattern(mix, stage.prefix) for mix in stage.seen_mixes)
    return f'<defs><clipPath id="{stage.prefix}-c">{clip}</clipPath>{fills}</defs>\n'


def _land(stage: Stage) -> str:
    """Sea, states, coasts, borders, and the outlines of blocs."""
    base, p = stage.base, stage.prefix
    sheet = sheet_path(base.view)
    parts = [f'<path d="{sheet}" fill="{SEA}"/>\n<g stroke="{LINE}" stroke-width="0.7">\n']
    for state, land in base.ground.lands.items():
        mix = stage.mix.get(state)
        fill = fill_of(mix, p) if mix else LAND
        said = escape(who(name_of(state, stage.scene, base.borders), mix, stage))
        parts.append(f'<path d="{fill_path(land)}" fill="{fill}"{STEADY}><title>{said}</title></path>\n')
    parts.append(f'</g><g fill="none">{outlines(stage)}</g>\n')
    return "".join(parts)


def outlines(stage: Stage) -> str:
    """The lines round each bloc."""
    parts: list[str] = []
    for i, bloc in enumerate(stage.scene.blocs):
        line = outline_path(stage.base.ground, bloc.members)
        if line:
            parts.append(f'<path d="{line}" stroke="{EDGES[i % len(EDGES)]}" stroke-width="1.3"{STEADY}/>')
    return "".join(parts)


def _edge_line(view: View) -> str:
    """The frame itself."""
    x0, y0, x1, y1 = view.box
    return (
        f'<rect x="{num(x0)}" y="{num(y0)}" width="{num(x1 - x0)}" height="{num(y1 - y0)}" '
        f'fill="none" stroke="{BORDER}" stroke-width="1"/>\n'
    )


def described(stage: Stage) -> str:
    """What the map shows, for those who hear it."""
    said = [f"{stage.scene.subtitle}."] if stage.scene.subtitle else []
    said += [f"{says(curve.arrow, stage)}." for curve in stage.curves]
    named = [name_of(state, stage.scene, stage.base.borders) for state in stage.scene.dilemmas]
    said += [f"dilemma: {', '.join(named)}."] if named else []
    said += [f"{bloc.name}: {len(bloc.members)} members." for bloc in stage.scene.blocs]
    return " ".join(said) or "A map."


def entries_of(stage: Stage) -> list[Entry]:
    """The legend: only what occurs."""
    kinds = {curve.arrow.kind for curve in stage.curves}
    entries: list[Entry] = []
    for kind in ("must", "may", "must-not", "event"):
        if kind in kinds:
            label = stage.shared.get(kind)
            entries.append(Entry(kind, f"{WORDS[kind]}: {label}" if label else WORDS[kind]))
    if any(state in stage.actors for state in stage.scene.dilemmas):
        entries.append(Entry("dilemma", DILEMMA_WORDS))
    entries += [Entry(fill_of(mix, stage.prefix), words_of(mix, stage.scene.blocs)) for mix in stage.seen_mixes]
    forms = {actor.form for actor in stage.actors.values()}
    if "ring" in forms:
        entries.append(Entry("ring", "shown by its place only"))
    if "edge" in forms:
        entries.append(Entry("edge", "beyond the map"))
    return entries


def notes_of(stage: Stage) -> tuple[str, ...]:
    """What has to be said under the map: who is not on it, whose borders these are."""
    scene = stage.scene
    lines = list(scene.notes)
    if stage.missing:
        lines.append(f"Not on the map: {', '.join(name_of(s, scene, stage.base.borders) for s in stage.missing)}.")
    if stage.dropped:
        lines.append(f"Not drawn: {'; '.join(says(arrow, stage) for arrow in stage.dropped)}.")
    if scene.modern_borders:
        lines.append(MODERN if scene.modern_borders is True else scene.modern_borders)
    lines.append(stage.base.borders.source)
    return tuple(dict.fromkeys(lines))


def _notes(stage: Stage, top: float, width: int) -> tuple[str, float]:
    """The lines under the map, and where the picture ends."""
    y = top
    parts: list[str] = []
    for line in (part for note in notes_of(stage) for part in wrap(note, 11, width - 2 * MARGIN)):
        y += 15
        parts.append(words_at(MARGIN, y, line, 11, fill=FAINT))
    return "".join(parts), round(y + 14)
