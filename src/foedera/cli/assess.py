"""`foedera assess`: who must, may and must not do what."""

from __future__ import annotations

from datetime import date

import click

from foedera.answers.answer import Answer, assess
from foedera.answers.ask import actor_code
from foedera.cli.talk import (
    case_options,
    crisis_names,
    map_of,
    open_library,
    paint,
    print_json,
    scrubbing_page,
    width,
    write_file,
)
from foedera.library import open_crisis


@click.command("assess")
@click.argument("crisis", shell_complete=crisis_names)
@case_options
@click.option("--who", metavar="CODE", help="Only what this state or body owes, may and must not do.")
@click.option("--all", "everything", is_flag=True, help="Everything, not a screenful.")
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
@click.option("--md", "as_markdown", is_flag=True, help="Markdown to stdout.")
@click.option("--html", "html_file", metavar="FILE", help="Write the workbench as one page that scrubs from disk.")
@click.option("--svg", "svg_file", metavar="FILE", help="Write the map.")
def command(
    crisis: str, branch: str | None, on: date | None, reading: str | None, known_to: str | None, folders: tuple[str, ...],
    who: str | None, everything: bool, as_json: bool, as_markdown: bool, html_file: str | None, svg_file: str | None,
) -> None:  # fmt: skip
    """Assess CRISIS (an id of the library, or a file) on one day of one branch."""
    library = open_library(folders)
    found = open_crisis(crisis, library)
    answer = assess(found, branch=branch, on=on, reading=reading, known_to=known_to, within=library)
    answer = answer.only(actor_code(who, found, library.registry, answer.assessment.world.day)) if who else answer
    if svg_file:
        write_file(svg_file, map_of(answer, library))
    if html_file:
        write_file(html_file, answer.html() if who else scrubbing_page(answer, library))
    show(answer, crisis, as_json=as_json, as_markdown=as_markdown, everything=everything)


def show(answer: Answer, asked: str, *, as_json: bool, as_markdown: bool, everything: bool) -> None:
    """The answer to stdout in the form asked for."""
    if as_json:
        print_json(answer.json())
    elif as_markdown:
        click.echo(answer.markdown(), nl=False)
    else:
        click.echo(answer.text(width=width(), paint=paint, everything=everything, next_step=_next_step(answer, asked)))


def _next_step(answer: Answer, asked: str) -> str:
    duties = [f for f in answer.findings if f.modality == "must" and not f.standing and f.toward]
    if not duties or asked == "":
        return ""
    first = min(
        duties,
        key=lambda f: (
            f.holds.value != "yes",
            f.act not in ("assist", "fight", "aid"),
            f.treaty.binding != "legal",
            f.id,
        ),
    )
    branch = f" --branch {answer.branch}" if answer.branch else ""
    return f"why:  foedera why {asked} {first.bearer} {first.act} {first.toward}{branch} --on {answer.assessment.world.day}"
