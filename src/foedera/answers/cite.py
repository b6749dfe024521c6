"""An instrument as a BibTeX entry, and Foedera's encoding of it as another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedera.language.types import Treaty
from foedera.version import VERSION

ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
NUMBERS = {"unts": "UNTS", "lnts": "LNTS", "atop": "ATOP"}


def bibtex(treaties: Iterable[Treaty]) -> str:
    """The instruments as `@misc` entries in the order given, and Foedera itself as `@software`.

    >>> from foedera.library import library
    >>> print(bibtex([library().treaties["nato-1949"]]).splitlines()[0])
    @misc{nato-1949,
    """
    entries = [_entry("misc", treaty.id, _fields(treaty)) for treaty in treaties]
    return "\n\n".join([*entries, _entry("software", "foedera", _foedera())])


def _foedera() -> Iterator[tuple[str, str]]:
    yield "title", "{Foedera: treaties you can run}"
    yield "author", "{The Foedera team}"
    yield "version", VERSION


def _fields(treaty: Treaty) -> Iterator[tuple[str, str]]:
    """Title, day of signature (else of entry into force), numbers, sources, and how sure the encoding is."""
    yield "title", "{" + treaty.title.translate(ESCAPES) + "}"
    when = treaty.signed or (treaty.starts[0] if len(treaty.starts) == 1 else None)
    if when is not None and str(when) != "unknown":
        yield "date", str(when)  # biblatex
        yield "year", f"{when.first.year}"
    yield "type", treaty.kind
    numbers = [_number(word, treaty.numbers[key]) for key, word in NUMBERS.items() if key in treaty.numbers]
    if numbers:
        yield "number", "; ".join(numbers).translate(ESCAPES)
    link = treaty.text if treaty.text and treaty.text.startswith("http") else None
    link = link or next((source.url for source in treaty.sources if source.url), None)
    if link:
        yield "url", link
    sources = "; ".join(source.title for source in treaty.sources)
    coded = f"Encoded in Foedera {VERSION}, checked {treaty.checked_on}, confidence: {treaty.confidence}"
    yield "note", f"{coded}. Sources: {sources}".translate(ESCAPES)


def _number(series: str, number: str) -> str:
    return number if series in number else f"{series} {number}"


def _entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])
