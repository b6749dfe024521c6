"""Where duties of one bearer collide, and what resolves it."""

from __future__ import annotations

from worlds import judge, pact, world

TRIGGER = "when: {event: armed-attack, on: party}"
ATTACK = "id: blow, kind: bombardment, by: PER, on: BEL"
FIGHT = f"{{{TRIGGER}, who: DNK, must: fight}}"
ASSIST = f"{{{TRIGGER}, who: DNK, must: assist}}"
AID = f"{{{TRIGGER}, who: DNK, must: aid}}"
BAN = "{who: party, must_not: use-force, whom: other-parties}"
PEACE = "{PER: {}, DNK: {}}"


def rows(*pacts, events=(ATTACK,), **case):
    found = judge(world(*pacts, events=events), **case)
    return [
        (d.bearer, {d.first.treaty.id, d.second.treaty.id}, d.severity, d.resolved_by)
        for d in found.assessment.dilemmas
    ]


def peace(rule=BAN, **keys):
    return pact({"1/peace": rule}, name="peace", **{"parties": PEACE, **keys})


def test_a_duty_to_fight_and_a_ban_on_force_are_a_collision():
    assert rows(pact({"6/help": FIGHT}), peace()) == [("DNK", {"pact", "peace"}, "collision", None)]


def test_a_duty_to_assist_and_a_ban_on_force_only_narrow_the_means():
    assert rows(pact({"6/help": ASSIST}), peace()) == [("DNK", {"pact", "peace"}, "narrowed", None)]


def test_a_duty_to_assist_by_arms_alone_collides_with_the_ban():
    armed = ASSIST.replace("must: assist", "must: assist, means: armed-force")
    assert rows(pact({"6/help": armed}), peace())[0][2] == "collision"
    open_means = ASSIST.replace("must: assist", "must: assist, means: [armed-force, open]")
    assert rows(pact({"6/help": open_means}), peace())[0][2] == "narrowed"


def test_help_without_arms_meets_a_ban_on_force():
    assert rows(pact({"6/help": AID}), peace()) == []


def test_a_ban_on_force_on_somebody_else_is_no_dilemma():
    assert rows(pact({"6/help": FIGHT}), peace(parties="{SWE: {}, DNK: {}}")) == []


def test_a_duty_to_help_and_a_duty_to_stay_neutral_collide():
    by_name = "{when: {event: armed-attack, by: party}, who: DNK, must: stay-neutral, whom: actor}"
    assert rows(pact({"6/help": ASSIST}), pact({"1/n": by_name}, name="peace", parties=PEACE)) == [
        ("DNK", {"pact", "peace"}, "collision", None)
    ]


def test_to_fight_against_one_and_beside_it_is_crossed():
    """BEL and PER strike each other; DNK is bound to both."""
    events = ["kind: bombardment, by: PER, on: BEL", "kind: bombardment, by: BEL, on: PER"]
    assert rows(pact({"6/help": FIGHT}), pact({"1/help": FIGHT}, name="second", parties=PEACE), events=events) == [
        ("DNK", {"pact", "second"}, "crossed", None)
    ]


def test_two_instruments_that_ask_the_same_are_no_dilemma():
    assert rows(pact({"6/help": FIGHT}), pact({"1/help": FIGHT}, name="second")) == []


def test_there_is_no_dilemma_when_no_world_has_both():
    """The duty needs that it was unprovoked, the ban that it was provoked."""
    duty = FIGHT.replace("on: party", "on: party, provoked: no")
    ban = "{when: {event: armed-attack, by: party, provoked: yes}, who: DNK, must_not: use-force, whom: actor}"
    assert rows(pact({"6/help": duty}), peace(ban)) == []
    same = ban.replace("yes", "no")
    assert [row[2] for row in rows(pact({"6/help": duty}), peace(same))] == ["collision"]


def test_two_open_duties_that_some_world_has_both_are_a_dilemma():
    duty = FIGHT.replace("on: party", "on: party, provoked: no")
    ban = "{when: {event: armed-attack, by: party, scale: grave}, who: DNK, must_not: use-force, whom: actor}"
    assert [row[2] for row in rows(pact({"6/help": duty}), peace(ban))] == ["collision"]


def test_one_row_per_bearer_and_pair_of_instruments_the_gravest():
    both = pact({"6/help": ASSIST, "7/fight": FIGHT})
    assert rows(both, peace()) == [("DNK", {"pact", "peace"}, "collision", None)]
    everybody = pact({"6/help": FIGHT.replace("DNK", "other-parties")})
    wide = peace(parties="{PER: {}, DNK: {}, CHL: {}}")
    assert [row[0] for row in rows(everybody, wide)] == ["CHL", "DNK"]
    third = pact({"1/peace": BAN}, name="third", parties=PEACE)
    assert [row[1] for row in rows(pact({"6/help": FIGHT}), peace(), third)] == [{"pact", "peace"}, {"pact", "third"}]


def test_a_dilemma_inside_one_instrument():
    """AES 6 and 8: one party attacks another, the third must help and must not use force."""
    found = rows(
        pact({"6/help": ASSIST.replace("who: DNK", "who: other-parties"), "8/ban": BAN}),
        events=["kind: bombardment, by: CHL, on: BEL"],
    )
    assert found == [("DNK", {"pact"}, "narrowed", None)]


def test_both_must_be_legal():
    assert rows(pact({"6/help": FIGHT}, kind="declaration"), peace()) == []
    assert rows(pact({"6/help": FIGHT}), peace(binding="political")) == []


def test_two_standing_rules_are_no_dilemma():
    duty = "{who: DNK, must: assist, whom: BEL}"
    ban = "{who: DNK, must_not: assist, whom: BEL}"
    assert (
        rows(pact({"6/help": duty}), pact({"1/x": ban}, name="second"), pairs=[("DNK", "BEL")], asked=["DNK", "BEL"])
        == []
    )


def test_without_prejudice_declares_no_dilemma():
    for path in ("peace", "peace/1", "peace/1/peace"):
        duty = FIGHT.replace("must: fight", f"must: fight, without_prejudice_to: [{path}]")
        assert rows(pact({"6/help": duty}), peace()) == [], path
    assert (
        len(
            rows(
                pact({"6/help": FIGHT.replace("must: fight", "must: fight, without_prejudice_to: [peace/2]")}), peace()
            )
        )
        == 1
    )


def test_without_prejudice_to_an_article_of_its_own_instrument():
    ban = "{who: party, must_not: use-force, whom: any-state}"
    duty = FIGHT.replace("must: fight", "must: fight, without_prejudice_to: [this/1]")
    assert rows(pact({"6/help": FIGHT, "1/ban": ban})) == [("DNK", {"pact"}, "collision", None)]
    assert rows(pact({"6/help": duty, "1/ban": ban})) == []


def test_a_subjection_resolves_but_the_row_is_still_listed():
    assert rows(pact({"6/help": FIGHT}, subject_to="[peace]"), peace()) == [
        ("DNK", {"pact", "peace"}, "collision", "pact is subject to peace")
    ]


CHARTER = "{when: {event: armed-attack, on: any-state}, who: any-state, may: use-force, whom: actor}"


def test_an_instrument_above_all_that_permits_the_act_resolves():
    charter = pact({"51/self-defence": CHARTER}, name="charter", parties="all-states", prevails_over="all")
    (row,) = rows(pact({"6/help": FIGHT}), peace(), charter)
    assert row[:3] == ("DNK", {"pact", "peace"}, "collision")
    assert row[3] == "charter/51 permits it and prevails"


def test_a_permission_of_an_equal_resolves_nothing():
    equal = pact({"51/self-defence": CHARTER}, name="equal", parties="all-states")
    assert [row[3] for row in rows(pact({"6/help": FIGHT}), peace(), equal)] == [None]


def test_what_an_override_took_away_is_no_dilemma():
    duty = FIGHT.replace("must: fight", "must: fight, overrides: [peace/1]")
    assert rows(pact({"6/help": duty}), peace()) == []


def test_a_ban_on_the_very_act_is_a_collision_and_one_on_another_way_of_helping_narrows():
    ban = "{when: {event: armed-attack, on: party}, who: DNK, must_not: %s, whom: target}"
    trap = {"parties": "{BEL: {}, DNK: {}}", "name": "trap"}
    assert [row[2] for row in rows(pact({"6/help": FIGHT}), pact({"1/x": ban % "fight"}, **trap))] == ["collision"]
    assert [row[2] for row in rows(pact({"6/help": ASSIST}), pact({"1/x": ban % "fight"}, **trap))] == ["narrowed"]
    other = ban.replace("whom: target", "whom: CHL") % "fight"
    assert rows(pact({"6/help": FIGHT}), pact({"1/x": other}, **trap)) == []


def test_help_for_the_enemy_against_a_third_is_not_crossed():
    """BEL is struck by PER; PER is struck by SWE: DNK may help each against its own enemy."""
    events = ["kind: bombardment, by: PER, on: BEL", "kind: bombardment, by: SWE, on: PER"]
    assert rows(pact({"6/help": FIGHT}), pact({"1/help": FIGHT}, name="second", parties=PEACE), events=events) == []


def test_a_ban_on_helping_the_enemy_collides_with_a_duty_to_help_against_it():
    ban = "{when: {event: armed-attack, on: party}, who: DNK, must_not: help-enemy, whom: target, against: actor}"
    events = ["kind: bombardment, by: PER, on: BEL", "kind: bombardment, by: BEL, on: PER"]
    found = rows(pact({"6/help": ASSIST}), pact({"1/x": ban}, name="second", parties=PEACE), events=events)
    assert [row[2] for row in found] == ["collision"]


def test_a_permission_of_another_bearer_resolves_nothing():
    narrow = CHARTER.replace("who: any-state", "who: CHL")
    charter = pact({"51/self-defence": narrow}, name="charter", parties="all-states", prevails_over="all")
    assert [row[3] for row in rows(pact({"6/help": FIGHT}), peace(), charter)] == [None]
