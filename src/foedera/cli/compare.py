"""`foedera compare`: what differs between two branches, days or readings."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from foedera.answers.answer import Answer, assess
from foedera.answers.compare import contrasts, differences, state_words
from foedera.answers.words import wrap
from foedera.cli.talk import DAY, crisis_names, library_option, open_library, print_json, width
from foedera.library import open_crisis


@click.command("compare")
@click.argument("crisis", shell_complete=crisis_names)
@click.option("--branch", "branches", multiple=True, metavar="B", help="A branch; two, or one against what happened.")
@click.option("--on", "days", multiple=True, type=DAY, metavar="DATE", help="A day; one for both, or two.")
@click.option("--reading", "readings", multiple=True, metavar="R", help="A reading; one for both, or two.")
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(
    crisis: str, branches: tuple[str, ...], days: tuple[date, ...], readings: tuple[str, ...], as_json: bool,
    folders: tuple[str, ...],
) -> None:  # fmt: skip
    """What differs between two branches of CRISIS, or two days, or two readings."""
    if max(len(branches), len(days), len(readings)) > 2:
        raise click.UsageError("two branches, days or readings are compared, not more")
    if len(branches) == 0 and len(days) < 2 and len(readings) < 2:
        raise click.UsageError(
            "name two branches, two days or two readings (one branch is compared with what happened)"
        )
    library = open_library(folders)
    found = open_crisis(crisis, library)
    sides = [
        assess(
            found, branch=_side(branches if len(branches) == 2 else (None, *branches) if branches else (), side),
            on=_side(days, side), reading=_side(readings, side), within=library,
        )
        for side in (0, 1)
    ]  # fmt: skip
    if as_json:
        rows = differences(sides[0], sides[1])
        print_json([{"says": r.words, "first": state_words(r.first), "second": state_words(r.second)} for r in rows])
        return
    click.echo(f"A  {_title(sides[0])}\nB  {_title(sides[1])}\n")
    apart = contrasts(sides[0], sides[1])
    for told in apart:
        lines = wrap(f"{told.words} ({told.articles})", width(), subsequent_indent="  ")
        click.echo("\n".join([*lines, f"    A: {told.first}", f"    B: {told.second}"]))
    click.echo(f"{len(apart)} differences", err=True)


def _side(given: tuple[Any, ...], side: int) -> Any:
    return None if not given else given[side] if len(given) == 2 else given[0]


def _title(answer: Answer) -> str:
    reading = f", reading {answer.assessment.reading}" if answer.assessment.reading else ""
    return f"{answer.title}, {answer.assessment.world.day}{reading}"
