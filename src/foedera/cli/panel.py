"""`foedera panel`: promises in bulk."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedera.cli.talk import library_option, open_library
from foedera.dates import parse_when
from foedera.problems import Problem, Refused, whole_file

if TYPE_CHECKING:
    from foedera.panel.make import Panel

UNITS = ("directed-dyad-year", "directed-dyad-day", "dyad-year", "state-year")
FORMATS = ("csv", "json", "parquet", "feather", "dta", "graphml")
SUFFIXES = {
    ".csv": "csv",
    ".json": "json",
    ".parquet": "parquet",
    ".feather": "feather",
    ".arrow": "feather",
    ".dta": "dta",
    ".graphml": "graphml",
}


class StartType(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases of click
    """A date given on the command line; a partial one means its first day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        when = parse_when(str(value))
        if isinstance(when, str):
            self.fail(f"{value!r} is no date: {when}", param, ctx)
        return when.first


START = StartType()


@click.command("panel")
@click.option("--unit", type=click.Choice(UNITS), default=UNITS[0], show_default=True, help="What a row is.")
@click.option("--since", type=START, required=True, metavar="DATE", help="The first year or day.")
@click.option("--until", type=START, required=True, metavar="DATE", help="The first year or day out.")
@click.option(
    "--states", multiple=True, metavar="CODES", help="Only these states and what is between them: FRA,DEU,RUS."
)
@click.option(
    "--from",
    "origin",
    type=click.Choice(("library", "atop")),
    default="library",
    show_default=True,
    help="Whose promises: our instruments, or ATOP's members (see `foedera data`).",
)
@click.option("--similarity", is_flag=True, help="Add S, pi and kappa of the alliance portfolios.")
@click.option("--weighted", is_flag=True, help="Add them, and S weighted by CINC (see `foedera data`).")
@click.option("--format", "form", type=click.Choice(FORMATS), help="The form (default: by the name of FILE, else CSV).")
@click.option("--json", "as_json", is_flag=True, help="A list of rows as JSON: the same as --format json.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write FILE, and beside it its codebook and the BibTeX.",
)
@library_option
def command(
    unit: str, since: date, until: date, states: tuple[str, ...], origin: str, similarity: bool, weighted: bool,
    form: str | None, as_json: bool, out: Path | None, folders: tuple[str, ...],
) -> None:  # fmt: skip
    """Make a panel of promises by kind between every two states, with codes to join it to other data.

    Outside the years that the source speaks of, everything about pacts is missing; see docs/panel.md.
    """
    form = "json" if as_json else form or SUFFIXES.get(out.suffix if out else ".csv", "csv")
    if out is None and form not in ("csv", "json", "graphml"):
        raise click.UsageError(f"--format {form} needs --out FILE: it is no text")
    made = _made(unit, since, until, states, origin, similarity, weighted, folders)
    from foedera.panel.write import codebook, to_bytes

    content = to_bytes(made, form)
    if out is None:
        sys.stdout.write(content.decode())
        return
    _write(out, content)
    _write(out.with_name(f"{out.name}.codebook.md"), codebook(made).encode())
    _write(out.with_name(f"{out.name}.bib"), made.cite().encode())


def _made(
    unit: str,
    since: date,
    until: date,
    states: tuple[str, ...],
    origin: str,
    similarity: bool,
    weighted: bool,
    folders: tuple[str, ...],
) -> Panel:
    """The panel, or how to install what makes it."""
    library = open_library(folders)
    try:
        from foedera.panel.make import make
    except ImportError as error:
        message = f"panels need the package `{error.name}`, which is not installed"
        fix = 'pip install "foedera[panel]"'
        raise Refused((Problem("T008", whole_file("the panel"), message, fix),)) from None
    from foedera.sources.settings import user_sources

    click.echo(f"making a panel of {unit}s from {origin} …", err=True)
    codes = [code for part in states for code in part.replace(",", " ").split()]
    known = user_sources() if origin == "atop" or weighted else {}
    made = make(
        unit, since, until, library, known, origin=origin, states=codes, with_similarity=similarity, weighted=weighted
    )
    reach = f"{made.reaches[0]} to {made.reaches[1]}"
    click.echo(f"{made.frame.height:,} rows; {made.made_of} speaks of {reach}", err=True)
    return made


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        problem = Problem("Y012", whole_file(str(path)), f"`{path}`: {reason}", "name a file that can be written")
        raise Refused((problem,)) from None
    click.echo(f"written: {path}", err=True)
