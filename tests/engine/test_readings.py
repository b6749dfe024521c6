"""Rival and minority readings of treaties, bundles of a crisis, and what a reading leaves alone."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

ASKED = "DNK must assist BEL"
SANCTIONS = "id: squeeze, kind: economic-sanctions, by: PER, on: BEL"
ATTACK = "id: blow, kind: bombardment, by: PER, on: BEL"
WIDE = "{when: {event: [armed-attack, economic-sanctions], on: party}}"
NARROW = "{if: [{requested_by: target}]}"


def harm(change, standing="rival", path="1/help", more=""):
    option = f'{{says: Yes., standing: {standing}, change: {{"{path}": {change}}}}}'
    return f"{{harm: {{asks: Is harm enough?, plain: {{says: No.}}, any-harm: {option}{more}}}}}"


def tried(event, readings, rules=None, on=None, reading=None, parts=None, **keys):
    return judge(
        world(pact(rules or {"help": HELP}, readings=readings, **keys), events=[event], **(parts or {})),
        on=on,
        reading=reading,
    )


def test_a_rival_reading_that_gives_a_duty_makes_it_depend():
    found = tried(SANCTIONS, harm(WIDE))
    assert found(ASKED) == "depends"
    assert found.hinges(ASKED) == {"pact.harm"}
    assert found.one(ASKED).reading_only
    assert [(e.question, e.option, e.standing, e.holds.value) for e in found.one(ASKED).readings] == [
        ("pact.harm", "any-harm", "rival", "yes")
    ]


def test_a_rival_reading_that_takes_a_duty_away_makes_it_depend():
    found = tried(ATTACK, harm(NARROW))
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"pact.harm"}
    assert not found.one(ASKED).reading_only


def test_a_minority_reading_is_only_listed():
    found = tried(ATTACK, harm(NARROW, "minority"))
    assert found(ASKED) == "yes" and not found.hinges(ASKED)
    assert [(e.option, e.standing, e.holds.value) for e in found.one(ASKED).readings] == [
        ("any-harm", "minority", "no")
    ]
    assert tried(SANCTIONS, harm(WIDE, "minority"))(ASKED) == "no"


def test_a_reading_without_a_standing_is_a_rival():
    assert tried(SANCTIONS, harm(WIDE).replace(" standing: rival,", ""))(ASKED) == "depends"


@pytest.mark.parametrize(
    ("event", "change", "chosen", "plain"), [(SANCTIONS, WIDE, "yes", "no"), (ATTACK, NARROW, "no", "yes")]
)
def test_a_reading_that_is_chosen_settles_the_answer(event, change, chosen, plain):
    for name in ("pact.harm=any-harm", "harm=any-harm"):
        assert tried(event, harm(change), reading=name)(ASKED) == chosen, name
    for name in ("plain", "pact.harm=plain"):
        found = tried(event, harm(change), reading=name)
        assert found(ASKED) == plain, name
        assert all(not f.readings for f in found.assessment.findings)


def test_a_reading_replaces_whole_keys_and_null_deletes_one():
    rule = HELP.replace("must: assist", "must: assist, if: [{requested_by: target}]")
    found = tried(ATTACK, harm("{if: null}"), rules={"help": rule})
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"pact.harm"}


def test_a_path_to_an_article_reaches_all_its_rules():
    two = {"1/a": HELP, "1/b": HELP.replace("assist", "consult")}
    found = tried(ATTACK, harm(NARROW, path="1"), rules=two)
    assert found("DNK must assist BEL") == found("DNK must consult BEL") == "depends"
    assert tried(ATTACK, harm(NARROW, path="1/a"), rules=two)("DNK must consult BEL") == "yes"


@pytest.mark.parametrize("change", ["{in_force: 2001-06-01}", "{in_force: null}", "{parties: {BEL: {}, CHL: {}}}"])
def test_the_path_this_reaches_the_instruments_own_keys(change):
    found = tried(ATTACK, harm(change, path="this"))
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"pact.harm"}


def test_a_reading_of_the_bond_makes_a_political_pledge_legal():
    readings = harm("{binding: legal}", path="this")
    plain = tried(ATTACK, readings, kind="declaration", reading="plain").one(ASKED)
    chosen = tried(ATTACK, readings, kind="declaration", reading="harm=any-harm").one(ASKED)
    assert (plain.treaty.binding, chosen.treaty.binding) == ("political", "legal")


def test_a_reading_of_a_label_reaches_the_rules_that_wait_for_it():
    label = "{when: {event: attack-on-forces, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}"
    found = tried(
        "kind: attack-on-forces, by: PER, on: BEL",
        harm("{unless: [{happened: {event: attack-on-forces}}]}", path="7/l"),
        rules={"7/l": label, "1/help": HELP},
    )
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"pact.harm"}


def test_a_reading_that_touches_no_proof_changes_nothing():
    found = tried(ATTACK, harm(WIDE))
    assert found(ASKED) == "yes" and not found.one(ASKED).readings
    bare = judge(world(pact({"help": HELP}), events=[ATTACK]))
    assert found.said() == bare.said()


def test_readings_are_tried_one_at_a_time():
    """Each of two readings takes one of two ways to the duty away: neither alone changes it."""
    rules = {"1/help": HELP, "2/help": HELP}
    text = (
        '{one: {asks: a?, plain: {says: x}, off: {says: y, change: {"1/help": {if: [{requested_by: target}]}}}}, '
        'two: {asks: b?, plain: {says: x}, off: {says: y, change: {"2/help": {if: [{requested_by: target}]}}}}}'
    )
    found = tried(ATTACK, text, rules=rules)
    assert {f.rule.path: set(f.hinges) for f in found.findings(ASKED)} == {
        "1/help": {"pact.one"},
        "2/help": {"pact.two"},
    }
    both = tried(ATTACK, text, rules=rules, reading="one=off,two=off")
    assert both(ASKED) == "no"


def test_several_options_of_a_question_are_each_tried_and_all_are_answers():
    more = ', narrow: {says: Less., standing: rival, change: {"1/help": {if: [{requested_by: target}]}}}'
    found = tried(ATTACK, harm(WIDE, more=more))
    assert found(ASKED) == "depends"
    (question,) = found.assessment.questions
    assert question.about == "pact.harm" and set(question.answers) >= {"plain", "narrow"}


# bundles -------------------------------------------------------------------------------------------------------------


def test_a_bundle_sets_facts_and_leaves_the_rest_as_typed():
    rule = HELP.replace("on: party", "on: party, provoked: no, scale: grave")
    text = world(
        pact({"help": rule}),
        events=[ATTACK + ", provoked: contested"],
        readings="{calm: {says: x, set: {blow.provoked: no}}}",
    )
    assert judge(text).hinges(ASKED) == {"blow.provoked", "blow.scale"}
    assert judge(text, reading="calm").hinges(ASKED) == {"blow.scale"}


def test_a_bundle_sets_treaty_readings():
    parts = {"readings": "{wide: {says: x, set: {pact.harm: any-harm}}, strict: {says: x, set: {pact.harm: plain}}}"}
    assert tried(SANCTIONS, harm(WIDE), reading="wide", parts=parts)(ASKED) == "yes"
    assert tried(SANCTIONS, harm(WIDE), reading="strict", parts=parts)(ASKED) == "no"


def test_a_bundle_leaves_contested_facts_contested_under_plain():
    rule = HELP.replace("on: party", "on: party, provoked: no")
    assert (
        judge(world(pact({"help": rule}), events=[ATTACK + ", provoked: contested"]), reading="plain")(ASKED)
        == "depends"
    )


@pytest.mark.parametrize(("standing", "holds"), [("rival", "depends"), ("minority", "yes")])
def test_a_bundle_may_change_a_rule_and_has_a_standing(standing, holds):
    bundle = (
        f"{{strict: {{says: x, standing: {standing}, change: {{pact/1/help: {{if: [{{requested_by: target}}]}}}}}}}}"
    )
    text = world(pact({"help": HELP}), events=[ATTACK], readings=bundle)
    assert judge(text)(ASKED) == holds
    assert judge(text, reading="strict")(ASKED) == "no"
    assert judge(text, reading="plain")(ASKED) == "yes"


def test_a_bundle_that_changes_a_rule_is_a_minority_unless_it_says_otherwise():
    bundle = "{strict: {says: x, change: {pact/1: {if: [{requested_by: target}]}}}}"
    assert judge(world(pact({"help": HELP}), events=[ATTACK], readings=bundle))(ASKED) == "yes"


def test_a_reading_that_asks_to_fight_leaves_the_help_owed_as_far_as_it_fights():
    found = tried(ATTACK, harm("{must: fight, if: [{question: q}]}", "minority"), questions="{q: Is it so?}")
    assert found(ASKED) == "yes"
    assert [(e.option, e.holds.value) for e in found.one(ASKED).readings] == [("any-harm", "unknown")]


@pytest.mark.parametrize("addressee", ["nato", "nac"])
def test_a_reading_of_who_belongs_matters_to_a_message_to_the_organisation_or_its_organ(addressee):
    joined = "{joined: {asks: In time?, plain: {says: Yes.}, late: {says: Later., standing: rival, change: {this: {parties: %s}}}}}"
    club = pact({}, name="club", organisation="nato", readings=joined % "{BEL: {}, CHL: {}, DNK: {since: 2002-01-01}}")
    help_if_asked = (
        "{when: {event: armed-attack, on: party}, if: [{requested_by: target}], who: other-parties, must: assist}"
    )
    events = [ATTACK, f"id: call, kind: request, by: BEL, to: {addressee}"]
    assert judge(world(pact({"help": help_if_asked}), club, events=events))(ASKED) == "depends"
