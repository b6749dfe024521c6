"""How fast Foedera answers, as ratios to named alternatives in the same run.

    python benchmarks/speed.py [--runs 15]

Cold start: whole processes, in turn, against `python -c 'import click'`. In process: one assessment, with the
library as it is and with synthetic pacts added that concern nobody in the question (3, 10 and 100 times as many files
as the library has), so that cost can be seen to follow the rules touched and not the library's size.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from foedera.answers.ask import attack, make_case
from foedera.engine.assess import assess
from foedera.engine.cascade import cascade
from foedera.engine.case import make_world
from foedera.library import Library, library, registry
from foedera.truth import NO

# the states that the questions are about, and those of the same organisations
CONCERNED = frozenset(
    code for treaty in library().treaties.values() for code in treaty.parties
    if treaty.organisation in ("nato", "ecowas", "aes", "au", "csto", "eu")
)  # fmt: skip

# an installed package has its byte code beside it, and so has ours after the first turn
INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

PACT = """\
id: {id}
title: A synthetic pact, number {number}
kind: treaty
signed: {year}-01-01
in_force: {year}-01-01
ends: open
parties: {{{parties}}}
sources: [{{title: made by benchmarks/speed.py}}]
checked: {{on: 2026-11-24, confidence: unsure}}
articles:
  "1":
    says: An armed attack on one party obliges the others to help it.
    rules:
      one-is-all:
        when: {{event: armed-attack, on: party, provoked: no}}
        if: [{{requested_by: target}}]
        unless: [{{consent_of: target}}]
        who: other-parties
        must: assist
  "2":
    says: The parties use no force on one another.
    rules:
      no-force:
        who: party
        must_not: [threaten-force, use-force]
        whom: other-parties
  "3":
    says: The parties consult when one is threatened.
    rules:
      consult:
        when: {{event: [threat, use-of-force], on: party}}
        who: other-parties
        must: consult
"""


def main() -> None:
    """Runs all measurements and prints a table and, last, JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    result: dict[str, object] = {"python": sys.version.split()[0]}
    with tempfile.TemporaryDirectory() as folder:
        size = len(library().treaties)
        grown = {times: synthetic(Path(folder) / str(times), size * times) for times in (3, 10, 100)}
        result["cold"] = cold(runs, grown)
        result["in process"] = in_process(grown)
        result["slowest"] = slowest(library())
    print(json.dumps(result, indent=1))


def synthetic(folder: Path, count: int) -> Path:
    """A library folder with pacts among states that take no part in the questions asked."""
    dice = random.Random(1)
    (folder / "treaties").mkdir(parents=True)
    codes = [
        code
        for code in registry().existing(date(2021, 1, 1))
        if registry().states[code].existed(date(2003, 1, 1)) is not NO and code not in CONCERNED
    ]
    for number in range(count):
        parties = ", ".join(f"{code}: {{}}" for code in sorted(dice.sample(codes, dice.randint(2, 12))))
        text = PACT.format(id=f"synthetic-{number}", number=number, year=dice.randint(2003, 2020), parties=parties)
        (folder / "treaties" / f"synthetic-{number}.yaml").write_text(text)
    return folder


def cold(runs: int, grown: dict[int, Path]) -> dict[str, object]:
    """Whole processes in turn; each figure is a median in seconds and its ratio to importing click."""
    commands = {
        "import click": [sys.executable, "-c", "import click"],
        "if RUS attacks EST": [sys.executable, "-m", "foedera", "if", "RUS", "attacks", "EST", "--on", "2026-11-23"],
        "assess niger-2023": [sys.executable, "-m", "foedera", "assess", "niger-2023"],
    }
    for times, folder in grown.items():
        commands[f"if RUS attacks EST, {times}x files more"] = [
            *commands["if RUS attacks EST"],
            "--library",
            str(folder),
        ]
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=INSTALLED)
            if turn:  # the first turn fills the caches
                found[name].append(time.perf_counter() - start)
    base = statistics.median(found["import click"])
    rows = {
        name: {"s": round(statistics.median(x), 3), "ratio": round(statistics.median(x) / base, 2)}
        for name, x in found.items()
    }
    for name, row in rows.items():
        print(f"{name:<40}{row['s']:>8.3f} s {row['ratio']:>7.2f} x", file=sys.stderr)
    return dict(rows)


def in_process(grown: dict[int, Path]) -> dict[str, object]:
    """Medians of one assessment in milliseconds, with the library as it is and grown."""
    rows: dict[str, object] = {}
    for times, folder in {1: None, **grown}.items():
        known = library(folder) if folder else library()
        for name, ask in questions(known).items():
            key = f"{name}, {times}x files" if times > 1 else name
            rows[key] = round(median_ms(ask), 1)
            print(f"{key:<40}{rows[key]:>8} ms", file=sys.stderr)
    return rows


def questions(known: Library) -> dict[str, Callable[[], object]]:
    """The questions measured, each ready to be asked."""
    niger = known.crises["niger-2023"]
    invasion = make_case(niger, known, branch="invasion", on=date(2023, 9, 18))
    estonia = make_case(attack("RUS", "EST", known, on=date(2026, 11, 23)), known)
    return {
        "assess niger-2023, invasion": lambda: assess(invasion),
        "assess RUS attacks EST": lambda: assess(estonia),
    }


def slowest(known: Library) -> dict[str, object]:
    """Every branch of every crisis assessed and played to its last round, in milliseconds: the longest of each, the largest."""
    found: dict[str, dict[str, float]] = {"assess": {}, "cascade": {}}
    size: dict[str, int] = {}
    for name in known.crises:
        for branch in (None, *known.crises[name].branches):
            case = make_case(known.crises[name], known, branch=branch)
            title = name + (f", {branch}" if branch else "")
            size[title] = len(make_world(case).events)
            found["assess"][title] = median_ms(lambda case=case: assess(case), 5)
            found["cascade"][title] = median_ms(lambda case=case: cascade(case), 3)
    rows: dict[str, object] = {}
    largest = max(size, key=lambda title: size[title])
    for what, times in found.items():
        rows[f"largest crisis, {what}"] = {"of": largest, "events": size[largest], "ms": round(times[largest], 1)}
        print(
            f"largest crisis, {what:<24}{times[largest]:>8.1f} ms ({largest}; {size[largest]} events)", file=sys.stderr
        )
        worst = max(times, key=lambda title: times[title])
        rows[f"slowest {what}"] = {
            "of": worst,
            "ms": round(times[worst], 1),
            "median of all": round(statistics.median(times.values()), 1),
        }
        print(f"slowest {what:<32}{times[worst]:>8.1f} ms ({worst}; {len(times)} branches)", file=sys.stderr)
    return rows


def median_ms(ask: Callable[[], object], times: int = 15) -> float:
    """The median of some askings after one."""
    ask()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


if __name__ == "__main__":
    main()
