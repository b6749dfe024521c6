"""`foedera schema`: the JSON Schema of a format."""

from __future__ import annotations

import click

from foedera.cli.talk import print_json
from foedera.language.schema import SCHEMAS


@click.command("schema")
@click.argument("format", type=click.Choice(["treaty", "crisis", "answer"]))
@click.option("--json", is_flag=True, expose_value=False, help="Taken as everywhere: a schema is JSON anyhow.")
def command(format: str) -> None:
    """Print the JSON Schema of treaty files, crisis files, or the JSON answer of `assess`."""
    print_json(SCHEMAS[format]())
