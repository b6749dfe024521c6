"""`foedera test`: runs every expectation."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from foedera.answers.examples import run_examples
from foedera.answers.expect import Outcome, run_expectations
from foedera.answers.trial import undecided
from foedera.cli.talk import library_option, open_library, print_json
from foedera.language.types import Treaty
from foedera.library import Library, is_treaty_file, open_crisis, read_treaty_file
from foedera.problems import Problem, Refused, whole_file


@click.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(paths: tuple[str, ...], as_json: bool, folders: tuple[str, ...]) -> None:
    """Run the expectations of crises and the examples of treaties: files, folders, ids; without PATH the library."""
    library = open_library(folders)
    outcomes: list[Outcome] = []
    tried: list[Treaty] = []
    refused: list[Problem] = []
    for name in paths or (*library.treaties, *library.crises):
        for target in _files(name, library):
            try:
                outcomes += _run(target, library, tried)
            except Refused as problem:
                refused += problem.problems
            if sys.stderr.isatty():
                click.echo(f"\r{len(outcomes)} run", nl=False, err=True)
    if refused and not outcomes:
        raise Refused(tuple(refused))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    loose = undecided(tried, outcomes)
    if as_json:
        print_json({
            "expectations": [_row(o) for o in outcomes],
            "undecided": loose,
            "passed": len(outcomes) - len(failed),
            "failed": len(failed),
        })  # fmt: skip
    else:
        for outcome in failed:
            _report(outcome)
        for line in loose:
            click.echo(f"no expectation decides {line}")
        click.echo(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    if refused:
        raise Refused(tuple(refused))
    sys.exit(1 if failed else 0)


def _files(name: str, library: Library) -> Iterator[str]:
    path = Path(name)
    if name in library.treaties or name in library.crises:
        yield name
    elif os.path.isdir(path):
        found = sorted(str(file) for file in path.rglob("*.yaml"))
        if not found:
            raise Refused(
                (Problem("Y001", whole_file(name), f"there are no YAML files in `{name}`", "name another folder"),)
            )
        yield from found
    else:
        yield name


def _run(name: str, library: Library, tried: list[Treaty]) -> list[Outcome]:
    if name in library.treaties or is_treaty_file(Path(name)):
        treaty = library.whole(name) if name in library.treaties else read_treaty_file(Path(name), library.registry)
        tried.append(treaty)
        return list(run_examples(treaty, library))
    return run_expectations(open_crisis(name, library), library)


def _row(outcome: Outcome) -> dict[str, object]:
    return {
        "crisis": outcome.crisis, "at": str(outcome.expect.at), "number": outcome.number, "passed": outcome.passed,
        "wanted": outcome.wanted, "got": list(outcome.got),
    }  # fmt: skip


def _report(outcome: Outcome) -> None:
    click.echo(f"FAILED {outcome.expect.at}  expect {outcome.number} of {outcome.crisis}")
    click.echo(f"  expected  {outcome.wanted}")
    for line in outcome.got:
        click.echo(f"  got       {line}")
