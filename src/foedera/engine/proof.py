"""Proof trees in Kleene logic, built while evaluating, and what their unknown leaves decide.

A leaf is a fact with a known truth, or *open*: a named question with its possible answers, of which
some make the leaf true. `Diagrams` turns a tree into a reduced ordered decision diagram (R. Bryant,
Graph-based algorithms for Boolean function manipulation, IEEE Trans. Computers C-35, 1986, with
many-valued variables); its support is exactly the set of questions that change the answer in some world.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from foedera.problems import Span
from foedera.truth import NO, UNKNOWN, YES, Truth, all_of, any_of, negated, truth_of


# proofs and what is made of them are trees: the collector need not follow them (`gc=False`)
class Proof(Struct, frozen=True, gc=False):
    """One node: its kind, its truth, what it is about, where that stands, and what it rests on.

    `kind` names the sort of leaf or junction (`event`, `party`, `both`, `rule` …), `about` holds what a
    sentence about it needs. `missing` is the word for what lacks when a leaf is not true. An open leaf
    has a `question`, its possible `answers`, and those that make it true (`accepts`).
    """

    kind: str
    truth: Truth
    about: tuple[Any, ...] = ()
    at: Span | None = None
    missing: str = ""
    parts: tuple[Proof, ...] = ()
    question: str = ""
    answers: tuple[str, ...] = ()
    accepts: frozenset[str] = frozenset()


def fact(kind: str, holds: bool, *about: Any, at: Span | None = None, missing: str = "") -> Proof:
    """A leaf that is known."""
    return Proof(kind, truth_of(holds), about, at, missing)


def open_leaf(
    kind: str, question: str, answers: tuple[str, ...], accepts: Iterable[str], *about: Any,
    at: Span | None = None, missing: str = "",
) -> Proof:  # fmt: skip
    """A leaf that hangs on a question; known when every answer, or none, makes it true."""
    accepted = frozenset(accepts)
    truth = NO if not accepted else YES if accepted.issuperset(answers) else UNKNOWN
    return Proof(kind, truth, about, at, missing, (), question, answers, accepted)


TRUE = Proof("nothing", YES)
FALSE = Proof("nothing", NO)


def both(parts: Iterable[Proof], kind: str = "both", *about: Any, at: Span | None = None) -> Proof:
    """True when all parts are."""
    held = tuple(parts)
    if len(held) == 1 and kind == "both":
        return held[0]
    return Proof(kind, all_of([part.truth for part in held]), about, at, "", held)


def either(
    parts: Iterable[Proof], kind: str = "either", *about: Any, at: Span | None = None, missing: str = ""
) -> Proof:
    """True when any part is."""
    held = tuple(parts)
    if len(held) == 1 and kind == "either" and not missing:
        return held[0]
    return Proof(kind, any_of([part.truth for part in held]), about, at, missing, held)


def denied(part: Proof, kind: str = "denied", *about: Any, at: Span | None = None, missing: str = "") -> Proof:
    """True when the part is not; unknown stays unknown."""
    return Proof(kind, negated(part.truth), about, at, missing, (part,))


def is_denial(proof: Proof) -> bool:
    """Whether the node turns its part round."""
    return proof.kind in ("denied", "unless", "left", "suspends")


def is_choice(proof: Proof) -> bool:
    """Whether one true part is enough."""
    return proof.kind in ("either", "firings", "any-condition")


Diagram = tuple[Any, ...]
_YES: Diagram = ("yes",)
_NO: Diagram = ("no",)


class Verdict(Struct, frozen=True, gc=False):
    """What a proof comes to: its truth in all worlds, and the questions that change it in some."""

    truth: Truth
    hinges: tuple[str, ...]
    diagram: Diagram


class Diagrams(Struct):
    """Decision diagrams of one assessment; equal functions are the very same tuple, so that what was met is known by identity."""

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _nodes: dict[tuple[Any, ...], Diagram] = field(default_factory=dict)
    _made: dict[int, tuple[Proof, Diagram]] = field(default_factory=dict)
    _met: dict[tuple[int, int], Diagram] = field(default_factory=dict)
    _turned: dict[int, Diagram] = field(default_factory=dict)
    _read: dict[int, Verdict] = field(default_factory=dict)

    def verdict(self, proof: Proof) -> Verdict:
        """The truth and the hinges of a proof.

        Kleene's unknown is settled where all worlds agree: then no question would change it.
        """
        if proof.truth is not UNKNOWN:
            return Verdict(proof.truth, (), _YES if proof.truth is YES else _NO)
        diagram = self.diagram(proof)
        if diagram is _YES or diagram is _NO:
            return Verdict(YES if diagram is _YES else NO, (), diagram)
        known = self._read.get(id(diagram))
        if known is None:
            known = self._read[id(diagram)] = Verdict(UNKNOWN, tuple(sorted(_support(diagram))), diagram)
        return known

    def together(self, first: Diagram, second: Diagram) -> Diagram:
        """The diagram of a conjunction; `("no",)` when no world makes both true."""
        return self._meet(first, second)

    def diagram(self, proof: Proof) -> Diagram:
        """The reduced diagram of a proof."""
        if proof.truth is not UNKNOWN:
            return _YES if proof.truth is YES else _NO
        known = self._made.get(id(proof))
        if known is None:
            known = (proof, self._make(proof))
            self._made[id(proof)] = known
        return known[1]

    def _make(self, proof: Proof) -> Diagram:
        if proof.question:
            self.answers.setdefault(proof.question, proof.answers)
            branches = [_YES if answer in proof.accepts else _NO for answer in proof.answers]
            return self._node(proof.question, proof.answers, branches)
        # what is known and does not settle an open junction alone adds nothing to it
        parts = [self.diagram(part) for part in proof.parts if part.truth is UNKNOWN]
        if is_denial(proof):
            return self._turn(parts[0])
        if is_choice(proof):
            return self._turn(self._all([self._turn(part) for part in parts]))
        return self._all(parts)

    def _all(self, parts: Iterable[Diagram]) -> Diagram:
        result = _YES
        for part in parts:
            result = self._meet(result, part)
        return result

    def _node(self, question: str, answers: tuple[str, ...], branches: list[Diagram]) -> Diagram:
        key = (question, answers, *map(id, branches))
        known = self._nodes.get(key)
        if known is None:
            known = self._nodes[key] = (question, answers, *branches)
        return known

    def _meet(self, first: Diagram, second: Diagram) -> Diagram:
        if first is _NO or second is _NO:
            return _NO
        if first is _YES or first is second:
            return second
        if second is _YES:
            return first
        one, two = (first, second) if first[0] <= second[0] else (second, first)
        known = self._met.get((id(one), id(two)))
        if known is None:
            if one[0] == two[0]:
                made = [self._meet(a, b) for a, b in zip(one[2:], two[2:], strict=True)]
            else:
                made = [self._meet(a, two) for a in one[2:]]
            known = made[0] if all(m is made[0] for m in made) else self._node(one[0], one[1], made)
            self._met[id(one), id(two)] = known
        return known

    def _turn(self, diagram: Diagram) -> Diagram:
        if diagram is _YES or diagram is _NO:
            return _NO if diagram is _YES else _YES
        known = self._turned.get(id(diagram))
        if known is None:
            known = self._turned[id(diagram)] = self._node(diagram[0], diagram[1], [*map(self._turn, diagram[2:])])
        return known


def _support(diagram: Diagram) -> set[str]:
    found: set[str] = set()
    todo, seen = [diagram], set()
    while todo:
        node = todo.pop()
        if len(node) == 1 or id(node) in seen:
            continue
        seen.add(id(node))
        found.add(node[0])
        todo += node[2:]
    return found


def leaves(proof: Proof) -> Iterable[Proof]:
    """Every leaf of a proof, left to right."""
    if not proof.parts:
        yield proof
    for part in proof.parts:
        yield from leaves(part)
