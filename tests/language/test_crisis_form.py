"""A crisis file becomes a crisis: what is left out, contested or dated, and every mistake at its place."""

from __future__ import annotations

from datetime import date

import pytest

from foedera.dates import ALWAYS, SOMETIME, on_day, parse_when
from foedera.states.values import spell_on

HEAD = "id: a-crisis\ntitle: A crisis\n"
EVENT = "{id: a, date: 2023-07-26, kind: coup, on: NER"


@pytest.fixture
def crisis(read_crisis_text):
    """Reads a sound crisis."""

    def read(text: str):
        value, problems = read_crisis_text(HEAD + text)
        assert problems == []
        return value

    return read


@pytest.fixture
def places(read_crisis_text):
    """Reads a crisis that is not sound: code and line:column of each problem."""

    def read(text: str):
        value, problems = read_crisis_text(HEAD + text)
        assert value is None
        return [(p.code, f"{p.span.line}:{p.span.column}") for p in problems]

    return read


def values(datum) -> list[list[tuple[str, object]]]:
    return [[(option.label, option.value) for option in spell.options] for spell in datum]


# --- what is left out -----------------------------------------------------------------------------------------------


def test_a_crisis_needs_no_more_than_an_id_and_a_title(crisis):
    value = crisis("")
    assert (value.events, value.branches, value.readings, value.expect, value.open, value.facts) == (
        (),
        {},
        {},
        (),
        (),
        {},
    )
    assert (value.instruments, value.period_from, value.period_to) == (None, None, None)


def test_all_instruments_is_the_same_as_naming_none(crisis):
    assert crisis("instruments: all\n").instruments is None
    assert crisis("instruments: [nato-1949, un-charter]\n").instruments == ("nato-1949", "un-charter")


def test_what_an_event_leaves_out_is_unknown_or_empty(crisis):
    (event,) = crisis(f"events:\n  - {EVENT}}}\n").events
    assert (event.by, event.on, event.kinds) == ((), ("NER",), ("coup",))
    assert (event.provoked, event.place, event.supported_by, event.scale, event.until) == (None, None, None, None, None)
    assert (event.in_response_to, event.response_contested, event.contested) == ((), False, False)


def test_an_event_knows_the_place_of_each_of_its_values(crisis):
    (event,) = crisis(f"events:\n  - {EVENT}}}\n").events
    assert str(event.at) == "f.yaml:4:5"
    assert {key: span.column for key, span in event.spots.items()} == {"id": 10, "date": 19, "kind": 37, "on": 47}


def test_a_branch_keeps_the_whole_history_unless_it_says_from_when(crisis):
    value = crisis("branches:\n  calm: {}\n  war: {says: War., from: 2023-09-17, drop: [x]}\n")
    calm, war = value.branches["calm"], value.branches["war"]
    assert (calm.start, calm.add, calm.drop, calm.facts, calm.says) == (None, (), (), {}, "")
    assert (str(war.start), war.says, war.drop) == ("2023-09-17", "War.", ("x",))


def test_a_reading_of_a_crisis_is_listed_only_unless_it_says_rival(crisis):
    value = crisis("readings:\n  a: {says: A.}\n  b: {says: B., standing: rival}\n")
    assert [(name, bundle.id, bundle.standing) for name, bundle in value.readings.items()] == [
        ("a", "a", "minority"),
        ("b", "b", "rival"),
    ]


def test_an_expectation_leaves_a_word_out_to_match_any(crisis):
    (expect,) = crisis("expect:\n  - {who: MLI, must: assist}\n").expect
    assert (expect.who, expect.must, expect.whom, expect.against, expect.holds, expect.on) == (
        ("MLI",),
        ("assist",),
        (),
        (),
        None,
        None,
    )


# --- one or many, partly known, contested ---------------------------------------------------------------------------


def test_one_and_a_list_of_one_are_the_same(crisis):
    (one,) = crisis("events:\n  - {id: a, date: 2023, kind: invasion, by: NGA, on: NER}\n").events
    (many,) = crisis("events:\n  - {id: a, date: 2023, kind: [invasion], by: [NGA], on: [NER]}\n").events
    assert (one.kinds, one.by, one.on) == (many.kinds, many.by, many.on)


def test_an_event_may_be_of_two_kinds(crisis):
    (event,) = crisis(
        "events:\n  - {id: a, date: 2023, kind: [economic-sanctions, border-closure], by: ecowas, on: NER}\n"
    ).events
    assert event.kinds == ("economic-sanctions", "border-closure")


def test_a_date_may_be_a_month_or_unknown(crisis):
    first, second = crisis(
        "events:\n  - {id: a, date: 2023-07, kind: coup}\n  - {id: b, date: unknown, kind: coup}\n"
    ).events
    assert (first.date, second.date) == (parse_when("2023-07"), SOMETIME)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("provoked: no", [("no", "no")]),
        ("provoked: contested", [("yes", "yes"), ("no", "no")]),
        ("provoked: {contested: {yes: Poland fired first, no: it did not}}", [("yes", "yes"), ("no", "no")]),
        ("provoked: {contested: yes}", [("yes", "yes"), ("no", "no")]),
    ],
)
def test_provoked_is_yes_no_or_contested(crisis, text, options):
    (event,) = crisis(f"events:\n  - {EVENT}, {text}}}\n").events
    assert values(event.provoked) == [options]


def test_a_contested_value_keeps_the_reason_of_each_side(crisis):
    facts = crisis(
        "facts: {government-of-NER: {contested: {cnsp: effective control, bazoum: the elected president}}}\n"
    ).facts
    (spell,) = facts["government-of-NER"]
    assert [(o.label, o.value, o.says) for o in spell.options] == [
        ("cnsp", "cnsp", "effective control"), ("bazoum", "bazoum", "the elected president"),
    ]  # fmt: skip


def test_one_contested_answer_stands_against_its_being_not_so(crisis):
    (event,) = crisis(f"events:\n  - {EVENT}, supported_by: {{contested: {{BEN: says Niger}}}}}}\n").events
    assert values(event.supported_by) == [[("BEN", ("BEN",)), ("not", None)]]


def test_a_contested_event_and_a_contested_answer_are_marked(crisis):
    (event,) = crisis(f"events:\n  - {EVENT}, certainty: contested, in_response_to: contested}}\n").events
    assert (event.contested, event.response_contested, event.in_response_to) == (True, True, ())


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("niamey-declared", [("niamey-declared", "niamey-declared")]),
        ("URS", [("RUS", "RUS")]),
        ("{contested: {ARM: says Armenia, AZE: says Azerbaijan}}", [("ARM", "ARM"), ("AZE", "AZE")]),
        ("{contested: {here: niamey-declared, there: ARM}}", [("here", "niamey-declared"), ("there", "ARM")]),
    ],
)
def test_a_place_is_declared_a_state_or_contested(crisis, text, options):
    declared = "places: {niamey-declared: {in: NER}}\n"
    (event,) = crisis(f"{declared}events:\n  - {EVENT}, place: {text}}}\n").events
    assert [[(label, value) for label, value in spell if value is not None] for spell in values(event.place)] == [
        options if text != "URS" else [("RUS", "RUS")]
    ]


def test_a_fact_may_be_a_dated_list(crisis):
    text = (
        "facts:\n  government-of-KWT: [{until: 1990-08-02, value: al-sabah}, {since: 1990-08-02, contested: "
        "{al-sabah: lawful, junta: in place}}]\n"
    )
    datum = crisis(text).facts["government-of-KWT"]
    assert values([spell_on(datum, date(1990, 8, 1))]) == [[("al-sabah", "al-sabah")]]
    assert values([spell_on(datum, date(1990, 8, 2))]) == [[("al-sabah", "al-sabah"), ("junta", "junta")]]


def test_an_entry_into_force_is_settled_by_a_date_or_null(crisis):
    facts = crisis("facts: {aes-2023.in-force: null, a-pact.in-force: 2023-09-16}\n").facts
    assert facts["aes-2023.in-force"][0].options[0].value is None
    assert facts["a-pact.in-force"][0].options[0].value == on_day(date(2023, 9, 16))


def test_a_fact_that_does_not_change_holds_always(crisis):
    (spell,) = crisis("facts: {government-of-KWT: al-sabah}\n").facts["government-of-KWT"]
    assert (spell.interval, spell.contested) == (ALWAYS, False)


# --- names of one's own ---------------------------------------------------------------------------------------------


def test_actors_of_the_file_may_act_and_be_expected_to(crisis):
    value = crisis(
        "actors:\n  cnsp: {kind: government, of: NER}\n  band: {kind: armed-group, name: A band}\n"
        "events:\n  - {id: a, date: 2023, kind: armed-attack, by: band, on: cnsp}\nexpect:\n  - {who: cnsp, must: "
        "assist, holds: no}\n"
    )
    assert {name: (a.id, a.kind, a.of, a.name) for name, a in value.actors.items()} == {
        "cnsp": ("cnsp", "government", "NER", None), "band": ("band", "armed-group", None, "A band"),
    }  # fmt: skip
    assert (value.events[0].by, value.events[0].on) == (("band",), ("cnsp",))


def test_an_actor_nobody_declared_is_an_error(places):
    assert places("events:\n  - {id: a, date: 2023, kind: armed-attack, by: band, on: NER}\n") == [("N001", "4:49")]


def test_a_place_of_the_file_has_dated_and_contested_status(crisis):
    text = (
        "places:\n  jermuk: {in: [ARM, caucasus], sovereign: {contested: {recognised: ARM, undemarcated: "
        "null}}, administered_by: ARM, lat: 39.8}\n"
    )
    place = crisis(text).places["jermuk"]
    assert (place.id, place.name, place.lat, place.lon, place.island) == ("jermuk", "Jermuk", 39.8, None, False)
    assert values(place.inside) == [[(str(("ARM", "caucasus")), ("ARM", "caucasus"))]]
    assert values(place.sovereign) == [[("recognised", "ARM"), ("undemarcated", None)]]
    assert values(place.status) == [[("metropolitan", "metropolitan")]]


def test_who_has_sovereignty_administers_unless_the_file_says_otherwise(crisis):
    place = crisis("places: {rock: {in: JPN, sovereign: JPN}}\n").places["rock"]
    assert values(place.administered_by) == [[("JPN", "JPN")]]


def test_an_instrument_may_be_defined_in_place_and_takes_its_key_as_id(crisis):
    value = crisis(
        "treaties:\n  my-pact:\n    title: My pact\n    in_force: 2020-01-01\n    ends: open\n    parties: {FRA: {}}\n"
        '    checked: {on: 2026, confidence: unsure}\n    articles: {"1": {says: Help.}}\n'
    )
    assert list(value.treaties) == ["my-pact"]
    assert (value.treaties["my-pact"].id, str(value.treaties["my-pact"].at)) == ("my-pact", "f.yaml:4:3")


# --- mistakes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attribute", "problem"),
    [
        ("kind: invazion", "F004"),
        ("provoked: maybe", "F004"),
        ("provoked: {contested: {maybe: x}}", "F004"),
        ("scale: huge", "F004"),
        ("means: [guns]", "F004"),
        ("stance: against", "F004"),
        ("certainty: doubtful", "F004"),
        ("place: narnia", "N004"),
        ("supported_by: XYZ", "N001"),
        ("by: XYZ", "N001"),
        ("to: XYZ", "N001"),
        ("in_defence_of: XYZ", "N001"),
        ("votes: {FRA: yea}", "F004"),
        ("organ: senate", "N001"),
        ("provokd: no", "F001"),
        ("until: never", "D001"),
        ("known_since: later", "D001"),
        ("source: [a]", "F003"),
    ],
)
def test_a_word_that_the_format_does_not_know_is_an_error_and_never_an_unknown(read_crisis_text, attribute, problem):
    event = f"{{id: a, date: 2023, on: NER, {attribute}" + ("}" if attribute.startswith("kind") else ", kind: coup}")
    value, problems = read_crisis_text(f"{HEAD}events:\n  - {event}\n")
    assert value is None
    assert [p.code for p in problems] == [problem]
    assert problems[0].span.line == 4
    assert problems[0].span.column >= 31


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("opne: [request]", "F001"),
        ("open: [reqest]", "F004"),
        ("actors: {me: {kind: king}}", "F004"),
        ("facts: [x]", "F003"),
        ("events: {id: a}", "F003"),
        ("readings: {a: {set: {x: y}}}", "F002"),
        ("readings: {a: {says: A., standing: plain}}", "F004"),
        ("branches: {b: {form: 2023}}", "F001"),
        ("branches: {B: {}}", "F005"),
        ("period: {to: 2023-02-30}", "D001"),
        ("expect: [{who: FRA, holds: maybe}]", "F004"),
        ("expect: [{who: FRA, wants: x}]", "F001"),
        ("expect: [{status: done}]", "F004"),
        ("places: {a: {in: nowhere}}", "N001"),
        ("facts: {x: {a: b}}", "F003"),
        ("facts: {x: [{sinc: 2000, value: a}]}", "F001"),
        ("facts: {x: [{since: 2001}]}", "F002"),
        ("treaties: [a]", "F003"),
    ],
)
def test_every_part_of_a_crisis_is_closed(read_crisis_text, text, problem):
    value, problems = read_crisis_text(f"{HEAD}{text}\n")
    assert value is None
    assert [p.code for p in problems] == [problem]
    assert problems[0].span.line == 3


def test_an_expectation_keeps_the_names_and_acts_that_are_none_so_that_it_fails_by_itself(read_crisis_text):
    value, problems = read_crisis_text(f"{HEAD}expect: [{{who: Ruritania, must: asist, whom: FRA}}]\n")
    assert problems == []
    (expect,) = value.expect
    assert (expect.who, expect.must, expect.whom) == (("Ruritania",), ("asist",), ("FRA",))


def test_all_that_is_wrong_in_a_file_is_told_at_once(places):
    text = """\
events:
  - {id: a, date: 2023-02-30, kind: invazion, by: XYZ}
  - {id: B, date: 2023, kind: coup, place: narnia}
branches:
  b: {add: [{id: c, date: 2023, kind: coop}]}
expect:
  - {who: FRA, holds: maybe, zzz: 1}
zzz: 1
"""
    assert places(text) == [
        ("D001", "4:19"),
        ("F004", "4:37"),
        ("N001", "4:51"),
        ("F005", "5:10"),
        ("N004", "5:44"),
        ("F004", "7:39"),
        ("F004", "9:23"),
        ("F001", "9:30"),
        ("F001", "10:1"),
    ]


def test_an_event_needs_an_id_and_a_date_and_ends_after_it_begins(places):
    text = (
        "events:\n  - {kind: coup, date: 2023}\n  - {id: a, kind: coup}\n  - {id: b, kind: coup, date: "
        "2023-02-02, until: 2023-02-01}\n"
    )
    assert places(text) == [("F002", "4:5"), ("F002", "5:5"), ("D002", "6:50")]


def test_two_events_of_one_id_are_shown_at_both_places(read_crisis_text):
    _, (problem,) = read_crisis_text(f"{HEAD}events:\n  - {EVENT}}}\n  - {EVENT}}}\n")
    assert (problem.code, str(problem.span), [str(label.span) for label in problem.labels]) == (
        "F009",
        "f.yaml:5:10",
        ["f.yaml:4:5"],
    )


def test_a_branch_may_replace_an_event_that_it_drops_and_no_other(crisis, places):
    replaced = (
        f"events:\n  - {EVENT}}}\nbranches:\n  b: {{drop: [a], add: [{EVENT}}}]}}\n  c: {{add: "
        f"[{EVENT.replace('id: a', 'id: b')}}}]}}\n"
    )
    assert crisis(replaced).branches["b"].add[0].id == "a"
    assert places(replaced.replace("drop: [a]", "drop: []")) == [("F009", "6:28")]


def test_a_crisis_is_a_mapping(read_crisis_text):
    for text in ("- a\n", "word\n", "~\n"):
        value, (problem,) = read_crisis_text(text)
        assert (value, problem.code) == (None, "F003")


def test_a_missing_date_is_told_together_with_other_mistakes(places):
    assert places("events:\n  - {id: a, kind: coup}\nzzz: 1\n") == [("F002", "4:5"), ("F001", "5:1")]


def test_the_fix_for_a_wrong_provoked_names_contested(read_crisis_text):
    _, (problem,) = read_crisis_text(f"{HEAD}events:\n  - {EVENT}, provoked: maybe}}\n")
    assert "contested" in problem.fix
