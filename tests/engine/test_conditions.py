"""The conditions of `if` and `unless`, each where it holds, where it does not, and what it lacks."""

from __future__ import annotations

import pytest
from worlds import judge, pact, world

ASKED = "DNK must assist BEL"
ATTACK = "id: blow, date: 2001-05-01, kind: bombardment, by: PER, on: BEL"
WAR = "id: war, date: 2001-05-01, kind: invasion, by: PER, on: BEL"
DAY = "2001-06-01"


def rule(condition, key="if", rest="who: other-parties, must: assist"):
    return f"{{when: {{event: armed-attack, on: party}}, {key}: [{condition}], {rest}}}"


def tried(
    condition, *events, key="if", on=DAY, trigger=ATTACK, rest="who: other-parties, must: assist", keys=None, **parts
):
    return judge(
        world(pact({"help": rule(condition, key, rest)}, **(keys or {})), events=[trigger, *events], **parts), on=on
    )


def holds(condition, *events, **parts):
    return tried(condition, *events, **parts)(ASKED)


# requested_by --------------------------------------------------------------------------------------------------------

ASK = "{requested_by: target}"


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ("date: 2001-05-02, kind: request, by: BEL, to: DNK", "yes"),
        ("date: 2001-05-01, kind: request, by: BEL, to: DNK", "yes"),
        ("date: 2001-05-02, kind: request, by: BEL", "yes"),                                    # reaches everybody
        ("date: 2001-05-02, kind: invitation, by: BEL, to: DNK", "yes"),                        # a kind of request
        ("date: 2001-05-02, kind: request, by: BEL, to: CHL", "no"),                            # reaches somebody else
        ("date: 2001-05-02, kind: request, by: CHL, to: DNK", "no"),                            # by somebody else
        ("date: 2001-04-30, kind: request, by: BEL, to: DNK", "no"),                            # before the trigger
        ("date: 2001-04-30, until: 2001-05-02, kind: request, by: BEL, to: DNK", "yes"),        # before it, still standing
        ("date: 2001-04-30, until: 2001-05-01, kind: request, by: BEL, to: DNK", "no"),         # before it, over that day
        ("date: 2001-06-02, kind: request, by: BEL, to: DNK", "no"),                            # after the day asked about
        ("date: 2001-05-02, kind: consent, by: BEL, to: DNK", "no"),                            # consent is no request
        ("date: 2001-05-02, kind: request, by: BEL, to: DNK, certainty: contested", "depends"),
    ],
)  # fmt: skip
def test_a_request_counts_when_it_reaches_the_bearer_in_time(sent, wanted):
    assert holds(ASK, sent) == wanted


def test_a_missing_request_is_named():
    assert tried(ASK).missing(ASKED) == {"requested_by"}


def test_a_request_to_the_organisation_or_its_organ_reaches_its_members():
    for address in ("nato", "nac"):
        request = f"date: 2001-05-02, kind: request, by: BEL, to: {address}"
        assert holds(ASK, request, keys={"organisation": "nato"}) == "yes", address
    assert holds(ASK, "date: 2001-05-02, kind: request, by: BEL, to: csto", keys={"organisation": "nato"}) == "no"


def test_a_request_by_the_government_is_the_states():
    actors = "{king: {kind: government, of: BEL}, club: {kind: government, of: BEL}}"
    request = "date: 2001-05-02, kind: request, by: king, to: DNK"
    assert holds(ASK, request, actors=actors, facts="{government-of-BEL: king}") == "yes"
    assert holds(ASK, request, actors=actors, facts="{government-of-BEL: club}") == "no"
    found = tried(ASK, request, actors=actors, facts="{government-of-BEL: {contested: {king: a, club: b}}}")
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"government-of-BEL"}


def test_a_request_makes_the_duty_begin_on_its_day():
    found = tried(ASK, "date: 2001-05-20, kind: request, by: BEL, to: DNK")
    assert found.one(ASKED).since.isoformat() == "2001-05-20"


# consent_of ----------------------------------------------------------------------------------------------------------

CONSENT = "{consent_of: target}"


@pytest.mark.parametrize(
    ("consent", "wanted"),
    [
        ("date: 2001-04-01, kind: consent, by: BEL, to: PER", "no"),
        ("date: 2001-04-01, kind: invitation, by: BEL, to: PER", "no"),
        ("date: 2001-04-01, kind: consent, by: BEL", "no"),
        ("date: 2001-05-20, kind: consent, by: BEL, to: PER", "no"),                            # while the war goes on
        ("date: 2001-04-01, kind: consent, by: BEL, to: CHL", "yes"),                           # to one's helpers
        ("date: 2001-04-01, kind: consent, by: CHL, to: PER", "yes"),                           # by another
        ("date: 2001-04-01, kind: request, by: BEL, to: PER", "yes"),                           # a request is never consent
        ("date: 2001-04-01, until: 2001-05-01, kind: consent, by: BEL, to: PER", "yes"),        # withdrawn
        ("date: 2001-04-01, until: 2001-05-02, kind: consent, by: BEL, to: PER", "no"),         # not yet
    ],
)  # fmt: skip
def test_consent_to_the_one_who_came_takes_the_duty_away(consent, wanted):
    assert holds(CONSENT, consent, key="unless", trigger=WAR) == wanted


def test_consent_given_after_the_blow_is_none():
    assert holds(CONSENT, "date: 2001-05-02, kind: consent, by: BEL, to: PER", key="unless") == "yes"


def test_consent_that_took_the_duty_away_is_named():
    found = tried(CONSENT, "date: 2001-04-01, kind: consent, by: BEL, to: PER", key="unless")
    assert found.missing(ASKED) == {"consent_of"}


def test_in_a_rule_without_a_trigger_consent_is_addressed_to_the_bearer():
    text = "{who: party, must_not: intervene, whom: other-parties, unless: [{consent_of: toward}]}"
    for to, wanted in (("DNK", "no"), ("CHL", "yes")):
        event = f"kind: consent, by: BEL, to: {to}"
        found = judge(world(pact({"stay-out": text}), events=[event]), pairs=[("DNK", "BEL")], asked=["DNK", "BEL"])
        assert found("DNK must_not intervene BEL") == wanted, to


# decided_by ----------------------------------------------------------------------------------------------------------

ORGANS = "{council: {members: party, votes: %s, competent: [measures, armed-attack]%s}}"
DECIDED = "{decided_by: {organ: council, finding: measures}}"


def decided(
    votes, rule_of_votes="unanimity", *, finding="measures", binds="", condition=DECIDED, event="", bearer=ASKED
):
    cast = "{" + ", ".join(f"{code}: {vote}" for code, vote in zip(("BEL", "CHL", "DNK"), votes, strict=True)) + "}"
    organs = ORGANS % (rule_of_votes, binds)
    decision = f"date: 2001-05-10, kind: decision, by: council, finding: {finding}, votes: {cast}{event}"
    # an organ of the file is named in `organ` by its name; the crisis declares it as an actor
    text = world(
        pact({"help": rule(condition)}, organs=organs),
        events=[ATTACK, decision],
        actors="{council: {kind: organisation}}",
    )
    return judge(text, on=DAY)(bearer)


@pytest.mark.parametrize(
    ("votes", "rule_of_votes", "wanted"),
    [
        (("yes", "yes", "yes"), "unanimity", "yes"), (("yes", "yes", "abstain"), "unanimity", "no"),
        (("yes", "yes", "no"), "unanimity", "no"),
        (("yes", "yes", "abstain"), "consensus", "yes"), (("yes", "yes", "no"), "consensus", "no"),
        (("abstain",) * 3, "consensus", "no"),
        (("yes", "yes", "no"), "majority", "yes"), (("yes", "no", "no"), "majority", "no"),
        (("yes", "abstain", "abstain"), "majority", "no"),
        (("yes", "yes", "no"), "{at_least: 2/3}", "yes"), (("yes", "no", "abstain"), "{at_least: 2/3}", "no"),
        (("yes", "yes", "no"), "{at_least: 3/4}", "no"),
        (("no", "no", "yes"), "{sole: DNK}", "yes"), (("yes", "yes", "no"), "{sole: DNK}", "no"),
        (("yes", "yes", "abstain"), "{sole: DNK}", "no"),
    ],
)  # fmt: skip
def test_votes_are_counted_as_the_organ_decides(votes, rule_of_votes, wanted):
    assert decided(votes, rule_of_votes) == wanted


def test_an_organ_that_the_victim_does_not_sit_in_is_counted_for_each_victim():
    """Of one blow at two, each is left out where the organ decides about it; the other's vote counts."""
    organs = "{council: {members: {all: [party, {not: target}]}, votes: unanimity, competent: [measures]}}"
    decision = "date: 2001-05-10, kind: decision, by: council, finding: measures, votes: {BEL: no, CHL: yes, DNK: yes}"
    text = world(
        pact({"help": rule(DECIDED)}, organs=organs), actors="{council: {kind: organisation}}",
        events=["id: blow, date: 2001-05-01, kind: bombardment, by: PER, on: [BEL, CHL]", decision],
    )  # fmt: skip
    told = judge(text, on=DAY)
    assert told(ASKED) == "yes" and told("DNK must assist CHL") == "no"


def test_without_votes_a_decision_is_taken_as_carried():
    text = world(
        pact({"help": rule(DECIDED)}, organs=ORGANS % ("unanimity", "")), actors="{council: {kind: organisation}}",
        events=[ATTACK, "date: 2001-05-10, kind: decision, by: council, finding: measures"],
    )  # fmt: skip
    assert judge(text, on=DAY)(ASKED) == "yes"
    assert judge(text, on="2001-05-09")(ASKED) == "no"
    assert judge(text, on="2001-05-09").missing(ASKED) == {"decided_by"}


def test_a_decision_on_another_matter_is_none():
    assert decided(("yes",) * 3, finding="armed-attack") == "no"


def test_competence_is_asked_before_votes():
    odd = "{decided_by: {organ: council, finding: coronation}}"
    assert decided(("yes",) * 3, finding="coronation", condition=odd) == "no"


def test_a_finding_that_is_a_kind_needs_no_listing():
    assert (
        decided(("yes",) * 3, finding="armed-attack", condition="{decided_by: {organ: council, finding: armed-attack}}")
        == "yes"
    )


def test_a_decision_about_somebody_else_is_not_about_this_case():
    assert decided(("yes",) * 3, event=", on: SWE") == "no"
    assert decided(("yes",) * 3, event=", on: PER") == "yes"


def test_a_body_that_binds_those_who_consent_binds_only_them():
    votes = ("yes", "yes", "abstain")
    assert decided(votes, "consensus", binds=", binds: consenting", bearer="CHL must assist BEL") == "yes"
    assert decided(votes, "consensus", binds=", binds: consenting", bearer="DNK must assist BEL") == "no"


def test_the_member_that_is_decided_about_does_not_block_unanimity():
    assert decided(("no", "yes", "yes"), "unanimity", event=", on: BEL") == "yes"


def test_a_registry_organ_decides_too():
    condition = "{decided_by: {organ: nac, finding: armed-attack}}"
    event = "date: 2001-05-10, kind: decision, organ: nac, finding: armed-attack"
    assert holds(condition, event) == "yes"
    assert holds(condition, event.replace("organ: nac", "organ: unsc")) == "no"


# happened ------------------------------------------------------------------------------------------------------------

CLOSED = "date: {}, kind: border-closure, by: PER, on: BEL"


def test_another_event_must_have_happened_with_the_same_parts():
    condition = "{happened: {event: border-closure, by: actor, on: target}}"
    assert holds(condition, CLOSED.format("2001-05-05")) == "yes"
    assert holds(condition) == "no"
    assert holds(condition, CLOSED.format("2001-05-05").replace("PER", "SWE")) == "no"
    assert holds(condition, CLOSED.format("2001-05-05").replace("BEL", "CHL")) == "no"
    assert tried(condition).missing(ASKED) == {"happened"}


@pytest.mark.parametrize(
    ("timing", "day", "wanted"),
    [
        ("before: event", "2001-04-30", "yes"), ("before: event", "2001-05-02", "no"), ("after: event", "2001-05-02", "yes"),
        ("after: event", "2001-04-30", "no"), ("before: event, within: 90 days", "2001-01-31", "yes"),
        ("before: event, within: 90 days", "2001-01-30", "no"), ("after: event, within: 1 month", "2001-06-01", "yes"),
        ("after: event, within: 2 weeks", "2001-05-16", "no"), ("within: 2 weeks", "2001-05-15", "yes"),
        ("within: 2 weeks", "2001-04-16", "no"),
    ],
)  # fmt: skip
def test_another_event_may_have_to_be_before_after_or_within(timing, day, wanted):
    condition = f"{{happened: {{event: border-closure, by: actor, {timing}}}}}"
    assert holds(condition, CLOSED.format(day)) == wanted


def test_another_event_may_be_measured_from_a_third():
    condition = "{happened: {event: border-closure, by: actor, after: {event: ultimatum, by: actor}}}"
    threat = "date: 2001-04-10, kind: ultimatum, by: PER, on: BEL"
    assert holds(condition, threat, CLOSED.format("2001-04-11")) == "yes"
    assert holds(condition, threat, CLOSED.format("2001-04-09")) == "no"
    assert holds(condition, CLOSED.format("2001-04-11")) == "no"


# helps, adversaries, bound -------------------------------------------------------------------------------------------

HELPS = "{helps: {who: SWE, whom: target, against: actor}}"


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("kind: armed-assistance, by: SWE, to: BEL, on: PER", "yes"), ("kind: assistance, by: SWE, to: BEL", "yes"),
        ("kind: economic-assistance, by: SWE, to: BEL", "yes"), ("kind: assistance, by: SWE, to: BEL, on: NOR", "no"),
        ("kind: assistance, by: SWE, to: CHL", "no"), ("kind: assistance, by: NOR, to: BEL", "no"),
        ("kind: bombardment, by: SWE, on: PER, in_defence_of: BEL", "yes"),
        ("kind: bombardment, by: SWE, on: PER, in_response_to: blow", "yes"),
        ("kind: bombardment, by: SWE, on: PER", "no"), ("kind: bombardment, by: SWE, on: NOR, in_defence_of: BEL", "no"),
        ("kind: statement, by: SWE, to: BEL, stance: supports", "no"),
    ],
)  # fmt: skip
def test_helping_is_a_fact_not_a_duty(event, wanted):
    assert holds(HELPS, f"date: 2001-05-03, {event}") == wanted


def test_help_that_is_missing_is_named():
    assert tried(HELPS).missing(ASKED) == {"helps"}


ADVERSARIES = "{adversaries: {of: great-power, at_least: 2}}"


def against(*codes):
    return [
        f"date: 1913-05-0{n}, id: blow{n}, kind: bombardment, by: {code}, on: BEL" for n, code in enumerate(codes, 1)
    ]


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        (("GBR",), "no"),
        (("GBR", "GBR"), "no"),
        (("GBR", "FRA"), "yes"),
        (("GBR", "SWE"), "no"),
        (("GBR", "FRA", "RUS"), "yes"),
    ],
)
def test_adversaries_are_distinct_states_whose_events_match(codes, wanted):
    """The Triple Alliance, article III: two or more great powers."""
    text = world(pact({"help": rule(ADVERSARIES)}, in_force="1882-05-20"), events=against(*codes))
    found = judge(text, on="1913-06-01")
    assert found(ASKED) == wanted
    if wanted == "no":
        assert found.missing(ASKED) == {"adversaries"}


def test_another_instrument_may_have_to_bind():
    condition = "{bound: {who: bearer, by: club}}"
    club = pact({}, name="club", parties="{DNK: {until: 2001-05-02}}")
    for day, wanted in (("2001-05-01", "yes"), ("2001-05-02", "no")):
        text = world(club, pact({"help": rule(condition)}), events=[ATTACK.replace("2001-05-01", day)])
        found = judge(text, on=day)
        assert found(ASKED) == wanted
        assert found("CHL must assist BEL") == "no"
    assert found.missing(ASKED) == {"bound"}


# questions, reserved decisions, combinations -------------------------------------------------------------------------

QUESTION = "{question: manned}"
QUESTIONS = {"questions": "{manned: Was it manned?}"}


@pytest.mark.parametrize(
    ("facts", "wanted", "other"),
    [
        ("", "depends", "depends"), ("{pact.manned: yes}", "yes", "yes"), ("{pact.manned: no}", "no", "no"),
        ("{pact.manned@DNK: yes}", "yes", "depends"), ("{pact.manned@CHL: no}", "depends", "no"),
        ("{pact.manned@blow: yes}", "yes", "yes"),
        ("{pact.manned: {contested: {yes: a, no: b}}}", "depends", "depends"),
    ],
)  # fmt: skip
def test_a_question_is_answered_for_all_for_a_bearer_or_for_an_event(facts, wanted, other):
    parts = {"facts": facts} if facts else {}
    found = tried(QUESTION, keys=QUESTIONS, **parts)
    assert (found(ASKED), found("CHL must assist BEL")) == (wanted, other)
    if wanted == "depends":
        assert found.hinges(ASKED) == {"pact.manned"}
    if wanted == "no":
        assert found.missing(ASKED) == {"question"}


def test_an_answer_for_one_event_leaves_the_other_open():
    second = "id: second, date: 2001-05-02, kind: bombardment, by: SWE, on: BEL"
    found = tried(QUESTION, second, keys=QUESTIONS, facts="{pact.manned@second: no}")
    assert found(f"{ASKED} against PER") == "depends"
    assert found(f"{ASKED} against SWE") == "no"


@pytest.mark.parametrize(
    ("facts", "wanted", "other"),
    [
        ("", "depends", "depends"),
        ("{pact.applies@DNK: no}", "no", "depends"),
        ("{pact.applies@DNK: yes}", "yes", "depends"),
    ],
)
def test_what_is_left_to_the_bearer_to_decide_is_open_until_it_decides(facts, wanted, other):
    parts = {"facts": facts} if facts else {}
    text = world(
        pact(
            {
                "help": "{when: {event: armed-attack, on: party}, who: other-parties, must: assist, decides_whether: bearer}"
            }
        ),
        events=[ATTACK],
        **parts,
    )
    found = judge(text)
    assert (found(ASKED), found("CHL must assist BEL")) == (wanted, other)
    if wanted == "no":
        assert found.missing(ASKED) == {"decides_whether"}


@pytest.mark.parametrize(
    ("condition", "asked", "closed", "wanted"),
    [
        ("{any: [%s, %s]}", True, False, "yes"), ("{any: [%s, %s]}", False, True, "yes"), ("{any: [%s, %s]}", False, False, "no"),
        ("{all: [%s, %s]}", True, False, "no"), ("{all: [%s, %s]}", True, True, "yes"),
        ("{any: [{not: %s}, %s]}", True, False, "no"),
        ("{any: [{not: %s}, %s]}", False, False, "yes"), ("{not: {all: [%s, %s]}}", True, True, "no"),
        ("{not: {all: [%s, %s]}}", True, False, "yes"),
    ],
)  # fmt: skip
def test_conditions_combine(condition, asked, closed, wanted):
    text = condition % (ASK, "{happened: {event: border-closure, by: actor}}")
    events = ["date: 2001-05-02, kind: request, by: BEL, to: DNK"] * asked + [CLOSED.format("2001-05-03")] * closed
    assert holds(text, *events) == wanted
    turned = {"yes": "no", "no": "yes"}[wanted]
    assert holds(text, *events, key="unless") == turned


def test_all_of_if_must_hold_and_none_of_unless_may():
    two = f"{ASK}, {{happened: {{event: border-closure, by: actor}}}}"
    request, closure = "date: 2001-05-02, kind: request, by: BEL, to: DNK", CLOSED.format("2001-05-03")
    assert [holds(two, *events) for events in ((), (request,), (closure,), (request, closure))] == [
        "no",
        "no",
        "no",
        "yes",
    ]
    assert [holds(two, *events, key="unless") for events in ((), (request,), (closure,), (request, closure))] == [
        "yes",
        "no",
        "no",
        "no",
    ]


# open kinds ----------------------------------------------------------------------------------------------------------


def test_an_open_kind_leaves_a_condition_open_but_never_makes_a_trigger():
    """`open: [request]`: requests may have been made that nobody listed."""
    found = tried(ASK, open="[request]")
    assert found(ASKED) == "depends"
    assert found.hinges(ASKED) == {"BEL.request"}
    trigger = "{when: {event: request, by: party}, who: party, must: consult, whom: other-parties}"
    silent = judge(world(pact({"talk": trigger}), events=["kind: statement, by: PER"], open="[request]"))
    assert not silent.assessment.findings


def test_an_open_kind_does_not_touch_what_is_listed():
    assert holds(ASK, "date: 2001-05-02, kind: request, by: BEL, to: DNK", open="[request]") == "yes"
    assert holds(CONSENT, key="unless", open="[request]") == "yes"


def test_open_consent_and_open_decisions_leave_theirs_open():
    assert tried(CONSENT, key="unless", open="[consent]").hinges(ASKED) == {"BEL.consent"}
    assert tried("{decided_by: {organ: nac}}", open="[decision]").hinges(ASKED) == {"nac.decision"}


def test_an_open_kind_reaches_happened_too():
    found = tried("{happened: {event: mobilisation, by: actor}}", open="[mobilisation]")
    assert found(ASKED) == "depends" and found.hinges(ASKED) == {"PER.mobilisation"}


def test_two_hinges_that_only_matter_together_are_both_named():
    found = tried(f"{QUESTION}, {ASK}", keys=QUESTIONS, open="[request]")
    assert found.hinges(ASKED) == {"pact.manned", "BEL.request"}
    either = tried(f"{{any: [{QUESTION}, {ASK}]}}", keys=QUESTIONS, open="[request]")
    assert either.hinges(ASKED) == {"pact.manned", "BEL.request"}


def test_the_question_that_decides_most_comes_first():
    text = world(
        pact({"help": rule(QUESTION)}, **QUESTIONS),
        pact({"help": rule(QUESTION, rest="who: DNK, must: assist")}, name="second", **QUESTIONS),
        events=[ATTACK],
    )  # fmt: skip
    found = judge(text).assessment.questions
    assert [(q.about, q.answers, q.decides) for q in found] == [
        ("pact.manned", ("yes", "no"), 2),
        ("second.manned", ("yes", "no"), 1),
    ]


# jointly -------------------------------------------------------------------------------------------------------------

JOINTLY = "{when: {event: armed-attack, on: party}, who: other-parties, must: assist, jointly: yes}"


def test_a_joint_guarantee_is_owed_only_together():
    """Luxembourg 1867: one guarantor alone is not bound."""
    alone = judge(world(pact({"help": JOINTLY}), events=[ATTACK]))
    assert alone(ASKED) == "no"
    assert alone.missing(ASKED) == {"jointly"}
    helped = judge(
        world(
            pact({"help": JOINTLY}),
            events=[ATTACK, "date: 2001-05-03, kind: armed-assistance, by: CHL, to: BEL, on: PER"],
        )
    )
    assert helped(ASKED) == "yes"
    assert helped("CHL must assist BEL") == "no"


# roles and groups in conditions, and counting what is uncertain --------------------------------------------------------


def test_a_role_in_a_condition_stands_for_any_of_them():
    condition = "{helps: {who: other-parties, whom: target, against: actor}}"
    assert holds(condition, "date: 2001-05-03, kind: armed-assistance, by: CHL, to: BEL, on: PER") == "yes"
    assert holds(condition, "date: 2001-05-03, kind: armed-assistance, by: SWE, to: BEL, on: PER") == "no"


def test_a_group_in_a_condition_stands_for_any_of_it():
    condition = "{consent_of: neighbours}"
    keys = {"groups": "{neighbours: [CHL, SWE]}"}
    for code, wanted in (("CHL", "no"), ("SWE", "no"), ("NOR", "yes")):
        event = f"date: 2001-04-01, kind: consent, by: {code}, to: PER"
        assert holds(condition, event, key="unless", keys=keys) == wanted, code


def test_adversaries_that_are_contested_leave_the_count_open():
    condition = "{adversaries: {of: any-state, at_least: 2}}"
    second = "id: second, date: 2001-05-01, kind: bombardment, by: SWE, on: BEL, certainty: contested"
    third = "id: third, date: 2001-05-01, kind: bombardment, by: NOR, on: BEL, certainty: contested"
    found = tried(condition, second)
    assert found(f"{ASKED} against PER") == "depends"
    assert set(found.findings(f"{ASKED} against PER")[0].hinges) == {"second"}
    found = tried(condition, second, third)
    assert set(found.findings(f"{ASKED} against PER")[0].hinges) == {"second", "third"}


def test_two_blows_of_one_adversary_of_which_one_is_sure_count_once():
    condition = "{adversaries: {of: any-state, at_least: 2}}"
    events = [
        "id: second, date: 2001-05-01, kind: bombardment, by: SWE, on: BEL, certainty: contested",
        "id: sure, date: 2001-05-02, kind: bombardment, by: SWE, on: BEL",
    ]
    assert tried(condition, *events)(f"{ASKED} against PER") == "yes"
    twice = "id: again, date: 2001-05-02, kind: bombardment, by: PER, on: BEL"
    assert tried(condition, twice)(ASKED) == "no"
