"""The registry against Correlates of War, Gleditsch and Ward, and the table of codes."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from foedera.library import registry
from foedera.states.registry import State
from foedera.truth import YES

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("FOEDERA_DATA") or ROOT.parent / "shared" / "data")
STATES, CODES = DATA / "states", DATA / "maps" / "country_codes.csv"
STILL = {"cow": date(2016, 12, 31), "gw": date(2017, 12, 31)}
DAY = timedelta(days=1)

EXISTENCE_EXCEPTIONS = {
    # the day of the act itself: COW or G&W count it in, half-open intervals count it out
    ("cow", "245"): "Bavaria: Empire proclaimed 1871-01-18, COW counts that day in",
    ("cow", "267"): "Baden: as 245",
    ("cow", "271"): "Wuerttemberg: as 245",
    ("cow", "305"): "Austria: annexed 1938-03-13, COW counts that day in",
    ("cow", "329"): "Two Sicilies: Gaeta surrendered 1861-02-13, COW counts that day in",
    ("cow", "511"): "Zanzibar: union of 1964-04-26, COW counts that day in",
    ("cow", "600"): "Morocco: treaty of Fez 1912-03-30, COW counts that day in",
    ("cow", "616"): "Tunis: treaty of Bardo 1881-05-12, COW counts that day in",
    ("gw", "511"): "Zanzibar: as COW",
    ("gw", "615"): "Algiers: capitulation 1830-07-05, G&W count that day in",
    # the law has another day
    ("cow", "290"): "Poland: the Regency Council handed over on 1918-11-11 (COW 11-03)",
    ("cow", "350"): "Greece: independent by the London Protocol of 1830-02-03",
    ("cow", "552"): "Rhodesia's declaration of 1965 was held void; Zimbabwe since 1980-04-18",
    ("cow", "651"): "Egypt 1855-82: an Ottoman province, its status fixed by the powers in 1840-41",
    ("gw", "20"): "Canada: a Dominion; a person of its own from its League seat, 1920-01-10",
    ("gw", "42"): "Dominican Republic: Spanish again from 1861-03-18 to 1865-03-03",
    ("gw", "70"): "Mexico: Act of Independence 1821-09-28",
    ("gw", "101"): "Venezuela: separated 1830-01-13",
    ("gw", "205"): "Irish Free State: established 1922-12-06 (G&W use the day of the Treaty)",
    ("gw", "240"): "Hanover: annexed by Prussia 1866-09-20",
    ("gw", "265"): "German Democratic Republic: founded 1949-10-07 (G&W 10-05)",
    ("gw", "269"): "Saxony: into the North German federal state 1867-07-01",
    ("gw", "273"): "Hesse-Kassel: annexed by Prussia 1866-09-20",
    ("gw", "280"): "Mecklenburg-Schwerin: into the North German federal state 1867-07-01",
    ("gw", "305"): "Austria: annexed from 1938-03-13 to 1945-04-27",
    ("gw", "329"): "Two Sicilies: ended with the surrender of Gaeta, 1861-02-13",
    ("gw", "332"): "Modena: annexed 1860-03-18",
    ("gw", "335"): "Parma: annexed 1860-03-18",
    ("gw", "337"): "Tuscany: annexed 1860-03-22",
    ("gw", "350"): "Greece: as COW",
    ("gw", "355"): "Bulgaria: tributary of the Porte by the Treaty of Berlin until 1908-10-05",
    ("gw", "367"): "Latvia: proclaimed 1918-11-18",
    ("gw", "433"): "Senegal: left the Mali Federation 1960-08-20 (G&W use the April accords)",
    ("gw", "517"): "Rwanda: 1962-07-01 (G&W have day and month exchanged)",
    ("gw", "552"): "Rhodesia: as COW",
    ("gw", "560"): "South Africa: a Dominion until its League seat, 1920-01-10",
    ("gw", "563"): "Transvaal: Sand River 1852-01-17; annexed 1877-81; ended at Vereeniging 1902-05-31",
    ("gw", "564"): "Orange Free State: ended at Vereeniging 1902-05-31",
    ("gw", "616"): "Tunisia: Bardo 1881-05-12; independent 1956-03-20",
    ("gw", "651"): "Egypt 1827-55: an Ottoman province",
    ("gw", "652"): "Syria: in the United Arab Republic from 1958-02-22 to 1961-09-28",
    ("gw", "700"): "Afghanistan: foreign relations British from Gandamak (1879) to Rawalpindi (1919-08-08)",
    ("gw", "711"): "Tibet: proclaimed 1913-02-13 (contested)",
    ("gw", "781"): "Maldives: 1965-07-26 (G&W 05-26)",
    ("gw", "815"): "Vietnam: under French protection by the treaty of Hue, 1884-06-06",
    ("gw", "817"): "State of Vietnam: independence treaty 1954-06-04",
    ("gw", "900"): "Australia: a Dominion until its League seat, 1920-01-10",
    ("gw", "920"): "New Zealand: a Dominion until its League seat, 1920-01-10",
}
CODE_EXCEPTIONS = {
    ("country_codes", "VAT"): "327 is the Papal States, id PAP",
    ("country_codes", "NAM"): "iso2 NA was lost in the CSV",
}


@dataclass(frozen=True)
class Spell:
    """A stretch of membership; both days are in it."""

    system: str
    code: str
    name: str
    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.system} {self.code} {self.name} {self.first} to {self.last}"


def rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        pytest.skip(f"{path} is not here: the data are not ours to ship")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cow_days(row: dict[str, str]) -> tuple[date, date]:
    first, last = (date(*(int(row[f"{edge}{part}"]) for part in ("year", "month", "day"))) for edge in ("st", "end"))
    return first, last


def spells(system: str) -> Iterator[Spell]:
    if system == "cow":
        for row in rows(STATES / "cow_states.csv"):
            yield Spell("cow", row["ccode"], row["statenme"], *cow_days(row))
    else:
        for row in rows(STATES / "gw_states.csv"):
            yield Spell(
                "gw",
                row["gwcode"],
                row["statename"],
                date.fromisoformat(row["startdate"]),
                date.fromisoformat(row["enddate"]),
            )


def edges(state: State) -> Iterator[date]:
    """Days around every change in a state's record: between two of them nothing changes."""
    intervals = [*state.exists, *state.great_power, *(c.interval for c in (*state.cow, *state.gw))]
    for when in (end for interval in intervals for end in (interval.since, interval.until) if end is not None):
        for day in (when.first, when.last):
            if date.min < day < date.max:
                yield from (day - DAY, day, day + DAY)


@cache
def holders(system: str, code: str) -> tuple[State, ...]:
    found = registry().states.values()
    return tuple(state for state in found if any(c.code == code for c in getattr(state, system)))


def holder(system: str, code: str, day: date) -> State | None:
    held = [
        s
        for s in holders(system, code)
        if any(c.code == code and c.interval.covers(day) is True for c in getattr(s, system))
    ]
    assert len(held) < 2, f"{system} {code} on {day} is held by {[s.id for s in held]}"
    return held[0] if held else None


def watched(spell: Spell) -> list[date]:
    inside = {
        day for state in holders(spell.system, spell.code) for day in edges(state) if spell.first <= day <= spell.last
    }
    return sorted({spell.first, spell.last} | inside)


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_every_spell_has_a_code_entry_for_all_its_days(system):
    wrong = [
        f"{spell}: no entry on {day}" for spell in spells(system)
        for day in watched(spell) if holder(system, spell.code, day) is None
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def absent(system: str) -> dict[str, list[str]]:
    """By code, the days of its spells on which the state that holds it did not exist."""
    found: dict[str, list[str]] = {}
    for spell in spells(system):
        for day in watched(spell):
            state = holder(system, spell.code, day)
            if state is not None and state.existed(day) is not YES:
                found.setdefault(spell.code, []).append(f"{spell}: {state.id} {state.existed(day).value} on {day}")
    return found


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_every_member_of_a_system_is_a_state_then_but_for_the_exceptions(system):
    wrong = [
        line for code, lines in absent(system).items() if (system, code) not in EXISTENCE_EXCEPTIONS for line in lines
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_no_exception_is_idle(system):
    idle = {code for of, code in EXISTENCE_EXCEPTIONS if of == system} - set(absent(system))
    assert not idle, sorted(idle)


def wrong_codes(row: dict[str, str]) -> Iterator[str]:
    state = registry().states[row["iso3"]]
    for key in ("iso2", "iso_n3"):
        if (getattr(state, key) or "") != row[key]:
            yield f"{state.id}: {key} {getattr(state, key)} here, {row[key]} there"
    for system in ("cow", "gw"):
        pairs = {(c.code, c.abb) for c in getattr(state, system)}
        theirs = (row[system], row[f"{system}_abb"])
        if theirs != ("", "") and theirs not in pairs:
            yield f"{state.id}: {system} {sorted(pairs)} here, {theirs} there"
        if theirs == ("", "") and pairs and system == "cow":  # the table lacks the microstates that G&W added later
            yield f"{state.id}: {system} {sorted(pairs)} here, none there"


def test_codes_are_those_of_the_table():
    known = registry().states
    wrong = [
        problem for row in rows(CODES) if row["iso3"] in known and ("country_codes", row["iso3"]) not in CODE_EXCEPTIONS
        for problem in wrong_codes(row)
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_no_exception_of_codes_is_idle():
    table = {row["iso3"]: row for row in rows(CODES)}
    for _, iso3 in CODE_EXCEPTIONS:
        assert list(wrong_codes(table[iso3])), iso3


def test_every_row_with_a_code_of_a_state_system_belongs_to_a_state():
    lost = [
        f"{row['name']}: {system} {row[system]}" for row in rows(CODES) for system in ("cow", "gw")
        if row[system] and not holders(system, row[system])
    ]  # fmt: skip
    assert not lost, "\n".join(lost)


def test_great_powers_are_those_of_correlates_of_war_day_by_day():
    majors = [(row["ccode"], *cow_days(row)) for row in rows(STATES / "cow_majors.csv")]
    codes = {code for code, _, _ in majors}
    others = {c.code for state in registry().states.values() if state.great_power for c in state.cow}
    wrong = []
    for code in sorted(codes | others):
        days = {day + step for c, *ends in majors if c == code for day in ends for step in (-DAY, 0 * DAY, DAY)}
        days |= {day for state in holders("cow", code) for day in edges(state)}
        for day in sorted(day for day in days if date(1816, 1, 1) <= day <= STILL["cow"]):
            state = holder("cow", code, day)
            if state is None:
                continue
            theirs = any(c in same_state(state) and first <= day <= last for c, first, last in majors)
            ours = registry().is_great_power(state.id, day)
            if (ours is YES) is not theirs:
                wrong.append(f"{state.id} on {day}: {ours.value} here, {'yes' if theirs else 'no'} there")
    assert not wrong, "\n".join(wrong)


def same_state(state: State) -> set[str]:
    return {c.code for c in state.cow}


def test_a_great_power_of_the_last_day_is_one_still():
    last = {row["ccode"] for row in rows(STATES / "cow_majors.csv") if cow_days(row)[1] == STILL["cow"]}
    for code in sorted(last):
        state = holder("cow", code, date(2026, 11, 24))
        assert state is not None
        assert registry().is_great_power(state.id, date(2026, 11, 24)) is YES, state.id


# names and continuity: from general reference works, not from the data sets, whose names are today's -----------------

NAMES = """
1820-01-01 DEU Prussia           | 1871-01-17 DEU Prussia        | 1871-01-18 DEU Germany          | 1989-11-09 DEU West Germany
1990-10-03 DEU Germany           | 1989-11-09 DDR East Germany   | 1860-01-01 ITA Sardinia         | 1861-03-17 ITA Italy
1914-08-01 TUR the Ottoman Empire | 1923-10-29 TUR Turkey        | 2022-06-01 TUR Türkiye          | 1914-08-01 AUH Austria-Hungary
1860-01-01 AUH Austria           | 1914-08-01 RUS Russia         | 1939-09-17 RUS the Soviet Union | 1991-12-26 RUS Russia
1929-01-01 YUG the Kingdom of Serbs, Croats and Slovenes        | 1941-04-06 YUG Yugoslavia       | 2004-01-01 YUG Serbia and Montenegro
1934-01-01 IRN Persia            | 1936-01-01 IRN Iran           | 1938-01-01 THA Siam             | 1940-01-01 THA Thailand
1946-01-01 THA Siam              | 1970-01-01 LKA Ceylon         | 1980-01-01 MMR Burma            | 1960-05-16 EGY the United Arab Republic
1973-10-06 EGY Egypt             | 1980-01-01 COD Zaire          | 1997-05-17 COD the Democratic Republic of the Congo
1963-01-01 COD Congo-Léopoldville | 1970-01-01 BEN Dahomey       | 1980-01-01 BFA Upper Volta      | 1975-01-01 VNM North Vietnam
1977-01-01 VNM Vietnam           | 1970-01-01 RVN South Vietnam  | 1962-01-01 TZA Tanganyika       | 1960-01-01 MYS Malaya
1948-06-01 JOR Transjordan       | 1930-01-01 IRL the Irish Free State | 2018-01-01 SWZ Swaziland  | 2019-01-01 MKD Macedonia
2010-01-01 CPV Cape Verde        | 2005-01-01 CZE the Czech Republic | 1975-01-01 CIV the Ivory Coast | 1900-01-01 KOR Korea
1979-01-01 KHM Democratic Kampuchea | 1979-01-01 CAF the Central African Empire | 1970-01-01 YEM the Yemen Arab Republic
1850-01-01 COL New Granada       | 1990-01-01 WSM Western Samoa  | 1928-01-01 SAU Hejaz and Nejd
"""


def named() -> Iterator[tuple[str, str, str]]:
    for entry in NAMES.replace("\n", "|").split("|"):
        if entry.strip():
            day, code, name = entry.split(maxsplit=2)
            yield day, code, name.strip()


@pytest.mark.parametrize(("day", "code", "name"), list(named()))
def test_a_state_has_the_name_of_its_day(day, code, name):
    assert registry().called(code, date.fromisoformat(day)) == name


def test_former_names_follow_each_other():
    for state in registry().states.values():
        spans = [dated.interval for dated in state.names]
        for first, second in pairwise(spans):
            assert first.until is not None and (second.since is None or first.until.first <= second.since.last), (
                state.id
            )


def test_continuity_leads_to_states_and_both_ends_meet():
    """What a state absorbs or unites with exists no longer from that day; what separates begins."""
    known = registry().states
    for state in known.values():
        for part in state.continues:
            assert part.state in known and part.state != state.id, state.id
            if part.how == "absorbed" and part.interval.since is not None:
                ended = [spell.until for spell in known[part.state].exists if spell.until is not None]
                assert any(abs((end.first - part.interval.since.first).days) <= 1 for end in ended), (
                    state.id,
                    part.state,
                )


def test_every_state_that_ended_is_taken_up_by_another():
    """But for those whose end is disputed."""
    known = registry().states
    taken = {part.state for state in known.values() for part in state.continues}
    over = {
        code
        for code, state in known.items()
        if all(spell.until is not None and spell.until.exact for spell in state.exists)
    }
    assert over - taken == TAKEN_BY_NOBODY


TAKEN_BY_NOBODY = {"TBT"}  # whether it was a State, and what became of it, is disputed
