"""`foedera show`: a treaty, one article, or a crisis."""

from __future__ import annotations

import click

from foedera.answers.ask import article_named, treaty_named
from foedera.answers.catalogue import treaty_json, treaty_page
from foedera.cli.talk import all_names, library_option, open_library, print_json, width
from foedera.language.types import Crisis
from foedera.library import Library, open_crisis


@click.command("show")
@click.argument("named", metavar="TREATY[/ARTICLE]|CRISIS", shell_complete=all_names)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@library_option
def command(named: str, as_json: bool, folders: tuple[str, ...]) -> None:
    """Show a treaty, one article or a crisis: what it says, each rule as a sentence, sources, open questions."""
    library = open_library(folders)
    if named in library.crises or named.endswith((".yaml", ".yml")):
        _crisis(open_crisis(named, library), library, as_json)
        return
    name, slash, article = named.partition("/")
    found = article_named(named, library)[0] if slash else treaty_named(name, library)
    if as_json:
        whole = treaty_json(found, library.registry)
        print_json(next(part for part in whole["articles"] if part["article"] == article) if article else whole)
        return
    click.echo(treaty_page(found, library.registry, article or None, width()))


def _crisis(crisis: Crisis, library: Library, as_json: bool) -> None:
    from foedera.answers.crisis_page import crisis_json, crisis_page

    if as_json:
        print_json(crisis_json(crisis))
    else:
        click.echo(crisis_page(crisis, library.registry, width()))
