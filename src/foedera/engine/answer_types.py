"""What the engine answers: findings, dilemmas, questions, near misses, an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from foedera.engine.fire import Firing
from foedera.engine.lifecycle import Stage
from foedera.engine.proof import Diagram, Proof
from foedera.engine.world import World
from foedera.language.types import Rule, Treaty
from foedera.truth import Truth


class ReadingEffect(Struct, frozen=True):
    """What a reading makes of a finding: the question, the answer tried, its standing, what then holds.

    `binding` is the kind of bond it then is, where the reading changes that.
    """

    question: str
    option: str
    standing: str
    holds: Truth
    binding: str | None = None


class Finding(Struct, frozen=True):
    """One answer: who must, may or must not do what toward whom, under which rule, and why.

    `holds` is yes, or unknown where it depends; `since` is the day it arose; `standing` is true for a
    rule without a trigger. `proof` covers every enemy in `against`; `reading_only` says that the plain text
    does not give it and the proof is that of a rival reading.
    """

    id: str
    treaty: Treaty
    rule: Rule
    bearer: str
    act: str
    toward: str | None
    against: tuple[str, ...]
    holds: Truth
    hinges: tuple[str, ...]
    readings: tuple[ReadingEffect, ...]
    since: date
    stage: Stage
    standing: bool
    proof: Proof
    diagram: Diagram
    firings: tuple[Firing, ...]
    reading_only: bool

    @property
    def modality(self) -> str:
        """must, may, must_not or no_duty."""
        return self.rule.modality

    def __repr__(self) -> str:
        toward = f" {self.toward}" if self.toward else ""
        duty = f"{self.bearer} {self.modality} {self.act}{toward}"
        return f"<Finding {duty} ({self.treaty.id}/{self.rule.path}): {self.holds.value}>"


class Dilemma(Struct, frozen=True):
    """Two findings of one bearer that it cannot both meet, or only by giving up a means.

    `second` stands for all of `seconds`, which clash with `first` alike.
    """

    bearer: str
    first: Finding
    second: Finding
    seconds: tuple[Finding, ...]
    severity: str
    resolved_by: str | None


class Question(Struct, frozen=True):
    """An open fact or reading, its possible answers, and how many findings it decides."""

    about: str
    answers: tuple[str, ...]
    decides: int


class Missing(Struct, frozen=True):
    """A condition that lacks: its word, and the failed part of the proof that says how."""

    condition: str
    proof: Proof


class NearMiss(Struct, frozen=True):
    """A rule that nearly bound: for whom, toward whom, and everything that lacks; `against` one enemy, where that is asked."""

    treaty: Treaty | None
    rule: Rule | None
    bearer: str
    act: str
    toward: str | None
    missing: tuple[Missing, ...]
    against: str | None = None


class StandingRule(Struct, frozen=True):
    """A rule that holds without a trigger, among the states of the case."""

    treaty: Treaty
    rule: Rule
    bearers: tuple[str, ...]
    toward: tuple[str, ...]


class Assessment(Struct, frozen=True):
    """All answers for one crisis, branch, day and reading; `world` lets one ask on.

    `only` keeps it to one bearer.
    """

    world: World
    reading: str | None
    findings: tuple[Finding, ...]
    dilemmas: tuple[Dilemma, ...]
    questions: tuple[Question, ...]
    answers: Mapping[str, tuple[str, ...]]
    only: str | None = None

    def __repr__(self) -> str:
        return f"<Assessment of {self.world.day}: {len(self.findings)} findings>"
