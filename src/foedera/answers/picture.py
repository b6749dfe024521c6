"""An answer as a map: who must, may and must not, what happened, and who is torn."""

from __future__ import annotations

from collections.abc import Iterator

from foedera.answers.groups import broken, triggered
from foedera.answers.words import capital, day_words, name_of
from foedera.draw import Arrow, Bloc, MapScene, draw_map
from foedera.engine.answer_types import Assessment
from foedera.engine.bind import bound
from foedera.engine.occurrences import ends_on, occurrences
from foedera.engine.world import World
from foedera.language.types import Treaty
from foedera.language.vocabulary import is_kind
from foedera.truth import UNKNOWN, YES

HELPING = ("assist", "fight", "aid")
MODERN = 1992
MEMBERS = range(2, 41)


def map_svg(assessment: Assessment, title: str) -> str:
    """The map as SVG text."""
    return draw_map(scene(assessment, title))


def scene(assessment: Assessment, title: str) -> MapScene:
    """What the map shows."""
    world = assessment.world
    arrows = tuple(dict.fromkeys((*_events(world), *_duties(assessment), *_bans(assessment))))
    torn = tuple(sorted({row.bearer for row in assessment.dilemmas if row.resolved_by is None}))
    blocs = tuple(_blocs(assessment))
    codes = {code for arrow in arrows for code in (arrow.tail, arrow.head)} | set(torn)
    codes |= {code for bloc in blocs for code in bloc.members}
    depends = any(f.holds is UNKNOWN for f in assessment.findings)
    notes = ("Some of what is shown depends on open questions: see the text.",) if depends else ()
    return MapScene(
        title=title, subtitle=f"Who must, may and must not, {day_words(world.day)}", arrows=arrows, dilemmas=torn, blocs=blocs,
        names={code: _label(world, code) for code in sorted(codes)},
        focus=tuple(sorted({code for arrow in arrows for code in (arrow.tail, arrow.head)} or codes)),
        notes=notes, modern_borders=world.day.year < MODERN,
    )  # fmt: skip


def _label(world: World, code: str) -> str:
    """A name for the map: without the article."""
    state = world.registry.states.get(code)
    return capital(state.name_on(world.day) if state is not None else name_of(world, code))


def _events(world: World) -> Iterator[Arrow]:
    for occurrence in occurrences(world):
        actor, target = occurrence.actor, occurrence.target
        forceful = is_kind(occurrence.kinds, ("use-of-force", "resort-to-war"))
        if actor is None or target is None or not forceful or not _on_map(world, actor, target):
            continue
        if ends_on(world, occurrence.origin, actor, target) >= world.day or occurrence.day == world.day:
            yield Arrow("event", actor, target, "attack")


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


def _blocs(assessment: Assessment) -> Iterator[Bloc]:
    """The organisations whose instruments bind somebody to help, or stand against it."""
    world = assessment.world
    treaties = {
        f.treaty.id: f.treaty for f in triggered(assessment.findings, "must") if f.act in HELPING and f.holds is YES
    }
    treaties |= {f.treaty.id: f.treaty for row in assessment.dilemmas for f in (row.first, row.second)}
    seen: set[str] = set()
    for name in sorted(treaties):
        treaty = treaties[name]
        body = treaty.organisation or name
        members = _members(world, treaty)
        if body not in seen and len(members) in MEMBERS and treaty.organisation is not None:
            seen.add(body)
            yield Bloc(name_of(world, body), members)


def _members(world: World, treaty: Treaty) -> tuple[str, ...]:
    found = [code for code in treaty.parties if bound(world, treaty, code, world.day).truth is YES]
    return tuple(sorted(code for code in found if code in world.registry.states))
