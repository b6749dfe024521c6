"""From bonds to rows: what a year is, which stretch decides, who is a row, what is missing and what is none."""

from __future__ import annotations

from datetime import date

import polars as pl

from foedera.panel.bonds import KINDS, bits
from foedera.panel.tables import by_state, directed, pairs_by_time, time_of, undirected, with_pairs, with_states


def told(bonds, since=1900, until=1910, **more):
    return directed(pairs_by_time(bonds, since, until, daily=False, **more))


def value(frame, column, at, bearer=1, toward=2):
    rows = frame.filter((pl.col("at") == at) & (pl.col("bearer") == bearer) & (pl.col("toward") == toward))
    assert rows.height == 1
    return rows[column][0]


def test_any_day_in_the_year_counts_at_both_ends(bonds):
    frame = told(bonds(("a", 1, 2, "1901-12-31", "1903-01-01", "defence")))
    assert sorted(frame["at"]) == [1901, 1902, 1903]


def test_of_two_stretches_in_one_year_the_later_decides(bonds):
    frame = told(bonds(
        ("a", 1, 2, "1900-01-01", "1902-06-30", "defence offence", {"order": 1}),
        ("a", 1, 2, "1902-06-30", "1903-12-31", "defence", {"order": 2}),
    ))  # fmt: skip
    assert [value(frame, "offence", year) for year in (1901, 1902, 1903)] == [True, False, False]
    assert value(frame, "pacts", 1902) == 1
    assert value(frame, "since", 1903) == date(1900, 1, 1)


def test_a_certain_stretch_goes_before_a_later_uncertain_one(bonds):
    frame = told(bonds(
        ("a", 1, 2, "1900-01-01", "1902-03-31", "defence", {"order": 1}),
        ("a", 1, 2, "1902-04-01", "1902-04-30", "defence", {"order": 2, "certain": False, "defence": None}),
    ))  # fmt: skip
    assert value(frame, "defence", 1902) is True


def test_across_pacts_a_promise_by_any_is_a_promise(bonds):
    frame = told(
        bonds(
            ("a", 1, 2, "1900-01-01", "1905-01-01", "defence"), ("b", 1, 2, "1904-01-01", "1905-01-01", "consultation")
        )
    )
    assert (value(frame, "pacts", 1903), value(frame, "pacts", 1904)) == (1, 2)
    assert value(frame, "defence", 1904) and value(frame, "consultation", 1904)
    assert value(frame, "pact_ids", 1904) == "a;b"


def test_an_unknown_promise_stays_unknown_unless_another_pact_makes_it(bonds):
    unsure = ("a", 1, 2, "1900-01-01", "1905-01-01", "", {"certain": False, "defence": None, "contested": True})
    alone = told(bonds(unsure))
    assert value(alone, "defence", 1901) is None
    assert value(alone, "pacts", 1901) == 0
    assert value(alone, "contested", 1901) is True
    both = told(bonds(unsure, ("b", 1, 2, "1900-01-01", "1905-01-01", "defence")))
    assert value(both, "defence", 1901) is True
    assert value(told(bonds(unsure, ("b", 1, 2, "1900-01-01", "1905-01-01", "offence"))), "defence", 1901) is None


def test_conditional_means_in_every_pact_that_promises_it(bonds):
    yes, no = {"defence_conditional": True, "conditions": bits({"place"})}, {"defence_conditional": False}
    both = bonds(
        ("a", 1, 2, "1900-01-01", "1905-01-01", "defence", yes), ("b", 1, 2, "1903-01-01", "1905-01-01", "defence", no)
    )
    frame = told(both)
    assert [value(frame, "defence_conditional", year) for year in (1901, 1904)] == [True, False]
    assert value(frame, "conditions", 1904) == "place"
    assert value(frame, "offence_conditional", 1901) is None


def test_the_strongest_wording_and_what_was_known(bonds):
    frame = told(bonds(
        ("a", 1, 2, "1900-01-01", "1909-01-01", "defence", {"wording": 1, "secrecy": 3}),
        ("b", 1, 2, "1903-01-01", "1909-01-01", "defence", {"wording": 5, "secrecy": 1}),
    ))  # fmt: skip
    assert [value(frame, "wording", year) for year in (1901, 1904)] == ["within-possibilities", "all-means"]
    assert [value(frame, "secrecy", year) for year in (1901, 1904)] == ["secret", "partly-secret"]


def test_direction_is_seen_from_the_first(bonds):
    frame = told(bonds(
        ("a", 1, 2, "1900-01-01", "1901-01-01", "defence"), ("a", 2, 1, "1900-01-01", "1901-01-01", ""),
        ("b", 1, 3, "1900-01-01", "1901-01-01", "defence"), ("b", 3, 1, "1900-01-01", "1901-01-01", "consultation"),
        ("c", 2, 3, "1900-01-01", "1901-01-01", ""), ("c", 3, 2, "1900-01-01", "1901-01-01", ""),
    ))  # fmt: skip
    assert value(frame, "direction", 1900, 1, 2) == "given"
    assert value(frame, "direction", 1900, 2, 1) == "received"
    assert value(frame, "direction", 1900, 1, 3) == value(frame, "direction", 1900, 3, 1) == "mutual"
    assert value(frame, "direction", 1900, 2, 3) == "none"


def test_a_pair_without_direction_says_whose_promise_it_is(bonds):
    pairs = pairs_by_time(
        bonds(("a", 2, 1, "1900-01-01", "1900-12-31", "defence"), ("a", 1, 2, "1900-01-01", "1900-12-31", "")),
        1900,
        1901,
        daily=False,
    )
    frame = undirected(pairs)
    assert frame.height == 1
    assert value(frame, "defence", 1900) is True
    assert value(frame, "defence_direction", 1900) == "2-to-1"
    assert value(frame, "offence_direction", 1900) is None


def test_every_two_states_of_a_year_are_a_row_and_no_pact_is_no_promise(bonds, states):
    there = states(y1900=[1, 2, 3], y1901=[1, 2])
    frame = with_pairs(
        there, told(bonds(("a", 1, 2, "1900-01-01", "1900-12-31", "defence"))), None, (1815, 2016), ordered=True
    )
    assert frame.select("at", "bearer", "toward").rows() == [
        (1900, 1, 2), (1900, 1, 3), (1900, 2, 1), (1900, 2, 3), (1900, 3, 1), (1900, 3, 2), (1901, 1, 2), (1901, 2, 1),
    ]  # fmt: skip
    assert frame["pacts"].to_list() == [1, 0, 0, 0, 0, 0, 0, 0]
    assert frame["defence"].to_list() == [True] + [False] * 7
    assert frame["direction"].null_count() == 7
    assert frame["cow2"].to_list()[:2] == [2, 3]


def test_beyond_the_source_everything_is_missing_and_not_none(bonds, states):
    there = states(y1900=[1, 2], y1901=[1, 2], y1902=[1, 2])
    frame = with_pairs(
        there, told(bonds(("a", 1, 2, "1900-01-01", "1901-12-31", "defence"))), None, (1901, 1901), ordered=True
    )
    by_year = {at: frame.filter(pl.col("at") == at) for at in (1900, 1901, 1902)}
    assert by_year[1901]["defence"].to_list() == [True, False]
    for name in ("pacts", *KINDS):
        assert by_year[1902][name].null_count() == 2
    assert by_year[1900].filter(pl.col("bearer") == 2)["defence"].to_list() == [None]


def test_a_bond_of_somebody_outside_the_list_is_a_row_of_its_own(bonds, states):
    frame = with_pairs(
        states(y1900=[1, 2]),
        told(bonds(("a", 1, 9, "1900-01-01", "1900-12-31", "defence"))),
        None,
        (1815, 2016),
        ordered=True,
    )
    assert frame.select("bearer", "toward").rows() == [(1, 2), (1, 9), (2, 1)]
    assert frame.filter(pl.col("toward") == 9)["state2"].to_list() == [None]


def test_chosen_states_leave_only_what_is_between_them(bonds, states):
    chosen = pl.DataFrame({"key": [1, 3]}, schema={"key": pl.Int16})
    frame = with_pairs(
        states(y1900=[1, 2, 3]),
        told(bonds(("a", 1, 3, "1900-01-01", "1900-12-31", "defence"))),
        chosen,
        (1815, 2016),
        ordered=False,
    )
    assert frame.select("bearer", "toward", "defence").rows() == [(1, 3, True)]


def test_nobody_is_between_states_of_which_none_is_there(bonds, states):
    chosen = pl.DataFrame({"key": []}, schema={"key": pl.Int16})
    frame = with_pairs(
        states(y1900=[1, 2]),
        told(bonds(("a", 1, 2, "1900-01-01", "1900-12-31", "defence"))),
        chosen,
        (1815, 2016),
        ordered=True,
    )
    assert frame.is_empty()
    assert "defence" in frame.columns


def test_days_are_counted_one_by_one(bonds):
    pairs = pairs_by_time(
        bonds(("a", 1, 2, "1914-08-01", "1914-08-03", "defence")),
        time_of(date(1914, 8, 2), daily=True),
        time_of(date(1914, 9, 1), daily=True),
        daily=True,
    )
    assert pairs["at"].cast(pl.Date).to_list() == [date(1914, 8, 2), date(1914, 8, 3)]


def test_a_state_counts_pacts_partners_and_promises_both_ways(bonds, states):
    pairs = pairs_by_time(
        bonds(
            ("a", 1, 2, "1900-01-01", "1900-12-31", "defence"), ("a", 2, 1, "1900-01-01", "1900-12-31", ""),
            ("b", 1, 2, "1900-01-01", "1900-12-31", "defence"), ("a", 1, 3, "1900-01-01", "1900-12-31", "defence"),
            ("c", 3, 1, "1900-01-01", "1900-12-31", "consultation", {"certain": False, "consultation": None}),
        ), 1900, 1901, daily=False,
    )  # fmt: skip
    frame = with_states(states(y1900=[1, 2, 3, 4]), by_state(pairs), None, (1815, 2016))
    rows = {row["bearer"]: row for row in frame.iter_rows(named=True)}
    assert (rows[1]["pacts"], rows[1]["partners"], rows[1]["defence_given"], rows[1]["defence_received"]) == (
        2,
        2,
        2,
        0,
    )
    assert (rows[2]["defence_given"], rows[2]["defence_received"]) == (0, 1)
    assert rows[3]["consultation_given"] == 0
    assert (rows[4]["pacts"], rows[4]["partners"], rows[4]["defence_received"]) == (0, 0, 0)
