"""`foedera ties`: the bonds of a state on a day."""

from __future__ import annotations

from datetime import date

import click

from foedera.answers.ask import state_code
from foedera.answers.catalogue import no_ties, tie_json, tie_line, ties
from foedera.cli.talk import DAY, library_option, open_library, print_json, state_names


@click.command("ties")
@click.argument("state", shell_complete=state_names)
@click.option("--on", type=DAY, metavar="DATE", help="The day (default: today).")
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(state: str, on: date | None, as_json: bool, folders: tuple[str, ...]) -> None:
    """List the instruments that bind STATE on a day, that it signed but are not in force, or that are political."""
    library = open_library(folders)
    day = on or date.today()
    code = state_code(state, library, day)
    found = list(ties(code, day, library))
    if as_json:
        print_json([tie_json(tie) for tie in found])
        return
    for tie in found:
        click.echo(tie_line(tie, library.registry, day))
    if not found:
        click.echo(no_ties(library.registry, code, day), err=True)
