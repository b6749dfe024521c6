"""`foedera compare-clauses`: articles side by side."""

from __future__ import annotations

import click

from foedera.answers.ask import article_named
from foedera.answers.clauses import clause_json, clauses_page
from foedera.cli.talk import article_names, library_option, open_library, print_json, width


@click.command("compare-clauses")
@click.argument("clauses", nargs=-1, required=True, metavar="TREATY/ARTICLE…", shell_complete=article_names)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(clauses: tuple[str, ...], as_json: bool, folders: tuple[str, ...]) -> None:
    """Set two articles (or more) side by side: who, what, trigger, area, conditions, strength, who decides."""
    if len(clauses) < 2:
        raise click.UsageError("name two articles at least, such as nato-1949/5 teu-42-7/42(7)")
    library = open_library(folders)
    found = [article_named(path, library) for path in clauses]
    if as_json:
        print_json([clause_json(treaty, article, library.registry) for treaty, article in found])
        return
    click.echo(clauses_page(found, library.registry, width()))
