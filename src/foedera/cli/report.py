"""`foedera report`: an answer as a file to send: PDF, PNG, SVG or a page that scrubs from disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from foedera.answers.answer import assess
from foedera.answers.prints import pdf, png
from foedera.cli.talk import case_options, crisis_names, map_of, open_library, scrubbing_page, write_file
from foedera.library import open_crisis

SORTS = (".pdf", ".png", ".svg", ".html")


@click.command("report")
@click.argument("crisis", shell_complete=crisis_names)
@case_options
@click.option(
    "--output", "-o", "files", multiple=True, metavar="FILE",
    help="Where to; .pdf, .png, .svg or .html. Several are written at once (default: CRISIS.pdf).",
)  # fmt: skip
def command(
    crisis: str, branch: str | None, on: date | None, reading: str | None, known_to: str | None, folders: tuple[str, ...],
    files: tuple[str, ...],
) -> None:  # fmt: skip
    """Write the answer for CRISIS as a file to send: the map, who owes what, and the proofs."""
    library = open_library(folders)
    found = open_crisis(crisis, library)
    answer = assess(found, branch=branch, on=on, reading=reading, known_to=known_to, within=library)
    targets = files or (f"{found.id}.pdf",)
    for file in targets:
        if Path(file).suffix.lower() not in SORTS:
            raise click.UsageError(f"`{file}`: a report is written as {', '.join(SORTS)}")
    for file in targets:
        sort = Path(file).suffix.lower()
        if sort == ".pdf":
            write_file(file, pdf(answer, map_of(answer, library)))
        elif sort == ".png":
            write_file(file, png(map_of(answer, library)))
        elif sort == ".svg":
            write_file(file, map_of(answer, library))
        else:
            write_file(file, scrubbing_page(answer, library))
