"""From bonds and a roster to a panel: directed pairs, pairs, or states, by year or by day.

A pact counts in every year in which it bound both on any day; of several stretches of one pact in one year the last
certain one decides; across pacts a promise by any is a promise. Outside `reach`, the first and last year or day that
the source speaks of, every value is null.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedera.panel.bonds import KINDS, SECRECY, WORDINGS, condition_words
from foedera.panel.roster import EPOCH

Places = NDArray[np.int64]
DIRECTIONS = ("mutual", "given", "received", "none")
SIDES = ("both", "1-to-2", "2-to-1")
PAIR = ["at", "bearer", "toward"]
CODES = ("state", "iso", "cow", "gw")
DETAILS = ("conditions", "wording", "since", "secrecy", "contested", "pact_ids")
CONDITIONAL = tuple(f"{kind}_conditional" for kind in KINDS)


def pairs_by_time(bonds: pl.DataFrame, since: int, until: int, *, daily: bool) -> pl.DataFrame:
    """Each pact between each ordered pair at each time, once."""
    first, last = (_time(name, daily) for name in ("first", "last"))
    return (
        bonds.lazy()
        .with_columns(since=pl.col("first").min().over("pact", "bearer", "toward"))
        .with_columns(_from=first.clip(since, None), _to=last.clip(None, until - 1))
        .filter(pl.col("_from") <= pl.col("_to"))
        .with_columns(at=pl.int_ranges("_from", pl.col("_to") + 1, dtype=pl.Int32))
        .sort("pact", "certain", "order")
        .explode("at")
        .unique(["pact", *PAIR], keep="last", maintain_order=True)
        .drop("first", "last", "order", "_from", "_to")
        .collect()
    )


def _time(column: str, daily: bool) -> pl.Expr:
    return (pl.col(column).cast(pl.Int32) if daily else pl.col(column).dt.year()).cast(pl.Int32)


def directed(pairs: pl.DataFrame) -> pl.DataFrame:
    """What one state owes another at a time under all their pacts, and which way the promises run."""
    found = _owed(pairs)
    back = found.select("at", pl.col("toward").alias("bearer"), pl.col("bearer").alias("toward"), _takes="_gives")
    cases = (
        (pl.col("_gives") & pl.col("_takes"), "mutual"), (pl.col("_gives"), "given"), (pl.col("_takes"), "received"),
        (~pl.col("_gives") & ~pl.col("_takes"), "none"),
    )  # fmt: skip
    rows = found.join(back, on=PAIR, how="left").with_columns(direction=_choice(DIRECTIONS, *cases))
    return _in_words(rows.collect()).select(*PAIR, "pacts", *KINDS, "direction", *CONDITIONAL, *DETAILS)


def undirected(pairs: pl.DataFrame) -> pl.DataFrame:
    """What either of two states owes the other at a time, with the direction of each promise."""
    found = _owed(pairs)
    there = found.filter(pl.col("bearer") < pl.col("toward"))
    back = found.filter(pl.col("bearer") > pl.col("toward")).rename({"bearer": "toward", "toward": "bearer"})
    both = there.join(back, on=PAIR, how="full", coalesce=True, suffix="_b")
    rows = both.select(
        *PAIR, pl.max_horizontal("pacts", "pacts_b").alias("pacts"),
        *(pl.any_horizontal(kind, f"{kind}_b").alias(kind) for kind in KINDS),
        *(_side(pl.col(kind), pl.col(f"{kind}_b")).alias(f"{kind}_direction") for kind in KINDS),
        *(pl.min_horizontal(name, f"{name}_b").alias(name) for name in (*CONDITIONAL, "since", "_least")),
        *(pl.max_horizontal(name, f"{name}_b").alias(name) for name in ("wording", "_most")),
        (pl.col("conditions").fill_null(0) | pl.col("conditions_b").fill_null(0)).alias("conditions"),
        pl.any_horizontal("contested", "contested_b").alias("contested"), pl.coalesce("pact_ids", "pact_ids_b").alias("pact_ids"),
    )  # fmt: skip
    directions = (f"{kind}_direction" for kind in KINDS)
    return _in_words(rows.collect()).select(*PAIR, "pacts", *KINDS, *directions, *CONDITIONAL, *DETAILS)


def _side(there: pl.Expr, back: pl.Expr) -> pl.Expr:
    return _choice(SIDES, (there & back, "both"), (there, "1-to-2"), (back, "2-to-1"))


def _owed(pairs: pl.DataFrame) -> pl.LazyFrame:
    """All pacts of an ordered pair at a time as one row, details still as numbers."""
    return (
        pairs.lazy()
        .group_by(PAIR)
        .agg(
            pl.col("certain").sum().cast(pl.UInt16).alias("pacts"),
            *(pl.col(kind).any(ignore_nulls=False) for kind in KINDS),
            *(pl.col(name).min() for name in CONDITIONAL),
            pl.col("conditions").bitwise_or(),
            pl.col("wording").max(),
            pl.col("since").min(),
            pl.col("secrecy").min().alias("_least"), pl.col("secrecy").max().alias("_most"),
            pl.col("contested").any(ignore_nulls=False),
            pl.col("pact").alias("pact_ids"),
        )
        .with_columns(pl.col("pact_ids").list.join(";"))
        .with_columns(_gives=pl.any_horizontal(KINDS))
    )  # fmt: skip


def _in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers of conditions, wording and secrecy as words."""
    numbers = rows["conditions"].unique().drop_nulls().to_list()
    least, most = pl.col("_least"), pl.col("_most")
    # Public or secret where all pacts are; in part where they differ, or where one is secret in part.
    secrecy = _choice(
        SECRECY, (most == 1, "public"), (least == len(SECRECY), "secret"), (least.is_not_null(), "partly-secret")
    )
    return rows.with_columns(
        conditions=pl.col("conditions").replace_strict(
            numbers, [condition_words(number) for number in numbers], return_dtype=pl.String
        ),
        wording=pl.col("wording").replace_strict(
            list(range(1, len(WORDINGS) + 1)), list(WORDINGS), default=None, return_dtype=pl.Enum(WORDINGS)
        ),
        secrecy=secrecy,
    )


def by_state(pairs: pl.DataFrame) -> pl.DataFrame:
    """For each state at a time: its pacts, its partners, and to how many it owes, or who owe it, each promise."""
    owed = [pl.col("toward").filter(pl.col(kind)).n_unique().cast(pl.UInt16).alias(f"{kind}_given") for kind in KINDS]
    given = pairs.filter("certain").lazy().group_by("at", "bearer").agg(
        pl.col("pact").n_unique().cast(pl.UInt16).alias("pacts"),
        pl.col("toward").n_unique().cast(pl.UInt16).alias("partners"), *owed,
        pl.col("contested").any(ignore_nulls=False),
    )  # fmt: skip
    taken = pairs.filter("certain").lazy().group_by("at", "toward").agg(
        [pl.col("bearer").filter(pl.col(kind)).n_unique().cast(pl.UInt16).alias(f"{kind}_received") for kind in KINDS]
    )  # fmt: skip
    return given.join(taken.rename({"toward": "bearer"}), on=["at", "bearer"], how="left").collect()


def with_pairs(
    roster: pl.DataFrame, told: pl.DataFrame, chosen: pl.DataFrame | None, reach: tuple[int, int], *, ordered: bool
) -> pl.DataFrame:
    """All pairs of the roster (and those that have a bond without being in it), with what is told of them.

    `chosen` has the keys to which both must belong; None for all.
    """
    there = _with_outsiders(roster, told)
    if chosen is not None:
        there = there.join(chosen, on="key", how="semi", maintain_order="left")
    one, two, row_of = _numbered(there, told)
    inside = there["inside"].to_numpy()
    meant = one != two if ordered else one < two
    keep = np.flatnonzero(meant & ((inside[one] & inside[two]) | (row_of >= 0)))
    one, two, row = one[keep], two[keep], pl.Series(row_of[keep])
    row = row.set(row < 0, None)
    codes = [
        there[name].gather(side).alias(f"{name}{number}") for side, number in ((one, "1"), (two, "2")) for name in CODES
    ]
    keys = [there["at"].gather(one), there["key"].gather(one).alias("bearer"), there["key"].gather(two).alias("toward")]
    facts = [told[name].gather(row) for name in told.columns if name not in PAIR]
    return _filled(pl.DataFrame([*keys, *codes, *facts]), reach)


def _numbered(there: pl.DataFrame, told: pl.DataFrame) -> tuple[Places, Places, Places]:
    """For every two rows of `there` of one time: the two rows, and the row of `told` that is about them, else -1.

    Numbered and not joined: at each time everybody stands beside everybody, so where a pair stands follows from where
    the two stand.
    """
    _, starts, sizes = np.unique(there["at"].to_numpy(), return_index=True, return_counts=True)
    size_of, start_of = np.repeat(sizes, sizes), np.repeat(starts, sizes)  # of the time that a row is of
    base = np.concatenate(([0], np.cumsum(size_of))).astype(np.int64)  # where the pairs of a row begin
    one = np.repeat(np.arange(there.height), size_of)
    two = np.arange(base[-1]) - base[one] + start_of[one]
    row_of = np.full(base[-1], -1)
    places = there.select("at", "key").with_row_index("_one")
    about = (
        told.select(PAIR)
        .with_row_index("_row")
        .join(places.rename({"key": "bearer"}), on=["at", "bearer"])
        .join(places.rename({"key": "toward", "_one": "_two"}), on=["at", "toward"])
    )
    first, second = about["_one"].to_numpy().astype(np.int64), about["_two"].to_numpy().astype(np.int64)
    row_of[base[first] + second - start_of[first]] = about["_row"].to_numpy()
    return one, two, row_of


def _with_outsiders(roster: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The roster in order, with those that have a bond at a time without being in it marked as outside."""
    named = pl.concat([told.select("at", key="bearer"), told.select("at", key="toward")]).unique()
    outside = named.join(roster, on=["at", "key"], how="anti").with_columns(inside=pl.lit(False))
    return pl.concat([roster.with_columns(inside=pl.lit(True)), outside], how="diagonal").sort("at", "key")


def with_states(
    roster: pl.DataFrame, told: pl.DataFrame, chosen: pl.DataFrame | None, reach: tuple[int, int]
) -> pl.DataFrame:
    """All states of the roster (and those that have a bond without being in it), with what is told of them."""
    joined = roster.rename({"key": "bearer"}).join(told, on=["at", "bearer"], how="full", coalesce=True)
    if chosen is not None:
        joined = joined.join(chosen.rename({"key": "bearer"}), on="bearer", how="semi")
    return _filled(joined.sort("at", "bearer"), reach)


def _filled(rows: pl.DataFrame, reach: tuple[int, int]) -> pl.DataFrame:
    """No bond is no promise as far as the source reaches, and nothing is known beyond."""
    schema = rows.schema
    known = pl.col("at").is_between(*reach)
    counts = [name for name in schema if schema[name] == pl.UInt16]
    fill: list[pl.Expr] = [pl.when(known).then(pl.col(name).fill_null(0)) for name in counts]
    # A promise that is null beside a pact is unknown, and stays so.
    alone = known & pl.col("pact_ids").is_null() if "pact_ids" in schema else known
    fill += [pl.when(alone).then(pl.lit(False)).otherwise(pl.col(kind)).alias(kind) for kind in KINDS if kind in schema]
    return rows.with_columns(fill)


def _choice(words: tuple[str, ...], *cases: tuple[pl.Expr, str]) -> pl.Expr:
    """The word of the first case that holds; null where none does."""
    found: pl.Expr = pl.lit(None, pl.Enum(words))
    for case, word in reversed(cases):
        found = pl.when(case).then(pl.lit(word, pl.Enum(words))).otherwise(found)
    return found


def day_column(frame: pl.DataFrame, *, daily: bool) -> pl.DataFrame:
    """`at` as what it is: a year, or a date."""
    if daily:
        return frame.with_columns(pl.col("at").cast(pl.Date).alias("day")).drop("at")
    return frame.with_columns(pl.col("at").cast(pl.Int16).alias("year")).drop("at")


def time_of(day: date, *, daily: bool) -> int:
    """A day as the panel counts time."""
    return (day - EPOCH).days if daily else day.year
