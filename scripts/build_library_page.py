"""Writes docs/library.md from the library's files: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foedera.answers.catalogue import in_force_words
from foedera.language.types import Crisis, Treaty
from foedera.library import Library, library

PAGE = Path(__file__).resolve().parents[1] / "docs" / "library.md"
SURE = {
    "verified": "a page or a file with its text was opened and read",
    "agreed": "its dates agree with a data set or a second source, and its substance with the literature",
    "textbook": "solid in the literature; the text was not opened",
    "unsure": "something about it is doubtful and has to be checked",
    "coded": "taken from a data set as it stands there",
}


def page(known: Library) -> str:
    """The page: what confidence means, each instrument in a row, each crisis in a row."""
    treaties = [known.treaties[name] for name in known.treaties]
    crises = [known.crises[name] for name in known.crises]
    return "\n".join([*_head(treaties, crises), *_instruments(treaties), "", *_crises(crises)]) + "\n"


def _head(treaties: list[Treaty], crises: list[Crisis]) -> Iterator[str]:
    yield "# The library"
    yield ""
    rules = sum(len(treaty.rules) for treaty in treaties)
    yield f"{len(treaties)} instruments with {rules} rules, and {len(crises)} crises; made from the files by `make docs`."
    yield "Each instrument is a paraphrase with its sources (`foedera show ID`); how sure we are of it:"
    yield ""
    for word, meaning in SURE.items():
        yield f"- **{word}** ({sum(treaty.confidence == word for treaty in treaties)}): {meaning}"
    yield ""


def _instruments(treaties: list[Treaty]) -> Iterator[str]:
    yield "## Instruments"
    yield ""
    yield "| id | instrument | kind | in force | ends | parties | rules | readings | confidence | checked |"
    yield "|---|---|---|---|---|---:|---:|---:|---|---|"
    for t in treaties:
        kind = t.kind if t.binding == "legal" else f"{t.kind}, {t.binding}"
        yield (
            f"| `{t.id}` | {_cell(t.title)} | {kind} | {in_force_words(t) or 'not in force'} | {_end(t)} | {_parties(t)} "
            f"| {len(t.rules)} | {len(t.readings)} | {t.confidence} | {t.checked_on} |"
        )


def _end(treaty: Treaty) -> str:
    if treaty.ends is not None:
        return str(treaty.ends)
    return f"open (idle since {treaty.effective_end})" if treaty.effective_end else "open"


def _parties(treaty: Treaty) -> str:
    return (
        "all" if treaty.all_states else f"of `{treaty.parties_of}`" if treaty.parties_of else str(len(treaty.parties))
    )


def _crises(crises: list[Crisis]) -> Iterator[str]:
    yield "## Crises"
    yield ""
    yield "| id | crisis | to | events | branches | readings | expectations |"
    yield "|---|---|---|---:|---:|---:|---:|"
    for c in crises:
        numbers = (len(part) for part in (c.events, c.branches, c.readings, c.expect))
        yield f"| `{c.id}` | {_cell(c.title)} | {c.period_to or ''} | {' | '.join(map(str, numbers))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(library()), encoding="utf-8")
    print(f"written: {PAGE}")
