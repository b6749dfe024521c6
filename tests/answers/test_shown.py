"""What shows itself in a notebook, and a scenario that is saved and read again."""

from __future__ import annotations

import random
from xml.etree import ElementTree

import pytest

from foedera.answers.answer import assess
from foedera.answers.deck import timeline
from foedera.answers.expect import run_expectations
from foedera.answers.scenario import MINE, Scenario, asked, events_in, lay, saved
from foedera.library import library as open_library
from foedera.library import open_crisis
from foedera.problems import Refused


def test_an_answer_a_proof_a_map_and_a_timeline_show_themselves(library):
    answer = assess("kazakhstan-2022", within=library)
    first = next(f for f in answer.findings if f.toward)
    proofs = answer.proofs(first.bearer, first.act, first.toward)
    assert proofs and "<ul>" in proofs[0]._repr_html_() and str(proofs[0])
    assert "<svg" in answer.map()._repr_html_() and "<svg" in timeline(answer, within=library)._repr_html_()
    assert answer.crisis.title in answer._repr_html_()
    for shown in (answer.map(), timeline(answer, within=library), *proofs):
        html = shown._repr_html_()
        assert html.startswith('<div class="foedera"><style>\n.foedera{') and "<script" not in html
    ElementTree.fromstring(timeline(answer, within=library).html)


def test_what_a_notebook_keeps_as_plain_text_is_the_text_and_short(library):
    answer = assess("niger-2023", branch="invasion", on="2023-09-18", within=library)
    proofs = answer.proofs("MLI", "assist", "NER")
    assert repr(answer) == answer.text() and len(repr(answer)) < 20_000
    assert repr(proofs).startswith("Mali must assist Niger") and len(proofs) > 1
    assert all(proof.html in proofs._repr_html_() for proof in proofs)
    assert repr(answer.findings).startswith("(<Finding ") and len(repr(answer.findings)) < 200 * len(answer.findings)
    for held in (answer.crisis, answer.assessment, answer.findings[0].treaty, answer.dilemmas[0]):
        assert len(repr(held)) < 3_000, type(held)


NAMES = sorted(open_library().crises)


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_scenario_says_the_same_when_it_is_read_again(name, library, tmp_path):
    dice = random.Random(name)
    crisis = library.crises[name]
    branch = dice.choice([*([None] if crisis.events else []), *crisis.branches])
    open_questions = asked(crisis, Scenario(branch=branch), library).questions
    events = [event.id for event in events_in(crisis, branch)]
    last = events_in(crisis, branch)[-1].date.first
    scenario = Scenario(
        branch=branch, off=tuple(dice.sample(events, min(2, len(events)))),
        facts=tuple((question.about, dice.choice(question.answers)) for question in open_questions[:3]),
        added=({"kind": "armed-attack", "by": ["FRA"], "on": ["RUS"], "date": str(last), "says": "<script>: a; b"},),
    )  # fmt: skip
    try:
        answer = asked(crisis, scenario, library)
    except Refused as refused:
        assert "no reading" in str(refused)
        pytest.skip("one of the answers drawn cannot be settled here")
    file = tmp_path / "mine.yaml"
    file.write_text(saved(crisis, scenario, library), "utf-8")
    again = open_crisis(str(file), library)
    reading = lay(crisis, scenario, library).reading
    other = assess(again, branch=MINE, on=answer.assessment.world.day, reading=reading, within=library)

    def said(found):
        return sorted(
            (f.bearer, f.modality, f.act, f.toward or "", f.against, f.treaty.id, f.rule.path, f.holds.value, f.stage.status)
            for f in found.findings
        )  # fmt: skip

    assert said(other) == said(answer)
    mine = [outcome for outcome in run_expectations(again, library) if outcome.expect.branch == MINE]
    assert all(outcome.passed for outcome in mine)


def test_a_scenario_that_no_crisis_could_be_is_refused(library):
    crisis = library.crises["niger-2023"]
    for wrong in (
        Scenario(branch="nope"), Scenario(off=("nope",)), Scenario(added=({"kind": "invasoin", "date": "2023-09-17"},)),
        Scenario(added=({"kind": "coup", "on": ["NER"], "date": "soon"},)),
        Scenario(added=({"id": "coup", "kind": "coup", "on": ["NER"], "date": "2023-09-17"},)),
        Scenario(added=({"kind": "invasion", "by": ["SUN"], "on": ["DDR"], "date": "2023-09-17"},)),
    ):  # fmt: skip
        with pytest.raises(Refused):
            lay(crisis, wrong, library)


def test_an_added_event_may_answer_one_of_the_branch_or_another_added(library):
    crisis = library.crises["niger-2023"]
    added = (
        {
            "id": "back",
            "date": "2023-09-18",
            "kind": "bombardment",
            "by": "NER",
            "on": "BEN",
            "in_response_to": "invasion",
        },
        {
            "id": "again",
            "date": "2023-09-19",
            "kind": "bombardment",
            "by": "BEN",
            "on": "NER",
            "in_response_to": "back",
        },
    )
    table = lay(crisis, Scenario(branch="invasion", added=added), library)
    assert {"back", "again"} <= {event.id for event in table.events}
    with pytest.raises(Refused):
        lay(crisis, Scenario(branch="invasion", added=({**added[0], "in_response_to": "nothing"},)), library)
