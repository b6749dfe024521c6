"""What `undecided` lists: rules, conditions, bearers and dates on which nothing is asked."""

from __future__ import annotations

from foedera.answers.examples import run_examples
from foedera.answers.trial import undecided
from foedera.language.nodes import parse
from foedera.language.registry_form import scoped_to
from foedera.language.treaty_form import read_treaty
from foedera.library import library

PACT = """
id: pact
title: Pact
in_force: 2001-01-01
ends: 2010-01-01
withdrawal: {notice: at once}
parties: {BEL: {}, DNK: {}, SWE: {since: 2002-01-01, until: 2005-01-01, why: withdrew}}
checked: {on: 2020-01-01, confidence: textbook}
questions: {ready: Was it ready?}
articles:
  "1":
    says: Help.
    rules:
      help:
        when: {event: armed-attack, on: party}
        who: DNK
        must: assist
        if: [{question: ready}]
        examples:
          fires: {on: 2003-01-01, facts: {pact.ready: yes}, given: [{kind: invasion, by: FRA, on: BEL}], then: {who: DNK, whom: BEL}}
"""
ANSWERED = {
    "that it does not fire": "a: {on: 2003-01-01, given: [], then: {who: DNK, whom: BEL, holds: no}}",
    "the condition `question`": "b: {on: 2003-01-01, facts: {pact.ready: no}, given: [{kind: invasion, by: FRA, on: BEL}], "
    "then: {who: DNK, whom: BEL, holds: no, missing: question}}",
    "that others than its bearers are not bound": "c: {on: 2003-01-01, facts: {pact.ready: yes}, "
    "given: [{kind: invasion, by: FRA, on: BEL}], then: {who: SWE, whom: BEL, holds: no}}",
    "the day it enters into force": "d: {on: 2000-12-31, given: [], then: {who: DNK, whom: BEL, holds: no}}",
    "the day it ends": "e: {on: 2010-01-01, given: [], then: {who: DNK, whom: BEL, holds: no}}",
    "the day on which SWE entered": "f: {on: 2001-12-31, given: [], then: {who: DNK, whom: SWE, holds: no}}",
    "the day on which SWE left": "g: {on: 2005-01-01, given: [], then: {who: DNK, whom: SWE, holds: no}}",
}


def gaps(*examples: str) -> set[str]:
    node, problems = parse((PACT + "".join(f"          {example}\n" for example in examples)).encode(), "pact.yaml")
    assert node is not None, problems
    known = library()
    reader = scoped_to(known.registry)
    treaty = read_treaty(node, reader)
    assert not reader.problems, reader.problems
    outcomes = [o for o in run_examples(treaty, known) if o.got != ("there is none",)]
    assert all(outcome.passed for outcome in outcomes), outcomes
    return {line.partition(": ")[2] for line in undecided([treaty], outcomes)}


def test_everything_that_one_example_leaves_open_is_listed():
    assert gaps() == set(ANSWERED)


def test_each_gap_goes_when_an_expectation_decides_it():
    for gap, example in ANSWERED.items():
        assert gap not in gaps(example), gap


def test_with_all_decided_nothing_is_listed():
    assert gaps(*ANSWERED.values()) == set()
