"""`foedera new`: a treaty or a crisis to start from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from foedera.cli.talk import write_file
from foedera.language.shapes import IDENT
from foedera.library import template
from foedera.problems import Problem, Refused, whole_file


@click.command("new")
@click.argument("sort", type=click.Choice(["treaty", "crisis"]))
@click.argument("name", metavar="ID")
def command(sort: str, name: str) -> None:
    """Write ID.yaml here: a treaty or a crisis that passes `check` and `test`, to be filled in."""
    if not IDENT.fullmatch(name):
        fix = "small letters, digits and hyphens: `river-pact-1921`"
        raise Refused((Problem("F005", whole_file("the question"), f"`{name}` is not an id", fix),))
    path = Path(f"{name}.yaml")
    if os.path.exists(path):
        raise Refused((Problem("Y012", whole_file(str(path)), f"`{path}` is there already", "choose another id"),))
    write_file(str(path), template(sort, name))
