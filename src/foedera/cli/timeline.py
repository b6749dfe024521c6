"""`foedera timeline`: when each duty began, was invoked, met, ended."""

from __future__ import annotations

from datetime import date

import click

from foedera.answers.answer import assess
from foedera.answers.course import step_json, step_words, steps
from foedera.answers.words import wrap
from foedera.cli.talk import case_options, crisis_names, open_library, print_json, width
from foedera.library import open_crisis


@click.command("timeline")
@click.argument("crisis", shell_complete=crisis_names)
@case_options
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
def command(
    crisis: str, branch: str | None, on: date | None, reading: str | None, known_to: str | None, folders: tuple[str, ...],
    as_json: bool,
) -> None:  # fmt: skip
    """When each duty in CRISIS began, was invoked, met and ended."""
    library = open_library(folders)
    answer = assess(
        open_crisis(crisis, library), branch=branch, on=on, reading=reading, known_to=known_to, within=library
    )
    found = steps(answer)
    if as_json:
        print_json([step_json(answer, step) for step in found])
        return
    for step in found:
        head = f"{step.day}  {step.word:<10}"
        lines = wrap(step_words(answer, step), max(width() - len(head) - 1, 30))
        click.echo(f"{head} " + f"\n{' ' * (len(head) + 1)}".join(lines))
