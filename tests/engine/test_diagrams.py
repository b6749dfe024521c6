"""What the unknown leaves of a proof decide: hinges are exactly the support of the decision diagram."""

from __future__ import annotations

from itertools import product

import pytest

from foedera.engine.proof import Diagrams, both, denied, either, fact, open_leaf
from foedera.truth import NO, UNKNOWN, YES


def q(name, answers=("yes", "no"), accepts=("yes",)):
    return open_leaf("question", name, tuple(answers), accepts)


def verdict(proof):
    found = Diagrams().verdict(proof)
    return found.truth, set(found.hinges)


def test_an_open_leaf_hinges_on_itself():
    assert verdict(q("a")) == (UNKNOWN, {"a"})


def test_unknown_is_settled_where_all_worlds_agree():
    assert verdict(either([q("a"), denied(q("a"))])) == (YES, set())
    assert verdict(both([q("a"), denied(q("a"))])) == (NO, set())


def test_absorption_takes_a_question_out_of_the_hinges():
    assert verdict(either([q("a"), both([q("a"), q("b")])])) == (UNKNOWN, {"a"})


def test_two_questions_that_only_matter_together_are_both_hinges():
    """Flipping one at a time from "both no" changes nothing, so one-at-a-time flips would miss them."""
    assert verdict(both([q("a"), q("b")])) == (UNKNOWN, {"a", "b"})
    same = either([both([q("a"), q("b")]), both([denied(q("a")), denied(q("b"))])])
    assert verdict(same) == (UNKNOWN, {"a", "b"})


def test_a_question_beside_a_settled_part_does_not_matter():
    assert verdict(both([q("a"), fact("x", False)])) == (NO, set())
    assert verdict(either([q("a"), fact("x", True)])) == (YES, set())


def test_a_question_with_three_answers_may_be_covered_by_its_parts():
    sovereign = ("RUS", "UKR", "null")
    one, two, three = (q("place", sovereign, (answer,)) for answer in sovereign)
    assert verdict(either([one, two])) == (UNKNOWN, {"place"})
    assert verdict(either([one, two, three])) == (YES, set())
    assert verdict(both([one, two])) == (NO, set())


def test_a_leaf_that_every_answer_makes_true_is_known():
    assert q("a", ("yes", "no"), ("yes", "no")).truth is YES
    assert q("a", ("yes", "no"), ()).truth is NO


def worlds(names):
    for answers in product(("yes", "no"), repeat=len(names)):
        yield dict(zip(names, answers, strict=True))


def in_world(proof, answers):
    """The truth of a proof in one world, worked out without the diagram."""
    if proof.question:
        return answers[proof.question] in proof.accepts
    if not proof.parts:
        return proof.truth is YES
    parts = [in_world(part, answers) for part in proof.parts]
    if proof.kind == "denied":
        return not parts[0]
    return any(parts) if proof.kind == "either" else all(parts)


A, B, C = q("a"), q("b"), q("c")
FORMULAS = [
    both([A, either([B, C])]),
    either([both([A, B]), both([denied(A), C])]),
    either([both([A, B]), both([A, denied(B)])]),
    denied(both([A, either([B, denied(B)])])),
    both([either([A, B]), either([A, denied(B)]), either([C, denied(C)])]),
    either([both([A, B, C]), denied(A)]),
]


@pytest.mark.parametrize("proof", FORMULAS)
def test_hinges_are_the_questions_that_change_the_answer_in_some_world(proof):
    names = ("a", "b", "c")
    truths = {tuple(w.values()): in_world(proof, w) for w in worlds(names)}
    support = set()
    for place, name in enumerate(names):
        for world, truth in truths.items():
            other = list(world)
            other[place] = "no" if world[place] == "yes" else "yes"
            if truth != truths[tuple(other)]:
                support.add(name)
    settled = set(truths.values())
    wanted = (UNKNOWN if len(settled) == 2 else YES if True in settled else NO, support)
    assert verdict(proof) == wanted


def test_equal_functions_have_the_same_diagram_however_they_are_written():
    diagrams = Diagrams()
    one, other = either([A, both([B, A])]), both([A, either([A, B])])
    assert diagrams.verdict(one).diagram == diagrams.verdict(other).diagram == diagrams.verdict(A).diagram


def test_the_conjunction_of_what_no_world_has_is_no():
    diagrams = Diagrams()
    assert diagrams.together(diagrams.diagram(A), diagrams.diagram(denied(A))) == ("no",)
    assert diagrams.together(diagrams.diagram(A), diagrams.diagram(B)) != ("no",)
