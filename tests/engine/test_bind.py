"""When an instrument binds: entry, exit, suspension, and the events that change them."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

ATTACK = "id: blow, date: {}, kind: invasion, by: PER, on: BEL"
QUICK = "id: blow, date: {}, kind: bombardment, by: PER, on: BEL"  # does not last
ASKED = "DNK must assist BEL"


def on_day(day, *, kind=QUICK, **keys):
    facts = {"facts": keys.pop("facts")} if "facts" in keys else {}
    return judge(world(pact({"help": HELP}, **keys), events=[kind.format(day)], **facts), on=day)


@pytest.mark.parametrize(("day", "holds"), [("1999-12-31", "no"), ("2000-01-01", "yes")])
def test_an_instrument_binds_from_the_day_it_enters_into_force(day, holds):
    assert on_day(day)(ASKED) == holds


@pytest.mark.parametrize(("day", "holds"), [("2004-12-31", "yes"), ("2005-01-01", "no")])
def test_the_day_on_which_it_ends_is_the_first_day_out(day, holds):
    assert on_day(day, ends="2005-01-01")(ASKED) == holds


@pytest.mark.parametrize(
    ("day", "holds"), [("2001-02-28", "no"), ("2001-03-01", "yes"), ("2004-06-25", "yes"), ("2004-06-26", "no")]
)
@pytest.mark.parametrize("code", ["BEL", "DNK"])
def test_a_party_is_in_from_its_since_to_the_day_before_its_until(day, holds, code):
    parties = {"BEL": "{}", "CHL": "{}", "DNK": "{}"} | {code: "{since: 2001-03-01, until: 2004-06-26}"}
    text = "{" + ", ".join(f"{k}: {v}" for k, v in parties.items()) + "}"
    assert on_day(day, parties=text)(ASKED) == holds


def test_an_instrument_that_never_entered_into_force_binds_nobody():
    found = on_day("2001-05-01", in_force="null")
    assert found(ASKED) == "no"
    assert found.missing(ASKED) == {"in-force"}


def test_a_partial_date_of_entry_leaves_the_answer_open_inside_its_span():
    for day, holds in (("2001-11-30", "no"), ("2001-12-10", "depends"), ("2002-01-01", "yes")):
        assert on_day(day, in_force="2001-12")(ASKED) == holds, day
    assert on_day("2001-12-10", in_force="2001-12").hinges(ASKED) == {"pact.in-force"}


def test_a_partial_date_of_exit_leaves_the_answer_open_inside_its_span():
    parties = "{BEL: {}, CHL: {}, DNK: {until: 2003}}"
    assert [on_day(day, parties=parties)(ASKED) for day in ("2002-12-31", "2003-06-01", "2004-01-01")] == [
        "yes",
        "depends",
        "no",
    ]
    assert on_day("2003-06-01", parties=parties).hinges(ASKED) == {"pact.DNK.until"}


CONTESTED = "{contested: {literature: 1999-09-30, registry: null}}"


def test_a_contested_entry_is_a_hinge():
    found = on_day("2001-05-01", in_force=CONTESTED)
    assert found(ASKED) == "depends"
    assert found.hinges(ASKED) == {"pact.in-force"}


def test_a_contested_entry_is_settled_by_a_reading():
    text = world(
        pact({"help": HELP}, in_force=CONTESTED),
        events=[QUICK.format("2001-05-01")],
        readings="{lit: {says: x, set: {pact.in-force: literature}}, reg: {says: x, set: {pact.in-force: registry}}}",
    )
    assert judge(text, reading="lit")(ASKED) == "yes"
    assert judge(text, reading="reg")(ASKED) == "no"


def test_a_fact_of_the_crisis_overrules_the_date_in_the_file():
    assert on_day("2001-05-01", facts="{pact.in-force: null}")(ASKED) == "no"
    assert on_day("2001-05-01", facts="{pact.in-force: 2001-05-02}")(ASKED) == "no"
    assert on_day("2001-05-01", in_force="null", facts="{pact.in-force: 2001-05-01}")(ASKED) == "yes"


def test_a_branch_may_take_an_instrument_out_of_force():
    text = world(
        pact({"help": HELP}), events=[QUICK.format("2001-05-01")], branches="{never: {facts: {pact.in-force: null}}}"
    )
    assert (judge(text)(ASKED), judge(text, branch="never")(ASKED)) == ("yes", "no")


# suspension ----------------------------------------------------------------------------------------------------------


def suspended(how):
    return "{BEL: {}, CHL: {}, DNK: {suspended: " + how + "}}"


def test_suspension_from_organs_leaves_the_bond():
    assert on_day("2001-05-01", parties=suspended("{since: 2001-01-01, from: organs}"))(ASKED) == "yes"


@pytest.mark.parametrize(
    ("day", "holds"), [("2001-01-31", "yes"), ("2001-02-01", "no"), ("2001-02-28", "no"), ("2001-03-01", "yes")]
)
def test_suspension_of_the_bond_takes_it_away_while_it_lasts(day, holds):
    assert on_day(day, parties=suspended("{since: 2001-02-01, until: 2001-03-01}"))(ASKED) == holds


def test_suspension_toward_one_state_leaves_the_bond_with_the_others():
    parties = suspended("{since: 2001-01-01, toward: [BEL]}")
    found = judge(world(pact({"help": HELP}, parties=parties), events=["kind: bombardment, by: PER, on: [BEL, CHL]"]))
    assert found("DNK must assist BEL") == "no"
    assert found("DNK must assist CHL") == "yes"


def test_a_bond_suspended_toward_a_state_binds_that_state_no_more_either():
    """ANZUS since 1986: neither side owes the other."""
    parties = suspended("{since: 2001-01-01, toward: [BEL]}")
    found = judge(world(pact({"help": HELP}, parties=parties), events=["kind: bombardment, by: PER, on: DNK"]))
    assert found("BEL must assist DNK") == "no"
    assert found("CHL must assist DNK") == "yes"


# events that change membership ---------------------------------------------------------------------------------------

NOTICE = "id: notice, date: 2001-02-28, kind: notice-of-withdrawal, by: DNK, under: pact"


def noticed(day, notice=NOTICE, **keys):
    return judge(world(pact({"help": HELP}, **keys), events=[notice, QUICK.format(day)]), on=day)


@pytest.mark.parametrize(("day", "holds"), [("2001-08-27", "yes"), ("2001-08-28", "no")])
def test_an_exit_is_computed_from_the_notice(day, holds):
    assert noticed(day, withdrawal="{notice: 6 months}")(ASKED) == holds


def test_a_notice_at_once_takes_effect_at_once():
    assert noticed("2001-02-28", withdrawal="{notice: at once}")(ASKED) == "no"


def test_a_notice_under_an_instrument_without_a_clause_changes_nothing():
    assert noticed("2009-01-01")(ASKED) == "yes"


def test_a_notice_that_the_file_already_counts_changes_nothing():
    parties = "{BEL: {}, CHL: {}, DNK: {until: 2005-01-01}}"
    assert noticed("2004-12-31", withdrawal="{notice: 6 months}", parties=parties)(ASKED) == "yes"
    assert noticed("2005-01-01", withdrawal="{notice: 6 months}", parties=parties)(ASKED) == "no"


def test_a_notice_under_another_instrument_leaves_this_one():
    two = (
        pact({"help": HELP}, withdrawal="{notice: at once}"),
        pact({"help": HELP}, name="other", withdrawal="{notice: at once}"),
    )
    found = judge(world(*two, events=[NOTICE.replace("under: pact", "under: other"), QUICK.format("2001-05-01")]))
    assert found(f"{ASKED} under pact") == "yes"
    assert found(f"{ASKED} under other") == "no"


@pytest.mark.parametrize("kind", ["accession", "ratification"])
def test_an_accession_makes_a_party_from_its_day(kind):
    event = f"id: entry, date: 2001-04-01, kind: {kind}, by: SWE, under: pact"
    for day, holds in (("2001-03-31", "no"), ("2001-04-01", "yes")):
        found = judge(world(pact({"help": HELP}), events=[event, QUICK.format(day)]), on=day)
        assert found("SWE must assist BEL") == holds, day
        struck = QUICK.format(day).replace("on: BEL", "on: SWE")
        assert judge(world(pact({"help": HELP}), events=[event, struck]), on=day)("BEL must assist SWE") == holds


def test_a_suspension_in_the_crisis_changes_membership():
    """Design page 4: `suspension` with `under` changes membership as its clauses say."""
    event = "id: cut, date: 2001-02-01, kind: suspension, by: DNK, under: pact"
    found = judge(world(pact({"help": HELP}), events=[event, QUICK.format("2001-05-01")]))
    assert found(ASKED) == "no"


def test_a_notice_by_a_government_that_does_not_speak_for_the_state_changes_nothing():
    notice = NOTICE.replace("by: DNK", "by: exiles")
    text = world(
        pact({"help": HELP}, withdrawal="{notice: at once}"), events=[notice, QUICK.format("2001-05-01")],
        actors="{exiles: {kind: government, of: DNK}, cabinet: {kind: government, of: DNK}}",
        facts="{government-of-DNK: cabinet}",
    )  # fmt: skip
    assert judge(text)(ASKED) == "yes"
    assert judge(text.replace("government-of-DNK: cabinet", "government-of-DNK: exiles"))(ASKED) == "no"


def test_a_notice_by_a_contested_government_leaves_the_bond_open():
    notice = NOTICE.replace("by: DNK", "by: exiles")
    text = world(
        pact({"help": HELP}, withdrawal="{notice: at once}"), events=[notice, QUICK.format("2001-05-01")],
        actors="{exiles: {kind: government, of: DNK}, cabinet: {kind: government, of: DNK}}",
        facts="{government-of-DNK: {contested: {cabinet: here, exiles: there}}}",
    )  # fmt: skip
    found = judge(text)
    assert found(ASKED) == "depends"
    assert found.hinges(ASKED) == {"government-of-DNK"}


# other ways of being bound -------------------------------------------------------------------------------------------


def test_all_states_are_bound_by_an_instrument_for_all_while_they_exist():
    text = world(
        pact({"help": HELP}, parties="all-states"),
        events=[
            "kind: bombardment, by: PER, on: CSK, date: 1990-05-01",
            "kind: statement, by: [SWE, CZE], date: 1990-05-01",
        ],
    ).replace("2000-01-01", "1980-01-01")
    found = judge(text, on="1990-05-01")
    assert found("SWE must assist CSK") == "yes"
    assert found("CZE must assist CSK") == "no"


def test_the_parties_of_another_instrument_are_read_there():
    club = pact({}, name="club", parties="{BEL: {}, DNK: {until: 2001-05-02}}")
    rules = pact({"help": HELP}, parties="{of: club}")
    for day, holds in (("2001-05-01", "yes"), ("2001-05-02", "no")):
        assert judge(world(club, rules, events=[QUICK.format(day)]), on=day)(ASKED) == holds


def test_a_bearer_named_by_its_code_has_to_be_bound_that_day():
    rule = "{when: {event: armed-attack, on: party}, who: DNK, must: assist}"
    for parties, holds in (
        ("{BEL: {}, DNK: {}}", "yes"),
        ("{BEL: {}, DNK: {until: 2001-01-01}}", "no"),
        ("{BEL: {}, CHL: {}}", "no"),
    ):
        assert (
            judge(world(pact({"help": rule}, parties=parties), events=[QUICK.format("2001-05-01")]))(ASKED) == holds
        ), parties


def test_a_rule_has_dates_of_its_own():
    rule = "{when: {event: armed-attack, on: party}, who: other-parties, must: assist, from: 2001-05-01, until: 2001-06-01}"
    for day, holds in (("2001-04-30", "no"), ("2001-05-01", "yes"), ("2001-05-31", "yes"), ("2001-06-01", "no")):
        assert judge(world(pact({"help": rule}), events=[QUICK.format(day)]), on=day)(ASKED) == holds, day


def test_a_claim_of_exit_is_a_reading_of_membership():
    parties = "{BEL: {}, CHL: {}, DNK: {claims: {frozen: {since: 2001-02-01, held_by: [DNK], standing: %s}}}}"
    rival = on_day("2001-05-01", parties=parties % "rival")
    assert rival(ASKED) == "depends" and rival.hinges(ASKED) == {"pact.frozen"}
    minority = on_day("2001-05-01", parties=parties % "minority")
    assert minority(ASKED) == "yes"
    assert [(e.option, e.holds.value) for e in minority.one(ASKED).readings] == [("frozen", "no")]
    assert on_day("2001-01-31", parties=parties % "rival")(ASKED) == "yes"


# secrets -------------------------------------------------------------------------------------------------------------

SECRET_RULE = HELP.replace("must: assist", "must: assist, secret_until: 2010-01-01")


@pytest.mark.parametrize(
    "text", [pact({"help": HELP}, secret_until="2010-01-01"), pact({"help": SECRET_RULE})], ids=["instrument", "rule"]
)
def test_what_was_secret_then_does_not_bind_in_the_eyes_of_the_public(text):
    file = world(text, events=[QUICK.format("2001-05-01")])
    assert judge(file)(ASKED) == "yes"
    assert judge(file, public=True)(ASKED) == "no"


def test_a_secret_is_out_from_its_day():
    text = world(pact({"help": HELP}, secret_until="2001-06-01"), events=[QUICK.format("2001-05-01")])
    assert [judge(text, public=True, on=day)(ASKED) for day in ("2001-05-31", "2001-06-01")] == ["no", "yes"]


def test_an_event_that_became_known_later_has_not_happened_for_the_public():
    text = world(pact({"help": HELP}), events=[QUICK.format("2001-05-01") + ", known_since: 2001-07-01"])
    assert judge(text, on="2001-06-30")(ASKED) == "yes"
    assert [judge(text, public=True, on=day)(ASKED) for day in ("2001-06-30", "2001-07-01")] == ["no", "yes"]


def test_a_secret_article_hides_its_rules():
    text = world(pact({"help": HELP}), events=[QUICK.format("2001-05-01")]).replace(
        "says: What it says.", "says: x\n        secret_until: 2010-01-01"
    )
    assert (judge(text)(ASKED), judge(text, public=True)(ASKED)) == ("yes", "no")


def test_a_state_that_the_crisis_declares_is_bound_by_an_instrument_for_all():
    text = world(
        pact({"help": HELP}, parties="all-states"), events=["kind: bombardment, by: PER, on: utopia", "kind: statement, by: [SWE, band]"],
        actors="{utopia: {kind: state}, band: {kind: armed-group}}",
    )  # fmt: skip
    found = judge(text)
    assert found("SWE must assist utopia") == "yes"
    assert found("band must assist utopia") == "no"


@pytest.mark.parametrize(
    ("more", "day", "holds"),
    [
        ("", "2001-01-31", "yes"), ("", "2001-02-01", "no"), (", until: 2001-03-01", "2001-02-28", "no"),
        (", until: 2001-03-01", "2001-03-01", "yes"), (", on: DNK", "2001-05-01", "yes"),
    ],
)  # fmt: skip
def test_a_suspension_by_a_party_lasts_until_its_until(more, day, holds):
    """One `on` a party is from organs, and leaves it bound."""
    by = "BEL" if "on:" in more else "DNK"
    event = f"id: cut, date: 2001-02-01, kind: suspension, by: {by}, under: pact{more}"
    if "on:" in more:
        found = judge(
            world(pact({"help": HELP}), events=[event, QUICK.format(day).replace("on: BEL", "on: CHL")]), on=day
        )
        assert found("DNK must assist CHL") == holds
    else:
        assert judge(world(pact({"help": HELP}), events=[event, QUICK.format(day)]), on=day)(ASKED) == holds


def test_a_suspension_under_another_instrument_leaves_this_one():
    two = pact({"help": HELP}), pact({"help": HELP}, name="other")
    found = judge(
        world(
            *two,
            events=["id: cut, date: 2001-02-01, kind: suspension, by: DNK, under: other", QUICK.format("2001-05-01")],
        )
    )
    assert (found(f"{ASKED} under pact"), found(f"{ASKED} under other")) == ("yes", "no")


def test_a_bond_suspended_toward_the_victim_is_what_lacks():
    found = judge(
        world(
            pact({"help": HELP}, parties=suspended("{since: 2001-01-01, toward: [BEL]}")),
            events=[QUICK.format("2001-05-01")],
        )
    )
    assert found.missing(ASKED) == {"party"}
