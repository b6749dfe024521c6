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
from foedera.language.types import Crisis, Treaty
from foedera.library import Library, is_treaty_file, read_crisis_file, read_treaty_file
from foedera.problems import Problem, Refused


def check_file(path: Path, library: Library) -> list[Problem]:
    """The problems of a treaty or crisis file, all at once; for a treaty that reads well, advice about its drafting too."""
    try:
        if is_treaty_file(path):
            return list(_treaty(read_treaty_file(path, library.registry), library))
        return list(_crisis(read_crisis_file(path, library.registry, library.treaties), library))
    except Refused as refused:
        return list(refused.problems)


def _treaty(treaty: Treaty, library: Library) -> Iterator[Problem]:
    yield from check_references(treaty, {*library.treaties, treaty.id}, library.treaties)
    for rule in treaty.rules:
        for name in NAMES:
            if name not in rule.examples:
                yield Problem(
                    "S001", rule.at, f"rule `{rule.path}` has no example `{name}`", f"add `examples: {{{name}: …}}`"
                )
    if not treaty.sources:
        yield Problem("S002", treaty.at, f"`{treaty.id}` cites no source", "add `sources:`")
    yield from advice(treaty, library)


def _crisis(crisis: Crisis, library: Library) -> Iterator[Problem]:
    for expect in crisis.expect:
        if expect.branch is not None and expect.branch not in crisis.branches:
            yield Problem(
                "X001", expect.spots["branch"], f"there is no branch `{expect.branch}`", "name a branch of this file"
            )
            continue
        try:
            named = [path.split("/")[0] for path in (expect.under, *expect.between) if path]
            case = make_case(crisis, library, branch=expect.branch, reading=expect.reading, named=named)
        except Refused as refused:
            yield Problem(
                "X002", expect.spots.get("reading", expect.at), refused.problems[0].message, refused.problems[0].fix
            )
            continue
        answer = Assessment(make_world(case), None, (), (), (), {})
        for key, message in nonsense(expect, crisis, answer):
            yield Problem("X003", expect.spots.get(key, expect.at), message, "name something that exists")
