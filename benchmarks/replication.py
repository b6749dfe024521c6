"""Are promises kept? The tables of Leeds, Long and Mitchell and of Berkemeier and Fuhrmann, from their coding.

    FOEDERA_DATA=../shared/data python benchmarks/replication.py      (`make replication`)

Needs the coded commitments, the source `commitments` of `foedera data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from needed import needed

from foedera.sources.commitments import Commitment, read_commitments

PERIODS = {"1816–1944": (True,), "1945–2003": (False, None), "1816–2003": (True, False, None)}
CODINGS = {"Leeds, Long, Mitchell": ("applies", "kept"), "Berkemeier, Fuhrmann": ("applies_bf", "kept_bf")}


def kept_and_broken(rows: Iterable[Commitment], applies: str, kept: str) -> tuple[int, int]:
    """How often a promise that was put to the test was kept, and how often it was broken."""
    tested = [row for row in rows if getattr(row, applies)]
    held = sum(getattr(row, kept) is True for row in tested)
    return held, len(tested) - held


def table(rows: Iterable[Commitment]) -> Iterator[str]:
    """Kept and broken by period and coding, as lines of Markdown."""
    rows = tuple(rows)
    yield "| period | coding | kept | broken | share kept |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for period, early in PERIODS.items():
        for name, columns in CODINGS.items():
            kept, broken = kept_and_broken([row for row in rows if row.early in early], *columns)
            share = f"{kept / (kept + broken):.3f}".removeprefix("0") if kept + broken else "–"
            yield f"| {period} | {name} | {kept} | {broken} | {share} |"


if __name__ == "__main__":
    print(*table(read_commitments(needed("commitments"))), sep="\n")
