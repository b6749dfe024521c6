"""How fast a panel is made, as a ratio to a straightforward pandas build of the same rows in the same run.

    FOEDERA_DATA=../shared/data python benchmarks/panel.py [--runs 5]

All directed dyad-years 1816–2018 with all columns, from ATOP's member spans. Each build runs in a fresh process, the two
in turn; reading the file, the list of states and imports are not counted. The two results are compared cell by cell.
Memory is the highest resident size (VmHWM) of the whole process, reading and imports included.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SINCE, UNTIL, REACH = 1816, 2019, (1815, 2016)


def inputs() -> tuple[Any, Any]:
    """ATOP's members, and the states of each year; what both builds start from."""
    from foedera.library import registry
    from foedera.panel.roster import roster
    from foedera.sources.atop import read_members
    from foedera.sources.settings import user_sources, wanted

    members = read_members(wanted("atop-members", user_sources()))
    return members, roster(registry(), SINCE, UNTIL, daily=False, by_cow=True)


def ours() -> tuple[float, Any]:

    from foedera.library import registry
    from foedera.panel import from_atop
    from foedera.panel.make import named
    from foedera.panel.tables import directed, pairs_by_time, with_pairs

    members, there = inputs()
    known = registry()
    start = time.perf_counter()
    pairs = pairs_by_time(from_atop.bonds(members), SINCE, UNTIL, daily=False)
    frame = with_pairs(there, directed(pairs), None, REACH, ordered=True)
    frame = named(frame, "directed-dyad-year", known, by_cow=True, daily=False)
    return time.perf_counter() - start, frame


def theirs() -> tuple[float, Any]:  # noqa: PLR0915 (one script, as such scripts are)
    """What a careful pandas user writes: merge, repeat by years, drop duplicates, group, merge into all pairs."""
    import numpy as np
    import pandas as pd
    import polars as pl

    from foedera.panel import from_atop
    from foedera.panel.bonds import KINDS, SECRECY, condition_words

    members, states = inputs()
    there = pd.DataFrame(states.with_columns(pl.col("state", "iso").cast(pl.String)).to_dict(as_series=False))
    start = time.perf_counter()
    names = [name for name in from_atop.SCHEMA if name not in ("toward", "certain", "contested")]
    own = pd.DataFrame(list(from_atop.member_rows(members)), columns=names)
    own["first"], own["last"] = pd.to_datetime(own["first"]), pd.to_datetime(own["last"])
    own["secrecy"] = own["secrecy"].astype("float64")
    conditional = [f"{kind}_conditional" for kind in KINDS]
    own[conditional] = own[conditional].astype("float64")  # 0, 1 and not a number: grouping these is fast
    other = own[["pact", "bearer", "first", "last"]].rename(
        columns={"bearer": "toward", "first": "first_b", "last": "last_b"}
    )
    pairs = own.merge(other, on="pact").query("bearer != toward")
    pairs["first"] = pairs[["first", "first_b"]].max(axis=1)
    pairs["last"] = pairs[["last", "last_b"]].min(axis=1)
    pairs = pairs[pairs["first"] <= pairs["last"]]
    pairs["since"] = pairs.groupby(["pact", "bearer", "toward"])["first"].transform("min")
    low = pairs["first"].dt.year.clip(lower=SINCE).to_numpy()
    count = np.maximum(pairs["last"].dt.year.clip(upper=UNTIL - 1).to_numpy() - low + 1, 0)
    pairs = pairs.loc[pairs.index.repeat(count)]
    pairs["year"] = np.repeat(low, count) + np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    key = ["year", "bearer", "toward"]
    pairs = pairs.sort_values(["pact", "order"], kind="stable").drop_duplicates(["pact", *key], keep="last")
    pairs["pacts"] = 1
    for bit in range(12):
        pairs[f"bit{bit}"] = pairs["conditions"] // 2**bit % 2
    bits = [f"bit{bit}" for bit in range(12)]
    told = pairs.groupby(key).agg(
        {
            "pacts": "sum", **dict.fromkeys(KINDS, "max"), **dict.fromkeys(conditional, "min"), **dict.fromkeys(bits, "max"),
            "since": "min", "secrecy": ["min", "max"], "pact": ";".join,
        }
    )  # fmt: skip
    told.columns = [a if a != "secrecy" else f"{a}_{b}" for a, b in told.columns]
    told = told.reset_index().rename(columns={"pact": "pact_ids"})
    told["conditions"] = sum(told[f"bit{bit}"] * 2**bit for bit in range(12))
    told["conditions"] = told["conditions"].map({n: condition_words(int(n)) for n in told["conditions"].unique()})
    told["gives"] = told[list(KINDS)].any(axis=1)
    back = told[[*key, "gives"]].rename(columns={"bearer": "toward", "toward": "bearer", "gives": "takes"})
    told = told.merge(back, on=key, how="left")
    told["direction"] = "none"
    told.loc[told["takes"], "direction"] = "received"
    told.loc[told["gives"], "direction"] = "given"
    told.loc[told["gives"] & told["takes"], "direction"] = "mutual"
    told["secrecy"] = SECRECY[1]
    told.loc[told["secrecy_max"] == 1, "secrecy"] = SECRECY[0]
    told.loc[told["secrecy_min"] == 3, "secrecy"] = SECRECY[2]
    told.loc[told["secrecy_min"].isna(), "secrecy"] = None
    told["wording"], told["contested"] = None, None
    there = there.rename(columns={"at": "year"})
    sides = [there.rename(columns={"key": side, **{n: n + d for n in ("state", "iso", "cow", "gw")}})
             for side, d in (("bearer", "1"), ("toward", "2"))]  # fmt: skip
    everybody = sides[0][["year", "bearer"]].merge(sides[1][["year", "toward"]], on="year").query("bearer != toward")
    panel = everybody.merge(told, on=key, how="outer")
    for side, frame in zip(("bearer", "toward"), sides, strict=True):
        panel = panel.merge(frame, on=["year", side], how="left")
    panel["cow1"], panel["cow2"] = panel["cow1"].fillna(panel["bearer"]), panel["cow2"].fillna(panel["toward"])
    known = panel["year"].between(*REACH)
    panel.loc[known, "pacts"] = panel.loc[known, "pacts"].fillna(0)
    for kind in KINDS:
        panel[kind] = panel[kind].astype("boolean")
        panel.loc[known, kind] = panel.loc[known, kind].fillna(False)
    panel[conditional] = panel[conditional].astype("boolean")
    panel = panel.sort_values(key, ignore_index=True)
    codes = [f"{name}{number}" for number in "12" for name in ("state", "iso", "cow", "gw")]
    details = ["conditions", "wording", "since", "secrecy", "contested", "pact_ids"]
    panel = panel[["year", *codes, "pacts", *KINDS, "direction", *conditional, *details]]
    return time.perf_counter() - start, panel


def one(which: str, out: Path) -> None:
    """A build in this process: seconds, memory, and the result for the comparison."""
    import polars as pl

    seconds, frame = {"ours": ours, "pandas": theirs}[which]()
    peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(f"{seconds:.3f} {peak / 1024:.0f}", flush=True)
    (frame if isinstance(frame, pl.DataFrame) else pl.from_pandas(frame)).write_parquet(out)


def same(one_file: Path, other_file: Path) -> bool:
    """Whether two results have the same cells, whatever their types."""
    import polars as pl

    first, second = (pl.read_parquet(path) for path in (one_file, other_file))
    if first.columns != second.columns or first.height != second.height:
        return False
    alike = {}
    for name in first.columns:
        kind = first.schema[name]
        left = (
            first[name].cast(pl.String)
            if isinstance(kind, (pl.Enum, pl.Categorical)) or kind == pl.String
            else first[name]
        )
        right = second[name].cast(left.dtype)
        alike[name] = left.eq_missing(right).all()
    for name, fine in alike.items():
        if not fine:
            print(f"differs: {name}", file=sys.stderr)
    return all(alike.values())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "OUT"))
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]))
        return
    from needed import needed  # not at the top: what the two builds are measured with imports nothing of ours

    needed("atop-members")
    seconds: dict[str, list[float]] = {"ours": [], "pandas": []}
    peaks: dict[str, list[float]] = {"ours": [], "pandas": []}
    with tempfile.TemporaryDirectory() as folder:
        files = {which: Path(folder) / f"{which}.parquet" for which in seconds}
        for number in range(given.runs):
            for which, file in files.items():
                command = [sys.executable, __file__, "--one", which, str(file)]
                said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
                seconds[which].append(float(said[0]))
                peaks[which].append(float(said[1]))
                print(f"run {number + 1}: {which} {said[0]} s, {said[1]} MB", file=sys.stderr)
        print("same cells:", "yes" if same(files["ours"], files["pandas"]) else "NO")
    ratios = [b / a for a, b in zip(seconds["ours"], seconds["pandas"], strict=True)]
    for which, times in seconds.items():
        print(f"{which:<7} median {statistics.median(times):6.2f} s   highest memory {max(peaks[which]):5.0f} MB")
    print(
        f"pandas / ours: median of the runs' ratios {statistics.median(ratios):.1f} (from {min(ratios):.1f} to {max(ratios):.1f})"
    )


if __name__ == "__main__":
    main()
