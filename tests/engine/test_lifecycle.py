"""What became of a duty: owed, invoked, performed, breached, waived, lapsed; and when it ended."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

ASKED = "DNK must assist BEL"
WAR = "id: war, date: 2001-05-01, kind: invasion, by: PER, on: BEL"
FIGHT = HELP.replace("assist", "fight")


def tried(*events, rule=HELP, on="2001-12-31", trigger=WAR, **parts):
    return judge(world(pact({"help": rule}), events=[trigger, *events], **parts), on=on)


def status(*events, **parts):
    return tried(*events, **parts).status(parts.pop("asked", ASKED))


def test_a_duty_is_owed_at_first():
    assert status() == "owed"


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("kind: request, by: BEL, to: DNK", "invoked"), ("kind: request, by: BEL, under: pact", "invoked"),
        ("kind: request, by: BEL, under: pact/1", "invoked"), ("kind: request, by: BEL, to: CHL", "owed"),
        ("kind: request, by: CHL, to: DNK", "owed"), ("kind: request, by: BEL", "invoked"),
    ],
)  # fmt: skip
def test_it_is_invoked_when_the_one_owed_asks_for_it(event, wanted):
    assert status(f"date: 2001-05-10, {event}") == wanted


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("kind: armed-assistance, by: DNK, to: BEL, on: PER", "performed"),
        ("kind: economic-assistance, by: DNK, to: BEL", "performed"),
        ("kind: bombardment, by: DNK, on: PER, in_defence_of: BEL", "performed"),
        ("kind: bombardment, by: DNK, on: PER, in_response_to: war", "performed"),
        ("kind: bombardment, by: DNK, on: SWE, in_defence_of: BEL", "owed"), ("kind: armed-assistance, by: CHL, to: BEL", "owed"),
        ("kind: armed-assistance, by: DNK, to: CHL", "owed"), ("kind: statement, by: DNK, stance: pledges", "owed"),
        ("kind: armed-assistance, by: DNK, to: BEL, on: SWE", "owed"),
    ],
)  # fmt: skip
def test_it_is_performed_by_helping_or_by_fighting_the_enemy_for_the_victim(event, wanted):
    assert status(f"date: 2001-05-10, {event}") == wanted


def test_a_duty_to_fight_is_not_performed_without_arms():
    asked = "DNK must fight BEL"
    for kind, wanted in (("economic-assistance", "owed"), ("armed-assistance", "performed")):
        found = tried(f"date: 2001-05-10, kind: {kind}, by: DNK, to: BEL, on: PER", rule=FIGHT)
        assert found.status(asked) == wanted, kind


def test_performance_may_begin_before_the_duty_if_it_goes_on():
    before = "date: 2001-04-01, kind: armed-assistance, by: DNK, to: BEL, on: PER"
    assert status(before) == "performed"
    assert status(before + ", until: 2001-04-20") == "owed"


@pytest.mark.parametrize("kind", ["peace", "ceasefire", "annexation"])
def test_what_was_not_done_by_the_end_of_hostilities_is_breached_if_the_text_needs_no_asking(kind):
    end = f"date: 2001-08-01, kind: {kind}, by: PER, on: BEL"
    found = tried(end)
    assert found.status(ASKED) == "breached"
    assert found.one(ASKED).stage.until.isoformat() == "2001-08-01"


def test_what_needs_asking_lapses_unasked_and_is_breached_when_it_was_asked_for():
    plain = "{when: {event: armed-attack, on: party}, if: [{requested_by: target}], who: other-parties, must: assist}"
    needs = plain.replace("{requested_by: target}", "{any: [{requested_by: target}, {happened: {event: ultimatum}}]}")
    end = "date: 2001-08-01, kind: peace, by: PER, to: BEL"
    ask = "date: 2001-05-10, kind: request, by: BEL, to: DNK"
    assert status(ask, end, rule=plain) == "breached"
    assert status("date: 2001-05-02, kind: ultimatum, by: PER, on: BEL", ask, end, rule=needs) == "breached"
    assert tried(end, rule=plain)(ASKED) == "no"


def test_a_peace_between_others_ends_nothing():
    assert status("date: 2001-08-01, kind: peace, by: PER, to: SWE") == "owed"


def test_help_that_came_before_the_peace_stays_performed():
    found = tried(
        "date: 2001-05-10, kind: armed-assistance, by: DNK, to: BEL, on: PER",
        "date: 2001-08-01, kind: peace, by: PER, to: BEL",
    )
    assert found.status(ASKED) == "performed"


def test_an_act_against_the_one_owed_is_a_breach_at_once():
    assert status("date: 2001-05-10, kind: bombardment, by: DNK, on: BEL") == "breached"
    assert status("date: 2001-05-10, kind: bombardment, by: DNK, on: CHL") == "owed"


def test_a_blow_in_answer_is_no_breach():
    events = [
        "id: odd, date: 2001-05-09, kind: bombardment, by: BEL, on: DNK",
        "date: 2001-05-10, kind: bombardment, by: DNK, on: BEL, in_response_to: odd",
    ]
    assert status(*events) == "owed"


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("by: BEL, to: DNK", "waived"), ("by: BEL", "waived"), ("by: BEL, to: CHL", "owed"), ("by: CHL, to: DNK", "owed"),
        ("by: BEL, to: DNK, under: pact", "waived"), ("by: BEL, to: DNK, under: pact/1", "waived"),
    ],
)  # fmt: skip
def test_the_one_owed_may_waive_it(event, wanted):
    assert status(f"date: 2001-05-10, kind: waiver, {event}") == wanted


def test_a_waiver_under_another_instrument_leaves_this_one():
    two = world(
        pact({"help": HELP}),
        pact({"help": HELP}, name="other"),
        events=[WAR, "date: 2001-05-10, kind: waiver, by: BEL, to: DNK, under: other"],
    )
    found = judge(two)
    assert found.status(f"{ASKED} under pact") == "owed"
    assert found.status(f"{ASKED} under other") == "waived"


def test_the_rule_may_say_what_ends_the_duty():
    rule = HELP.replace("must: assist", "must: assist, until: {event: security-restored, on: target}")
    found = tried("date: 2001-07-01, kind: security-restored, on: BEL", rule=rule)
    assert found.status(ASKED) != "owed"
    assert found.one(ASKED).stage.until.isoformat() == "2001-07-01"
    assert tried("date: 2001-07-01, kind: security-restored, on: CHL", rule=rule).status(ASKED) == "owed"
    assert tried("date: 2001-07-01, kind: security-restored, on: BEL").status(ASKED) == "owed"


def test_what_happened_after_the_day_asked_about_does_not_count():
    peace = "date: 2001-08-01, kind: peace, by: PER, to: BEL"
    assert status(peace, on="2001-07-31") == "owed"


def test_a_duty_already_born_survives_the_exit():
    parties = "{BEL: {}, CHL: {}, DNK: {until: 2001-06-01}}"
    found = judge(world(pact({"help": HELP}, parties=parties), events=[WAR]), on="2001-09-01")
    assert found(ASKED) == "yes"
    assert found.one(ASKED).since.isoformat() == "2001-05-01"


# bans and permissions ------------------------------------------------------------------------------------------------

BAN = "{who: party, must_not: use-force, whom: other-parties}"


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("kind: bombardment, by: DNK, on: BEL", "breached"), ("kind: border-closure, by: DNK, on: BEL", "respected"),
        ("kind: bombardment, by: BEL, on: DNK", "respected"), ("kind: bombardment, by: DNK, on: CHL", "respected"),
    ],
)  # fmt: skip
def test_a_ban_is_respected_until_it_is_broken(event, wanted):
    found = judge(world(pact({"ban": BAN}), events=[event]), asked=["DNK", "BEL"], pairs=[("DNK", "BEL")])
    assert found.status("DNK must_not use-force BEL") == wanted


def test_a_blow_in_answer_breaks_no_ban():
    events = [
        "id: first, kind: bombardment, by: BEL, on: DNK",
        "id: back, date: 2001-05-02, kind: bombardment, by: DNK, on: BEL, in_response_to: first",
    ]
    found = judge(world(pact({"ban": BAN}), events=events))
    assert found.status("BEL must_not use-force DNK") == "breached"
    assert found.status("DNK must_not use-force BEL") == "respected"


def test_a_blow_before_the_ban_is_no_breach():
    text = world(pact({"ban": BAN}, in_force="2001-05-02"), events=["kind: bombardment, by: DNK, on: BEL"])
    assert (
        judge(text, on="2001-06-01", asked=["DNK", "BEL"], pairs=[("DNK", "BEL")]).status("DNK must_not use-force BEL")
        == "respected"
    )


def test_neutrality_is_a_duty_to_abstain():
    rule = "{when: {event: armed-attack, on: party}, who: other-parties, must: stay-neutral, whom: actor}"
    assert tried(rule=rule).status("DNK must stay-neutral PER") == "respected"
    assert (
        tried("date: 2001-06-01, kind: bombardment, by: DNK, on: PER", rule=rule).status("DNK must stay-neutral PER")
        == "breached"
    )


def test_a_permission_is_open_until_it_is_used():
    rule = "{when: {event: armed-attack, on: party}, who: party, may: use-force, whom: actor}"
    assert tried(rule=rule).status("DNK may use-force PER") == "open"
    used = "date: 2001-06-01, kind: bombardment, by: DNK, on: PER, in_defence_of: BEL"
    assert tried(used, rule=rule).status("DNK may use-force PER") == "used"
    assert tried(used.replace("by: DNK", "by: CHL"), rule=rule).status("DNK may use-force PER") == "open"


@pytest.mark.parametrize(
    ("act", "kind", "toward"),
    [
        ("consult", "consultation", ""),
        ("settle-peacefully", "mediation", ""),
        ("mobilise", "mobilisation", ", on: PER"),
        ("impose-sanctions", "economic-sanctions", ", on: PER"),
    ],
)
def test_other_acts_are_performed_by_events_of_their_kind(act, kind, toward):
    rule = HELP.replace("must: assist", f"must: {act}")
    asked = f"DNK must {act} BEL"
    assert tried(rule=rule).status(asked) == "owed"
    assert tried(f"date: 2001-05-10, kind: {kind}, by: DNK{toward}", rule=rule).status(asked) == "performed"
    assert tried(f"date: 2001-05-10, kind: {kind}, by: CHL{toward}", rule=rule).status(asked) == "owed"
    assert (
        tried(f"date: 2001-04-10, kind: {kind}, by: DNK{toward}, until: 2001-04-12", rule=rule).status(asked) == "owed"
    )


def test_a_duty_to_fight_that_one_enemy_ended_goes_on_against_the_other():
    text = [
        WAR,
        "id: second, date: 2001-05-02, kind: invasion, by: SWE, on: BEL",
        "date: 2001-08-01, kind: peace, by: PER, to: BEL",
    ]
    found = judge(world(pact({"help": HELP}), events=text))
    assert found.status(f"{ASKED} against PER") == "breached"
    assert found.status(f"{ASKED} against SWE") == "owed"


def test_help_between_the_first_blow_and_the_second_performs_the_duty_of_both():
    events = [
        "id: again, date: 2001-06-01, kind: invasion, by: PER, on: BEL",
        "date: 2001-05-10, kind: economic-assistance, by: DNK, to: BEL",
    ]
    assert status(*events) == "performed"


def test_a_decision_ends_a_duty_only_with_the_finding_that_the_rule_names():
    rule = HELP.replace("must: assist", "must: assist, until: {event: decision, organ: nac, finding: peace}")
    decision = "date: 2001-07-01, kind: decision, organ: %s, finding: %s"
    assert tried(decision % ("nac", "peace"), rule=rule).status(ASKED) == "breached"
    assert tried(decision % ("nac", "ceasefire"), rule=rule).status(ASKED) == "owed"
    assert tried(decision % ("unsc", "peace"), rule=rule).status(ASKED) == "owed"


CONSULT_FIRST = (
    "{when: {event: armed-attack, by: party}, who: actor, must: consult, whom: other-parties, before: trigger}"
)


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("date: 2001-04-20, kind: consultation, by: BEL, to: DNK", "performed"), ("", "breached"),
        ("date: 2001-05-02, kind: consultation, by: BEL, to: DNK", "breached"), ("date: 2001-04-20, kind: consultation, by: CHL, to: DNK", "breached"),
        ("date: 2001-05-01, kind: consultation, by: [BEL, DNK]", "performed"),
    ],
)  # fmt: skip
def test_a_duty_to_consult_first_is_met_before_the_trigger_or_broken_by_it(event, wanted):
    blow = "id: blow, date: 2001-05-01, kind: bombardment, by: BEL, on: PER"
    found = tried(*([event] if event else []), trigger=blow, rule=CONSULT_FIRST)
    assert found.status("BEL must consult DNK") == wanted


def test_the_course_of_a_duty_is_told_day_by_day():
    from foedera.engine.lifecycle import history

    events = [
        "id: asks, date: 2001-05-10, kind: request, by: BEL, to: DNK", "id: helps, date: 2001-05-12, kind: armed-assistance, by: DNK, to: BEL",
        "id: ends, date: 2001-08-01, kind: peace, by: PER, to: BEL",
    ]  # fmt: skip
    found = tried(*events)
    told = [
        (day.isoformat(), word, event and event.id)
        for day, word, event in history(found.assessment.world, list(found.one(ASKED).firings))
    ]
    assert told == [
        ("2001-05-01", "begins", None), ("2001-05-10", "invoked", "asks"), ("2001-05-12", "performed", "helps"), ("2001-08-01", "ends", "ends"),
    ]  # fmt: skip


COUNCIL = "date: 2001-06-01, kind: decision, organ: unsc, finding: necessary-measures"
RIGHT = (
    "{when: {event: armed-attack, on: party}, who: target, may: use-force, whom: actor, overrides: [this/2],"
    " until: {event: decision, organ: unsc, finding: necessary-measures, on: actor}}"
)
BAN = "{who: party, must_not: use-force, whom: any-state}"


@pytest.mark.parametrize(
    ("events", "permission", "ban"),
    [
        ([], "open", "no"),
        (["date: 2001-05-10, kind: bombardment, by: BEL, on: PER, in_response_to: war"], "used", "no"),
        ([COUNCIL + ", on: PER"], "lapsed", "yes"), ([COUNCIL + ", on: SWE"], "open", "no"),
        ([COUNCIL + ", on: PER", "date: 2001-07-01, kind: bombardment, by: BEL, on: PER"], "lapsed", "yes"),
    ],
)  # fmt: skip
def test_a_permission_ends_with_its_until_and_then_lifts_no_ban(events, permission, ban):
    text = world(pact({"1/right": RIGHT, "2/ban": BAN}), events=[WAR, *events])
    found = judge(text, on="2001-12-31", pairs={("BEL", "PER")})
    assert found.status("BEL may use-force PER") == permission
    assert found("BEL must_not use-force PER") == ban
