"""If everyone keeps their word: duties performed round by round, until nobody new is drawn in."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from foedera.dates import on_day
from foedera.engine.answer_types import Assessment, Finding
from foedera.engine.assess import assess
from foedera.engine.bearers import HELPING
from foedera.engine.case import Case
from foedera.language.types import Branch, Crisis, Event
from foedera.truth import YES

ROUNDS = 20


class Move(Struct, frozen=True):
    """One duty performed: the finding it follows from, and the event that performing it makes."""

    finding: Finding
    enemy: str | None
    event: Event


class Cascade(Struct, frozen=True):
    """The rounds, each with its moves, and the assessment after the last."""

    rounds: tuple[tuple[Move, ...], ...]
    last: Assessment


def cascade(case: Case) -> Cascade:
    """Performs every legal duty of help, and every duty to use force, that surely holds; again, until nothing is new.

    Fighting becomes an attack that answers the trigger in the victim's defence; other help becomes
    assistance, which may satisfy `helps`. Labels that rules derive are never performed.
    """
    rounds: list[tuple[Move, ...]] = []
    played: set[tuple[str, str, str, str]] = set()
    answer = assess(case)
    while len(rounds) < ROUNDS:
        moves = tuple(_moves(answer, case, played, len(rounds) + 1))
        if not moves:
            break
        rounds.append(moves)
        case = replace(case, crisis=_played(case.crisis, case.branch, [move.event for move in moves]))
        answer = assess(case)
    return Cascade(tuple(rounds), answer)


def _moves(answer: Assessment, case: Case, played: set[tuple[str, str, str, str]], number: int) -> Iterator[Move]:
    for finding in answer.findings:
        if finding.holds is not YES or finding.modality != "must" or finding.standing:
            continue
        if finding.treaty.binding != "legal" or finding.act not in (*HELPING, "use-force") or finding.toward is None:
            continue
        if finding.stage.status in ("performed", "waived", "lapsed", "breached"):
            continue
        for enemy in finding.against or (None,):
            act = "fight" if finding.act == "use-force" else finding.act
            key = (finding.bearer, act, finding.toward, enemy or "")
            if key not in played:
                played.add(key)
                yield Move(finding, enemy, _event(finding, enemy, case, number, len(played)))


def _event(finding: Finding, enemy: str | None, case: Case, round_number: int, count: int) -> Event:
    """The event that performing a duty makes."""
    origins = {f.occurrence.origin.id for f in finding.firings if f.occurrence and f.against == enemy}
    fights = finding.act in ("fight", "use-force")
    struck = finding.toward if finding.act == "use-force" else enemy
    offensive = finding.act == "use-force"
    return Event(
        id=f"round-{round_number}-{count}", at=finding.rule.at, spots={}, date=on_day(case.day), until=None,
        kinds=("armed-attack",) if fights else ("assistance",), by=(finding.bearer,), on=(struck,) if struck else (),
        place=None, provoked=None, in_response_to=() if offensive or not fights else tuple(sorted(origins)),
        response_contested=False, in_defence_of=(finding.toward,) if finding.toward and not offensive else (),
        supported_by=None, means=(), scale=None, to=(finding.toward,) if finding.toward and not fights else (), stance=None,
        quote=None, says=None, under=None, organ=None, finding=None, votes={}, known_since=None, known_to=(), source=None,
        contested=False,
    )  # fmt: skip


def _played(crisis: Crisis, branch: str | None, events: list[Event]) -> Crisis:
    """The crisis with the moves made, in the branch that is played."""
    if branch is None:
        return replace(crisis, events=(*crisis.events, *events))
    before: Branch = crisis.branches[branch]
    return replace(crisis, branches={**crisis.branches, branch: replace(before, add=(*before.add, *events))})
