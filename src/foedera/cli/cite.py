"""`foedera cite`: an instrument as BibTeX."""

from __future__ import annotations

import click

from foedera.answers.ask import treaty_named
from foedera.answers.cite import bibtex
from foedera.cli.talk import library_option, open_library, treaty_names


@click.command("cite")
@click.argument("treaties", nargs=-1, required=True, metavar="TREATY…", shell_complete=treaty_names)
@library_option
def command(treaties: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Print BibTeX for one instrument or more, with its numbers and sources, and for Foedera itself."""
    library = open_library(folders)
    click.echo(bibtex(treaty_named(name, library) for name in dict.fromkeys(treaties)))
