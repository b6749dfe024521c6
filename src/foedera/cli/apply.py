"""`foedera apply`: did a war put an alliance to the test, for every row of a table."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from msgspec.structs import asdict, astuple

from foedera.cli.talk import library_option, open_library, write_file
from foedera.panel.apply import Alliances, Applied, apply_rows
from foedera.panel.wars import Row, read_rows
from foedera.sources.atop import member_file, read_members


@click.command("apply")
@click.argument("rows", type=click.Path(path_type=Path))
@click.option(
    "--atop", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The folder of ATOP's member level."
)
@click.option("--out", metavar="FILE", help="Where the answers go (default: to the terminal).")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of CSV.")
@library_option
def command(rows: Path, atop: Path, out: str | None, as_json: bool, folders: tuple[str, ...]) -> None:
    """Did the war of each row of ROWS (a CSV) put the alliance of the row to the test?

    The columns wanted are row_id, atopid, war_id, war_start, war_end, war_initiators, war_side_a, war_side_b; others are
    not looked at. The answers have the columns row_id, applies (yes, no, depends), best (yes, no), because, under.
    """
    library = open_library(folders)
    asked = read_rows(rows, library.registry)
    alliances = Alliances(read_members(member_file(atop)), library)
    answers = apply_rows(_told(asked), alliances, library)
    text = _json(answers) if as_json else _csv(answers)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text)


def _told(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows, with a word on how far it is where it takes more than a second."""
    last = time.monotonic()
    for number, row in enumerate(rows):
        if time.monotonic() - last > 1:
            click.echo(f"{number} of {len(rows)} rows", err=True)
            last = time.monotonic()
        yield row


def _csv(answers: Iterable[Applied]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(Applied.__struct_fields__)
    table.writerows(astuple(answer) for answer in answers)
    return text.getvalue()


def _json(answers: Iterable[Applied]) -> str:
    from foedera.answers.json import dumped

    return dumped([asdict(answer) for answer in answers]) + "\n"
