"""A second engine: a case as a clingo program, written from the design page and not from the engine (see README.md).

`translate` writes the program; `solve` gives its findings: what is true in every world is yes, what is in some depends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import clingo

from foedera.language.types import Crisis, Treaty
from foedera.states.registry import Registry

from .bonds import universe, write_treaty
from .duties import write_priority, write_rule
from .happenings import write_events, write_states
from .places import write_places
from .program import Program, case_of, n

RULES = (Path(__file__).parent / "rules.lp").read_text(encoding="utf-8")
Key = tuple[str, str, str, str, str, str, str]  # bearer, modality, act, toward, enemy, treaty, rule
# acts whose finding names no enemy
NO_ENEMY = frozenset(
    ("use-force", "intervene", "threaten-force", "settle-peacefully", "contribute", "carry-out", "give-notice")
)


def translate(
    crisis: Crisis,
    treaties: Mapping[str, Treaty],
    registry: Registry,
    day: date,
    branch: str | None = None,
    asked: Iterable[str] = (),
) -> Program:
    """The program of a case; raises OutOfReach where it says what this engine does not know."""
    p = Program(case_of(crisis, treaties, registry, day, branch, asked))
    p.dom = universe(p.case)
    p.say(f"now({n(day)})")
    for each in p.case.days:
        p.say(f"cday({n(each)})")
    write_states(p)
    write_events(p)
    write_places(p)
    for treaty in treaties.values():
        write_treaty(p, treaty)
    for treaty, rule, when in p.case.rules():
        write_rule(p, treaty, rule, when)
    write_priority(p)
    return p


def solve(program: Program) -> dict[Key, str]:
    """What holds: yes in all worlds, depends in some."""
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join((RULES, *program.lines)))
    control.ground([("base", [])])
    some = _consequences(control, "brave")
    every = _consequences(control, "cautious") if program.questions else some
    found = {_key(program, atom): "depends" for atom in some}
    return found | {_key(program, atom): "yes" for atom in every}


def _consequences(control: clingo.Control, mode: str) -> list[tuple[str, ...]]:
    """The findings of some world (brave) or of every world (cautious)."""
    control.configuration.solve.enum_mode = mode
    control.configuration.solve.models = 0
    last: list[tuple[str, ...]] | None = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            last = [tuple(a.string for a in symbol.arguments) for symbol in model.symbols(shown=True)]
    assert last is not None, "there is no world"
    return last


def _key(program: Program, atom: tuple[str, ...]) -> Key:
    rid, act, bearer, toward, enemy = atom
    treaty, rule = program.rules[rid]
    nobody = act in NO_ENEMY or enemy in (toward, bearer, "somebody")
    return (bearer, rule.modality, act, toward, "none" if nobody else enemy, treaty.id, rule.path)
