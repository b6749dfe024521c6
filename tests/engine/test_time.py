"""Three clocks: when it binds, when it happens, when it goes on; and branches that leave history."""

from __future__ import annotations

import pytest
from worlds import HELP, judge, pact, world

ASKED = "DNK must assist BEL"
BLOW = "id: blow, date: {}, kind: bombardment, by: PER, on: BEL"


def answers(text, *days, asked=ASKED, **case):
    return [judge(text, on=day, **case)(asked) for day in days]


def test_what_will_happen_has_not_happened():
    text = world(pact({"help": HELP}), events=[BLOW.format("2001-05-01")])
    assert answers(text, "2001-04-30", "2001-05-01", "2009-01-01") == ["no", "yes", "yes"]


@pytest.mark.parametrize(
    ("date", "days"),
    [("2001-05", ("2001-04-30", "2001-05-15", "2001-05-31")), ("2001", ("2000-12-31", "2001-07-01", "2001-12-31"))],
)
def test_an_event_whose_date_is_known_in_part_is_open_inside_its_span(date, days):
    text = world(pact({"help": HELP}), events=[BLOW.format(date)])
    assert answers(text, *days) == ["no", "depends", "yes"]
    assert judge(text, on=days[1]).hinges(ASKED) == {"blow.date"}


def test_an_event_of_unknown_date_is_open():
    text = world(pact({"help": HELP}), events=[BLOW.format("unknown")])
    assert answers(text, "2001-06-01") == ["depends"]


def test_a_partial_date_that_straddles_the_entry_into_force_leaves_it_open():
    """The blow fell some day in May, the instrument bound from the 15th: whether it was covered is unknown, not no."""
    text = world(pact({"help": HELP}, in_force="2001-05-15"), events=[BLOW.format("2001-05")])
    assert answers(text, "2001-06-30") == ["depends"]


def test_a_partial_date_that_straddles_the_exit_leaves_it_open():
    text = world(pact({"help": HELP}, ends="2001-05-15"), events=[BLOW.format("2001-05")])
    assert answers(text, "2001-06-30") == ["depends"]


def test_without_a_day_the_end_of_the_period_is_meant_and_without_a_period_the_last_event():
    text = world(pact({"help": HELP}), events=[BLOW.format("2001-05-01")])
    assert judge(text).assessment.world.day.isoformat() == "2001-05-01"
    assert judge(text + "period: {to: 2001-04-30}\n")(ASKED) == "no"


# lasting events and instruments that come later ----------------------------------------------------------------------

LASTING = ["invasion", "occupation", "blockade", "declaration-of-war", "state-of-war"]
WIDE = "{when: {event: [resort-to-war, economic-sanctions, mobilisation], on: party}, who: other-parties, must: assist}"


@pytest.mark.parametrize("kind", [*LASTING, "economic-sanctions", "mobilisation"])
def test_a_lasting_event_is_covered_from_the_day_the_instrument_starts(kind):
    text = world(pact({"help": WIDE}, in_force="2001-06-01"), events=[f"kind: {kind}, by: PER, on: BEL"])
    assert answers(text, "2001-05-31", "2001-06-01") == ["no", "yes"]
    assert judge(text, on="2001-09-01").one(ASKED).since.isoformat() == "2001-06-01"


@pytest.mark.parametrize("kind", ["bombardment", "armed-attack", "lending-territory"])
def test_a_blow_before_the_instrument_is_not_covered(kind):
    text = world(pact({"help": WIDE}, in_force="2001-06-01"), events=[f"kind: {kind}, by: PER, on: BEL"])
    assert answers(text, "2001-09-01") == ["no"]


@pytest.mark.parametrize(
    ("end", "holds"),
    [
        (", until: 2001-06-01", "no"), (", until: 2001-06-02", "yes"), (", until: 2001-05-20", "no"), ("", "yes"),
    ],
)  # fmt: skip
def test_a_lasting_event_goes_on_until_its_until(end, holds):
    text = world(pact({"help": HELP}, in_force="2001-06-01"), events=[f"kind: invasion, by: PER, on: BEL{end}"])
    assert answers(text, "2001-09-01") == [holds]


@pytest.mark.parametrize(
    ("end", "holds"),
    [
        ("kind: ceasefire, by: [PER, BEL]", "no"), ("kind: peace, by: PER, to: BEL", "no"), ("kind: peace", "no"),
        ("kind: ceasefire, by: [PER, SWE]", "yes"), ("kind: statement, by: [PER, BEL]", "yes"),
    ],
)  # fmt: skip
def test_a_ceasefire_or_a_peace_between_the_two_ends_it(end, holds):
    text = world(
        pact({"help": HELP}, in_force="2001-06-01"),
        events=["kind: invasion, by: PER, on: BEL", f"date: 2001-05-20, {end}"],
    )
    assert answers(text, "2001-09-01") == [holds]


def test_a_party_that_joins_while_the_war_goes_on_is_bound_from_that_day():
    text = world(
        pact({"help": HELP}, parties="{BEL: {}, CHL: {}, DNK: {since: 2001-07-01}}"),
        events=["kind: invasion, by: PER, on: BEL"],
    )
    assert answers(text, "2001-06-30", "2001-07-01") == ["no", "yes"]
    assert judge(text, on="2001-09-01").one(ASKED).since.isoformat() == "2001-07-01"
    assert judge(text, on="2001-09-01").one("CHL must assist BEL").since.isoformat() == "2001-05-01"


def test_a_victim_that_joins_while_the_war_goes_on_is_covered_from_that_day():
    text = world(
        pact({"help": HELP}, parties="{BEL: {since: 2001-07-01}, CHL: {}, DNK: {}}"),
        events=["kind: invasion, by: PER, on: BEL"],
    )
    assert answers(text, "2001-06-30", "2001-07-01") == ["no", "yes"]


def test_a_contested_late_entry_leaves_a_lasting_war_open():
    text = world(
        pact({"help": HELP}, in_force="{contested: {early: 2001-06-01, never: null}}"),
        events=["kind: invasion, by: PER, on: BEL"],
    )
    assert answers(text, "2001-05-31", "2001-09-01") == ["no", "depends"]


def test_a_label_keeps_the_clock_of_its_event():
    label = "{when: {event: economic-sanctions, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}"
    text = world(
        pact({"1/l": label, "2/help": HELP}, in_force="2001-06-01"),
        events=["kind: economic-sanctions, by: PER, on: BEL"],
    )
    assert answers(text, "2001-05-31", "2001-06-01") == ["no", "yes"]


# branches ------------------------------------------------------------------------------------------------------------

BRANCHED = world(
    pact({"help": HELP}),
    events=["id: old, date: 2001-03-01, kind: invasion, by: PER, on: BEL, until: 2001-12-01",
            "id: new, date: 2001-06-01, kind: bombardment, by: SWE, on: BEL"],
    branches=(
        "{calm: {drop: [old, new]}, turn: {from: 2001-06-01, "
        "add: [{id: other, date: 2001-06-02, kind: bombardment, by: NOR, on: BEL}]}, "
        "more: {add: [{id: more, date: 2001-06-03, kind: bombardment, by: FIN, on: BEL}]}}"
    ),
)  # fmt: skip


def enemies(**case):
    found = judge(BRANCHED, on="2001-07-01", **case)
    return {enemy for finding in found.findings(ASKED) for enemy in finding.against}


def test_a_branch_with_from_leaves_history_the_day_before():
    assert enemies() == {"PER", "SWE"}
    assert enemies(branch="turn") == {"PER", "NOR"}


def test_a_branch_without_from_keeps_all_history():
    assert enemies(branch="more") == {"PER", "SWE", "FIN"}


def test_a_branch_may_drop_events():
    assert enemies(branch="calm") == set()


def test_instruments_keep_their_dates_in_every_branch():
    text = world(
        pact({"help": HELP}, in_force="2001-07-01"),
        events=[],
        branches="{turn: {from: 2001-06-01, add: [{id: x, date: 2001-07-01, kind: bombardment, by: NOR, on: BEL}]}}",
    )
    assert judge(text, on="2001-07-01", branch="turn")(ASKED) == "yes"


def test_an_earlier_event_goes_on_into_a_branch():
    text = world(
        pact({"help": HELP}, in_force="2001-07-01"), events=["kind: invasion, by: PER, on: BEL, until: 2001-12-01"],
        branches="{turn: {from: 2001-06-01, add: []}}",
    )  # fmt: skip
    assert judge(text, on="2001-07-02", branch="turn")(ASKED) == "yes"
