"""`foedera data`: which sources are known, and where they are."""

from __future__ import annotations

from pathlib import Path

import click

from foedera.cli.talk import print_json
from foedera.sources.catalogue import SOURCES, check_source, cite, cited, recognise, remember, source_named, version_of
from foedera.sources.citations import CITATIONS
from foedera.sources.settings import config_file, data_folder, user_sources


@click.group("data", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the sources that can be read, with version, citation and where your copy is.

    Nothing of them ships with Foedera. FOEDERA_DATA may name a folder that holds them instead.
    """
    if ctx.invoked_subcommand is None:
        _list(as_json)


@command.command("add")
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path))
def add(name: str, path: Path) -> None:
    """Remember that the source NAME is in the file PATH, after reading it."""
    name = _meant(name, path)
    source = source_named(name)
    click.echo(f"reading {path} …", err=True)
    check_source(source, path)
    remember(config_file(), name, path)
    click.echo(f"{name}: {source.title}, {version_of(source, path)}", err=True)
    if data_folder() is not None:
        click.echo("FOEDERA_DATA is set: as long as it is, only that folder is looked into", err=True)


def _meant(name: str, path: Path) -> str:
    """The name of a source; one without its coding (`cshapes`) has that of the file."""
    found = recognise(path) if name not in SOURCES else None
    return found if found is not None and found.startswith(f"{name}-") else name


@command.command("cite")
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
def cite_sources(names: tuple[str, ...], as_json: bool) -> None:
    """Print the BibTeX of the sources NAMES (all without names)."""
    if as_json:
        print_json([{"id": key, "bibtex": CITATIONS[key]} for key in cited(*names)])
        return
    click.echo(cite(*names), nl=False)


def _list(as_json: bool) -> None:
    known = user_sources()
    rows = [
        {
            "name": name, "title": source.title, "release": source.release, "citation": source.citation, "home": source.home,
            "path": str(known[name]) if name in known else None,
            "version": version_of(source, known[name]) if name in known else None,
        }
        for name, source in SOURCES.items()
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    for row in rows:
        where = f"{row['version']}  {row['path']}" if row["path"] else f"not here: {row['home']}"
        click.echo(f"{row['name']:<18} {row['title']:<42} {row['citation']:<15} {where}")
    click.echo(f"{len(known)} of {len(rows)} sources known; BibTeX: foedera data cite", err=True)
