"""What both engines find on one case, pair by pair, and what is left out of the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from foedera.answers.answer import assess
from foedera.engine.answer_types import Assessment
from foedera.language.types import Crisis
from foedera.library import Library, library, registry
from foedera.truth import YES

from .duties import may_yield_to_standing
from .program import Program
from .second_engine import Key, solve, translate

Findings = Mapping[Key, str]


@dataclass(frozen=True)
class Comparison:
    """The findings of both engines that are compared, and how many of the first's were left out, by reason."""

    first: Findings
    second: Findings
    left_out: Mapping[str, int]

    def difference(self) -> str:
        """The findings on which the engines disagree, one a line; empty if they agree."""
        keys = sorted(k for k in self.first.keys() | self.second.keys() if self.first.get(k) != self.second.get(k))
        return "\n".join(
            f"  {' '.join(key)}: engine {self.first.get(key, 'no')}, second {self.second.get(key, 'no')}"
            for key in keys
        )


@cache
def shelf() -> Library:
    """The library, once for each process."""
    return library()


def compare(crisis: Crisis, branch: str | None, day: date, asked: Iterable[str] = ()) -> Comparison:
    """Both engines on a branch of a crisis up to a day, on the plain texts."""
    answer = assess(crisis, branch=branch, on=day, reading="plain", asked=asked, within=shelf()).assessment
    program = translate(crisis, answer.world.treaties, registry(), answer.world.day, branch, asked)
    found = _of_engine(answer)
    first, left_out = _comparable(found, program)
    left_out["standing rules"] = sum(f.standing for f in answer.findings)
    return Comparison(first, _comparable(solve(program), program)[0], left_out)


def _of_engine(answer: Assessment) -> dict[Key, str]:
    """What the engine finds, pair by pair; `yes` where one of several findings of a key holds."""
    found: dict[Key, str] = {}
    for f in answer.findings:
        if f.standing:
            continue
        for enemy in f.against or ("none",):
            key = (f.bearer, f.modality, f.act, f.toward or "none", enemy, f.treaty.id, f.rule.path)
            found[key] = "yes" if f.holds is YES or found.get(key) == "yes" else "depends"
    return found


def _comparable(found: Findings, program: Program) -> tuple[dict[Key, str], dict[str, int]]:
    """The findings without those that the design page leaves to the engine, and how many these are."""
    named = program.case.named()
    with_enemy = {key[:4] + key[5:] for key in found if key[4] != "none"}
    yielding = {(t.id, r.path) for t, r in program.rules.values() if may_yield_to_standing(program, t, r)}
    reasons = {
        "may give way to a standing rule": {key for key in found if key[5:] in yielding},
        "any state, unnamed": {key for key in found if key[5:] in program.open_rules and key[0] not in named},
        "enemy unnamed, also found named": {k for k in found if k[4] == "none" and k[:4] + k[5:] in with_enemy},
    }
    out = set().union(*reasons.values())
    return {k: holds for k, holds in found.items() if k not in out}, {why: len(keys) for why, keys in reasons.items()}
