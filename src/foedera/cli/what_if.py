"""`foedera if`: one state attacks another."""

from __future__ import annotations

from datetime import date

import click

from foedera.answers.answer import assess_attack
from foedera.cli.assess import show
from foedera.cli.talk import DAY, library_option, open_library, state_names


@click.command("if")
@click.argument("attacker", shell_complete=state_names)
@click.argument("verb", type=click.Choice(["attacks"]), metavar="attacks")
@click.argument("victim", shell_complete=state_names)
@click.option(
    "--at", "place", metavar="PLACE", help="Where: a place of the gazetteer (default: the victim's own territory)."
)
@click.option("--on", type=DAY, metavar="DATE", help="The day (default: today).")
@click.option(
    "--provoked", type=click.Choice(["yes", "no"]), help="Whether the victim provoked it (default: not said)."
)
@click.option("--all", "everything", is_flag=True, help="Everything, not a screenful.")
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@click.option("--md", "as_markdown", is_flag=True, help="Markdown to stdout.")
@library_option
def command(
    attacker: str, verb: str, victim: str, place: str | None, on: date | None, provoked: str | None, everything: bool,
    as_json: bool, as_markdown: bool, folders: tuple[str, ...],
) -> None:  # fmt: skip
    """What follows if ATTACKER attacks VICTIM: `foedera if RUS attacks EST`."""
    day = on or date.today()
    answer = assess_attack(attacker, victim, on=day, place=place, provoked=provoked, within=open_library(folders))
    show(answer, "", as_json=as_json, as_markdown=as_markdown, everything=everything)
