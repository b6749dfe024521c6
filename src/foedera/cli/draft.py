"""`foedera draft`: what a draft or an edited instrument would have changed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedera.answers.draft import effect_json, effect_lines, effects
from foedera.answers.words import wrap
from foedera.cli.talk import library_option, open_library, print_json, width
from foedera.library import read_treaty_file


@click.command("draft")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(file: Path, as_json: bool, folders: tuple[str, ...]) -> None:
    """Try the instrument in FILE in every crisis: who would newly owe something, and who no longer.

    A `kind: draft` is supposed to be in force in each of them; an instrument with an id of the library takes its place.
    """
    library = open_library(folders)
    treaty = read_treaty_file(file, library.registry)
    found = [effect for effect in effects(treaty, library, _tell) if not effect.nothing]
    _tell(0, 0)
    if as_json:
        print_json([effect_json(effect) for effect in found])
        return
    for effect in found:
        for line in effect_lines(effect):
            indent = "" if not line.startswith("  ") else "      "
            click.echo("\n".join(wrap(line.strip(), width(), indent[:2], indent)))
    supposed = " (supposed in force in each crisis)" if treaty.kind == "draft" else ""
    click.echo(f"`{treaty.id}`{supposed} changes {len(found)} branches of {len(library.crises)} crises", err=True)


def _tell(done: int, of: int) -> None:
    """How far it is, on a terminal; nothing else wants to know."""
    if sys.stderr.isatty():
        click.echo(f"\r{f'{done} of {of} branches' if of else '':<24}\r", nl=False, err=True)
