"""Which year convention ATOP follows, and what is left over: our directed dyad-years against ATOP's own.

    FOEDERA_DATA=../shared/data python benchmarks/convention.py

Derives directed dyad-years 1816–2010 from the member level (4.01), the way `foedera panel --from atop` does, and compares
them with ATOP's directed dyad-years (5.1): first under six conventions for what a year is, then, for ours, what differs
and why. The last lines name pairs, so that each kind can be looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
from needed import needed

from foedera.panel import from_atop
from foedera.panel.bonds import KINDS
from foedera.panel.tables import PAIR, directed, pairs_by_time
from foedera.sources.atop import Member, read_directed_years, read_members

SINCE, UNTIL = 1816, 2011


def derived(bonds: pl.DataFrame) -> pl.DataFrame:
    """Ours: the five promises of every directed dyad-year with a bond."""
    return directed(pairs_by_time(bonds, SINCE, UNTIL, daily=False)).select(*PAIR, *KINDS)


def published(path: Path) -> pl.DataFrame:
    """ATOP's own, in the same columns."""
    rows = [
        (row.year, row.state_a, row.state_b, row.defense, row.offense, row.neutral, row.nonagg, row.consul)
        for row in read_directed_years(path) if SINCE <= row.year < UNTIL
    ]  # fmt: skip
    schema = {"at": pl.Int32, "bearer": pl.Int16, "toward": pl.Int16, **dict.fromkeys(KINDS, pl.Boolean)}
    return pl.DataFrame(rows, orient="row", schema=schema)


def compared(ours: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Every row of either, with `kind`: equal, differs, only-ours, only-theirs."""
    both = ours.join(theirs, on=PAIR, how="full", coalesce=True, suffix="_atop")
    equal = pl.all_horizontal(pl.col(kind) == pl.col(f"{kind}_atop") for kind in KINDS)
    found = (
        pl.when(pl.col("defence_atop").is_null()).then(pl.lit("only-ours"))
        .when(pl.col("defence").is_null()).then(pl.lit("only-theirs"))
        .when(equal).then(pl.lit("equal")).otherwise(pl.lit("differs"))
    )  # fmt: skip
    return both.with_columns(kind=found)


def shares(rows: pl.DataFrame) -> Mapping[str, float]:
    """Counts by kind, and the share of equal rows among the common ones and among the union."""
    counts = {
        kind: rows.filter(pl.col("kind") == kind).height for kind in ("equal", "differs", "only-ours", "only-theirs")
    }
    common = counts["equal"] + counts["differs"]
    return {**counts, "of common": counts["equal"] / common, "of union": counts["equal"] / rows.height}


def conventions(bonds: pl.DataFrame, stop: date) -> Mapping[str, pl.DataFrame]:
    """The bonds cut so that only the days of a convention are left."""
    first, last = pl.col("first"), pl.col("last")
    start, end = first.dt.year(), last.dt.year()
    january, december = pl.date(start, 1, 1), pl.date(end, 12, 31)
    cuts = {
        "any day in force in the year": (first, last),
        "in force on 31 December": (first, pl.when(last == december).then(last).otherwise(pl.date(end - 1, 12, 31))),
        "without the end year": (first, pl.date(end - 1, 12, 31)),
        "in force on 1 January": (pl.when(first == january).then(first).otherwise(pl.date(start + 1, 1, 1)), last),
        "without the start year": (pl.date(start + 1, 1, 1), last),
        "without either": (pl.date(start + 1, 1, 1), pl.date(end - 1, 12, 31)),
    }
    # The data stop on their last day; what is then in force has no end year.
    return {
        name: bonds.with_columns(first=a, last=pl.when(last == stop).then(last).otherwise(b)).filter(
            pl.col("first") <= pl.col("last")
        )
        for name, (a, b) in cuts.items()
    }


def varied(members: tuple[Member, ...]) -> pl.DataFrame:
    """Pair-years in which the bearer owes different things to different partners, by some alliance."""
    return directed(
        pairs_by_time(from_atop.bonds(members), SINCE, UNTIL, daily=False).join(
            pl.DataFrame(
                [(str(row.atopid), row.member) for row in members if row.clauses.obvary == 1],
                orient="row", schema={"pact": pl.String, "bearer": pl.Int16},
            ).unique(),
            on=["pact", "bearer"], how="semi",
        )
    ).select(PAIR)  # fmt: skip


def spans(rows: pl.DataFrame) -> list[str]:
    """Rows as `a–b from–to`, one per unbroken run of years of an ordered pair."""
    found: list[tuple[int, int, int, int]] = []
    for year, a, b in rows.sort("bearer", "toward", "at").select("at", "bearer", "toward").iter_rows():
        if found and found[-1][:2] == (a, b) and found[-1][3] == year - 1:
            found[-1] = (*found[-1][:3], year)
        else:
            found.append((a, b, year, year))
    return [f"{a}→{b} {c}" + (f"–{d}" if d != c else "") for a, b, c, d in found]


def main() -> None:
    members = read_members(needed("atop-members"))
    theirs = published(needed("atop-dyad-years"))
    bonds = from_atop.bonds(members)
    print(
        f"{'convention':<30} {'derived':>8} {'both':>8} {'only 5.1':>8} {'only 4.01':>9} {'of common':>9} {'of union':>8}"
    )
    for name, cut in conventions(bonds, from_atop.last_day(members)).items():
        rows = compared(derived(cut), theirs)
        s = shares(rows)
        both = s["equal"] + s["differs"]
        print(f"{name:<30} {both + s['only-ours']:>8} {both:>8} {s['only-theirs']:>8} {s['only-ours']:>9} "
              f"{s['of common']:>9.4f} {s['of union']:>8.4f}")  # fmt: skip
    rows = compared(derived(bonds), theirs)
    common = rows.filter(pl.col("kind").is_in(["equal", "differs"]))
    print("\nshare equal of common rows, by promise:")
    for kind in KINDS:
        print(f"  {kind:<15} {(common[kind] == common[f'{kind}_atop']).mean():.4f}")
    differs = rows.filter(pl.col("kind") == "differs")
    by_partner = differs.join(varied(members), on=PAIR, how="semi")
    rest = differs.join(by_partner, on=PAIR, how="anti")
    print(f"\n{differs.height} common rows differ")
    print(
        f"  {by_partner.height} where what a member owes varies by partner (obvary): the member level cannot say to whom"
    )
    print(f"  {rest.height} others, {len(spans(rest))} spans: {'; '.join(spans(rest)[:40])}")
    lacking = rows.filter(pl.col("kind") == "only-theirs")
    pairs = derived(bonds).select("bearer", "toward").unique()
    never = lacking.join(pairs, on=["bearer", "toward"], how="anti")
    other = lacking.join(pairs, on=["bearer", "toward"], how="semi")
    print(f"{lacking.height} rows only in 5.1")
    print(
        f"  {never.height} ({len(spans(never))} spans) of pairs that 4.01 never has: {'; '.join(spans(never)[:12])} …"
    )
    print(
        f"  {other.height} ({len(spans(other))} spans) of pairs that 4.01 has at other times: {'; '.join(spans(other)[:12])} …"
    )
    extra = rows.filter(pl.col("kind") == "only-ours")
    print(f"{extra.height} rows only in 4.01: {'; '.join(spans(extra))}")


if __name__ == "__main__":
    main()
