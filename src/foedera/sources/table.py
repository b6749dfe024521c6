"""A table in a file: plain or compressed CSV, checked against the columns its source must have.

Every reader of this room walks over `lines_of` and asks each line for its cells by name. What cannot be read is
collected, and raised as one `Refused` that names the file, what is wrong in it, and what was expected.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import lzma
import math
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TypeVar

from msgspec import Struct

from foedera.dates import When, parse_when
from foedera.problems import Problem, Refused, Span, near_word, whole_file

Row = TypeVar("Row")

OPENERS = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
MISSING = frozenset({"", "NA", "NaN", "."})
MOST_PROBLEMS = 20


class Format(Struct, frozen=True):
    """What a source's file must look like: how people call it, and columns by the name its publishers give them.

    A column may go by several names; the first is the publishers' own.
    """

    title: str
    columns: tuple[tuple[str, ...], ...]


def wants(title: str, *columns: str) -> Format:
    """A format from names such as `stateA|ccode1`: either name will do."""
    return Format(title, tuple(tuple(column.split("|")) for column in columns))


class Line(Struct):
    """One line of a table; a cell that cannot be read is noted and answered with nothing."""

    file: str
    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = []

    def text(self, column: str) -> str | None:
        """A cell's words; None where it is empty, `NA` or `.`, or where the table has no such column."""
        said = (self.cells.get(column) or "").strip()
        return None if said in MISSING else said

    def words(self, column: str) -> str:
        """A cell that must not be empty."""
        said = self.text(column)
        if said is None:
            self.refuse(column, "is empty", "it is never missing in this source")
        return said or ""

    def whole(self, column: str, least: int = 0, most: int = 10**12) -> int:
        """A whole number that must be there."""
        said = self.maybe_whole(column, least, most)
        if said is None and self.text(column) is None:
            self.refuse(column, "is empty", "a whole number is expected")
        return said or 0

    def maybe_whole(self, column: str, least: int = -(10**12), most: int = 10**12) -> int | None:
        """A whole number, or None where it is missing; `245.0` is 245."""
        number = self.maybe_number(column, least, most)
        if number is not None and not number.is_integer():
            self.refuse(column, f"is {self.text(column)!r}", "a whole number is expected")
            return None
        return None if number is None else int(number)

    def maybe_number(self, column: str, least: float = float("-inf"), most: float = float("inf")) -> float | None:
        """A number, or None where it is missing."""
        said = self.text(column)
        if said is None:
            return None
        try:
            number = float(said)
        except ValueError:
            number = float("nan")
        if not math.isfinite(number):
            self.refuse(column, f"is {said!r}", "a number is expected")
            return None
        if not least <= number <= most:
            self.refuse(column, f"is {said}", f"a number from {least:g} to {most:g} is expected")
            return None
        return number

    def coded(self, column: str) -> int | None:
        """A whole number that is never below zero; Correlates of War's -9 (unknown), -8 (none) and -7 (goes on) are missing."""
        number = self.maybe_whole(column)
        return None if number is None or number < 0 else number

    def flag(self, column: str) -> bool:
        """A 0 or 1 that must be there."""
        return self.whole(column, 0, 1) == 1

    def maybe_flag(self, column: str) -> bool | None:
        """A 0 or 1, or None where it is missing."""
        said = self.maybe_whole(column, 0, 1)
        return None if said is None else said == 1

    def day(self, column: str) -> date:
        """A day written 1914-08-01."""
        when = parse_when(self.text(column) or "")
        if isinstance(when, str) or not when.exact:
            self.refuse(column, f"is {self.text(column) or 'empty'}", "a day is written 1914-08-01")
            return date.min
        return when.first

    def when(self, year: str, month: str, day: str) -> When | None:
        """A day from three cells, or the month or year it lies in; None where the year is missing, 0 (ATOP) or below (COW)."""
        y, m, d = (self.maybe_whole(column, -9, 9999) for column in (year, month, day))
        if y is None or y <= 0:
            return None
        text = f"{y:04d}"
        if m is not None and m > 0:
            text += f"-{m:02d}" + (f"-{d:02d}" if d is not None and d > 0 else "")
        when = parse_when(text)
        if isinstance(when, str):
            self.refuse(year, f"with {month} and {day} makes {text}", when)
            return None
        return when

    def refuse(self, column: str, what: str, expected: str) -> None:
        """Notes that a cell cannot be read, and what was expected in it."""
        span = Span(self.file, self.number, 1, self.number, 1)
        self.problems.append(Problem("T002", span, f"`{column}` {what}", expected))


def read_table(path: Path, form: Format, read: Callable[[Line], Row]) -> tuple[Row, ...]:
    """All rows of a file, each read by `read`; `Refused` with what is wrong in it.

    Raises `Refused` (T001: it cannot be opened, T003: not the file of this source, T002: a cell).
    """
    return tuple(stream_table(path, form, read))


def stream_table(path: Path, form: Format, read: Callable[[Line], Row]) -> Iterator[Row]:
    """The rows of a file one after the other, for tables too large to hold."""
    problems: list[Problem] = []
    with _opened(path) as stream:
        for line in _lines(path, stream, form):
            line.problems = problems
            row = read(line)
            if not problems:
                yield row
            elif len(problems) >= MOST_PROBLEMS:
                break
    if problems:
        raise Refused(tuple(problems[:MOST_PROBLEMS]))


def header_of(path: Path) -> tuple[str, ...]:
    """The names of a table's columns."""
    with _opened(path) as stream:
        return tuple(next(csv.reader(stream), []))


def first_line(path: Path) -> Mapping[str, str]:
    """The first line below the header, by column; empty for a table without lines."""
    with _opened(path) as stream:
        reader = csv.reader(stream)
        return dict(zip(next(reader, []), next(reader, []), strict=False))


def lacking(header: Sequence[str], form: Format) -> tuple[str, ...]:
    """The columns of a format that a table has not, by the publishers' names."""
    return tuple(names[0] for names in form.columns if not set(names) & set(header))


def read_text(path: Path) -> str:
    """The whole text of a file, unpacked."""
    with _opened(path) as stream:
        return stream.read()


def _lines(path: Path, stream: IO[str], form: Format) -> Iterator[Line]:
    reader = csv.reader(stream)
    header = next(reader, [])
    missing = lacking(header, form)
    if missing:
        raise Refused((_not_this_file(path, form, missing, header),))
    # Every column goes by the publishers' name; the names a package gave it are a way in only.
    names = {name: names[0] for names in form.columns for name in names}
    columns = [names.get(name, name) for name in header]
    for cells in reader:
        if cells:
            yield Line(str(path), reader.line_num, dict(zip(columns, cells, strict=False)))


def _not_this_file(path: Path, form: Format, missing: Sequence[str], header: Sequence[str]) -> Problem:
    shown = ", ".join(f"`{name}`" for name in missing[:6]) + (
        f" and {len(missing) - 6} more" if len(missing) > 6 else ""
    )
    wanted = ", ".join(names[0] for names in form.columns[:8])
    near = [f"`{near}` looks like `{name}`" for name in missing[:3] if (near := near_word(name, header))]
    return Problem(
        "T003", whole_file(str(path)),
        f"`{path}` is not {form.title}: it has no column {shown}",
        "; ".join([f"expected a CSV with {wanted}{' …' if len(form.columns) > 8 else ''}", *near]),
    )  # fmt: skip


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """A file as text, unpacked where its name ends in .gz, .xz or .bz2."""
    try:
        with OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8-sig", newline="") as stream:  # type: ignore[operator]
            yield stream
    except (OSError, EOFError, lzma.LZMAError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise Refused((_unreadable(path, error),)) from None


def _unreadable(path: Path, error: Exception) -> Problem:
    here = whole_file(str(path))
    if isinstance(error, FileNotFoundError):
        return Problem("T001", here, f"there is no file `{path}`", "check the spelling of the path")
    if isinstance(error, UnicodeDecodeError):
        return Problem("T001", here, f"`{path}` is not UTF-8 text", "save it as CSV in UTF-8 (or .csv.gz, .csv.xz)")
    reason = getattr(error, "strerror", None) or str(error) or "it cannot be read"
    return Problem("T001", here, f"`{path}`: {reason.lower()}", "name a CSV file, plain or as .gz, .xz or .bz2")
