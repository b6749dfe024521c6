"""Why a duty is not there: each word for what lacks (design page, section 4), and the nearest rule."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

from foedera.engine.missing import all_misses, near_misses, not_bound

ASKED = "DNK must assist BEL"
ATTACK = "id: blow, kind: bombardment, by: PER, on: BEL"


def rule(pattern="event: armed-attack, on: party", more=""):
    return f"{{when: {{{pattern}}}, who: other-parties, must: assist{more}}}"


CASES = {
    "armed-attack": (pact({"h": HELP}), ["kind: threat-of-force, by: PER, on: BEL"]),
    "threat": (pact({"h": rule("event: threat, on: party")}), ["kind: bombardment, by: PER, on: BEL"]),
    "provoked": (pact({"h": rule("event: armed-attack, on: party, provoked: no")}), [ATTACK + ", provoked: yes"]),
    "place": (pact({"h": rule("event: armed-attack, on: party, place: {in: africa}")}), [ATTACK]),
    "by": (pact({"h": rule("event: armed-attack, on: party, by: SWE")}), [ATTACK]),
    "supported_by": (pact({"h": rule("event: armed-attack, on: party, supported_by: SWE")}), [ATTACK + ", supported_by: NOR"]),
    "scale": (pact({"h": rule("event: armed-attack, on: party, scale: grave")}), [ATTACK + ", scale: minor"]),
    "means": (pact({"h": rule("event: armed-attack, on: party, means: arms")}), [ATTACK + ", means: economic"]),
    "requested_by": (pact({"h": rule(more=", if: [{requested_by: target}]")}), [ATTACK]),
    "consent_of": (
        pact({"h": rule(more=", unless: [{consent_of: target}]")}),
        [ATTACK, "id: yes, date: 2001-04-30, kind: consent, by: BEL, to: PER"],
    ),
    "decided_by": (pact({"h": rule(more=", if: [{decided_by: {organ: nac}}]")}), [ATTACK]),
    "happened": (pact({"h": rule(more=", if: [{happened: {event: ultimatum}}]")}), [ATTACK]),
    "helps": (pact({"h": rule(more=", if: [{helps: {who: SWE, whom: target}}]")}), [ATTACK]),
    "adversaries": (pact({"h": rule(more=", if: [{adversaries: {of: any-state, at_least: 2}}]")}), [ATTACK]),
    "bound": (pact({"h": rule(more=", if: [{bound: {who: bearer, by: none}}]")}), [ATTACK]),
    "jointly": (pact({"h": rule(more=", jointly: yes")}), [ATTACK]),
    "in-force": (pact({"h": HELP}, in_force="null"), [ATTACK]),
    "direction": (pact({"h": HELP}), ["kind: bombardment, by: BEL, on: PER"]),
    "not-a-response": (
        pact({"h": HELP}),
        [
            "id: first, date: 2001-04-30, kind: bombardment, by: BEL, on: PER",
            "kind: bombardment, by: PER, on: BEL, in_response_to: first",
        ],
    ),
    "party": (pact({"h": HELP}, parties="{BEL: {}, CHL: {}}"), [ATTACK]),
    "overridden": (
        pact({"6/h": HELP, "7/n": HELP.replace("other-parties, must: assist", "DNK, must: stay-neutral, overrides: [this/6]")}),
        [ATTACK],
    ),
}  # fmt: skip


@pytest.mark.parametrize("word", CASES)
def test_what_lacks_is_named_by_its_word(word):
    text, events = CASES[word]
    found = judge(world(text, events=events))
    misses = all_misses(found.assessment.world, "DNK", "must", "assist", "BEL")
    assert found(ASKED) == "no"
    assert any(word in {part.condition for part in miss.missing} for miss in misses), [
        {part.condition for part in miss.missing} for miss in misses
    ]


NEAREST = set(CASES) - {"overridden"}


@pytest.mark.parametrize("word", sorted(NEAREST))
def test_the_nearest_rule_lacks_that_and_nothing_else(word):
    text, events = CASES[word]
    found = judge(world(text, events=events))
    (first, *_) = [m for m in near_misses(found.assessment.world, "DNK", "must", "assist", "BEL") if m.rule is not None]
    assert {part.condition for part in first.missing} == {word}


def test_a_question_answered_no_is_what_lacks():
    text = pact({"h": rule(more=", if: [{question: manned}]")}, questions="{manned: Was it manned?}")
    assert judge(world(text, events=[ATTACK], facts="{pact.manned: no}")).missing(ASKED) == {"question"}


def test_a_victim_that_is_no_party_lacks_party():
    found = judge(world(pact({"h": HELP}), events=["kind: bombardment, by: PER, on: SWE"]), asked=["SWE"])
    misses = all_misses(found.assessment.world, "DNK", "must", "assist", "SWE")
    assert any({part.condition for part in miss.missing} == {"party"} for miss in misses)


def test_a_bearer_that_left_lacks_party():
    parties = "{BEL: {}, CHL: {}, DNK: {until: 2001-01-01}}"
    assert judge(world(pact({"h": HELP}, parties=parties), events=[ATTACK])).missing(ASKED) == {"party"}


def test_where_no_instrument_says_so_a_rule_is_missing():
    found = judge(world(pact({"h": HELP}, parties="{CHL: {}, NOR: {}}"), events=[ATTACK]), asked=["DNK"])
    assert any(
        {part.condition for part in m.missing} == {"rule"}
        for m in near_misses(found.assessment.world, "DNK", "must", "assist", "BEL")
    )


def test_everything_that_lacks_is_named():
    text = pact({"h": rule("event: armed-attack, on: party, scale: grave", ", if: [{requested_by: target}]")})
    found = judge(world(text, events=[ATTACK + ", scale: minor"]))
    assert found.missing(ASKED) == {"scale", "requested_by"}


def test_a_rule_that_waits_for_a_label_names_the_kinds_that_would_derive_it():
    label = "{when: {event: attack-on-forces, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}"
    found = judge(world(pact({"7/l": label, "6/h": HELP}), events=["kind: statement, by: PER"]), asked=["BEL", "DNK"])
    assert {"armed-attack", "attack-on-forces"} <= found.missing(ASKED)


def test_a_permission_does_not_stand_in_for_a_duty():
    text = pact({"h": HELP.replace("must: assist", "may: assist")})
    found = judge(world(text, events=[ATTACK]))
    assert found("DNK may assist BEL") == "yes"
    assert found.missing(ASKED) == {"rule"}


def test_a_duty_that_is_there_has_no_near_miss_among_not_bound():
    found = judge(world(pact({"h": HELP}), events=[ATTACK]))
    assert not [miss for miss in not_bound(found.assessment) if miss.toward == "BEL"]


def test_not_bound_gives_the_best_rule_per_instrument_bearer_and_beneficiary():
    two = pact(
        {
            "6/h": rule(more=", if: [{requested_by: target}]"),
            "7/h": rule("event: threat, on: party", ", if: [{requested_by: target}, {decided_by: {organ: nac}}]"),
        }
    )
    misses = [m for m in not_bound(judge(world(two, events=[ATTACK])).assessment) if m.toward == "BEL"]
    assert [(m.bearer, m.rule.path, {p.condition for p in m.missing}) for m in misses] == [
        ("CHL", "6/h", {"requested_by"}), ("DNK", "6/h", {"requested_by"}),
    ]  # fmt: skip


def test_who_attacked_is_told_so():
    """Allies of the attacker: it was not attacked, it attacked."""
    found = judge(world(pact({"h": HELP}), events=["kind: bombardment, by: BEL, on: PER"]))
    misses = {(m.bearer, m.toward): {p.condition for p in m.missing} for m in not_bound(found.assessment)}
    assert misses[("DNK", "BEL")] == {"direction"}


def test_what_lacks_carries_the_place_where_it_is_written():
    found = judge(world(pact({"h": HELP}), events=["kind: threat-of-force, by: PER, on: BEL"]))
    (miss, *_) = near_misses(found.assessment.world, "DNK", "must", "assist", "BEL")
    assert all(part.proof.at is not None and part.proof.at.line > 1 for part in miss.missing)


def test_a_standing_ban_that_gives_way_is_named_as_overridden():
    ban = "{who: party, must_not: use-force, whom: any-state, yields_to: [this/2]}"
    right = "{when: {event: armed-attack, on: party}, who: target, may: use-force, whom: actor}"
    found = judge(world(pact({"1/ban": ban, "2/right": right}), events=[ATTACK]))
    misses = all_misses(found.assessment.world, "BEL", "must_not", "use-force", "PER")
    assert found("BEL must_not use-force PER") == "no"
    assert {part.condition for miss in misses for part in miss.missing} == {"overridden"}


def test_of_two_misses_equally_near_what_happened_is_told_before_what_it_counts_as():
    label = "{when: {event: [armed-attack], on: party}, counts_as: {event: aggression, on: target, by: SWE}}"
    text = pact({"1/l": label, "2/h": rule("event: armed-attack, on: party, by: SWE")})
    found = judge(world(text, events=[ATTACK]))
    assert found.missing(ASKED) == {"by"}


def test_good_offices_are_near_no_rule_of_help():
    found = judge(world(pact({"h": HELP}), events=["id: talks, kind: mediation, by: PER, on: BEL"]))
    (miss, *_) = [m for m in near_misses(found.assessment.world, "DNK", "must", "assist", "BEL") if m.rule is not None]
    assert [part.proof.kind for part in miss.missing] == ["no-event"]


def test_one_that_owes_help_and_talks_is_told_what_the_help_lacks():
    talks = "{when: {event: armed-attack, on: party, by: SWE}, who: other-parties, must: consult}"
    help_ = "{when: {event: armed-attack, on: party, by: SWE, provoked: no}, who: other-parties, must: assist}"
    found = judge(world(pact({"1/t": talks, "2/h": help_}), events=[ATTACK + ", provoked: yes"]))
    assert {miss.act for miss in not_bound(found.assessment)} == {"assist"}
