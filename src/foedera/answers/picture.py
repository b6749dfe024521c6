"""An answer as a map: who must, may and must not, what happened, and who is torn; and days as a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from foedera.answers.catalogue import Tie
from foedera.answers.groups import broken, triggered
from foedera.answers.words import capital, day_words, event_words, name_of, treaty_name
from foedera.draw import (
    FORMER,
    Arrow,
    Base,
    Bloc,
    Borders,
    Column,
    Layer,
    MapScene,
    draw_layer,
    draw_map,
    gathered,
    load_borders,
    sheet_of,
)
from foedera.engine.answer_types import Assessment
from foedera.engine.bind import bound
from foedera.engine.cascade import Cascade
from foedera.engine.occurrences import Occurrence, ends_on, members_of, occurrences
from foedera.engine.world import World
from foedera.language.types import Event, Treaty
from foedera.language.vocabulary import is_kind
from foedera.states.registry import Registry
from foedera.truth import UNKNOWN, YES

HELPING = ("assist", "fight", "aid")
FORCEFUL = ("use-of-force", "resort-to-war")
SEEN = (
    ("attack", FORCEFUL), ("mobilisation", ("mobilisation",)), ("threat", ("ultimatum", "threat-of-force")),
    ("sanctions", ("economic-sanctions", "border-closure")),
)  # fmt: skip
"""The words of events on the map, the gravest first, with the kinds they stand for."""
MODERN = 1992
MEMBERS = range(2, 41)
BLOCS = 6
"""As many tints as a reader can tell apart."""


def map_svg(assessment: Assessment, title: str, borders: Borders | None = None) -> str:
    """The map as SVG text, on the borders of today when none are given."""
    return draw_map(scene(assessment, title, borders), borders=borders)


def scene(assessment: Assessment, title: str, borders: Borders | None = None) -> MapScene:
    """What the map shows."""
    world = assessment.world
    arrows = tuple(dict.fromkeys((*_events(world), *_duties(assessment), *_bans(assessment))))
    torn = tuple(sorted({row.bearer for row in assessment.dilemmas if row.resolved_by is None}))
    blocs = tuple(_blocs(assessment))
    codes = {code for arrow in arrows for code in (arrow.tail, arrow.head)} | set(torn)
    codes |= {code for bloc in blocs for code in bloc.members} | set(_named(world))
    depends = any(f.holds is UNKNOWN for f in assessment.findings)
    notes = ("Some of what is shown depends on open questions: see the text.",) if depends else ()
    return MapScene(
        title=title, subtitle=f"Who must, may and must not, {day_words(world.day)}", arrows=arrows, dilemmas=torn, blocs=blocs,
        names={code: _label(world, code) for code in sorted(codes)},
        focus=gathered(_weights(arrows) or _named(world), borders or load_borders(), FORMER),
        notes=notes, modern_borders=borders is None and world.day.year < MODERN,
    )  # fmt: skip


def _weights(arrows: Iterable[Arrow]) -> Counter[str]:
    """How often each state is spoken of by arrows."""
    return Counter(code for arrow in arrows for code in (arrow.tail, arrow.head))


def paired(one: Assessment, other: Assessment, titles: tuple[str, str]) -> tuple[MapScene, MapScene]:
    """Two answers as maps of the same frame."""
    scenes = scene(one, titles[0]), scene(other, titles[1])
    weights = _weights((*scenes[0].arrows, *scenes[1].arrows)) or _named(one.world)
    focus = gathered(weights, load_borders(), FORMER)
    return replace(scenes[0], focus=focus), replace(scenes[1], focus=focus)


def _named(world: World) -> Counter[str]:
    """How often each state takes part in an event."""
    states = world.registry.states
    return Counter(code for event in world.events for code in (*event.by, *event.on) if code in states)


def sheet(assessment: Assessment, borders: Borders | None = None) -> Base:
    """The land on which every day of a scenario is drawn, framed by its last answer and by all that was force."""
    world = assessment.world
    known = scene(assessment, "", borders)
    weights = _weights(known.arrows)
    for occurrence in occurrences(world):
        if _rank(occurrence.kinds) < len(SEEN):
            weights.update(_taking_part(world, occurrence.actor))
            weights.update(_taking_part(world, occurrence.target))
    focus = gathered(weights or _named(world), borders or load_borders(), FORMER)
    return sheet_of(replace(known, focus=focus), borders)


def _taking_part(world: World, code: str | None) -> tuple[str, ...]:
    """A state itself; of a body its members."""
    if code is None or code in world.registry.states:
        return () if code is None else (code,)
    return _body(world, code) if code in world.registry.organisations else ()


def _body(world: World, organisation: str) -> tuple[str, ...]:
    """The states that surely are members that day."""
    found = members_of(world, organisation, world.day)
    return tuple(code for code, proof in found if proof.truth is YES and code in world.registry.states)


def layer(assessment: Assessment, base: Base, borders: Borders | None = None) -> Layer:
    """One day on that land; where nothing points at anybody, those who act that day stand out."""
    shown, world = scene(assessment, "", borders), assessment.world
    today = [e for e in world.events if e.date is not None and e.date.first == world.day]
    acting = {code for event in today for code in (*event.by, *event.on) if code in world.registry.states}
    ends = {code for arrow in shown.arrows for code in (arrow.tail, arrow.head)}
    return draw_layer(replace(shown, focus=tuple(sorted(ends or acting))), base)


def column(assessment: Assessment, day: date, events: Iterable[Event]) -> Column:
    """One day of the timeline: what happened, and how much then surely held."""
    return replace(bare_column(assessment.world, day, events), counts=counts(assessment))


def counts(assessment: Assessment) -> dict[str, int]:
    """How many dilemmas, duties, permissions and broken bans an answer has, as a reader counts them: in rows."""
    held = {
        "must": triggered(assessment.findings, "must"), "may": triggered(assessment.findings, "may"),
        "must not": broken(assessment.findings),
    }  # fmt: skip
    torn = [row for row in assessment.dilemmas if row.resolved_by is None]
    return {
        "dilemma": len({row.bearer for row in torn}),
        **{word: len({(f.bearer, f.act, f.toward) for f in found}) for word, found in held.items()},
    }


def _label(world: World, code: str) -> str:
    """A name for the map: without the article."""
    state = world.registry.states.get(code)
    return capital(state.name_on(world.day) if state is not None else name_of(world, code))


def _events(world: World) -> Iterator[Arrow]:
    """What one state does to another that day: force before threats, threats before measures."""
    strongest: dict[tuple[str, str], int] = {}
    for occurrence in _current(world):
        actor, target = occurrence.actor, occurrence.target
        if actor is not None and target is not None and _on_map(world, actor, target):
            rank = _rank(occurrence.kinds)
            strongest[actor, target] = min(rank, strongest.get((actor, target), rank))
    for (actor, target), rank in strongest.items():
        yield Arrow("event", actor, target, SEEN[rank][0])


def _current(world: World) -> Iterator[Occurrence]:
    """The hostile things that are done that day, or still last."""
    for occurrence in occurrences(world):
        if _rank(occurrence.kinds) < len(SEEN) and (
            ends_on(world, occurrence.origin, occurrence.actor, occurrence.target) > world.day
            or occurrence.day == world.day
        ):
            yield occurrence


def _rank(kinds: tuple[str, ...]) -> int:
    return next((i for i, (_, wanted) in enumerate(SEEN) if is_kind(kinds, wanted)), len(SEEN))


def _on_map(world: World, *codes: str) -> bool:
    return all(code in world.registry.states for code in codes)


def _duties(assessment: Assessment) -> Iterator[Arrow]:
    world = assessment.world
    for finding in triggered(assessment.findings, "must"):
        if (
            finding.act in HELPING
            and finding.toward is not None
            and finding.holds is YES
            and _on_map(world, finding.bearer, finding.toward)
        ):
            yield Arrow("must", finding.bearer, finding.toward, finding.act)
    for finding in triggered(assessment.findings, "may"):
        if (
            finding.act in (*HELPING, "use-force")
            and finding.toward is not None
            and finding.holds is YES
            and _on_map(world, finding.bearer, finding.toward)
        ):
            yield Arrow("may", finding.bearer, finding.toward, finding.act.replace("-", " "))


def _bans(assessment: Assessment) -> Iterator[Arrow]:
    for finding in broken(assessment.findings):
        if (
            finding.holds is YES
            and finding.toward is not None
            and _on_map(assessment.world, finding.bearer, finding.toward)
        ):
            yield Arrow("must-not", finding.bearer, finding.toward, finding.act.replace("-", " "))


def _blocs(assessment: Assessment) -> list[Bloc]:
    """The organisations that do something hostile, whose instruments bind somebody to help, or stand against it.

    The oldest come first, so that from day to day none takes the tint of another.
    """
    world = assessment.world
    found: dict[str, Bloc] = {}
    for occurrence in sorted(_current(world), key=lambda done: _rank(done.kinds)):
        acting = occurrence.actor
        if acting in world.registry.organisations and acting is not None and acting not in found:
            members = _body(world, acting)
            if len(members) in MEMBERS:
                found[acting] = Bloc(f"{name_of(world, acting)} ({SEEN[_rank(occurrence.kinds)][0]})", members)
    treaties = {
        f.treaty.id: f.treaty for f in triggered(assessment.findings, "must") if f.act in HELPING and f.holds is YES
    }
    treaties |= {f.treaty.id: f.treaty for row in assessment.dilemmas for f in (row.first, row.second)}
    for name in sorted(treaties):
        treaty = treaties[name]
        body = treaty.organisation
        members = _members(world, treaty)
        if body is not None and body not in found and len(members) in MEMBERS:
            found[body] = Bloc(name_of(world, body), members)
    return [found[body] for body in sorted(found, key=lambda body: (_founded(world, body), body))]


def _founded(world: World, organisation: str) -> date:
    """When its first instrument here began; those without a day come last."""
    mine = (treaty for treaty in world.treaties.values() if treaty.organisation == organisation)
    return min((start.first for treaty in mine for start in treaty.starts), default=date.max)


def _members(world: World, treaty: Treaty) -> tuple[str, ...]:
    found = [code for code in treaty.parties if bound(world, treaty, code, world.day).truth is YES]
    return tuple(sorted(code for code in found if code in world.registry.states))


def bare_column(world: World, day: date, events: Iterable[Event]) -> Column:
    """One day of the timeline before anybody asked what held on it."""
    found = tuple(events)
    return Column(
        day, tuple(event_words(world, event) for event in found), any(is_kind(event.kinds, FORCEFUL) for event in found)
    )


def ties_scene(registry: Registry, code: str, day: date, bonds: Iterable[Tie]) -> MapScene:
    """A state among those it is bound with: a tint for each of its closest bonds, the smallest circles first.

    A bond that is dead in practice is none of the closest.
    """
    circles: dict[tuple[str, ...], list[str]] = {}
    for tie in bonds:
        if tie.others and len(tie.others) < max(MEMBERS) and tie.status == "in force" and tie.idle_since is None:
            circles.setdefault((code, *tie.others), []).append(treaty_name(tie.treaty))
    close = sorted(circles.items(), key=lambda circle: (len(circle[0]), circle[1]))[:BLOCS]
    blocs = tuple(
        Bloc(called[0] + (f" and {len(called) - 1} more" if called[1:] else ""), ids) for ids, called in close
    )
    codes = sorted({code, *(other for bloc in blocs for other in bloc.members)})
    focus = gathered({**dict.fromkeys(codes, 1), code: 3}, load_borders(), FORMER)
    state = registry.states[code]
    return MapScene(
        title=f"{state.name_on(day)} and its closest bonds", subtitle=day_words(day), blocs=blocs, focus=focus,
        names={c: registry.states[c].name_on(day) for c in codes if c in registry.states}, modern_borders=day.year < MODERN,
    )  # fmt: skip


def moves_scene(played: Cascade, number: int, title: str) -> MapScene:
    """A round on a map: who comes to whose help, and against whom; rounds before it stand beneath."""
    world = played.last.world
    states = world.registry.states
    arrows = []
    for moves in played.rounds[:number]:
        for move in moves:
            bearer, toward = move.finding.bearer, move.finding.toward
            if bearer in states and toward in states and toward is not None:
                arrows.append(Arrow("must", bearer, toward, move.finding.act))
            if bearer in states and move.enemy in states and move.enemy is not None:
                arrows.append(Arrow("event", bearer, move.enemy, "against"))
    ends = _weights(arrows)
    return MapScene(
        title=title, subtitle=f"If everyone keeps their word: round {number}", arrows=tuple(dict.fromkeys(arrows)),
        names={code: states[code].name_on(world.day) for code in sorted(ends)},
        focus=gathered(ends, load_borders(), FORMER), modern_borders=world.day.year < MODERN,
    )  # fmt: skip
