"""Answers over time: when duties began, were invoked, met and ended; and what follows if all keep their word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from foedera.answers.answer import Answer
from foedera.answers.groups import names
from foedera.answers.words import capital, cited, clause, event_words, name_of
from foedera.engine.answer_types import Finding
from foedera.engine.cascade import Cascade, Move
from foedera.engine.lifecycle import history
from foedera.language.types import Event
from foedera.truth import UNKNOWN


class Step(Struct, frozen=True):
    """Something that became of a duty on a day, for all who bear it alike."""

    day: date
    word: str
    bearers: tuple[str, ...]
    finding: Finding
    event: Event | None


def steps(answer: Answer) -> list[Step]:
    """The course of every triggered duty and broken ban, by day."""
    world = answer.assessment.world
    grouped: dict[tuple[object, ...], list[tuple[Finding, Event | None]]] = {}
    for finding in answer.findings:
        if finding.standing and finding.stage.status != "breached":
            continue
        for day, word, event in history(world, list(finding.firings)):
            if finding.standing and word == "begins":
                continue
            alike = (day, word != "begins", word, finding.modality, finding.act, finding.toward or "", finding.against,
                   finding.treaty.id, finding.rule.path, event.id if event else "")  # fmt: skip
            grouped.setdefault(alike, []).append((finding, event))
    found = []
    for key, members in sorted(grouped.items(), key=lambda item: tuple(map(str, item[0]))):
        bearers = tuple(sorted({finding.bearer for finding, _ in members}))
        on = key[0]
        assert isinstance(on, date)
        found.append(Step(on, str(key[2]), bearers, members[0][0], members[0][1]))
    return found


def step_words(answer: Answer, step: Step) -> str:
    """A step in words: who must what, under which article, and by which event."""
    world = answer.assessment.world
    depends = " (depends)" if step.finding.holds is UNKNOWN else ""
    text = f"{capital(names(world, step.bearers))} {clause(world, step.finding)}{depends}"
    by = f"; {event_words(world, step.event)}" if step.event is not None else ""
    return f"{text} ({cited(step.finding.treaty, step.finding.rule.article)}){by}"


def step_json(answer: Answer, step: Step) -> dict[str, Any]:
    """A step as plain values."""
    finding = step.finding
    return {
        "on": step.day.isoformat(), "what": step.word, "bearers": list(step.bearers), "modality": finding.modality,
        "act": finding.act, "toward": finding.toward, "against": list(finding.against), "treaty": finding.treaty.id,
        "article": finding.rule.article, "rule": finding.rule.id, "event": step.event.id if step.event else None,
        "says": step_words(answer, step),
    }  # fmt: skip


def rounds(played: Cascade) -> Iterator[list[str]]:
    """Each round as lines: who is drawn in, against whom, under which article, because of what."""
    for moves in played.rounds:
        yield [_move_words(played, moves_of) for moves_of in _alike(moves)]


def _alike(moves: tuple[Move, ...]) -> list[list[Move]]:
    """Moves that follow from the same rule for the same one, against the same enemy."""
    groups: dict[tuple[str, ...], list[Move]] = {}
    for move in moves:
        f = move.finding
        groups.setdefault((f.treaty.id, f.rule.path, f.act, f.toward or "", move.enemy or ""), []).append(move)
    return [groups[key] for key in sorted(groups)]


def _move_words(played: Cascade, moves: list[Move]) -> str:
    world = played.last.world
    finding = moves[0].finding
    verb = {"fight": "fights for", "aid": "aids", "assist": "assists", "use-force": "uses force on"}[finding.act]
    if len(moves) > 1:
        verb = {"fights for": "fight for", "aids": "aid", "assists": "assist", "uses force on": "use force on"}[verb]
    origins = sorted({f.occurrence.origin.id for f in finding.firings if f.occurrence})
    enemy = f" against {name_of(world, moves[0].enemy)}" if moves[0].enemy else ""
    who = capital(names(world, sorted({move.finding.bearer for move in moves})))
    whom = name_of(world, finding.toward) if finding.toward else "the others"
    return (
        f"{who} {verb} {whom}{enemy} ({cited(finding.treaty, finding.rule.article)}; because of {', '.join(origins)})"
    )


def cascade_json(played: Cascade) -> list[list[dict[str, Any]]]:
    """The rounds as plain values."""
    return [
        [
            {
                "bearer": move.finding.bearer, "act": move.finding.act, "toward": move.finding.toward, "against": move.enemy,
                "treaty": move.finding.treaty.id, "article": move.finding.rule.article, "rule": move.finding.rule.id,
                "because": sorted({f.occurrence.origin.id for f in move.finding.firings if f.occurrence}),
            }
            for move in moves
        ]
        for moves in played.rounds
    ]  # fmt: skip
