"""Mutants of the library's treaties that no expectation notices.

python scripts/mutants [ID…]        those treaties, or the whole library
python scripts/mutants --changed    those whose files differ from the main branch, or on it from the commit before
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from mutate import SORTS, mutants
from notice import Bench

from foedera.library import library

ROOT = Path(__file__).resolve().parents[2]
HOME = "src/foedera/library/treaties"
GOAL = 0.95


@cache
def bench() -> Bench:
    return Bench(library(), ROOT / "conformance")


def survivors(name: str) -> tuple[str, Counter[str], list[tuple[str, str]]]:
    """How many mutants of each sort a treaty has, and those that nobody noticed, with their sort."""
    found, trials = list(mutants(bench().treaties[name])), bench().trials(name)
    lost = [(m.sort, str(m)) for m in found if bench().noticed_by(m, trials) is None]
    return name, Counter(m.sort for m in found), lost


def changed() -> list[str]:
    """The treaties whose files differ from where this work left the main branch; on it, from the commit before."""
    base = _git("merge-base", "HEAD", "origin/main") or _git("merge-base", "HEAD", "main")
    if base in ("", _git("rev-parse", "HEAD")):
        base = _git("rev-parse", "HEAD~1")
    files = _git("diff", "--name-only", base, "--", HOME).split() if base else []
    return sorted(Path(file).stem for file in files if (ROOT / file).is_file())


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--changed", action="store_true")
    told = parser.parse_args()
    names = changed() if told.changed else told.ids or sorted(bench().treaties)
    total: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    print(
        f"{len(names)} treaties, {len(bench().crises)} groups of expectations", file=sys.stderr
    )  # read before the work is shared
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done, (name, counts, left) in enumerate(pool.map(survivors, names), 1):
            total += counts
            lost += Counter(sort for sort, _ in left)
            print(f"{done}/{len(names)} {name}", file=sys.stderr, flush=True)
            print(*(f"nobody noticed {says}" for _, says in left), sep="\n", end="\n" if left else "", flush=True)
    for sort in SORTS:
        if total[sort]:
            print(f"{sort:10} {total[sort] - lost[sort]} of {total[sort]} noticed")
    if not total:
        print("no treaty changed: no mutants to try")
        return
    share = 1 - lost.total() / total.total()
    print(f"{total.total() - lost.total()} of {total.total()} mutants noticed: {100 * share:.1f} %")
    sys.exit(0 if share >= GOAL else 1)


if __name__ == "__main__":
    main()
