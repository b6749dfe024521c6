"""`foedera treaties`: the instruments of the library."""

from __future__ import annotations

import click

from foedera.cli.talk import library_option, open_library, print_json


@click.command("treaties")
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(text: str | None, as_json: bool, folders: tuple[str, ...]) -> None:
    """List the instruments whose id, title, parties or year match TEXT (all without it)."""
    from foedera.answers.catalogue import treaty_row

    library = open_library(folders)
    rows = [treaty_row(library.treaties[name]) for name in library.treaties]
    wanted = text.lower() if text else ""
    code = library.registry.find(text.upper()) if text else None
    shown = [
        row
        for row in rows
        if wanted in f"{row['id']} {row['title']} {row['in_force']}".lower() or code in row["parties"]
    ]
    if as_json:
        print_json(shown)
        return
    for row in shown:
        click.echo(
            f"{row['id']:<26} {row['in_force'] or 'not in force':<14} {row['kind']:<12} {row['confidence']:<9} {row['title']}"
        )
    click.echo(f"{len(shown)} of {len(rows)} instruments", err=True)
