"""Which rule gives way: overrides, yields, disclaimers. Nothing else wins silently."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

ASKED = "DNK must assist BEL"
ATTACK = "id: blow, kind: bombardment, by: PER, on: BEL"
TRIGGER = "when: {event: armed-attack, on: party}"


def tried(*pacts, events=(ATTACK,), **case):
    return judge(world(*pacts, events=events), **case)


@pytest.mark.parametrize("path", ["this/6/help", "this/6", "pact/6/help", "pact/6", "pact"])
def test_a_rule_that_overrides_takes_the_other_away(path):
    neutral = f"{{{TRIGGER}, who: DNK, must: stay-neutral, whom: actor, overrides: [{path}]}}"
    found = tried(pact({"6/help": HELP, "8/neutral": neutral}))
    # `whom: actor`: it is owed to PER; help falls on PER too
    assert found("DNK must stay-neutral PER") == "yes"
    assert found(ASKED) == "no"
    assert found("CHL must assist BEL") == "yes"


def test_an_override_bites_only_for_the_same_bearer_and_pair():
    neutral = "{when: {event: armed-attack, on: BEL}, who: DNK, must: stay-neutral, whom: target, overrides: [this/6]}"
    found = tried(pact({"6/help": HELP, "8/neutral": neutral}), events=["kind: bombardment, by: PER, on: [BEL, CHL]"])
    assert found("DNK must assist BEL") == "no"
    assert found("DNK must assist CHL") == "yes"


def test_an_override_by_path_of_another_rule_does_nothing():
    neutral = f"{{{TRIGGER}, who: DNK, must: stay-neutral, whom: target, overrides: [this/7]}}"
    assert tried(pact({"6/help": HELP, "8/neutral": neutral}))(ASKED) == "yes"


def test_an_unknown_winner_leaves_the_loser_open():
    when = "{event: armed-attack, on: party, scale: minor}"
    neutral = f"{{when: {when}, who: DNK, must: stay-neutral, whom: target, overrides: [this/6]}}"
    found = tried(pact({"6/help": HELP, "8/neutral": neutral}))
    assert found("DNK must stay-neutral BEL") == found(ASKED) == "depends"
    assert found.hinges(ASKED) == {"blow.scale"}


def test_an_override_of_another_instrument():
    neutral = f"{{{TRIGGER}, who: DNK, must: stay-neutral, whom: target, overrides: [pact/6]}}"
    found = tried(pact({"6/help": HELP}), pact({"1/neutral": neutral}, name="later"))
    assert found(ASKED) == "no" and found("DNK must stay-neutral BEL") == "yes"


def test_a_rule_that_yields_gives_way_to_the_one_it_names():
    yields = HELP.replace("must: assist", "must: assist, yields_to: [other/1]")
    neutral = f"{{{TRIGGER}, who: DNK, must: stay-neutral, whom: target}}"
    found = tried(pact({"6/help": yields}), pact({"1/neutral": neutral}, name="other"))
    assert found(ASKED) == "no"
    assert found("CHL must assist BEL") == "yes"
    assert tried(pact({"6/help": yields}), pact({"2/neutral": neutral}, name="other"))(ASKED) == "yes"


def test_an_express_disclaimer_takes_duties_of_its_own_instrument_away():
    disclaimer = f"{{{TRIGGER}, who: DNK, no_duty: fight}}"
    fight = HELP.replace("must: assist", "must: [fight, consult]")
    found = tried(pact({"6/help": fight, "7/none": disclaimer}))
    assert found("DNK must fight BEL") == "no"
    assert found("DNK must consult BEL") == "yes"
    assert found("CHL must fight BEL") == "yes"
    assert not [f for f in found.assessment.findings if f.modality == "no_duty"]


def test_a_disclaimer_of_fighting_leaves_a_duty_to_assist():
    """`assist` may be met without arms."""
    found = tried(pact({"6/help": HELP, "7/none": f"{{{TRIGGER}, who: DNK, no_duty: fight}}"}))
    assert found(ASKED) == "yes"


def test_a_disclaimer_leaves_other_instruments_alone_unless_it_names_them():
    none = f"{{{TRIGGER}, who: DNK, no_duty: assist%s}}"
    assert tried(pact({"6/help": HELP}), pact({"7/none": none % ""}, name="other"))(ASKED) == "yes"
    assert tried(pact({"6/help": HELP}), pact({"7/none": none % ", overrides: [pact/6]"}, name="other"))(ASKED) == "no"


def test_a_disclaimer_that_is_open_leaves_the_duty_open():
    """Duty and not disclaimer."""
    none = "{when: {event: armed-attack, on: party, provoked: yes}, who: DNK, no_duty: assist}"
    found = tried(pact({"6/help": HELP, "7/none": none}))
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"blow.provoked"}


def test_nothing_else_wins_silently():
    """A later instrument, a special one, one with more parties: both stand."""
    neutral = f"{{{TRIGGER}, who: DNK, must: stay-neutral, whom: actor}}"
    found = tried(pact({"6/help": HELP}), pact({"1/neutral": neutral}, name="later", in_force="2001-01-01"))
    assert found(ASKED) == found("DNK must stay-neutral PER") == "yes"


def test_a_subjection_takes_no_finding_away():
    ban = "{who: party, must_not: use-force, whom: any-state}"
    charter = pact({"2/ban": ban}, name="charter", parties="all-states", prevails_over="all")
    found = tried(pact({"6/help": HELP}, subject_to="[charter]"), charter)
    assert found(ASKED) == found("DNK must_not use-force PER") == "yes"
