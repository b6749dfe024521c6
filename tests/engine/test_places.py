"""Where it happened: areas with limbs, what they cover, what they leave out, contested places."""

from __future__ import annotations

import pytest
from worlds import judge, pact, world

ASKED = "DNK must assist BEL"
PLACES = """{
  capital: {in: [BEL, europe], sovereign: BEL, lat: 50.8},
  island: {in: [north-atlantic], sovereign: BEL, status: overseas, island: yes, lat: 40},
  southern-island: {in: [north-atlantic], sovereign: BEL, status: overseas, island: yes, lat: 10},
  nowhere-island: {in: [north-atlantic], sovereign: BEL, status: overseas, island: yes},
  coast: {in: [north-atlantic], sovereign: BEL, status: overseas, lat: 40},
  colony: {in: [africa], sovereign: BEL, status: overseas, lat: 2},
  mandate: {in: [africa], sovereign: null, administered_by: BEL, status: overseas},
  camp: {in: [PER], sovereign: PER, status: base},
  sea: {in: [north-atlantic], status: high-seas, lat: 45},
  march: {in: [europe], sovereign: {contested: {old-border: BEL, new-border: PER}}, lat: 51},
  lost: {in: [europe], sovereign: [{until: 2001-05-01, value: BEL}, {since: 2001-05-01, value: PER}], lat: 51}
}"""


def tried(place, where, *, kind="bombardment", areas=None, more="", **case):
    rule = f"{{when: {{event: use-of-force, on: party, place: {where}}}, who: other-parties, must: assist}}"
    keys = {"areas": areas} if areas else {}
    spot = f", place: {place}" if place else ""
    return judge(
        world(
            pact({"help": rule}, **keys),
            events=[f"id: blow, kind: {kind}, by: PER, on: BEL{spot}{more}"],
            places=PLACES.replace("\n", " "),
        ),
        **case,
    )


@pytest.mark.parametrize(
    ("place", "where", "holds"),
    [
        ("", "{in: europe}", "yes"), ("", "{in: africa}", "no"), ("", "{territory_of: target}", "yes"),
        ("", "{territory_of: actor}", "no"),
        ("", "{outside: europe}", "no"), ("", "{outside: africa}", "yes"), ("", "{status: metropolitan}", "yes"),
        ("", "{in: BEL}", "yes"),
        ("capital", "{in: europe}", "yes"), ("capital", "{in: BEL}", "yes"), ("capital", "{in: PER}", "no"),
        ("colony", "{in: europe}", "no"), ("colony", "{in: africa}", "yes"), ("colony", "{territory_of: target}", "yes"),
        ("colony", "{status: overseas}", "yes"), ("capital", "{status: overseas}", "no"),
        ("colony", "{status: [overseas, leased]}", "yes"),
        ("colony", "{territory_of: target, status: metropolitan}", "no"), ("mandate", "{territory_of: target}", "no"),
        ("mandate", "{administered_by: BEL}", "yes"), ("mandate", "{administered_by: PER}", "no"),
        ("colony", "{administered_by: target}", "yes"),
        ("camp", "{territory_of: actor}", "yes"), ("camp", "{territory_of: target}", "no"),
        ("camp", "{territory_of: party}", "no"),
        ("island", "{islands_of: party}", "yes"), ("coast", "{islands_of: party}", "no"), ("island", "{islands_of: SWE}", "no"),
        ("island", "{islands_of: party, north_of: 23.44}", "yes"),
        ("southern-island", "{islands_of: party, north_of: 23.44}", "no"),
        ("southern-island", "{south_of: 23.44}", "yes"), ("island", "{south_of: 23.44}", "no"),
        ("nowhere-island", "{islands_of: party, north_of: 23.44}", "depends"), ("sea", "{status: high-seas}", "yes"),
        ("sea", "{territory_of: any-state}", "no"), ("march", "{territory_of: target}", "depends"),
        ("march", "{in: europe}", "yes"),
        ("lost", "{territory_of: target}", "no"), ("PER", "{territory_of: actor}", "yes"), ("SWE", "{in: europe}", "yes"),
        ("colony", "{in: [europe, africa]}", "yes"), ("colony", "{outside: [europe, africa]}", "no"),
    ],
)  # fmt: skip
def test_a_place_is_tested_by_region_holder_status_and_latitude(place, where, holds):
    assert tried(place, where)(ASKED) == holds


def test_a_contested_place_and_a_contested_holder_are_hinges():
    assert tried("march", "{territory_of: target}").hinges(ASKED) == {"march.sovereign"}
    assert tried("{contested: {capital: they say, colony: others say}}", "{in: europe}").hinges(ASKED) == {"blow.place"}
    assert tried("nowhere-island", "{north_of: 23.44}").hinges(ASKED) == {"nowhere-island.latitude"}


def test_a_contested_place_that_makes_no_difference_is_no_hinge():
    assert tried("{contested: {capital: a, march: b}}", "{in: europe}")(ASKED) == "yes"
    assert tried("{contested: {capital: a, march: b}}", "{in: africa}")(ASKED) == "no"


def test_a_place_contested_between_contested_places_names_both_hinges():
    found = tried("{contested: {march: a, colony: b}}", "{territory_of: target, in: europe}")
    assert found.hinges(ASKED) == {"blow.place", "march.sovereign"}


def test_a_reading_settles_a_contested_place():
    where = "{contested: {capital: a, colony: b}}"
    assert tried(where, "{in: europe}", reading="blow.place=capital")(ASKED) == "yes"
    assert tried(where, "{in: europe}", reading="blow.place=colony")(ASKED) == "no"


def test_the_holder_is_read_on_the_day_of_the_event():
    assert tried("lost", "{territory_of: target}", more=", date: 2001-04-30")(ASKED) == "yes"
    assert tried("lost", "{territory_of: target}", more=", date: 2001-05-01")(ASKED) == "no"


def test_a_place_outside_is_what_lacks():
    assert tried("colony", "{in: europe}").missing(ASKED) == {"place"}


NATO = (
    "{zone: {covers: [%s], any: [{territory_of: party, in: [europe, north-america], clause: 6(i)}, "
    "{islands_of: party, in: [north-atlantic], north_of: 23.44, clause: 6(i)}], except: [{in: [PER]}]}}"
)
ALL = "territory, forces, vessels, aircraft"


@pytest.mark.parametrize(
    ("place", "holds"),
    [
        ("capital", "yes"),
        ("", "yes"),
        ("island", "yes"),
        ("southern-island", "no"),
        ("coast", "no"),
        ("colony", "no"),
        ("sea", "no"),
        ("march", "depends"),
    ],
)
def test_an_area_is_the_union_of_its_limbs(place, holds):
    assert tried(place, "{in: zone}", areas=NATO % ALL)(ASKED) == holds
    turned = {"yes": "no", "no": "yes"}.get(holds, holds)
    assert tried(place, "{outside: zone}", areas=NATO % ALL)(ASKED) == turned


def test_what_is_excepted_is_outside_the_area():
    areas = "{zone: {any: [{territory_of: party}], except: [{in: [africa]}]}}"
    assert tried("capital", "{in: zone}", areas=areas)(ASKED) == "yes"
    assert tried("colony", "{in: zone}", areas=areas)(ASKED) == "no"


@pytest.mark.parametrize(
    ("covers", "kind", "holds"),
    [
        ("territory", "bombardment", "yes"), ("forces", "bombardment", "no"), ("forces", "attack-on-forces", "yes"),
        ("territory", "attack-on-forces", "no"), ("vessels", "attack-on-craft", "yes"), ("aircraft", "attack-on-craft", "yes"),
        ("territory, forces", "attack-on-craft", "no"), (ALL, "attack-on-craft", "yes"),
    ],
)  # fmt: skip
def test_an_area_covers_only_the_objects_it_names(covers, kind, holds):
    assert tried("capital", "{in: zone}", kind=kind, areas=NATO % covers)(ASKED) == holds


def test_a_place_of_the_crisis_hides_one_of_the_library_with_its_id():
    rule = "{when: {event: armed-attack, on: party, place: {territory_of: target}}, who: other-parties, must: assist}"
    event = "kind: bombardment, by: PER, on: BEL, place: niamey"
    assert judge(world(pact({"help": rule}), events=[event]))(ASKED) == "no"
    assert (
        judge(world(pact({"help": rule}), events=[event], places="{niamey: {in: [BEL], sovereign: BEL}}"))(ASKED)
        == "yes"
    )
