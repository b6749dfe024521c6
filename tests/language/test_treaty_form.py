"""A treaty file becomes a treaty: what is left out, contested or changed by a reading, and every mistake at its place."""

from __future__ import annotations

from datetime import date

import pytest

from foedera.dates import Interval, Period, on_day, parse_when
from foedera.language.types import Change, Who, apply_change

HEAD = """\
id: a-pact
title: A pact
in_force: 2000-01-01
ends: open
parties: {FRA: {}, BEL: {}}
checked: {on: 2026-11-24, confidence: unsure}
"""
BODY = """\
articles:
  "1":
    says: Help.
    rules:
      help:
        when: {event: armed-attack, on: party}
        who: other-parties
        must: assist
        means: [arms]
      warn:
        who: party
        may: consult
  "2":
    says: More.
    rules:
      talk: {must: consult}
"""
ONE_ARTICLE = 'articles:\n  "1":\n    says: Help.\n'


@pytest.fixture
def treaty(read_treaty_text):
    """Reads a sound treaty."""

    def read(text: str):
        value, problems = read_treaty_text(text)
        assert problems == []
        return value

    return read


@pytest.fixture
def places(read_treaty_text):
    """Reads a treaty that is not sound: code and line:column of each problem."""

    def read(text: str):
        value, problems = read_treaty_text(text)
        assert value is None
        return [(p.code, f"{p.span.line}:{p.span.column}") for p in problems]

    return read


def head(**changed: str) -> str:
    """The head with keys replaced or added, and one article."""
    lines = dict(line.split(": ", 1) for line in HEAD.splitlines())
    return "".join(f"{key}: {value}\n" for key, value in {**lines, **changed}.items()) + ONE_ARTICLE


# --- what is left out -----------------------------------------------------------------------------------------------


def test_a_treaty_is_legal_and_a_declaration_political_unless_it_says_otherwise(treaty):
    assert (treaty(head()).kind, treaty(head()).binding) == ("treaty", "legal")
    assert treaty(head(kind="declaration")).binding == "political"
    assert treaty(head(kind="declaration", binding="moral")).binding == "moral"
    assert treaty(head(kind="statute")).binding == "legal"


def test_a_party_is_in_from_the_entry_into_force_and_stays(treaty):
    party = treaty(head()).parties["FRA"]
    assert (party.code, party.since, party.until, party.suspended) == ("FRA", None, None, ())


def test_nothing_is_declared_that_the_file_does_not_declare(treaty):
    value = treaty(head())
    assert (value.groups, value.organs, value.areas, value.questions, value.readings) == ({}, {}, {}, {}, {})
    assert (value.withdrawal, value.subject_to, value.prevails_over_all, value.secret_until) == (None, (), False, None)


def test_a_rule_without_who_speaks_of_the_parties(treaty):
    talk = next(rule for rule in treaty(HEAD + BODY).rules if rule.id == "talk")
    assert (talk.who, talk.whom, talk.when, talk.modality, talk.acts) == (
        Who("role", "party"),
        None,
        None,
        "must",
        ("consult",),
    )
    assert talk.path == "2/talk"


def test_an_organ_has_the_parties_as_members_and_decides_by_consensus(treaty):
    organ = treaty(head(organs="{council: {}}")).organs["council"]
    assert (organ.id, organ.members, organ.votes, organ.competent, organ.binds) == (
        "council",
        Who("role", "party"),
        "consensus",
        (),
        "party",
    )


@pytest.mark.parametrize(
    ("text", "votes", "share", "sole"),
    [
        ("unanimity", "unanimity", None, None),
        ("{at_least: 2/3}", "at-least", (2, 3), None),
        ("{at_least: 9}", "at-least", 9, None),
        ("{sole: URS}", "sole", None, "RUS"),
    ],
)
def test_an_organ_decides_as_written(treaty, text, votes, share, sole):
    organ = treaty(head(organs=f"{{council: {{votes: {text}}}}}")).organs["council"]
    assert (organ.votes, organ.share, organ.sole) == (votes, share, sole)


# --- dates, parties, entry into force -------------------------------------------------------------------------------


def test_an_end_is_open_a_date_or_a_legal_and_an_effective_day(treaty):
    assert treaty(head()).ends is None
    assert treaty(head(ends="1991-12-26")).ends == parse_when("1991-12-26")
    value = treaty(head(ends="{legal: 1991-07-01, effective: 1990-10, why: gone}"))
    assert (value.ends, value.effective_end, value.ends_why) == (
        parse_when("1991-07-01"),
        parse_when("1990-10"),
        "gone",
    )


def test_an_end_must_be_written(places):
    assert places(head().replace("ends: open\n", "")) == [("F002", "1:1")]


def test_an_entry_into_force_may_be_null_contested_or_dated(treaty):
    (never,) = treaty(head(in_force="null")).in_force
    assert [option.value for option in never.options] == [None]
    (contested,) = treaty(head(in_force="{contested: {literature: 1986-09-30, registry: null}}")).in_force
    assert [(o.label, o.value) for o in contested.options] == [
        ("literature", on_day(date(1986, 9, 30))),
        ("registry", None),
    ]
    first, second = treaty(
        head(in_force="[{until: 2001-01-01, value: 2000}, {since: 2001-01-01, contested: {a: 2000, b: null}}]")
    ).in_force
    assert (first.interval.until, second.interval.since) == (parse_when("2001-01-01"), parse_when("2001-01-01"))
    assert (first.contested, second.contested) == (False, True)


def test_parties_may_be_all_states_or_those_of_another_instrument(treaty):
    assert treaty(head(parties="all-states")).all_states
    assert treaty(head(parties="{of: un-charter}")).parties_of == "un-charter"
    assert not treaty(head()).all_states


def test_an_alias_is_read_as_the_id(treaty):
    assert list(treaty(head(parties="{URS: {}, GMY: {until: 1945}}")).parties) == ["RUS", "DEU"]


def test_one_state_under_two_codes_is_written_twice(read_treaty_text):
    _, problems = read_treaty_text(head(parties="{RUS: {since: 1950}, URS: {until: 1991}}"))
    assert len(problems) == 1


def test_a_suspension_may_be_from_organs_toward_some_or_several(treaty):
    text = (
        "{NZL: {suspended: {since: 1986-08-11, toward: [USA]}}, BFA: {suspended: [{since: 2022, until: 2023, "
        "from: organs}, {since: 2024}]}}"
    )
    parties = treaty(head(parties=text)).parties
    (one,) = parties["NZL"].suspended
    assert (one.interval, one.toward, one.from_) == (Interval(on_day(date(1986, 8, 11))), ("USA",), None)
    assert [(s.from_, s.interval.until and str(s.interval.until)) for s in parties["BFA"].suspended] == [
        ("organs", "2023"),
        (None, None),
    ]


def test_notice_is_a_period(treaty):
    assert treaty(head(withdrawal="{notice: 6 months}")).withdrawal == Period(months=6)


# --- claims become readings -----------------------------------------------------------------------------------------


def test_a_claim_about_an_exit_becomes_a_rival_reading_without_the_party(treaty):
    value = treaty(head(parties="{ARM: {claims: {frozen: {since: 2024-02-23, held_by: [ARM]}}}, RUS: {}}"))
    reading = value.readings["frozen"]
    option = reading.options["frozen"]
    assert (option.standing, option.held_by) == ("rival", ("ARM",))
    changed = apply_change(value, option.change)
    assert changed.parties["ARM"].until == on_day(date(2024, 2, 23))
    assert changed.parties["RUS"] == value.parties["RUS"]
    assert value.parties["ARM"].until is None, "the plain text keeps the party"
    assert apply_change(value, reading.plain.change) == value


def test_a_claim_with_an_end_takes_the_party_out_for_that_time(treaty):
    value = treaty(head(parties="{ARM: {claims: {out: {since: 2024, until: 2025, standing: minority}}}}"))
    option = value.readings["out"].options["out"]
    party = apply_change(value, option.change).parties["ARM"]
    assert option.standing == "minority"
    assert (party.until, [(str(s.interval.since), str(s.interval.until)) for s in party.suspended]) == (
        None,
        [("2024", "2025")],
    )


def test_one_claim_about_two_parties_is_one_reading(treaty):
    claim = "{claims: {gone: {since: 2020}}}"
    value = treaty(head(parties=f"{{FRA: {claim}, BEL: {claim}, NLD: {{}}}}"))
    assert list(value.readings) == ["gone"]
    parties = apply_change(value, value.readings["gone"].options["gone"].change).parties
    assert [parties[code].until is not None for code in ("FRA", "BEL", "NLD")] == [True, True, False]


# --- readings -------------------------------------------------------------------------------------------------------


def readings(change: str) -> str:
    """The treaty with one question and one answer that changes something."""
    return HEAD + BODY + f"readings:\n  q:\n    asks: Which?\n    wide:\n      says: Wide.\n      change: {change}\n"


def change_of(treaty, text: str) -> Change:
    return treaty(readings(text)).readings["q"].options["wide"].change


def test_a_reading_is_a_rival_and_the_plain_one_is_the_text_as_typed(treaty):
    reading = treaty(readings('{"1/help": {must: fight}}')).readings["q"]
    assert (reading.asks, reading.plain.name, reading.plain.standing, reading.options["wide"].standing) == (
        "Which?",
        "plain",
        "plain",
        "rival",
    )
    assert reading.plain.change == Change({}, {})


def test_a_change_replaces_a_whole_key_and_keeps_the_others(treaty):
    change = change_of(treaty, '{"1/help": {when: {event: [armed-attack, threat], by: DEU}}}')
    rule = change.rules["1/help"]
    assert (rule.when.kinds, rule.when.on, rule.when.by) == (("armed-attack", "threat"), None, Who("code", "DEU"))
    assert (rule.modality, rule.acts, rule.means, rule.path) == ("must", ("assist",), ("arms",), "1/help")


def test_null_deletes_a_key(treaty):
    assert change_of(treaty, '{"1/help": {means: null}}').rules["1/help"].means == ()


def test_null_deletes_a_rule(treaty):
    value = treaty(readings('{"2/talk": null}'))
    changed = apply_change(value, value.readings["q"].options["wide"].change)
    assert [rule.path for rule in changed.rules] == ["1/help", "1/warn"]


def test_a_path_to_an_article_reaches_all_its_rules_and_no_other(treaty):
    change = change_of(treaty, '{"1": {whom: DEU}}')
    assert {path: rule.whom for path, rule in change.rules.items()} == {
        "1/help": Who("code", "DEU"),
        "1/warn": Who("code", "DEU"),
    }


def test_the_path_this_reaches_the_keys_of_the_instrument_that_were_written(treaty):
    value = treaty(readings("{this: {binding: political, in_force: null, parties: {FRA: {}}}}"))
    change = value.readings["q"].options["wide"].change
    assert sorted(change.own) == ["binding", "in_force", "parties"]
    changed = apply_change(value, change)
    assert (changed.binding, list(changed.parties), changed.ends) == ("political", ["FRA"], value.ends)
    assert [o.value for o in changed.in_force[0].options] == [None]


@pytest.mark.parametrize(
    ("change", "code", "fix"),
    [
        ('{"1/hlep": {must: fight}}', "N003", "did you mean `1/help`?"),
        ('{"9": null}', "N003", "one of 1/help, 1/warn, 2/talk"),
        ('{"1/help": {musst: fight}}', "F001", "did you mean `must`?"),
        ('{"1/help": {must: fihgt}}', "F004", "did you mean `fight`?"),
        ('{"1/help": {must: null}}', "F002", "add one of them"),
        ('{"1/help": {may: fight}}', "F007", "keep one"),
        ("{this: {bindin: legal}}", "F001", "did you mean `binding`?"),
        ("[1/help]", "F003", '`"6/one-is-all": {when: …}`'),
    ],
)
def test_a_change_that_means_nothing_is_refused(read_treaty_text, change, code, fix):
    _, problems = read_treaty_text(readings(change))
    assert [(p.code, p.fix) for p in problems] == [(code, fix)]
    assert 28 in {problems[0].span.line, *(label.span.line for label in problems[0].labels)}


def test_a_reading_that_changes_nothing_is_refused(places):
    text = readings("{}").replace("      change: {}\n", "")
    assert places(text) == [("L001", "26:5")]


def test_a_reading_without_a_question_is_refused(places):
    assert places(readings('{"2/talk": null}').replace("    asks: Which?\n", "")) == [("F002", "24:3")]


# --- mistakes -------------------------------------------------------------------------------------------------------


def test_all_that_is_wrong_in_a_file_is_told_at_once(places):
    text = """\
id: A Pact
titel: A pact
in_force: 2000-02-30
ends: opne
parties: [FRA]
groups: {x: [Ruritania]}
withdrawal: {notice: soon}
checked: {on: today}
binding: leegal
articles:
  "1":
    sais: x
    rules:
      r:
        when: {evnt: armed-attack, on: praty}
        must: asist
        may: fight
        if: [{requested_by: target, consent_of: actor}]
        zzzz: 1
      Bad Rule: {must: assist}
"""
    assert places(text) == [
        ("F002", "1:1"), ("F005", "1:5"), ("F001", "2:1"), ("D001", "3:11"), ("D001", "4:7"), ("F003", "5:10"), ("N001", "6:14"),
        ("D004", "7:22"), ("F002", "8:1"), ("D001", "8:15"), ("F004", "9:10"), ("F002", "11:3"), ("F001", "12:5"),
        ("F002", "15:9"), ("F001", "15:16"), ("N001", "15:40"), ("F007", "16:9"), ("F004", "16:15"), ("F007", "18:15"),
        ("F001", "19:9"), ("F005", "20:7"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("{when: {event: armed-atack}, must: assist}", "F004"),
        ("{when: {event: armed-attack, on: allies}, must: assist}", "N001"),
        ("{when: {event: armed-attack, scale: huge}, must: assist}", "F004"),
        ("{when: {event: armed-attack, provoked: maybe}, must: assist}", "F004"),
        ("{when: {event: armed-attack, response: all}, must: assist}", "F004"),
        ("{when: {event: armed-attack, place: {in: atlantis}}, must: assist}", "N004"),
        ("{when: {event: armed-attack, place: {status: moon}}, must: assist}", "F004"),
        ("{must: asist}", "F004"),
        ("{must: assist, means: [guns]}", "F004"),
        ("{must: assist, strength: much}", "F004"),
        ("{must: assist, decides_how: senate}", "N003"),
        ("{must: assist, if: [{question: unasked}]}", "N003"),
        ("{must: assist, if: [{adversaries: {at_least: 0}}]}", "F006"),
        ("{must: assist, if: [{wished_by: FRA}]}", "F001"),
        ("{must: assist, jointly: perhaps}", "F004"),
        ("{must: assist, until: someday}", "D001"),
        ("{must: assist, examples: {Sometimes: {then: {who: FRA}}}}", "F005"),
    ],
)
def test_a_word_that_the_format_does_not_know_is_an_error_and_never_an_unknown(read_treaty_text, rule, problem):
    value, problems = read_treaty_text(HEAD + ONE_ARTICLE + f"    rules: {{r: {rule}}}\n")
    assert value is None
    assert problem in {p.code for p in problems}
    assert all(p.span.line == 10 for p in problems)


def test_a_rule_without_when_has_no_target_and_counts_nothing(places):
    standing = HEAD + ONE_ARTICLE + "    rules: {r: {must: assist, whom: target}}\n"
    assert places(standing) == [("F008", "10:37")]
    assert places(HEAD + ONE_ARTICLE + "    rules: {r: {counts_as: {event: invasion}}}\n") == [("F002", "10:13")]


@pytest.mark.parametrize(
    "key", ["groups: {party: [FRA]}", "areas: {target: {any: [{territory_of: FRA}]}}", "organs: {bearer: {}}"]
)
def test_a_name_that_is_a_role_is_refused(places, key):
    name, _, value = key.partition(": ")
    assert [code for code, _ in places(head(**{name: value}))] == ["N005"]


def test_a_group_an_organ_an_area_and_a_question_may_be_named_in_rules(treaty):
    value = treaty(
        HEAD + "groups: {guarantors: [FRA]}\norgans: {council: {}}\nareas: {zone: {any: [{territory_of: "
        "party}]}}\nquestions: {clear: Is it clear?}\n"
        + ONE_ARTICLE
        + "    rules: {r: {when: {event: invasion, place: {in: zone}}, who: guarantors, must: assist, decides_how: "
        "council, if: [{question: clear}]}}\n"
    )
    (rule,) = value.rules
    assert (rule.who, rule.when.place.inside, rule.decides_how, rule.conditions[0].question) == (
        Who("group", "guarantors"),
        ("zone",),
        "council",
        "clear",
    )


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("URS", Who("code", "RUS")),
        ("state", Who("role", "any-state")),
        ("[FRA]", Who("code", "FRA")),
        ("[FRA, BEL]", Who("any", "", (Who("code", "FRA"), Who("code", "BEL")))),
        ("{not: party}", Who("not", "", (Who("role", "party"),))),
        (
            "{all: [great-power, {not: FRA}]}",
            Who("all", "", (Who("role", "great-power"), Who("not", "", (Who("code", "FRA"),)))),
        ),
    ],
)
def test_states_are_named_by_code_role_and_combination(treaty, text, who):
    (rule,) = treaty(HEAD + ONE_ARTICLE + f"    rules: {{r: {{must: assist, whom: {text}}}}}\n").rules
    assert rule.whom == who


def test_involves_takes_an_answer_for_an_event_too(treaty):
    rules = (
        "    rules: {a: {when: {event: resort-to-war, involves: party}, must: assist}, b: {when: {event: "
        "resort-to-war}, must: assist}}\n"
    )
    first, second = treaty(HEAD + ONE_ARTICLE + rules).rules
    assert (first.when.response, second.when.response) == (True, False)


def test_until_is_an_event_or_a_date(treaty):
    rules = "    rules: {a: {must: assist, until: {event: peace}}, b: {must: assist, from: 2001, until: 2002-01-01}}\n"
    first, second = treaty(HEAD + ONE_ARTICLE + rules).rules
    assert (first.ends.kinds, first.force) == (("peace",), Interval())
    assert (second.ends, str(second.force.since), str(second.force.until)) == (None, "2001", "2002-01-01")


@pytest.mark.parametrize("text", [readings("{}"), head(parties="{}"), head(in_force="{contested: {}}")])
def test_an_empty_mapping_is_not_said_to_be_no_mapping(read_treaty_text, text):
    _, problems = read_treaty_text(text)
    assert "not a mapping" not in problems[0].message


def test_the_fix_for_a_misspelt_open_end_names_open(read_treaty_text):
    _, problems = read_treaty_text(head(ends="opne"))
    assert "open" in problems[0].fix
