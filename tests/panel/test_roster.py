"""Who is there when, and by which code: the year counts from its first day to its last."""

from __future__ import annotations

from datetime import date

import polars as pl

from foedera.panel.roster import roster
from foedera.panel.tables import time_of


def years(library, code, **more):
    frame = roster(library.registry, 1816, 2027, daily=False, **{"by_cow": False, **more})
    return frame.filter(pl.col("state") == code)


def test_a_state_is_there_in_every_year_in_which_it_existed_on_any_day(library):
    found = years(library, "CSK")["at"].to_list()
    assert (found[0], found[-1]) == (1918, 1992)
    assert set(range(1918, 1993)) == set(found)


def test_no_state_is_there_twice_in_a_year(library):
    for by_cow in (False, True):
        frame = roster(library.registry, 1816, 2027, daily=False, by_cow=by_cow)
        assert not frame.select("at", "key").is_duplicated().any()


def test_a_code_is_that_of_the_end_of_the_year(library):
    germany = dict(years(library, "DEU").select("at", "cow").rows())
    assert (germany[1914], germany[1980], germany[1990], germany[1991]) == (255, 260, 255, 255)


def test_by_cow_code_a_year_of_change_has_both(library):
    frame = years(library, "DEU", by_cow=True)
    assert sorted(frame.filter(pl.col("at") == 1990)["cow"]) == [255, 260]


def test_iso_is_missing_where_iso_never_listed_it(library):
    assert years(library, "AUH")["iso"].null_count() == years(library, "AUH").height > 0
    assert years(library, "FRA")["iso"].null_count() == 0


def test_by_day_it_begins_and_ends_on_its_days(library):
    start, stop = time_of(date(1993, 1, 1), daily=True) - 2, time_of(date(1993, 1, 1), daily=True) + 2
    frame = roster(library.registry, start, stop, daily=True, by_cow=False, only=("CSK", "CZE"))
    days = frame.with_columns(pl.col("at").cast(pl.Date)).select("state", "at").rows()
    assert days == [
        ("CSK", date(1992, 12, 30)),
        ("CSK", date(1992, 12, 31)),
        ("CZE", date(1993, 1, 1)),
        ("CZE", date(1993, 1, 2)),
    ]


def test_every_member_of_the_cow_system_is_there_in_its_years(library, data_dir):
    import pytest

    from foedera.sources.systems import read_cow_states

    path = data_dir / "states" / "cow_states.csv"
    if not path.is_file():
        pytest.skip("no COW states here")
    there = set(roster(library.registry, 1816, 2017, daily=False, by_cow=True).select("cow", "at").rows())
    wanted = {(row.code, year) for row in read_cow_states(path) for year in range(row.since.year, row.until.year + 1)}
    lacking = wanted - there
    assert len(lacking) / len(wanted) < 0.005, sorted(lacking)
