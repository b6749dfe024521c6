"""An instrument as a BibTeX entry, and Foedera's encoding of it as another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

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
    return "\n\n".join(_entry(*citation) for citation in _citations(treaties))


def citation_rows(treaties: Iterable[Treaty]) -> list[dict[str, Any]]:
    """The same as plain values: `id`, `type`, the `fields` as people write them, and the `bibtex` that they make."""
    return [
        {"id": key, "type": kind, "fields": fields, "bibtex": _entry(kind, key, fields)}
        for kind, key, fields in _citations(treaties)
    ]


def _citations(treaties: Iterable[Treaty]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for treaty in treaties:
        yield "misc", treaty.id, dict(_fields(treaty))
    yield "software", "foedera", dict(_foedera())


def _foedera() -> Iterator[tuple[str, str]]:
    yield "title", "Foedera: treaties you can run"
    yield "author", "The Foedera team"
    yield "version", VERSION


def _fields(treaty: Treaty) -> Iterator[tuple[str, str]]:
    """Title, day of signature (else of entry into force), numbers, sources, and how sure the encoding is."""
    yield "title", treaty.title
    when = treaty.signed or (treaty.starts[0] if len(treaty.starts) == 1 else None)
    if when is not None and str(when) != "unknown":
        yield "date", str(when)  # biblatex
        yield "year", f"{when.first.year}"
    yield "type", treaty.kind
    numbers = [_number(word, treaty.numbers[key]) for key, word in NUMBERS.items() if key in treaty.numbers]
    if numbers:
        yield "number", "; ".join(numbers)
    link = treaty.text if treaty.text and treaty.text.startswith("http") else None
    link = link or next((source.url for source in treaty.sources if source.url), None)
    if link:
        yield "url", link
    sources = "; ".join(source.title for source in treaty.sources)
    coded = f"Encoded in Foedera {VERSION}, checked {treaty.checked_on}, confidence: {treaty.confidence}"
    yield "note", f"{coded}. Sources: {sources}"


def _number(series: str, number: str) -> str:
    return number if series in number else f"{series} {number}"


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{_written(name, value)}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _written(name: str, value: str) -> str:
    """A field as BibTeX takes it: an address bare, and names in braces, so that no style changes their letters."""
    if name == "url":
        return value
    text = value.translate(ESCAPES)
    return f"{{{text}}}" if name in ("title", "author") else text
