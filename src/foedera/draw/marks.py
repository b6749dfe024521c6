"""What one day puts on the land: arrows, dots and all names, each with words for those who cannot see it."""

from __future__ import annotations

from msgspec.structs import replace

from foedera.draw.actors import RADII, draw_actor, name_of
from foedera.draw.curves import MANY, draw_curve, draw_ring
from foedera.draw.ink import FAINT, LETTERS, PAPER, QUIET, WORDS
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
from foedera.draw.scene import Arrow
from foedera.draw.stage import Stage
from foedera.draw.text import escape
from foedera.draw.tints import Mix, fill_of, words_of


def draw_marks(stage: Stage) -> str:
    """Arrows, dots, and all names, each group with words for those who cannot see it."""
    width = 1.5 if len(stage.curves) > MANY else 2.3
    names, words, others = _labels(stage)
    parts = [f"<g>{''.join(draw_label(label) for label in others)}</g>\n"]
    for curve in stage.curves:
        said = escape(says(curve.arrow, stage))
        parts.append(
            f'<g class="{curve.arrow.kind}" role="img" aria-label="{said}"><title>{said}</title>'
            f"{draw_curve(curve, width)}</g>\n"
        )
    rings = "".join(draw_ring(curve, width) for curve in stage.curves)
    parts.append(f"<g>{rings}{''.join(draw_label(label) for label in words)}</g>\n")
    for state, actor in stage.actors.items():
        mix = stage.mix.get(state)
        said = who(actor.name, mix, stage) + ("; dilemma" if state in stage.scene.dilemmas else "")
        mark = draw_actor(actor, fill_of(mix, stage.prefix) if mix else PAPER)
        label = names.get(state)
        text = draw_label(label) if label else ""
        if mark or text:
            parts.append(f'<g role="img" aria-label="{escape(said)}">{mark}{text}</g>\n')
    return "".join(parts)


def _labels(stage: Stage) -> tuple[dict[str, Label], list[Label], list[Label]]:
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
        if curve.arrow.label and curve.arrow.label != stage.shared.get(curve.arrow.kind):
            ink = LETTERS[curve.arrow.kind]
            word = beside_curve(curve.arrow.label, curve, crowd, taken, ink)
            if word:
                words.append(word)
                taken.append(word.box)
    return names, words, _others(stage, crowd, taken, set(names))


def _others(stage: Stage, crowd: Crowd, taken: list[Box], done: set[str]) -> list[Label]:
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
    lands = [land for state, land in stage.base.ground.lands.items() if state not in done]
    for land in sorted(lands, key=lambda land: (land.shape.id not in stage.mix, -land.size)):
        state = land.shape.id
        member = state in stage.mix
        if land.size < (8 if member else 30):
            continue
        name = name_of(state, stage.scene, stage.base.borders)
        look = Label((name,), (0, 0), 12 if member else 11, fill=QUIET if member else FAINT)
        label = on_land(state, name, crowd, taken, look)
        if label is None and member and land.size < 160:
            look = replace(look, at=stage.base.view.place(*land.shape.at))
            label = at_sea(state, land.size, crowd, taken, look)
        add(label)
    return words


def _crowd(stage: Stage) -> Crowd:
    """All marks and lines that names should not hide."""
    dots = [actor.at for actor in stage.actors.values() if actor.form != "land"]
    rings = [c.at(c.mark) for c in stage.curves if c.arrow.kind == "must-not"]
    points = binned(point for curve in stage.curves for point in curve.samples())
    return Crowd(stage.base.view.box, stage.base.grid, boxes_round(dots, 5) + boxes_round(rings, 9), points)


def says(arrow: Arrow, stage: Stage) -> str:
    """An arrow as words."""
    tail, head = (name_of(end, stage.scene, stage.base.borders) for end in (arrow.tail, arrow.head))
    label = f" ({arrow.label})" if arrow.label else ""
    return f"{WORDS[arrow.kind]}{label}: {tail} to {head}"


def who(name: str, mix: Mix | None, stage: Stage) -> str:
    """A state and its blocs."""
    return f"{name} ({words_of(mix, stage.scene.blocs)})" if mix else name
