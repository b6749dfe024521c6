"""Bonds from ATOP's member level: what each member promises in each phase, to every other member of those days.

The conventions were found by comparing with ATOP's own directed dyad-years (docs/panel.md): the pair's span is the overlap of the
two members' own dates; no filter on membership of the state system; of two phases in one year the later decides. The
member level says what a member owes to anyone; where that varies by partner (`obvary`) it cannot tell the partners apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import polars as pl

from foedera.panel.bonds import KINDS, SCHEMA, bits
from foedera.sources.atop import Clauses, Member

# Bits of a condition, by the codes that set it.
_WORDS = {
    "adversary": ("defcoadv", "offcoadv", "neucoadv", "concoadv"),
    "place": ("defcoloc", "offcoloc", "neucoloc", "concoloc"),
    "kind-of-conflict": ("defcocon", "offcocon", "neucocon", "concocon"),
    "number-of-adversaries": ("defconum", "offconum", "neuconum"),
    "demand": ("defcodem", "offcodem", "neucodem"),
    "no-provocation": ("defconpr", "offconpr", "neuconpr"),
    "who-attacks": ("neucoatt",),
    "request": ("concoreq",),
}


def bonds(members: Iterable[Member]) -> pl.DataFrame:
    """The bonds of ATOP's members; states are COW codes."""
    own = pl.DataFrame(
        list(member_rows(members)), orient="row",
        schema={name: kind for name, kind in SCHEMA.items() if name not in ("toward", "certain", "contested")},
    )  # fmt: skip
    partners = own.select(
        "pact", pl.col("bearer").alias("toward"), pl.col("first").alias("_in"), pl.col("last").alias("_out")
    )
    return (
        own.join(partners, on="pact")
        .filter(pl.col("bearer") != pl.col("toward"))
        .with_columns(pl.max_horizontal("first", "_in").alias("first"), pl.min_horizontal("last", "_out").alias("last"))
        .filter(pl.col("first") <= pl.col("last"))
        .with_columns(certain=pl.lit(True), contested=pl.lit(None, pl.Boolean))
        .select(*SCHEMA)
    )


def last_day(members: Iterable[Member]) -> date:
    """The last day that the data speak of: 31 December of the latest year that anybody entered or left."""
    years = [(row.until or row.since).last.year for row in members]
    return date(max(years), 12, 31)


def member_rows(members: Iterable[Member]) -> Iterator[tuple[object, ...]]:
    """What each member promises in each phase, in the columns of a bond that do not depend on the other side."""
    rows = tuple(members)
    end = last_day(rows) if rows else date.min
    for row in rows:
        clauses = row.clauses
        promised = clauses.promises
        yield (
            str(row.atopid), row.member, row.since.first, row.until.last if row.until else end, row.phase, *promised,
            *(_conditional(clauses, kind, is_promised) for kind, is_promised in zip(KINDS, promised, strict=True)),
            bits({word for word, codes in _WORDS.items() if any(getattr(clauses, code) == 1 for code in codes)}),
            None, _secrecy(clauses.pubsecr),
        )  # fmt: skip


def _conditional(clauses: Clauses, kind: str, promised: bool) -> bool | None:
    """ATOP does not code conditions of a promise not to attack."""
    code = {
        "defence": clauses.defcon,
        "offence": clauses.offcon,
        "neutrality": clauses.neucon,
        "consultation": clauses.concon,
    }
    said = code.get(kind)
    return None if not promised or said is None else said == 1


def _secrecy(pubsecr: int | None) -> int | None:
    """0 public, 1 in part, 2 secret in ATOP."""
    return None if pubsecr is None or pubsecr not in (0, 1, 2) else pubsecr + 1
