"""The ties of a state on a day, against lists that others made: Hansard, NATO and the CSTO."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from foedera.answers.catalogue import Tie, ties

DAY = timedelta(days=1)

# The Foreign Secretary's list of British defence commitments (House of Commons, 16 May 1960), by the instrument it names.
HANSARD = {
    "anglo-portuguese": "Portugal, 1373 and later",
    "dunkirk-1947": "France, Dunkirk, 1947",
    "gbr-cey-1947": "Ceylon, 1947",
    "gbr-lby-1953": "Libya, 1953",
    "gbr-zaf-1955": "South Africa, 1955 (Simonstown)",
    "amda-1957": "Malaya, 1957",
    "nato-1949": "the North Atlantic Treaty",
    "weu-1954": "the Brussels Treaty, as amended in 1954",
    "manila-1954": "the South-East Asia treaty",
    "baghdad-1955": "the Central Treaty Organisation",
    "anglo-french-turkish-1939": "Türkiye, 1939",
}


def by_id(code: str, day: date, library) -> dict[str, Tie]:
    return {tie.treaty.id: tie for tie in ties(code, day, library)}


@pytest.mark.parametrize("name", HANSARD)
def test_the_british_commitments_of_16_may_1960(name, library):
    tie = by_id("GBR", date(1960, 5, 16), library).get(name)
    assert tie is not None, f"{name} ({HANSARD[name]}) is not among the ties"
    assert tie.status == "in force" and tie.idle_since is None


def test_france_on_16_may_1960(library):
    found = by_id("FRA", date(1960, 5, 16), library)
    assert {name: found[name].status for name in ("nato-1949", "weu-1954", "manila-1954", "tripartite-decl-1950")} == {
        "nato-1949": "in force", "weu-1954": "in force", "manila-1954": "in force", "tripartite-decl-1950": "political",
    }  # fmt: skip
    assert "PRT" in found["nato-1949"].others and "ESP" not in found["nato-1949"].others
    assert str(found["locarno-1925"].idle_since) == "1936-03-07"  # nobody ended it, nobody used it again
    assert "brussels-1948" not in found  # it went on as weu-1954


def test_what_was_signed_but_is_not_yet_in_force_is_said(library):
    assert by_id("FRA", date(1949, 4, 4), library)["nato-1949"].status == "signed, not in force"
    assert by_id("FRA", date(1949, 8, 24), library)["nato-1949"].status == "in force"
    assert "nato-1949" not in by_id("FRA", date(1949, 4, 3), library)


@pytest.mark.parametrize(
    ("code", "day", "treaty"),
    [("FIN", date(1990, 1, 1), "nato-1949"), ("EST", date(2000, 1, 1), "nato-1949"), ("JPN", date(1950, 1, 1), "un-charter"),
     ("KWT", date(1955, 1, 1), "jdec-1950"), ("SRB", date(1980, 1, 1), "un-charter"), ("SRB", date(2003, 1, 1), "un-charter")],
)  # fmt: skip
def test_who_came_in_later_had_not_signed_with_the_first(code, day, treaty, library):
    assert treaty not in by_id(code, day, library)


def test_a_suspended_bond_is_called_so(library):
    assert by_id("UZB", date(2002, 1, 1), library)["cst-1992"].status == "suspended"
    assert by_id("NZL", date(2000, 1, 1), library)["anzus-1951"].others == (
        "AUS",
    )  # the bond with America rests since 1986
    assert by_id("AUS", date(2000, 1, 1), library)["anzus-1951"].others == ("NZL", "USA")


def test_a_draft_that_nobody_signed_is_no_tie(library):
    assert "urs-cub-1962" not in by_id("CUB", date(1970, 1, 1), library)


# The parties' own lists of accessions, for the Baghdad Pact those of International Organization 10 (1956) and ATOP 3275: the first day in.
NATO = {
    "1949-08-24": "BEL CAN DNK FRA ISL ITA LUX NLD NOR PRT GBR USA", "1952-02-18": "GRC TUR", "1955-05-06": "DEU",
    "1982-05-30": "ESP", "1999-03-12": "CZE HUN POL", "2004-03-29": "BGR EST LVA LTU ROU SVK SVN", "2009-04-01": "ALB HRV",
    "2017-06-05": "MNE", "2020-03-27": "MKD", "2023-04-04": "FIN", "2024-03-07": "SWE",
}  # fmt: skip
CSTO = {"1994-04-20": "ARM AZE BLR GEO KAZ KGZ RUS TJK UZB", "1999-04-21": "-AZE -GEO -UZB", "2006-08-16": "UZB",
        "2012-12-19": "-UZB"}  # fmt: skip


BAGHDAD = {"1955-04-15": "GBR IRQ TUR", "1955-09-23": "PAK", "1955-11-03": "IRN", "1959-03-24": "-IRQ",
           "1979-03-12": "-IRN -PAK", "1979-10-04": "-GBR -TUR"}  # fmt: skip


def members(treaty: str, day: date, library) -> set[str]:
    """Who has the tie that day, as `ties` says state by state."""
    return {code for code in library.treaties[treaty].parties if _in_force(by_id(code, day, library).get(treaty))}


def _in_force(tie: Tie | None) -> bool:
    return tie is not None and tie.status == "in force"


def changes(table: dict[str, str]) -> Iterable[tuple[date, set[str], set[str]]]:
    """Each day of a change with the members of the day before and of the day itself."""
    now: set[str] = set()
    for day, words in table.items():
        before = set(now)
        for word in words.split():
            now = now - {word[1:]} if word.startswith("-") else now | {word}
        yield date.fromisoformat(day), before, set(now)


@pytest.mark.parametrize(("treaty", "table"), [("nato-1949", NATO), ("cst-1992", CSTO), ("baghdad-1955", BAGHDAD)])
def test_membership_by_day(treaty, table, library):
    for day, before, after in changes(table):
        assert members(treaty, day - DAY, library) == before, f"the day before {day}"
        assert members(treaty, day, library) == after, day
    assert members(treaty, date(2026, 11, 24), library) == after
