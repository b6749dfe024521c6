"""A scene as a map that can be printed: SVG text, the same bytes for the same scene."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from foedera.draw.actors import RADII, Actor, cast, draw_actor, name_of, states_of
from foedera.draw.borders import Borders, load_borders
from foedera.draw.curves import MANY, Curve, draw_curve, draw_ring, merged
from foedera.draw.frame import View, boxes_to_hold, fit
from foedera.draw.grid import Grid, grid_of
from foedera.draw.ground import (
    Ground,
    fill_path,
    outline_path,
    sheet_path,
    survey,
)
from foedera.draw.ink import (
    BORDER,
    DILEMMA_WORDS,
    EDGES,
    FAINT,
    LAND,
    LETTERS,
    LINE,
    PAPER,
    QUIET,
    SEA,
    STEADY,
    WORDS,
    num,
    words_at,
)
from foedera.draw.labels import (
    Box,
    Crowd,
    Label,
    at_sea,
    beside_curve,
    beside_dot,
    binned,
    boxes_round,
    draw_label,
    on_land,
)
from foedera.draw.legend import Entry, draw_legend
from foedera.draw.routes import route
from foedera.draw.scene import Arrow, Kind, MapScene
from foedera.draw.text import FONT, balanced, escape, wrap
from foedera.draw.tints import Mix, fill_of, mixes, pattern, words_of

MARGIN = 20.0
SOURCE = "Borders: Natural Earth (public domain), de facto lines of today."
MODERN = "The borders are those of today, not those of the time."
ORDER: tuple[Kind, ...] = ("event", "must-not", "may", "must")
"""What is drawn first lies lowest."""


class _Stage(Struct, frozen=True):
    """A scene with all its parts laid on the page."""

    scene: MapScene
    borders: Borders
    view: View
    ground: Ground
    grid: Grid
    actors: Mapping[str, Actor]
    missing: tuple[str, ...]
    curves: tuple[Curve, ...]
    dropped: tuple[Arrow, ...]
    shared: Mapping[Kind, str]
    mix: Mapping[str, Mix]
    prefix: str


def draw_map(scene: MapScene, *, width: int = 960) -> str:
    """The scene as one SVG picture that needs nothing else: no script, no font, no link.

    >>> draw_map(MapScene("Nowhere")).startswith("<svg ")
    True
    """
    heading, top = _heading(scene, width)
    stage = _stage(scene, top, width)
    legend, legend_height = draw_legend(_entries(stage), MARGIN, stage.view.box[3] + 8, width - 2 * MARGIN)
    notes, height = _notes(stage, stage.view.box[3] + legend_height + 14, width)
    p = stage.prefix
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{num(height)}" '
            f'viewBox="0 0 {width} {num(height)}" role="img" aria-labelledby="{p}-t {p}-d" '
            f'font-family="{escape(FONT)}" text-rendering="geometricPrecision">\n',
            f'<title id="{p}-t">{escape(scene.title)}</title>\n',
            f'<desc id="{p}-d">{escape(_description(stage))}</desc>\n',
            _defs(stage),
            f'<rect width="{width}" height="{num(height)}" fill="{PAPER}"/>\n',
            f"<g>{heading}</g>\n",
            f'<g clip-path="url(#{p}-c)" stroke-linejoin="round">\n{_land(stage)}{_marks(stage)}</g>\n',
            _edge_line(stage.view),
            f"<g>{legend}</g>\n<g>{notes}</g>\n</svg>\n",
        )
    )


def _stage(scene: MapScene, top: float, width: int) -> _Stage:
    """Choose the view, then lay land, actors and arrows in it."""
    borders = load_borders()
    held = scene.focus or states_of(scene) or tuple(s for b in scene.blocs for s in b.members)
    boxes = boxes_to_hold(held, borders, scene.anchors) or [(-180.0, -60.0, 180.0, 84.0)]
    view = fit(boxes, MARGIN, top, width - 2 * MARGIN)
    ground = survey(borders, view)
    grid = grid_of({name: land.rings for name, land in ground.lands.items()}, view.box)
    actors, missing = cast(scene, borders, view, ground, grid)
    arrows = merged(scene.arrows)
    drawn = [a for a in arrows if a.tail in actors and a.head in actors]
    drawn.sort(key=lambda arrow: ORDER.index(arrow.kind))
    places = {a.id: a.at for a in actors.values() if a.form not in ("land", "islet")}
    curves = route(drawn, places, view.box)
    dropped = tuple(a for a in arrows if a.tail not in actors or a.head not in actors)
    seed = f"{scene.title}|{scene.subtitle}|{scene.arrows}|{scene.blocs}|{scene.focus}|{width}"
    prefix = f"m{zlib.crc32(seed.encode()):08x}"
    return _Stage(
        scene, borders, view, ground, grid, actors, missing, curves, dropped, _shared(drawn),
        mixes(scene.blocs), prefix,
    )  # fmt: skip


def _shared(arrows: Sequence[Arrow]) -> dict[Kind, str]:
    """The label that all arrows of a kind have in common: it goes to the legend, once."""
    found: dict[Kind, str] = {}
    for kind in ORDER:
        labels = [arrow.label for arrow in arrows if arrow.kind == kind]
        if len(labels) > 1 and labels[0] and len(set(labels)) == 1:
            found[kind] = labels[0]
    return found


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


def _defs(stage: _Stage) -> str:
    """The frame to cut at, and the fills of blocs that occur."""
    x0, y0, x1, y1 = stage.view.box
    clip = f'<rect x="{num(x0)}" y="{num(y0)}" width="{num(x1 - x0)}" height="{num(y1 - y0)}"/>'
    fills = "".join(pattern(mix, stage.prefix) for mix in _seen_mixes(stage))
    return f'<defs><clipPath id="{stage.prefix}-c">{clip}</clipPath>{fills}</defs>\n'


def _seen_mixes(stage: _Stage) -> list[Mix]:
    """The memberships that the frame shows."""
    seen = {*stage.ground.lands, *stage.actors}
    return sorted({mix for state, mix in stage.mix.items() if state in seen}, key=lambda m: (len(m), m))


def _land(stage: _Stage) -> str:
    """Sea, states, coasts, borders, and the outlines of blocs."""
    ground, p = stage.ground, stage.prefix
    sheet = sheet_path(stage.view)
    parts = [f'<path d="{sheet}" fill="{SEA}"/>\n<g stroke="{LINE}" stroke-width="0.7">\n']
    for state, land in ground.lands.items():
        mix = stage.mix.get(state)
        fill = fill_of(mix, p) if mix else LAND
        said = escape(_who(name_of(state, stage.scene, stage.borders), mix, stage))
        parts.append(f'<path d="{fill_path(land)}" fill="{fill}"{STEADY}><title>{said}</title></path>\n')
    parts.append('</g><g fill="none">')
    for i, bloc in enumerate(stage.scene.blocs):
        line = outline_path(ground, bloc.members)
        if line:
            parts.append(f'<path d="{line}" stroke="{EDGES[i % len(EDGES)]}" stroke-width="1.3"{STEADY}/>')
    parts.append("</g>\n")
    return "".join(parts)


def _who(name: str, mix: Mix | None, stage: _Stage) -> str:
    """A state and its blocs."""
    return f"{name} ({words_of(mix, stage.scene.blocs)})" if mix else name


def _edge_line(view: View) -> str:
    """The frame itself."""
    x0, y0, x1, y1 = view.box
    return (
        f'<rect x="{num(x0)}" y="{num(y0)}" width="{num(x1 - x0)}" height="{num(y1 - y0)}" '
        f'fill="none" stroke="{BORDER}" stroke-width="1"/>\n'
    )


def _marks(stage: _Stage) -> str:
    """Arrows, dots, and all names, each group with words for those who cannot see it."""
    width = 1.5 if len(stage.curves) > MANY else 2.3
    names, words, others = _labels(stage)
    parts = [f"<g>{''.join(draw_label(label) for label in others)}</g>\n"]
    for curve in stage.curves:
        said = escape(_says(curve.arrow, stage))
        parts.append(
            f'<g class="{curve.arrow.kind}" role="img" aria-label="{said}"><title>{said}</title>'
            f"{draw_curve(curve, width)}</g>\n"
        )
    rings = "".join(draw_ring(curve, width) for curve in stage.curves)
    parts.append(f"<g>{rings}{''.join(draw_label(label) for label in words)}</g>\n")
    for state, actor in stage.actors.items():
        mix = stage.mix.get(state)
        said = _who(actor.name, mix, stage) + ("; dilemma" if state in stage.scene.dilemmas else "")
        mark = draw_actor(actor, fill_of(mix, stage.prefix) if mix else PAPER)
        label = names.get(state)
        text = draw_label(label) if label else ""
        if mark or text:
            parts.append(f'<g role="img" aria-label="{escape(said)}">{mark}{text}</g>\n')
    return "".join(parts)


def _labels(stage: _Stage) -> tuple[dict[str, Label], list[Label], list[Label]]:
    """The names of actors by id, the words of arrows, and the names of other states."""
    crowd = _crowd(stage)
    names: dict[str, Label] = {}
    busy = [end for curve in stage.curves for end in (curve.arrow.tail, curve.arrow.head)]
    for state, actor in sorted(stage.actors.items(), key=lambda item: -busy.count(item[0])):
        if actor.form == "islet":
            continue
        look = Label((actor.name,), actor.at, 14, bold=True, dilemma=state in stage.scene.dilemmas)
        taken = [placed.box for placed in names.values()]
        label = on_land(state, actor.name, crowd, taken, look) if actor.form == "land" else None
        label = label or beside_dot(state, RADII[actor.form], crowd, taken, look)
        names[state] = label or replace(look, at=(actor.at[0], actor.at[1] + 18))
    taken = [placed.box for placed in names.values()]
    words: list[Label] = []
    for curve in stage.curves:
        if curve.arrow.label and curve.arrow.kind not in stage.shared:
            ink = LETTERS[curve.arrow.kind]
            word = beside_curve(curve.arrow.label, curve, crowd, taken, ink)
            if word:
                words.append(word)
                taken.append(word.box)
    return names, words, _others(stage, crowd, taken, set(names))


def _others(stage: _Stage, crowd: Crowd, taken: list[Box], done: set[str]) -> list[Label]:
    """The names of members and neighbours that have room for them; members first."""
    words: list[Label] = []

    def add(label: Label | None) -> None:
        if label:
            words.append(label)
            taken.append(label.box)

    for state, actor in stage.actors.items():
        if actor.form == "islet":
            look = Label((actor.name,), actor.at, 11, fill=QUIET)
            add(beside_dot(state, RADII["islet"], crowd, taken, look))
    done = done | set(stage.actors)
    lands = [land for state, land in stage.ground.lands.items() if state not in done]
    for land in sorted(lands, key=lambda land: (land.shape.id not in stage.mix, -land.size)):
        state = land.shape.id
        member = state in stage.mix
        if land.size < (8 if member else 30):
            continue
        name = name_of(state, stage.scene, stage.borders)
        look = Label((name,), (0, 0), 12 if member else 11, fill=QUIET if member else FAINT)
        label = on_land(state, name, crowd, taken, look)
        if label is None and member and land.size < 160:
            look = replace(look, at=stage.view.place(*land.shape.at))
            label = at_sea(state, land.size, crowd, taken, look)
        add(label)
    return words


def _crowd(stage: _Stage) -> Crowd:
    """All marks and lines that names should not hide."""
    dots = [actor.at for actor in stage.actors.values() if actor.form != "land"]
    rings = [c.at(c.mark) for c in stage.curves if c.arrow.kind == "must-not"]
    points = binned(point for curve in stage.curves for point in curve.samples())
    return Crowd(stage.view.box, stage.grid, boxes_round(dots, 5) + boxes_round(rings, 9), points)


def _says(arrow: Arrow, stage: _Stage) -> str:
    """An arrow as words."""
    tail, head = (name_of(end, stage.scene, stage.borders) for end in (arrow.tail, arrow.head))
    label = f" ({arrow.label})" if arrow.label else ""
    return f"{WORDS[arrow.kind]}{label}: {tail} to {head}"


def _description(stage: _Stage) -> str:
    """What the map shows, for those who hear it."""
    said = [f"{stage.scene.subtitle}."] if stage.scene.subtitle else []
    said += [f"{_says(curve.arrow, stage)}." for curve in stage.curves]
    named = [name_of(state, stage.scene, stage.borders) for state in stage.scene.dilemmas]
    said += [f"dilemma: {', '.join(named)}."] if named else []
    said += [f"{bloc.name}: {len(bloc.members)} members." for bloc in stage.scene.blocs]
    return " ".join(said) or "A map."


def _entries(stage: _Stage) -> list[Entry]:
    """The legend: only what occurs."""
    kinds = {curve.arrow.kind for curve in stage.curves}
    entries: list[Entry] = []
    for kind in ("must", "may", "must-not", "event"):
        if kind in kinds:
            label = stage.shared.get(kind)
            entries.append(Entry(kind, f"{WORDS[kind]}: {label}" if label else WORDS[kind]))
    if any(state in stage.actors for state in stage.scene.dilemmas):
        entries.append(Entry("dilemma", DILEMMA_WORDS))
    entries += [Entry(fill_of(mix, stage.prefix), words_of(mix, stage.scene.blocs)) for mix in _seen_mixes(stage)]
    forms = {actor.form for actor in stage.actors.values()}
    if "ring" in forms:
        entries.append(Entry("ring", "shown by its place only"))
    if "edge" in forms:
        entries.append(Entry("edge", "beyond the map"))
    return entries


def _notes(stage: _Stage, top: float, width: int) -> tuple[str, float]:
    """The lines under the map, and where the picture ends."""
    scene = stage.scene
    lines = list(scene.notes)
    if stage.missing:
        lines.append(f"Not on the map: {', '.join(name_of(s, scene, stage.borders) for s in stage.missing)}.")
    if stage.dropped:
        lines.append(f"Not drawn: {'; '.join(_says(arrow, stage) for arrow in stage.dropped)}.")
    if scene.modern_borders:
        lines.append(MODERN if scene.modern_borders is True else scene.modern_borders)
    lines.append(SOURCE)
    y = top
    parts: list[str] = []
    for line in (part for note in dict.fromkeys(lines) for part in wrap(note, 11, width - 2 * MARGIN)):
        y += 15
        parts.append(words_at(MARGIN, y, line, 11, fill=FAINT))
    return "".join(parts), round(y + 14)
