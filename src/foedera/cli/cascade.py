"""`foedera cascade`: if everyone keeps their word, round by round."""

from __future__ import annotations

from datetime import date

import click

from foedera.answers.ask import make_case
from foedera.answers.course import cascade_json, rounds
from foedera.cli.talk import case_options, crisis_names, open_library, print_json
from foedera.engine.cascade import cascade
from foedera.library import open_crisis


@click.command("cascade")
@click.argument("crisis", shell_complete=crisis_names)
@case_options
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
def command(
    crisis: str, branch: str | None, on: date | None, reading: str | None, known_to: str | None, folders: tuple[str, ...],
    as_json: bool,
) -> None:  # fmt: skip
    """Who is drawn into CRISIS if everyone keeps their word, round by round."""
    library = open_library(folders)
    found = open_crisis(crisis, library)
    played = cascade(make_case(found, library, branch=branch, on=on, reading=reading, viewer=known_to))
    if as_json:
        print_json(cascade_json(played))
        return
    for number, lines in enumerate(rounds(played), 1):
        click.echo(f"Round {number}")
        for line in lines:
            click.echo(f"  {line}")
    if not played.rounds:
        click.echo("Nobody is drawn in: no duty of help surely holds that is not met already.")
