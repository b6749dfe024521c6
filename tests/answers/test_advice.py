"""Each piece of advice: what draws it, what does not, and how a file accepts it."""

from __future__ import annotations

import pytest

from foedera.answers.advice import meaning
from foedera.answers.checks import check_file
from foedera.language.codes import CODES
from foedera.language.vocabulary import ADVICE

HEAD = """id: pact
title: Pact
in_force: 1921-03-01
ends: open
withdrawal: {notice: 1 year}
parties: {FRA: {}, BEL: {}, LUX: {}}
sources: [{title: made up}]
checked: {on: 2026-11-24, confidence: unsure}
"""
SILENT = "{given: [], then: {who: FRA, whom: BEL, holds: no}}"
HELP = "when: {event: armed-attack, on: party}, who: other-parties, must: assist"


def told(tmp_path, library, rules: dict[str, str], *, fires: dict[str, str] | None = None, **keys: str) -> list[str]:
    """The codes that a pact of these rules draws, in order; the examples are not run."""
    head = HEAD
    for key, value in keys.items():
        lines = [line for line in head.splitlines() if not line.startswith(f"{key}:")]
        head = "\n".join([*lines, *([f"{key}: {value}"] if value else [])]) + "\n"
    lines = ["articles:", '  "1":', "    says: What it says.", "    rules:"]
    for name, rule in rules.items():
        first = (fires or {}).get(name, SILENT)
        lines.append(f"      {name}: {{{rule}, examples: {{fires: {first}, silent: {SILENT}, boundary: {SILENT}}}}}")
    file = tmp_path / "pact.yaml"
    file.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    problems = check_file(file, library)
    assert all(p.level == "warning" for p in problems if p.code in ADVICE)
    return [problem.code for problem in problems]


def test_a_sound_pact_draws_no_advice(tmp_path, library):
    assert told(tmp_path, library, {"help": HELP}) == []


def test_every_piece_of_advice_has_a_lesson_with_a_bad_and_a_good_file():
    assert all(CODES[code].bad and CODES[code].good for code in (*ADVICE, "L001", "L010"))


SUBVERSION = HELP.replace("armed-attack", "subversion")


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ({"help": SUBVERSION}, ["L003"]),
        ({"help": SUBVERSION + ", decides_whether: bearer"}, []),
        ({"talk": SUBVERSION.replace("assist", "consult")}, []),
        ({"help": SUBVERSION, "what": "when: {event: sending-bands}, counts_as: {event: subversion}"}, []),
        ({"help": HELP.replace("armed-attack", "aggression")}, []),  # General Assembly 3314 says for all what it is
    ],
)
def test_a_label_needs_somebody_or_something_that_says_what_it_is(rules, codes, tmp_path, library):
    assert told(tmp_path, library, rules) == codes


DECIDED = HELP + ", if: [{decided_by: {organ: council, finding: measures}}]"


@pytest.mark.parametrize(
    ("rule", "organs", "codes"),
    [
        (HELP + ", strength: as-deemed-necessary", "", ["L004"]),
        (HELP + ", strength: as-deemed-necessary, decides_how: jointly", "", []),
        (HELP + ", strength: all-means", "", []),
        (DECIDED, "{council: {competent: [measures]}}", []),
        (DECIDED, "{council: {}}", []),
        (DECIDED, "{council: {competent: [budget]}}", ["L004"]),
    ],
)
def test_what_is_left_to_judgement_needs_a_judge(rule, organs, codes, tmp_path, library):
    assert told(tmp_path, library, {"help": rule}, organs=organs) == codes


def waits(who: str, by: str) -> str:
    return f"when: {{event: armed-attack, on: LUX}}, if: [{{helps: {{who: {by}, whom: target}}}}], who: {who}, must: assist"


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ({"one": waits("FRA", "BEL"), "two": waits("BEL", "FRA")}, ["L005", "L005"]),
        ({"one": waits("FRA", "bearer")}, ["L005"]),
        ({"one": waits("FRA", "BEL"), "two": HELP.replace("other-parties", "BEL")}, []),
        ({"one": waits("FRA", "BEL")}, []),  # Belgium may help of its own accord
        ({"one": waits("FRA", "BEL"), "two": waits("BEL", "FRA"), "three": HELP.replace("other-parties", "BEL")}, []),
    ],
)
def test_a_duty_that_waits_for_itself(rules, codes, tmp_path, library):
    assert told(tmp_path, library, rules) == codes


BAN = "who: party, whom: any-state, must_not: use-force"
FIGHT = HELP.replace("assist", "fight")
WAR = "{given: [{kind: armed-attack, by: DEU, on: BEL}], then: {who: FRA, whom: BEL}}"


def test_two_rules_that_each_give_way(tmp_path, library):
    rules = {"ban": BAN + ", yields_to: this/1/help", "help": FIGHT + ", yields_to: this/1/ban"}
    assert "L005" in told(tmp_path, library, rules)


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ("{soil: {any: [{territory_of: party}]}}", []),
        ("{soil: {any: [{territory_of: [FRA, BEL]}]}}", ["L006"]),
        ("{soil: {any: [{territory_of: party, in: [africa]}]}}", ["L006", "L006", "L006"]),
    ],
)
def test_a_party_outside_the_area(area, codes, tmp_path, library):
    rule = HELP.replace("on: party", "on: party, place: {in: soil}")
    assert told(tmp_path, library, {"help": rule}, areas=area) == codes


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ({"withdrawal": ""}, ["L007"]),
        ({"withdrawal": "", "ends": "1936-03-06"}, []),
        ({"withdrawal": "", "ends": "{effective: 1936-03-06, why: forgotten}"}, []),
        ({"withdrawal": "", "kind": "declaration"}, []),
        ({"withdrawal": "", "binding": "political"}, []),
        ({"withdrawal": "", "accepted": "{L007: It was made for ever.}"}, []),
        ({"accepted": "{L007: It was made for ever.}"}, ["L010"]),
    ],
)
def test_a_bond_for_ever_and_how_a_file_accepts_it(keys, codes, tmp_path, library):
    assert told(tmp_path, library, {"help": HELP}, **keys) == codes


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ({"ban": BAN + ", yields_to: un-charter/51"}, []),
        ({"ban": BAN + ", yields_to: un-charter/99"}, ["L008"]),
        ({"ban": BAN + ", yields_to: this/1/ban"}, ["L008"]),
        ({"ban": BAN.replace("party", "FRA"), "help": HELP.replace("other-parties", "BEL") + ", overrides: this/1/ban"}, ["L008"]),
        ({"ban": BAN.replace("party", "FRA"), "help": HELP + ", overrides: this/1/ban"}, []),
        ({"ban": BAN + ", until: 1925-01-01", "help": HELP + ", from: 1925-01-01, overrides: this/1/ban"}, ["L008"]),
        ({"ban": BAN + ", yields_to: belgium-1839"}, ["L008"]),  # ended in 1920; the pact began in 1921
        ({"ban": BAN + ", yields_to: league-covenant/16"}, []),
        ({"help": HELP, "not": "no_duty: consult"}, ["L008"]),
        ({"help": HELP, "not": "no_duty: fight"}, ["L008"]),  # to assist is owed, to fight is not
        ({"help": FIGHT, "not": "no_duty: assist"}, []),
    ],
)  # fmt: skip
def test_a_priority_that_has_nothing_to_work_on(rules, codes, tmp_path, library):
    assert told(tmp_path, library, rules) == codes


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ({"help": FIGHT, "ban": BAN}, ["L009"]),
        ({"help": FIGHT + ", without_prejudice_to: this/1/ban", "ban": BAN}, []),
        ({"help": FIGHT, "ban": BAN + ", yields_to: this/1/help"}, []),
        ({"help": HELP, "ban": BAN}, []),  # help without arms meets both
        ({"help": FIGHT, "ban": BAN.replace("any-state", "other-parties")}, []),  # the enemy is no party
    ],
)
def test_what_the_treaty_commands_and_forbids(rules, codes, tmp_path, library):
    assert told(tmp_path, library, rules, fires={"help": WAR}) == codes


READING = "{{q: {{asks: What then?, other: {{says: So., change: {{1/help: {{{change}}}}}}}}}}}"


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("must: fight", []),
        ("must: assist", ["L001"]),
        ("when: {event: armed-attack, on: party}", ["L001"]),  # written again, it is still the same
        ("when: {event: invasion, on: party}", []),
    ],
)
def test_a_reading_that_sets_what_stands_there(change, codes, tmp_path, library):
    assert told(tmp_path, library, {"help": HELP}, readings=READING.format(change=change)) == codes


def test_no_reading_of_the_library_is_the_same_as_another(library):
    """`meaning` tells rules apart by what the engine reads, not by where they stand."""
    rules = library.treaties["nato-1949"].rules
    assert len({repr(meaning(rule)) for rule in rules}) == len(rules)
