"""`foedera why`: the proof, or why not."""

from __future__ import annotations

from datetime import date

import click

from foedera.answers.answer import assess
from foedera.answers.ask import actor_code, last_day
from foedera.cli.talk import case_options, crisis_names, open_library, paint, print_json, state_names, width
from foedera.language.vocabulary import ACTS
from foedera.library import open_crisis


@click.command("why")
@click.argument("crisis", shell_complete=crisis_names)
@click.argument("who", shell_complete=state_names)
@click.argument("act", type=click.Choice(list(ACTS)), metavar="ACT")
@click.argument("whom", required=False, shell_complete=state_names)
@case_options
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
def command(
    crisis: str, who: str, act: str, whom: str | None, branch: str | None, on: date | None, reading: str | None,
    known_to: str | None, folders: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Why WHO must, may or must not ACT (toward WHOM), or what is missing: `why niger-2023 MLI assist NER`."""
    library = open_library(folders)
    found = open_crisis(crisis, library)
    day = on or last_day(found, branch)
    bearer = actor_code(who, found, library.registry, day)
    toward = actor_code(whom, found, library.registry, day) if whom else None
    answer = assess(
        found, branch=branch, on=on, reading=reading, known_to=known_to, within=library,
        asked=[code for code in (bearer, toward) if code], pairs=[(bearer, toward or bearer)],
    )  # fmt: skip
    if as_json:
        from foedera.answers.json import why_json

        print_json(why_json(answer.assessment, bearer, act, toward, answer.matching(bearer, act, toward)))
    else:
        click.echo(answer.why(bearer, act, toward, width=width(), paint=paint))
