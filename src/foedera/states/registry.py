"""Who exists when: states with their names and codes, organisations, organs, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from foedera.dates import Interval
from foedera.problems import Span
from foedera.states.values import Datum
from foedera.truth import NO, Truth, any_of, truth_of


class DatedName(Struct, frozen=True):
    """A former name in English, half-open."""

    name: str
    interval: Interval


class Code(Struct, frozen=True):
    """A code of the Correlates of War project or of Gleditsch and Ward, with its dates."""

    code: str
    abb: str
    interval: Interval


class Continuity(Struct, frozen=True):
    """The legal person that a state continues or succeeds."""

    state: str
    how: str
    interval: Interval


class State(Struct, frozen=True):
    """One legal person, as COW continues it."""

    id: str
    name: str
    adjective: str
    the: bool
    names: tuple[DatedName, ...]
    exists: tuple[Interval, ...]
    iso2: str | None
    iso_n3: str | None
    cow: tuple[Code, ...]
    gw: tuple[Code, ...]
    aliases: tuple[str, ...]
    regions: tuple[str, ...]
    great_power: tuple[Interval, ...]
    continues: tuple[Continuity, ...]
    at: Span

    def existed(self, day: date) -> Truth:
        """Was it a state on that day?"""
        return any_of(truth_of(interval.covers(day)) for interval in self.exists)

    def name_on(self, day: date) -> str:
        """Its short English name on that day, without the article.

        A former name holds until it ends; before its first name a state goes by that.
        """
        for dated in self.names:
            if dated.interval.covers(day) is True:
                return dated.name
        return self.name


class Organisation(Struct, frozen=True):
    """A body of states; its members are the parties of the instruments that name it."""

    id: str
    name: str
    long: str


class Organ(Struct, frozen=True):
    """A body inside an organisation."""

    id: str
    of: str
    name: str


class Region(Struct, frozen=True):
    """A word for a part of the world; regions nest."""

    id: str
    name: str
    within: tuple[str, ...]


class Place(Struct, frozen=True):
    """A place with its legal status by date; every value may be contested.

    `inside` holds state ids and regions; `status` is metropolitan, overseas, base, leased, high-seas,
    airspace or mission; latitude and longitude are in degrees.
    """

    id: str
    name: str
    inside: Datum
    sovereign: Datum
    administered_by: Datum
    status: Datum
    island: bool
    lat: float | None
    lon: float | None
    at: Span


class Registry(Struct, frozen=True):
    """All that has a name: looked up by id, found by id or alias."""

    states: Mapping[str, State]
    organisations: Mapping[str, Organisation]
    organs: Mapping[str, Organ]
    regions: Mapping[str, Region]
    places: Mapping[str, Place]
    aliases: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The id of a state, organisation or organ by its id, code or alias; None if there is none."""
        if text in self.states or text in self.organisations or text in self.organs:
            return text
        return self.aliases.get(text)

    def existing(self, day: date) -> tuple[str, ...]:
        """The states of that day, sorted."""
        return tuple(sorted(code for code, state in self.states.items() if state.existed(day) is not NO))

    def regions_of(self, code: str) -> frozenset[str]:
        """The regions of a state's metropolitan territory, with those that hold them."""
        state = self.states.get(code)
        return self.region_closure(state.regions) if state else frozenset()

    def region_closure(self, regions: Iterable[str]) -> frozenset[str]:
        """Regions with all the regions around them."""
        found: set[str] = set()
        todo = list(regions)
        while todo:
            region = todo.pop()
            if region not in found:
                found.add(region)
                todo += self.regions[region].within if region in self.regions else ()
        return frozenset(found)

    def is_great_power(self, code: str, day: date) -> Truth:
        """Was it a great power on that day (COW majors)?"""
        state = self.states.get(code)
        return any_of(truth_of(interval.covers(day)) for interval in state.great_power) if state else NO

    def called(self, code: str, day: date | None = None) -> str:
        """Its name for a sentence, with the article where English wants one."""
        if code in self.states:
            state = self.states[code]
            name = state.name_on(day) if day else state.name
            return f"the {name}" if state.the and name == state.name else name
        if code in self.organisations:
            return self.organisations[code].name
        for table in (self.organs, self.regions, self.places):
            if code in table:
                return table[code].name
        return code
