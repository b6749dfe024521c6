"""Rules without a trigger: they hold while the bond holds, between those they name."""

from __future__ import annotations

import pytest
from worlds import judge, pact, world

from foedera.engine.standing import everybody

BAN = "{who: party, must_not: use-force, whom: other-parties}"
ASKED = "DNK must_not use-force BEL"


def between(rule=BAN, bearer="DNK", toward="BEL", on="2001-05-01", events=(), **keys):
    text = world(pact({"r": rule}, **keys), events=events)
    return judge(text, on=on, asked=[bearer, toward], pairs=[(bearer, toward)])


@pytest.mark.parametrize(
    ("day", "holds"), [("1999-12-31", "no"), ("2000-01-01", "yes"), ("2004-12-31", "yes"), ("2005-01-01", "no")]
)
def test_it_holds_while_the_instrument_is_in_force(day, holds):
    assert between(on=day, ends="2005-01-01")(ASKED) == holds


def test_it_holds_between_parties_only():
    assert between()(ASKED) == "yes"
    assert between(toward="SWE")("DNK must_not use-force SWE") == "no"
    assert between(bearer="SWE")("SWE must_not use-force BEL") == "no"
    assert between(toward="DNK")("DNK must_not use-force DNK") == "no"


def test_it_begins_when_the_later_of_the_two_is_in():
    parties = "{BEL: {since: 2001-02-01}, CHL: {}, DNK: {since: 2001-03-01}}"
    assert between(parties=parties).one(ASKED).since.isoformat() == "2001-03-01"
    assert between(parties="{BEL: {}, CHL: {}, DNK: {}}").one(ASKED).since.isoformat() == "2000-01-01"


def test_it_ends_with_the_bond_of_either():
    for code in ("BEL", "DNK"):
        parties = "{BEL: {}, CHL: {}, DNK: {}}".replace(f"{code}: {{}}", f"{code}: {{until: 2001-05-01}}")
        assert between(parties=parties)(ASKED) == "no", code


def test_it_is_suspended_toward_whom_the_bond_is():
    parties = "{BEL: {}, CHL: {}, DNK: {suspended: {since: 2001-01-01, toward: [BEL]}}}"
    assert between(parties=parties)(ASKED) == "no"
    assert between(parties=parties, toward="CHL")("DNK must_not use-force CHL") == "yes"


def test_it_may_have_conditions_and_dates_of_its_own():
    conditional = "{who: party, must: consult, whom: other-parties, if: [{question: ready}]}"
    found = between(conditional, questions="{ready: Was it ready?}")
    assert found("DNK must consult BEL") == "depends" and found.hinges("DNK must consult BEL") == {"pact.ready"}
    dated = BAN.replace("whom: other-parties", "whom: other-parties, until: 2001-05-01")
    assert between(dated)(ASKED) == "no"
    assert between(dated, on="2001-04-30")(ASKED) == "yes"


def test_a_ban_is_shown_where_the_act_was_done_or_where_a_duty_would_have_it_done():
    done = judge(world(pact({"r": BAN}), events=["kind: bombardment, by: DNK, on: BEL"]))
    assert {f.bearer for f in done.assessment.findings} == {"DNK"}
    duty = "{when: {event: armed-attack, on: party}, who: DNK, must: fight}"
    peace = pact({"r": BAN}, name="peace", parties="{PER: {}, DNK: {}}")
    owed = judge(world(pact({"h": duty}), peace, events=["kind: bombardment, by: PER, on: BEL"]))
    assert owed("DNK must_not use-force PER") == "yes"
    quiet = judge(world(pact({"r": BAN}), events=["kind: statement, by: DNK, to: BEL"]))
    assert not quiet.assessment.findings


def test_the_body_itself_may_bear_a_rule_and_be_owed_one():
    borne = "{who: organisation, must: settle-peacefully, whom: party}"
    found = between(borne, bearer="nato", organisation="nato")
    assert found("nato must settle-peacefully BEL") == "yes"
    owed = "{who: party, must: contribute, whom: organisation}"
    assert between(owed, toward="nato", organisation="nato")("DNK must contribute nato") == "yes"
    assert between(owed, bearer="SWE", toward="nato", organisation="nato")("SWE must contribute nato") == "no"


def test_everybody_lists_the_bearers_and_those_owed_among_the_states_of_the_case():
    text = world(
        pact({"r": BAN}, parties="{BEL: {}, CHL: {until: 2001-01-01}, DNK: {}, NOR: {}}"),
        events=["kind: statement, by: [BEL, CHL, DNK, SWE]"],
    )
    found = judge(text).assessment.world
    treaty = found.treaties["pact"]
    bearers, toward = everybody(found, treaty, treaty.rules[0])
    assert bearers == ("BEL", "DNK")  # CHL has left, SWE never joined, nobody named NOR
    assert toward == ("BEL", "DNK")
