"""`foedera show`: a treaty or one article."""

from __future__ import annotations

import click

from foedera.answers.ask import article_named, treaty_named
from foedera.answers.catalogue import treaty_json, treaty_page
from foedera.cli.talk import library_option, open_library, treaty_names, width


@click.command("show")
@click.argument("treaty", metavar="TREATY[/ARTICLE]", shell_complete=treaty_names)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(treaty: str, as_json: bool, folders: tuple[str, ...]) -> None:
    """Show a treaty, or one article: what it says, each rule as a sentence, sources, open questions."""
    library = open_library(folders)
    name, slash, article = treaty.partition("/")
    found = article_named(treaty, library)[0] if slash else treaty_named(name, library)
    if as_json:
        from foedera.answers.json import dumped

        whole = treaty_json(found, library.registry)
        click.echo(dumped(next(part for part in whole["articles"] if part["article"] == article) if article else whole))
        return
    click.echo(treaty_page(found, library.registry, article or None, width()))
