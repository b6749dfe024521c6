"""`foedera cite`: an instrument as BibTeX."""

from __future__ import annotations

import click

from foedera.answers.ask import treaty_named
from foedera.answers.cite import bibtex, citation_rows
from foedera.cli.talk import library_option, open_library, print_json, treaty_names


@click.command("cite")
@click.argument("treaties", nargs=-1, required=True, metavar="TREATY…", shell_complete=treaty_names)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(treaties: tuple[str, ...], as_json: bool, folders: tuple[str, ...]) -> None:
    """Print BibTeX for one instrument or more, with its numbers and sources, and for Foedera itself."""
    library = open_library(folders)
    found = [treaty_named(name, library) for name in dict.fromkeys(treaties)]
    if as_json:
        print_json(citation_rows(found))
        return
    click.echo(bibtex(found))
