"""Everything that is wrong in one file, the expectations included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foedera.answers.advice import advice
from foedera.answers.ask import make_case
from foedera.answers.examples import NAMES
from foedera.answers.expect import nonsense
from foedera.engine.answer_types import Assessment
from foedera.engine.case import make_world
from foedera.language.checks import check_references
from foedera.language.registry_form import scoped_to
from foedera.language.treaty_form import TREATY_KEYS
from foedera.language.types import Crisis, Expect, Treaty
from foedera.library import Library, crisis_in_part, is_treaty_file, treaty_in_part
from foedera.problems import Problem, Refused


def check_file(path: Path, library: Library) -> list[Problem]:
    """The problems of a treaty or crisis file, all at once; for a treaty that reads well, advice about its drafting too."""
    reader = scoped_to(library.registry)
    try:
        if is_treaty_file(path):
            treaty = treaty_in_part(path, library.registry, reader)
            if treaty is not None:
                sound = not reader.problems
                reader.check(check_references(treaty, {*library.treaties, treaty.id}, library.treaties))
                reader.check(_gaps(treaty, sound))
                reader.check(advice(treaty, library) if sound else ())
        else:
            crisis = crisis_in_part(path, library.registry, library.treaties, reader)
            if crisis is not None:
                reader.check(_expectations(crisis, library, sound=not reader.problems))
    except Refused as refused:
        reader.problems += refused.problems
    return reader.problems


def _gaps(treaty: Treaty, sound: bool) -> Iterator[Problem]:
    """Rules without their examples, an instrument without a source."""
    for rule in treaty.rules:
        for name in NAMES:
            if name not in rule.examples:
                yield Problem(
                    "S001", rule.at, f"rule `{rule.path}` has no example `{name}`", f"add `examples: {{{name}: …}}`"
                )
    told = sound or treaty.spots.keys() <= TREATY_KEYS.keys() - {"sources"}  # no key that may be meant for them
    if told and not treaty.sources:
        yield Problem("S002", treaty.at, f"`{treaty.id}` cites no source", "add `sources:`")


def _expectations(crisis: Crisis, library: Library, sound: bool) -> Iterator[Problem]:
    """Expectations that name nothing real; of a crisis with problems, only those of no branch: it is never assessed."""
    for expect in crisis.expect:
        if expect.branch is not None and expect.branch not in crisis.branches:
            told = f"there is no branch `{expect.branch}`"
            at = expect.spots["branch"]
            yield Problem("X001", at, told, "name a branch of this file", names=(expect.branch,))
        elif sound:
            yield from _nonsense(expect, crisis, library)


def _nonsense(expect: Expect, crisis: Crisis, library: Library) -> Iterator[Problem]:
    try:
        named = [path.split("/")[0] for path in (expect.under, *expect.between) if path]
        case = make_case(crisis, library, branch=expect.branch, reading=expect.reading, named=named)
    except Refused as refused:
        first = refused.problems[0]
        yield Problem("X002", expect.spots.get("reading", expect.at), first.message, first.fix)
        return
    answer = Assessment(make_world(case), None, (), (), (), {})
    for key, message in nonsense(expect, crisis, answer):
        yield Problem("X003", expect.spots.get(key, expect.at), message, "name something that exists")
