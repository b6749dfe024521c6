"""A rule reads as one English sentence."""

from __future__ import annotations

import re

import pytest

from foedera.language.sentences import (
    ACT_PHRASES,
    BAN_PHRASES,
    KIND_PHRASES,
    ROLE_PHRASES,
    act_phrase,
    kinds_phrase,
    lack_phrase,
    listed,
    rule_sentence,
)  # fmt: skip
from foedera.language.types import apply_change
from foedera.language.vocabulary import ACTS, KINDS, ROLES
from foedera.library import library as open_library
from foedera.library import registry

NAMES = sorted(open_library().treaties)
TREATY = """\
id: a-pact
title: A pact
in_force: 2000-01-01
ends: open
organisation: nato
parties: {{FRA: {{}}, BEL: {{}}, GBR: {{}}}}
groups: {{guarantors: [GRC, ITA, GBR]}}
organs: {{council: {{}}}}
areas: {{zone: {{any: [{{territory_of: party}}]}}}}
questions: {{clear: Is it clear?}}
checked: {{on: 2026-11-24, confidence: unsure}}
articles:
  "1":
    says: Help.
    rules: {{r: {rule}}}
"""


@pytest.fixture
def sentence(read_treaty_text):
    """The sentence of a rule."""

    def write(rule: str) -> str:
        treaty, problems = read_treaty_text(TREATY.format(rule=rule))
        assert problems == []
        return rule_sentence(treaty.rules[0], treaty, registry().called)

    return write


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (
            "{when: {event: armed-attack, on: party}, who: other-parties, must: assist}",
            "When there is an armed attack on a party, each other party must assist the one struck.",
        ),
        (
            "{when: {event: armed-attack, on: party}, who: other-parties, must: fight, against: actor, means: "
            "[armed-force, open]}",
            "When there is an armed attack on a party, each other party must fight for the one struck against the author, "
            "by armed force or any other means.",
        ),
        (
            "{when: {event: resort-to-war, on: [GRC, ROU], by: {all: [european-power, {not: party}]}, provoked: no}, "
            "who: ITA, must: [consult, stay-neutral]}",
            "When there is a resort to war against Greece or Romania by a European Power other than a party, not provoked, "
            "Italy must consult with the one struck and stay neutral toward the one struck.",
        ),
        ("{who: party, whom: other-parties, must_not: [use-force, threaten-force]}",
         "A party must not use force on any other party or threaten any other party with force."),
        ("{who: party, whom: other-parties, must_not: give-bases}", "A party must not lend territory for use "
                                                                    "against any other party."),
        ("{who: guarantors, may: intervene, whom: CYP}", "Each of Greece, Italy and the United Kingdom may intervene in Cyprus."),
        ("{who: [FRA, GBR], must: contribute, whom: organisation}", "Each of France and the United Kingdom must contribute to NATO."),
        ("{when: {event: armed-attack, on: party}, who: {all: [guarantors, other-parties]}, must: assist, means: [open]}",
         "When there is an armed attack on a party, each of Greece, Italy and the United Kingdom other than the one struck and "
         "the author must assist the one struck, by any means."),
        ("{who: party, whom: other-parties, must_not: make-separate-peace}",
         "A party must not make a separate peace without the other parties."),
        ("{who: party, whom: any-state, must: settle-peacefully}",
         "Each party must work with every other State for a peaceful settlement."),
        ("{when: {event: decision, organ: nac, on: party}, must: carry-out}",
         "When there is a decision of the North Atlantic Council on a party, each party must carry out, toward the one concerned, "
         "what was decided."),
        ("{when: {event: armed-attack, on: party, supported_by: any-state}, if: [{question: clear}], must: assist}",
         "When there is an armed attack on a party, with the support of any State, and the question “Is it clear?” is answered "
         "yes, each party must assist the one struck."),
        (
            "{when: {event: attack-on-craft, on: party, place: {in: zone}}, counts_as: {event: armed-attack, on: "
            "target, by: actor}}",
            "When there is an attack on ships or aircraft on a party, in the area “zone”, it counts as an armed attack "
            "on the one struck by the author.",
        ),
        (
            "{when: {event: invasion, on: any-state}, counts_as: {event: aggression, on: target, by: actor}, for: all}",
            "When there is an invasion of any State, it counts for every instrument as an aggression against the one struck "
            "by the author.",
        ),
        (
            "{when: {event: armed-attack, on: party}, unless: [{consent_of: target}, {bound: {who: bearer, by: "
            "nato-1949}}], must: aid}",
            "When there is an armed attack on a party, each party must aid the one struck, unless the one struck "
            "consented or it is bound by nato-1949.",
        ),
        (
            "{when: {event: armed-attack, on: party}, if: [{requested_by: target}, {decided_by: {organ: nac, finding: "
            "armed-attack}}, {question: clear}], must: assist}",
            "When there is an armed attack on a party and the one struck asked for it, the North Atlantic Council so "
            "decided (armed attack) and "
            "the question “Is it clear?” is answered yes, each party must assist the one struck.",
        ),
        (
            "{when: {event: armed-attack, on: party}, if: [{helps: {who: FRA, whom: target, against: actor}}, "
            "{adversaries: {at_least: 2}}], must: fight}",
            "When there is an armed attack on a party and France in fact helps the one struck against the author and "
            "at least 2 of them attacked, "
            "each party must fight for the one struck.",
        ),
        (
            "{when: {event: threat, on: party}, if: [{not: {happened: {event: ultimatum, before: event, within: 90 "
            "days}}}], must: consult, deadline: 2 weeks}",
            "When there is a threat against a party and it is not so that there was an ultimatum before the event within 90 days, "
            "each party must consult with the one struck, within 14 days.",
        ),
        (
            "{when: {event: resort-to-war, involves: party}, must: fight, jointly: yes, decides_whether: bearer, "
            "decides_how: council}",
            "When there is a resort to war that involves a party, whoever began, each party, only together, must fight "
            "for the one struck; "
            "each bearer itself decides whether; council decides how.",
        ),
        (
            "{when: {event: armed-attack, on: party}, no_duty: assist, until: {event: security-restored, on: target}}",
            "When there is an armed attack on a party, a party need not assist the one struck, until security "
            "is restored.",
        ),
        (   # the means belong to the help, not to the consent
            "{when: {event: armed-attack, on: party}, unless: [{consent_of: target}], must: assist, means: [armed-force, open]}",
            "When there is an armed attack on a party, each party must assist the one struck, by armed force or any other "
            "means, unless the one struck consented.",
        ),
        (
            "{when: {event: [use-of-force, coup, unrest, blockade], on: party}, may: fight, means: [armed-force]}",
            "When there is a use of force against a party or a coup or unrest in a party or a blockade of a party, each "
            "party may fight for the one struck.",
        ),
        (
            "{when: {event: attack-on-forces, on: party, place: {status: [base, high-seas]}}, must: consult}",
            "When there is an attack on armed forces on a party, at a base or on or over the high seas, each party must "
            "consult with the one struck.",
        ),
        ("{must: contribute, whom: organisation, from: 2001, until: 2010-06-30}",
         "Each party must contribute to NATO (from 2001 until 2010-06-30)."),
        ("{must: consult, before: trigger, when: {event: use-of-force, by: party, response: any}}",
         "When there is a use of force by a party, even in answer to an attack, each party must consult with the one "
         "struck, before acting."),
        ("{may: give-notice, whom: other-parties}", "Each party may give notice of withdrawal to each other party."),
    ],
)  # fmt: skip
def test_a_rule_reads_as_this_sentence(sentence, rule, wanted):
    assert sentence(rule) == wanted


def test_all_together_decide(sentence):
    assert sentence("{must: consult, decides_how: jointly}").endswith("; all together decide how.")


def test_a_region_is_called_by_its_name(sentence):
    rule = "{when: {event: armed-attack, on: party, place: {in: pacific}}, must: consult}"
    assert "in the Pacific" in sentence(rule)


def test_alternatives_among_conditions_are_kept_apart(sentence):
    one = (
        "{when: {event: armed-attack}, if: [{any: [{requested_by: target}, {question: clear}]}, {consent_of: "
        "target}], must: consult}"
    )
    two = (
        "{when: {event: armed-attack}, if: [{any: [{requested_by: target}, {all: [{question: clear}, "
        "{consent_of: target}]}]}], must: consult}"
    )
    assert sentence(one) != sentence(two)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_of_the_library_reads_as_one_whole_sentence(name, library):
    treaty = library.treaties[name]
    variants = [treaty, *(apply_change(treaty, o.change) for r in treaty.readings.values() for o in r.options.values())]
    for variant in variants:
        for rule in variant.rules:
            text = rule_sentence(rule, variant, library.registry.called)
            where = f"{rule.at}: {text}"
            assert text[0].isupper(), where
            assert text.endswith("."), where
            assert not text.endswith(".."), where
            without_questions = re.sub("“[^”]*”", "“”", text)
            assert not re.search(r"[{}]|None|\bnobody\b|  | ,|,,|\( ", without_questions), where
            # ids of instruments may stand in a sentence; words of the format may not
            assert "_" not in without_questions, where
            assert not re.search(r"\. [A-Z]", without_questions), where


@pytest.mark.parametrize("name", NAMES)
def test_two_rules_of_a_treaty_that_differ_read_differently(name, library):
    treaty = library.treaties[name]
    texts = [(rule.modality, rule_sentence(rule, treaty, library.registry.called)) for rule in treaty.rules]
    doubled = {text for text in texts if texts.count(text) > 1}
    assert not doubled


def test_every_act_kind_and_role_has_a_phrase_and_no_phrase_is_idle():
    assert set(ACT_PHRASES) == set(ACTS)
    assert set(BAN_PHRASES) <= set(ACTS)
    assert set(KIND_PHRASES) == set(KINDS)
    assert set(ROLE_PHRASES) == set(ROLES)


MODALITIES = ("must", "may", "must_not", "no_duty")


def dangling(phrase: str) -> bool:
    return phrase.rsplit(maxsplit=1)[-1] in ("to", "with", "for", "of", "on", "against", "and", "the")


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("modality", MODALITIES)
def test_an_act_reads_well_with_the_one_owed(act, modality):
    for phrase in (act_phrase(act, modality, "Niger"), act_phrase(act, modality, "Niger", "Benin")):
        assert "Niger" in phrase
        assert not dangling(phrase)
        assert not re.search(r"[{}]|  |\s$|,$", phrase)


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("modality", MODALITIES)
def test_an_act_reads_well_without_one_owed(act, modality):
    phrase = act_phrase(act, modality, None)
    assert not dangling(phrase)
    assert not re.search(r"[{}]|  |\s$|,$", phrase)


@pytest.mark.parametrize(
    ("words", "text"), [([], "nobody"), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_a_list_is_joined_as_english_does(words, text):
    assert listed(words) == text


def test_kinds_are_alternatives():
    assert kinds_phrase(["armed-attack", "blockade"]) == "an armed attack or a blockade"


@pytest.mark.parametrize(
    ("condition", "lack"),
    [
        ("{requested_by: target}", "no request by the one struck"),
        ("{consent_of: target}", "no consent by the one struck"),
        ("{decided_by: {organ: nac}}", "no decision of the North Atlantic Council"),
        ("{happened: {event: ultimatum, on: target}}", "there was no ultimatum to the one struck"),
        ("{happened: {event: mobilisation}}", "there was no mobilisation"),
        ("{helps: {who: FRA, whom: target}}", "France does not in fact help the one struck"),
        ("{question: clear}", "not so: the question “Is it clear?” is answered yes"),
    ],
)
def test_what_lacks_is_said_as_a_lack(read_treaty_text, condition, lack):
    rule = f"{{when: {{event: armed-attack}}, if: [{condition}], must: assist}}"
    treaty, _ = read_treaty_text(TREATY.format(rule=rule))
    assert lack_phrase(treaty.rules[0].conditions[0], registry().called, treaty) == lack
