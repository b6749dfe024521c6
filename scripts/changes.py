"""Writes "Answers that changed" into CHANGELOG.md: all crises answered by the last release and by this tree.

python scripts/changes.py [REVISION]    compares with a tag or commit; without one with the last tag `v…`

The last release answers for itself: its code and library are taken from git, so no record of answers is kept.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADING = "### Answers that changed"
# runs in either release: it uses only what `import foedera` promises, and answers one line a crisis and branch
ASK = """
import json, foedera as fo
for name, crisis in sorted(fo.library().crises.items()):
    for branch in (None, *sorted(crisis.branches)):
        found = fo.assess(crisis, branch=branch).json()
        print(json.dumps([name, branch or "", found["findings"], found["dilemmas"]]))
"""

Where = tuple[str, str]  # crisis, branch
Row = tuple[str, str, str, str]  # bearer, modality and act, toward, enemy
Answers = dict[Where, dict[tuple[Row, str], str]]  # (duty, article) → what is said of it


def answers(source: Path) -> Answers:
    """What a release says on the last day of every crisis and branch."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )
    found: Answers = {}
    for line in done.stdout.splitlines():
        crisis, branch, findings, dilemmas = json.loads(line)
        found[crisis, branch] = {**dict(_duties(findings)), **dict(_dilemmas(dilemmas, findings))}
    return found


def _duties(findings: list[dict]) -> Iterator[tuple[tuple[Row, str], str]]:
    for f in findings:
        for enemy in f["against"] or [""]:
            row = (f["bearer"], f"{f['modality'].replace('_', ' ')} {f['act']}", f["toward"] or "", enemy)
            yield (row, f"{f['treaty']} {f['article']}"), f["holds"]


def _dilemmas(dilemmas: list[dict], findings: list[dict]) -> Iterator[tuple[tuple[Row, str], str]]:
    treaty = {f["id"]: f["treaty"] for f in findings}
    for d in dilemmas:
        between = " and ".join(sorted({treaty[duty] for duty in d["duties"]}))
        yield ((d["bearer"], "has a dilemma", "", ""), between), d["severity"]


def differences(old: Answers, new: Answers) -> Iterator[str]:
    """One line for each change of answer, bearers and enemies of the same change together; new crises are no change."""
    for where in sorted(old.keys() & new.keys()):
        before, after = old[where], new[where]
        turned = {key: (before.get(key, "no"), after.get(key, "no")) for key in before.keys() | after.keys()}
        for words in sorted(_grouped({key: turn for key, turn in turned.items() if turn[0] != turn[1]})):
            yield f"- `{where[0]}`{f', branch `{where[1]}`' if where[1] else ''}: {words}"
    gone = sorted({crisis for crisis, _ in old} - {crisis for crisis, _ in new})
    yield from (f"- `{crisis}` is not in the library any more." for crisis in gone)


def _grouped(turned: Mapping[tuple[Row, str], tuple[str, str]]) -> Iterator[str]:
    enemies: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for ((bearer, does, toward, enemy), article), turn in turned.items():
        enemies[bearer, does, toward, article, *turn].add(enemy)
    bearers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for (bearer, does, toward, article, was, now), against in enemies.items():
        bearers[does, toward, ", ".join(sorted(filter(None, against))), article, was, now].add(bearer)
    for (does, toward, against, article, was, now), who in bearers.items():
        words = f"{', '.join(sorted(who))} {does}{' ' * bool(toward)}{toward}{' against ' * bool(against)}{against}"
        yield f"{words} ({article}): {now}, was {was}."


def with_section(changelog: str, lines: list[str], release: str) -> str:
    """The changelog with the section written, or written again, at the end of its topmost release."""
    head, mark, rest = changelog.partition("\n## ")
    top, next_mark, older = rest.partition("\n## ")
    kept, _, after = top.partition(f"\n{HEADING}\n")
    following = after.partition("\n### ")
    told = lines or ["None."]
    section = (
        f"\n{HEADING}\nAgainst {release}, on the last day of each crisis and branch (`make changes`).\n\n"
        + "\n".join(told)
        + "\n"
    )
    return (
        head
        + mark
        + kept.rstrip("\n")
        + "\n"
        + section
        + (following[1] + following[2] if following[1] else "")
        + next_mark
        + older
    )


def last_release() -> str | None:
    """The last tag of a release, or None where there is none."""
    done = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0", "--match", "v*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None


def source_of(revision: str, folder: Path) -> Path:
    """The package as it was at a revision, unpacked into a folder."""
    packed = subprocess.run(["git", "archive", revision, "src"], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        sys.exit(f"changes: git knows no revision `{revision}`: name a tag or commit")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def main() -> None:
    release = sys.argv[1] if len(sys.argv) > 1 else last_release()
    if release is None:
        sys.exit(
            "changes: there is no release yet (no tag v…), so no answer can have changed; name a commit to compare with"
        )
    with tempfile.TemporaryDirectory() as folder:
        old = answers(source_of(release, Path(folder)))
    lines = list(differences(old, answers(ROOT / "src")))
    notes = ROOT / "CHANGELOG.md"
    notes.write_text(with_section(notes.read_text("utf-8"), lines, release), "utf-8")
    print(f"{len(lines)} changes of answer written into {notes.name}")


if __name__ == "__main__":
    main()
