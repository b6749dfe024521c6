"""The battery that every file of the library and every conformance case inherits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from foedera.answers.advice import meaning
from foedera.answers.ask import make_case
from foedera.answers.checks import check_file
from foedera.answers.examples import NAMES, all_bound, run_examples
from foedera.answers.expect import run_expectations
from foedera.engine.bind import bound
from foedera.engine.case import make_world
from foedera.language.nodes import parse
from foedera.language.schema import SCHEMAS
from foedera.language.sentences import rule_sentence
from foedera.language.types import Party, Rule, Treaty, apply_change
from foedera.library import Library, open_crisis
from foedera.library import library as open_library
from foedera.truth import NO, YES

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "src" / "foedera" / "library"
TREATIES = sorted(path.stem for path in (HOME / "treaties").glob("*.yaml"))
CRISES = sorted(path.stem for path in (HOME / "crises").glob("*.yaml"))
CONFORMANCE = sorted((ROOT / "conformance").rglob("*.yaml"))
MAX_LINE = 140


def pytest_generate_tests(metafunc) -> None:
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", TREATIES)
    if "crisis" in metafunc.fixturenames:
        metafunc.parametrize("crisis", CRISES)
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CONFORMANCE, ids=lambda path: f"{path.parent.name}/{path.stem}")


@pytest.fixture(scope="module")
def shelf() -> Library:
    return open_library()


@pytest.fixture
def treaty(name, shelf) -> Treaty:
    return shelf.whole(name)


def test_there_are_files():
    assert TREATIES and CRISES and CONFORMANCE


# treaties ------------------------------------------------------------------------------------------------------------


def test_a_treaty_reads_without_a_problem(name, shelf):
    problems = check_file(HOME / "treaties" / f"{name}.yaml", shelf)
    assert not problems, "\n".join(f"{p.span}: {p.code} {p.message}" for p in problems)


def test_a_treaty_is_called_as_its_file(name, treaty):
    assert treaty.id == name


def test_a_treaty_has_sources_and_says_when_it_was_checked(name, treaty):
    assert treaty.sources
    assert all(source.title.strip() for source in treaty.sources)
    assert treaty.checked_on is not None and treaty.checked_on.first >= date(2026, 1, 1)
    assert treaty.confidence in ("verified", "agreed", "textbook", "unsure", "coded")


def test_every_article_says_something_and_every_rule_has_three_examples(name, treaty):
    assert treaty.articles
    for article in treaty.articles.values():
        assert article.says.strip()
    for rule in treaty.rules:
        assert set(rule.examples) >= set(NAMES), rule.path


def test_every_example_passes(name, treaty, shelf):
    outcomes = list(run_examples(treaty, shelf))
    failed = [f"{o.expect.at} {o.crisis}: {o.wanted}: {'; '.join(o.got)}" for o in outcomes if not o.passed]
    assert not failed, "\n".join(failed)
    assert len(outcomes) == sum(len(rule.examples) for rule in treaty.rules)


def test_the_three_examples_do_not_all_ask_the_same(name, treaty):
    """`fires` says yes or depends, `silent` says no: a rule that always or never fires is noticed."""
    for rule in treaty.rules:
        fires, silent = rule.examples["fires"].then, rule.examples["silent"].then
        if rule.modality == "no_duty":  # it fires where it takes a duty away
            assert fires.holds == "no", rule.path
        else:
            assert fires.holds != "no", rule.path
            assert silent.holds == "no" or silent.nothing, rule.path


def test_no_reading_is_idle(name, treaty):
    """An option that changes nothing in the instrument is no reading of it."""
    for question, reading in treaty.readings.items():
        assert reading.options, question
        for option in reading.options.values():
            assert option.change.rules or option.change.own, f"{question}={option.name}"
            changed = apply_change(treaty, option.change)
            assert meaning(changed) != meaning(treaty), f"{question}={option.name} changes nothing"


def test_a_reading_says_what_is_asked_and_who_answers_how(name, treaty):
    for question, reading in treaty.readings.items():
        assert reading.asks.strip().endswith("?"), question
        assert reading.plain.says.strip(), question
        for option in reading.options.values():
            assert option.says.strip(), f"{question}={option.name}"
            assert option.standing in ("rival", "minority"), f"{question}={option.name}"


def test_every_rule_renders_as_a_sentence(name, treaty, shelf):
    for rule in all_rules(treaty):
        sentence = rule_sentence(rule, treaty, shelf.registry.called)
        assert sentence.endswith("."), f"{rule.path}: {sentence}"
        assert sentence[0] == sentence[0].upper(), f"{rule.path}: {sentence}"
        for leak in ("None", "_", "  ", "..", " ,", "Who(", "()", "[]"):
            assert leak not in sentence, f"{rule.path}: {leak!r} in {sentence}"


def all_rules(treaty: Treaty) -> Iterator[Rule]:
    """The rules as typed, and as every reading has them."""
    yield from treaty.rules
    for reading in treaty.readings.values():
        for option in reading.options.values():
            yield from apply_change(treaty, option.change).rules


def test_members_exist_on_the_days_on_which_they_are_bound(name, treaty, shelf):
    starts = [o.value for spell in treaty.in_force for o in spell.options if o.value is not None]
    first = min((when.last for when in starts), default=treaty.signed.last if treaty.signed else None)
    for code, party in treaty.parties.items():
        state = shelf.registry.states.get(code)
        assert state is not None or code in shelf.registry.organisations, code
        day = party.since.last if party.since is not None else first
        if party.until is not None and party.since is not None:
            assert party.since.first < party.until.last, code
        if state is not None and day is not None:
            exists = state.existed(day) is not NO
            assert exists or (name, code) in NO_STATE_YET, f"{code} did not exist on {day}"
            assert not (exists and (name, code) in NO_STATE_YET), f"the exception for {code} is idle"


NO_STATE_YET = {
    ("un-charter", "BLR"): "a member from the start, a republic of the Soviet Union",
    ("un-charter", "UKR"): "a member from the start, a republic of the Soviet Union",
    ("un-charter", "IND"): "a member from the start, independent in 1947",
    ("un-charter", "PHL"): "a member from the start, independent in 1946",
    ("un-charter", "SRB"): "took Yugoslavia's seat of 2000 as its continuator",
    ("arab-league-1945", "PSE"): "a full member since 1976, proclaimed in 1988",
}
DATED_BACK = {
    "yug-urs-1941": "signed in the night of 6 April, dated 5 April and in force by that date",
    "tra-1979": "enacted on 10 April with effect from 1 January, when the recognition ended",
}


def test_the_dates_follow_each_other(name, treaty):
    starts = [o.value for spell in treaty.in_force for o in spell.options if o.value is not None]
    for start in starts:
        if treaty.signed is not None:
            assert treaty.signed.first <= start.last or name in DATED_BACK, "in force before it was signed"
        if treaty.ends is not None:
            assert start.first < treaty.ends.last, "ended before it began"
    for rule in treaty.rules:
        if rule.force.since and rule.force.until:
            assert rule.force.since.first < rule.force.until.last, rule.path


def test_a_treaty_is_accepted_by_the_schema(name):
    value = plain(HOME / "treaties" / f"{name}.yaml")
    errors = sorted(jsonschema.Draft202012Validator(SCHEMAS["treaty"]()).iter_errors(value), key=str)
    assert not errors, "\n".join(f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in errors)


def plain(path: Path):
    """The file as plain values, every scalar text, as the readers see it."""
    node, problems = parse(path.read_bytes(), str(path))
    assert node is not None, problems

    def value_of(part):
        if isinstance(part.value, dict):
            return {key: value_of(entry.node) for key, entry in part.value.items()}
        if isinstance(part.value, tuple):
            return [value_of(item) for item in part.value]
        return part.value

    return json.loads(json.dumps(value_of(node)))


def test_the_schema_can_refuse_a_treaty():
    value = plain(HOME / "treaties" / "aes-2023.yaml")
    validator = jsonschema.Draft202012Validator(SCHEMAS["treaty"]())
    assert validator.is_valid(value)
    for key, wrong in (("kind", "poem"), ("parties", []), ("no_such_key", "x"), ("articles", {})):
        assert not validator.is_valid({**value, key: wrong}), key
    assert not validator.is_valid({key: part for key, part in value.items() if key != "in_force"})


@pytest.mark.parametrize("path", [*sorted(HOME.rglob("*.yaml")), *CONFORMANCE], ids=lambda path: path.name)
def test_a_file_is_plain_text_with_short_lines(path):
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\n")
    assert "\t" not in text and "\r" not in text and text.endswith("\n")
    assert not [n for n, line in enumerate(lines, 1) if len(line) > MAX_LINE]
    assert not [n for n, line in enumerate(lines, 1) if line != line.rstrip()]


# crises and conformance ----------------------------------------------------------------------------------------------


def failures(outcomes) -> str:
    return "\n".join(f"{o.expect.at} {o.wanted}: {'; '.join(o.got)}" for o in outcomes if not o.passed)


def test_a_crisis_reads_without_a_problem(crisis, shelf):
    problems = check_file(HOME / "crises" / f"{crisis}.yaml", shelf)
    assert not problems, "\n".join(f"{p.span}: {p.code} {p.message}" for p in problems)


def test_the_expectations_of_a_crisis_pass(crisis, shelf):
    found = shelf.crises[crisis]
    assert found.id == crisis and found.expect
    outcomes = run_expectations(found, shelf)
    assert not failures(outcomes), failures(outcomes)


def test_a_crisis_expects_both_yes_and_no(crisis, shelf):
    asked = {e.holds or "yes" for e in shelf.crises[crisis].expect if not e.nothing}
    assert {"yes", "no"} <= asked


def test_a_crisis_is_accepted_by_the_schema(crisis):
    value = plain(HOME / "crises" / f"{crisis}.yaml")
    errors = sorted(jsonschema.Draft202012Validator(SCHEMAS["crisis"]()).iter_errors(value), key=str)
    assert not errors, "\n".join(f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in errors)


def test_the_events_of_a_crisis_have_sources_where_they_happened(crisis, shelf):
    """Events of a branch are invented; those of history are not."""
    bare = [event.id for event in shelf.crises[crisis].events if event.source is None]
    assert not bare, bare


def test_a_conformance_case_passes(case, shelf):
    problems = check_file(case, shelf)
    assert not problems, "\n".join(f"{p.span}: {p.code} {p.message}" for p in problems)
    outcomes = run_expectations(open_crisis(str(case), shelf), shelf)
    assert outcomes and not failures(outcomes), failures(outcomes)


def test_a_conformance_case_is_accepted_by_the_schema(case):
    value = plain(case)
    errors = sorted(jsonschema.Draft202012Validator(SCHEMAS["crisis"]()).iter_errors(value), key=str)
    assert not errors, "\n".join(f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in errors)


# the registry --------------------------------------------------------------------------------------------------------


def test_places_lie_in_regions_and_states_that_exist(shelf):
    registry = shelf.registry
    for place in registry.places.values():
        for spell in place.inside:
            for option in spell.options:
                for holder in option.value or ():
                    assert holder in registry.regions or holder in registry.states, (place.id, holder)
        assert place.lat is None or -90 <= place.lat <= 90


def test_no_alias_hides_an_id(shelf):
    registry = shelf.registry
    assert not set(registry.aliases) & set(registry.states)
    assert set(registry.aliases.values()) <= set(registry.states)
    for alias, code in {
        "SUN": "RUS",
        "URS": "RUS",
        "PRU": "DEU",
        "OTT": "TUR",
        "SAR": "ITA",
        "UAR": "EGY",
        "ROC": "TWN",
        "DRV": "VNM",
    }.items():
        assert registry.find(alias) == code


def test_organs_belong_to_organisations_that_exist(shelf):
    registry = shelf.registry
    for organ in registry.organs.values():
        assert organ.of in registry.organisations, organ.id
    asked = (
        "un unsc unga nato nac eu ecowas ecowas-authority ecowas-msc au au-psc aes csto gcc arab-league oas osce "
        "league-of-nations"
    )
    assert not [name for name in asked.split() if registry.find(name) != name]


# leaving -------------------------------------------------------------------------------------------------------------

NOTICE = re.compile(r"notice of (\d{1,2} [A-Z][a-z]+ \d{4})")


def notices(treaty: Treaty, shelf: Library) -> Iterator[tuple[str, date, Treaty]]:
    """Party, day of its notice, and the instrument whose clause counts (that of the Community for its protocols)."""
    for code, party in treaty.parties.items():
        match = NOTICE.search(party.why or "")
        if match and party.until is not None:
            home = shelf.treaties["ecowas-1993"] if "Revised Treaty, 91" in party.why else treaty
            yield code, datetime.strptime(match[1], "%d %B %Y").date(), home


def test_the_day_of_an_exit_follows_from_its_notice(name, treaty, shelf):
    for code, day, home in notices(treaty, shelf):
        assert home.withdrawal is not None, f"{code} left by notice, and {home.id} has no clause"
        assert treaty.parties[code].until.first == home.withdrawal.after(day), code


def test_there_are_exits_by_notice(shelf):
    assert sum(len(list(notices(shelf.treaties[name], shelf))) for name in TREATIES) > 15


def test_a_notice_takes_effect_on_the_day_that_the_clause_gives(name, treaty, shelf, tmp_path):
    """The engine counts as the clause does: bound on the day before, and no longer on the day itself."""
    leaver = next((code for code, party in treaty.parties.items() if stays(party, shelf)), None)
    if treaty.withdrawal is None or leaver is None:
        return
    given = all_bound(treaty)
    gone = treaty.withdrawal.after(given)
    text = (
        f"id: leaving\ntitle: Leaving\ninstruments: [{name}]\nperiod: {{to: {gone}}}\nevents:\n"
        f"  - {{id: notice, date: {given}, kind: notice-of-withdrawal, by: {leaver}, under: {name}}}\n"
    )
    (tmp_path / "leaving.yaml").write_text(text, "utf-8")
    crisis = open_crisis(str(tmp_path / "leaving.yaml"), shelf)
    for day, expected in ((gone - timedelta(days=1), YES), (gone, NO)):
        world = make_world(make_case(crisis, shelf, on=day))
        assert bound(world, world.treaties[name], leaver, day).truth is expected, (leaver, day)


def stays(party: Party, shelf: Library) -> bool:
    return party.until is None and not party.suspended and party.code in shelf.registry.states
