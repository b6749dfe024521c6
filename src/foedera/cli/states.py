"""`foedera states`: states, their codes and names."""

from __future__ import annotations

import click

from foedera.answers.catalogue import continuity_words, matching_states, state_row
from foedera.cli.talk import library_option, open_library, print_json


@click.command("states")
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(text: str | None, as_json: bool, folders: tuple[str, ...]) -> None:
    """List states whose id, alias, COW, G&W or ISO code or name matches TEXT (all without it)."""
    registry = open_library(folders).registry
    found = matching_states(text, registry)
    rows = [state_row(state) for state in found]
    if as_json:
        print_json(rows)
        return
    for state, row in zip(found, rows, strict=True):
        spans = "; ".join(f"{span['since'] or '…'} to {span['until'] or 'today'}" for span in row["exists"])
        former = ", ".join(name["name"] for name in row["names"])
        codes = f"COW {','.join(dict.fromkeys(row['cow'])) or '-'}  G&W {','.join(dict.fromkeys(row['gw'])) or '-'}"
        click.echo(f"{row['id']}  {row['name']:<28} {codes:<26} {spans}" + (f"  once {former}" if former else ""))
        if text:
            for words in continuity_words(state, registry):
                click.echo(f"     {words}")
    click.echo(f"{len(rows)} states", err=True)
