"""`counts_as`: an event counts as another, to a fixpoint, inside its own instrument or for all."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

ASKED = "DNK must assist BEL"
FORCES = "{when: {event: attack-on-forces, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}"
RAID = "id: raid, kind: attack-on-forces, by: PER, on: BEL"


def test_an_event_counts_as_another_inside_its_instrument():
    found = judge(world(pact({"7/forces": FORCES, "6/help": HELP}), events=[RAID]))
    assert found.one(ASKED).against == ("PER",)
    assert judge(world(pact({"6/help": HELP}), events=[RAID]))(ASKED) == "no"


def test_a_label_is_not_seen_by_another_instrument():
    found = judge(world(pact({"7/forces": FORCES, "6/help": HELP}), pact({"help": HELP}, name="other"), events=[RAID]))
    assert found(f"{ASKED} under pact") == "yes"
    assert found(f"{ASKED} under other") == "no"


def test_a_definition_for_all_is_seen_by_every_instrument():
    rule = FORCES[:-1] + ", for: all}"
    definition = pact({"forces": rule}, name="definition", parties="all-states", kind="resolution")
    found = judge(world(definition, pact({"help": HELP}), pact({"help": HELP}, name="other"), events=[RAID]))
    assert found(f"{ASKED} under pact") == found(f"{ASKED} under other") == "yes"


def test_a_definition_for_all_is_silent_before_its_own_day():
    rule = FORCES[:-1] + ", for: all}"
    definition = pact({"forces": rule}, name="definition", parties="all-states", in_force="2001-05-02")
    assert judge(world(definition, pact({"help": HELP}), events=[RAID]))(ASKED) == "no"


def test_labels_are_derived_from_labels_to_a_fixpoint():
    chain = {
        "1/a": "{when: {event: border-closure, on: party}, counts_as: {event: neutrality-violation, on: target, by: actor}}",
        "1/b": "{when: {event: neutrality-violation, on: party}, counts_as: {event: aggression, on: target, by: actor}}",
        "1/c": "{when: {event: aggression, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}",
        "6/help": HELP,
    }
    for order in (list(chain), list(reversed(chain))):
        found = judge(
            world(pact({path: chain[path] for path in order}), events=["kind: border-closure, by: PER, on: BEL"])
        )
        assert found(ASKED) == "yes"


def test_labels_in_a_ring_come_to_an_end():
    ring = {
        "1/a": "{when: {event: aggression, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}",
        "1/b": "{when: {event: armed-attack, on: party}, counts_as: {event: aggression, on: target, by: actor}}",
        "6/help": HELP,
    }
    found = judge(world(pact(ring), events=["kind: bombardment, by: PER, on: BEL"]))
    assert len(found.findings(ASKED)) == 1


def test_an_act_may_count_as_one_on_the_others_too():
    """One for all: harm to one is an attack on each; the first attacker is the enemy of each."""
    rule = "{when: {event: armed-attack, on: party}, counts_as: {event: aggression, on: other-parties, by: actor}}"
    help_rule = HELP.replace("armed-attack", "aggression")
    found = judge(world(pact({"5/all": rule, "6/help": help_rule}), events=["kind: bombardment, by: PER, on: BEL"]))
    assert {(f.bearer, f.toward) for f in found.assessment.findings} >= {("DNK", "CHL"), ("CHL", "DNK")}
    assert {f.against for f in found.assessment.findings} == {("PER",)}


def test_an_act_may_count_as_its_sponsors():
    when = "{event: sending-bands, on: party, supported_by: any-state}"
    rule = f"{{when: {when}, counts_as: {{event: aggression, on: target, by: sponsor}}}}"
    help_rule = HELP.replace("armed-attack", "aggression")
    text = world(
        pact({"3/g": rule, "6/help": help_rule}), events=["id: raid, kind: sending-bands, by: band, on: BEL, supported_by: SWE"],
        actors="{band: {kind: armed-group}}",
    )  # fmt: skip
    assert judge(text).one(ASKED).against == ("SWE",)


def test_a_label_that_is_uncertain_leaves_the_duty_open():
    rule = FORCES.replace("on: party}", "on: party, scale: grave}")
    found = judge(world(pact({"7/forces": rule, "6/help": HELP}), events=[RAID]))
    assert found(ASKED) == "depends"
    assert found.hinges(ASKED) == {"raid.scale"}


@pytest.mark.parametrize(("who", "holds"), [("BEL", "no"), ("CHL", "yes")])
def test_a_label_may_have_an_exception(who, holds):
    rule = FORCES[:-1] + ", unless: [{consent_of: target}]}"
    events = [f"date: 2001-04-01, kind: consent, by: {who}, to: PER", RAID]
    assert judge(world(pact({"7/forces": rule, "6/help": HELP}), events=events))(ASKED) == holds


def test_two_ways_to_the_same_label_make_one_duty():
    rules = {"7/a": FORCES, "7/b": FORCES.replace("on: party}", "on: party, scale: grave}"), "6/help": HELP}
    found = judge(world(pact(rules), events=[RAID]))
    assert found(ASKED) == "yes" and len(found.findings(ASKED)) == 1


def test_a_duty_through_a_label_is_since_the_events_day():
    found = judge(world(pact({"7/forces": FORCES, "6/help": HELP}), events=[RAID]), on="2001-09-01")
    assert found.one(ASKED).since.isoformat() == "2001-05-01"


def test_an_attack_by_nobody_knows_whom_is_labelled_all_the_same():
    """Whose it then is stays as open as it was."""
    raid = "id: raid, kind: attack-on-forces, on: BEL"
    assert judge(world(pact({"7/forces": FORCES, "6/help": HELP}), events=[raid]))(ASKED) == "yes"
    by_a_state = HELP.replace("on: party}", "on: party, by: any-state}")
    found = judge(world(pact({"7/forces": FORCES, "6/help": by_a_state}), events=[raid]))
    assert found.hinges(ASKED) == {"raid.by"}
