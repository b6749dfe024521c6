"""What commands share: options, colours, and where talk goes (stderr; data goes to stdout)."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from foedera.dates import parse_when
from foedera.library import Library, library, source_lines
from foedera.problems import Problem, full, in_order

if TYPE_CHECKING:
    from foedera.answers.answer import Answer
    from foedera.answers.atlas import Atlas

F = TypeVar("F", bound=Callable[..., Any])

COLOURS = {
    "must": "blue", "dilemma": "magenta", "must not": "red", "may": "green", "pledged": "cyan", "open": "yellow",
    "settled": "magenta", "not bound": "white",
}  # fmt: skip


class DayType(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases of click
    """A date given on the command line; a partial one means its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        when = parse_when(str(value))
        if isinstance(when, str):
            self.fail(f"{value!r} is no date: {when}", param, ctx)
        return when.last


DAY = DayType()


def crisis_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of the library's crises, for shell completion."""
    return [name for name in library().crises if name.startswith(incomplete)]


def branch_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The branches of the crisis that is written already, for shell completion."""
    shelf = library().crises
    # an option that still lacks its value leaves the words before it unread
    written = (word for word in (str(ctx.params.get("crisis")), *ctx.args) if word in shelf)
    return [name for crisis in written for name in shelf[crisis].branches if name.startswith(incomplete)]


def state_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Codes of states, for shell completion."""
    return sorted(code for code in library().registry.states if code.startswith(incomplete.upper()))


def library_option(function: F) -> F:
    """`--library DIR` (or FOEDERA_LIBRARY): a folder of one's own treaties and crises."""
    return click.option(
        "--library", "folders", multiple=True, metavar="DIR",
        help="Add a folder with treaties/ and crises/ of your own.",
    )(function)  # fmt: skip


def case_options(function: F) -> F:
    """The options that name a case: branch, day, reading, whose knowledge."""
    for option in (
        click.option("--known-to", metavar="WHO", help="What `public`, or a state, could know then."),
        click.option("--reading", metavar="R", help="A reading of the crisis, `question=option`, or `plain`."),
        click.option("--on", type=DAY, metavar="DATE", help="The day asked about (default: the last of the period)."),
        click.option("--branch", metavar="B", shell_complete=branch_names, help="A branch of the crisis: what if."),
    ):
        function = option(function)
    return library_option(function)


def open_library(folders: Iterable[str]) -> Library:
    """The library with the folders given."""
    named = os.environ.get("FOEDERA_LIBRARY", "").split(os.pathsep)
    return library(*(Path(folder) for folder in (*named, *folders) if folder))


def treaty_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of the library's instruments, for shell completion."""
    return [name for name in library().treaties if name.startswith(incomplete)]


def all_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of instruments and crises, and the articles of an instrument that is written out, for shell completion."""
    if "/" in incomplete:
        return article_names(ctx, param, incomplete)
    return [*treaty_names(ctx, param, incomplete), *crisis_names(ctx, param, incomplete)]


def article_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """`TREATY/` until the instrument is written, then its articles, for shell completion."""
    name, slash, _ = incomplete.partition("/")
    if not slash:
        return [f"{found}/" for found in treaty_names(ctx, param, name)]
    shelf = library().treaties
    paths = [f"{name}/{key}" for key in shelf[name].articles] if name in shelf else []
    return [path for path in paths if path.startswith(incomplete)]


def paint(text: str, kind: str) -> str:
    """Colour, where the reader wants it; a shape always says the same."""
    return click.style(text, fg=COLOURS.get(kind, "white"), bold=True) if wants_colour(sys.stdout) else text


def wants_colour(stream: Any) -> bool:
    """On a terminal, unless NO_COLOR is set."""
    return bool(stream.isatty()) and "NO_COLOR" not in os.environ


def width() -> int:
    """The terminal's width; 100 when the output is piped."""
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 140)) if sys.stdout.isatty() else 100


def tell(problems: Iterable[Problem]) -> None:
    """Problems to stderr, each with its line and its fix, and how many there were."""
    ordered = in_order(problems)
    for problem in ordered:
        click.echo(full(problem, source_lines), err=True)
    click.echo(f"{len(ordered)} problem{'s' if len(ordered) != 1 else ''}", err=True)


def users_shapes() -> Path | None:
    """The user's CShapes file, as `foedera data` knows it; None where there is none."""
    from foedera.sources.settings import user_sources

    known = user_sources()
    return known.get("cshapes-cow") or known.get("cshapes-gw")


def users_atlas(library: Library) -> Atlas:
    """The borders of each day: from the user's CShapes file, else today's."""
    from foedera.answers.atlas import atlas_of, modern

    shapes = users_shapes()
    return atlas_of(shapes, library.registry) if shapes else modern


def map_of(answer: Answer, library: Library) -> str:
    """The map on the borders of its day, as far as the user has them."""
    return answer.map_svg(users_atlas(library)(answer.assessment.world.day))


def scrubbing_page(answer: Answer, library: Library) -> str:
    """The answer's crisis as one page that scrubs from disk, open on the answer's day; the count goes to a terminal."""
    from foedera.answers.report import report
    from foedera.answers.scenario import Scenario

    world = answer.assessment.world
    told = Scenario(branch=answer.branch, on=world.day, reading=answer.assessment.reading, known_to=world.viewer)

    def tick(done: int, all_: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {all_} days", nl=done == all_, err=True)

    return report(answer.crisis, told, library, users_atlas(library), tick)


def print_json(value: object) -> None:
    """A value as JSON to stdout, the same bytes every time."""
    from foedera.answers.json import dumped

    click.echo(dumped(value))


def write_file(path: str, content: str | bytes) -> None:
    """Writes a file that the user asked for, and says so; bad places are exit 3."""
    from foedera.problems import Refused, whole_file

    try:
        Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise Refused(
            (Problem("Y012", whole_file(path), f"`{path}`: {reason.lower()}", "name a file that can be written"),)
        ) from None
    click.echo(f"written: {path}", err=True)
