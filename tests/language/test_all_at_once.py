"""Every error of a file at once: what could be read is checked beside the errors of the rest, and nothing follows on."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedera
from foedera.answers.checks import check_file
from foedera.language.nodes import parse
from foedera.language.write import as_yaml, plain
from foedera.library import read_crisis_file, read_treaty_file
from foedera.problems import Refused, in_order

FOLDER = Path(foedera.__file__).parent / "library"

EXAMPLES = "examples: {fires: {then: {holds: yes}}, silent: {then: {holds: no}}, boundary: {then: {holds: no}}}"
TREATY = f"""\
id: river-pact-1921
title: Pact of the River
kind: pakt
in_force: 1921-03-01
ends: 1920-01-01
parties:
  FRA: {{}}
  BEL: {{since: 1930-02-30}}
  NLD: {{since: 1925, until: 1924}}
  LUX: {{until: 1950, claims: {{gone: {{since: 1940, held_by: nobody}}}}}}
  ISR: {{}}
subject_to: no-such-pact
questions: {{craft: Are ships meant?}}
sources: [{{title: Gazette of the River 3}}]
checked: {{on: 2026-11-24, confidence: unsure}}
articles:
  "1":
    says: Each helps the other when it is attacked.
    rules:
      help:
        when: {{event: armed-attack, on: party}}
        must: asist
        {EXAMPLES}
      talk:
        when: {{event: armed-attack, on: party}}
        must: consult
        overrides: [this/1/help, this/2, this/3, this/1/hepl]
        {EXAMPLES}
  "2":
    titel: Of this pact and others
    says: It prevails.
    rules:
      first:
        when: {{event: armed-attack, on: party}}
        must: consult
        yields_to: another-pact/1
  "3": It lasts.
readings:
  harm:
    asks: Is any harm meant?
    any-harm: {{says: It is., change: {{1/help: {{whom: FRA, for: many}}, 1/hepl: {{whom: FRA}}, "3": {{whom: FRA}}}}}}
"""

TREATY_THAT_READS = f"""\
id: river-pact-1921
title: Pact of the River
in_force: 1921-03-01
ends: open
parties: {{FRA: {{}}, BEL: {{}}}}
sources: [{{title: Gazette of the River 3}}]
checked: {{on: 2026-11-24, confidence: unsure}}
articles:
  1/2:
    says: Each helps the other when it is attacked.
    rules:
      help:
        when: {{event: armed-attack, on: party}}
        must: assist
        {EXAMPLES}
"""


def checked(text: str, library, tmp_path: Path) -> list[str]:
    file = tmp_path / "f.yaml"
    file.write_text(text, encoding="utf-8")
    return [f"{p.span.line} {p.code} {p.message}" for p in in_order(check_file(file, library)) if p.level == "error"]


def test_a_treaty_tells_the_errors_of_all_stages_in_their_order_each_once(library, tmp_path):
    assert checked(TREATY, library, tmp_path) == [
        "3 F004 `pakt` is not a kind of instrument",
        "5 D002 `river-pact-1921` ends before it begins",
        "8 D001 `1930-02-30` is no date",
        "9 D002 `NLD` leaves (1924) before it enters (1925)",
        "11 D003 `ISR` did not exist on 1921-03-01",
        "12 N003 there is no instrument `no-such-pact`",
        "22 F004 `asist` is not an act",
        "24 N003 `river-pact-1921` has no article or rule `1/hepl`",
        "30 F001 unknown key `titel` in an article",
        "33 N003 there is no instrument `another-pact`",
        "33 S001 rule `2/first` has no example `boundary`",
        "33 S001 rule `2/first` has no example `fires`",
        "33 S001 rule `2/first` has no example `silent`",
        "37 F003 an article is a mapping, not text",
        "41 F004 `many` is not `all`",
        "41 N003 this treaty has no rule `1/hepl`",
    ]


CRISIS = """\
id: River_1921
title: The river
instruments: [river-pact-1921, no-such-pact]
actors:
  host: {kind: guvernment}
  DDR: {kind: army}
places: {ford: {in: nowhere-land}}
treaties:
  river-pact-1921:
    title: Pact of the River
    in_force: 1921-03-01
    ends: soon
    parties: {FRA: {}, ISR: {}}
    checked: {on: 2026-11-24, confidence: unsure}
    questions: {craft: Are ships meant?, horses: []}
    articles: {"1": {says: Help., rules: {help: {must: asist}, talk: {must: consult}}}}
  lost-pact-1922: none
events:
  - {id: march, date: 1921-13-01, kind: invasion, by: DEU, on: FRA}
  - {id: answer, date: 1921-05-03, kind: invasion, by: [host, DDR], on: ISR, in_response_to: march}
  - {id: call, date: 1921-05-04, kind: request, by: FRA, in_response_to: marsh, under: river-pact-1921/1/help}
  - {id: call, date: 1921-05-05, kind: request, by: FRA, in_response_to: call, under: river-pact-1921/1/hepl}
  - {id: plea, date: 1921-05-05, kind: request, by: FRA, under: lost-pact-1922/5}
facts:
  river-pact-1921.craft: {contested: []}
  river-pact-1921.horses: contested
  river-pact-1921.mules: contested
  march.provoked: contested
  march: {contested: {happened: yes, did-not-happen: no}}
  answer.provokd: {contested: {yes: yes, no: no}}
  government-of-host: {contested: {rebels: yes, guards: no}}
  government-of-hast: {contested: {rebels: yes, guards: no}}
  ford.status: contested
readings: {harm: {says: Any., set: {river-pact-1921.horses: yes, nothing.at-all: yes}}}
branches:
  peace: {from: 1921-02-30, add: [{id: parley, date: 1921-06-01, kind: request, by: FRA}]}
  war: {from: 1921-05-03, drop: [march, mach], add: [{id: b, date: 1921-05-03, kind: coup, in_response_to: parley}]}
expect:
  - {branch: peace, who: FRA, must: consult}
  - {branch: piece, who: FRA, must: consult}
  - {branch: war, on: tomorrow}
"""


def test_a_crisis_tells_the_errors_of_all_stages_in_their_order_each_once(library, tmp_path):
    assert checked(CRISIS, library, tmp_path) == [
        "1 F005 `River_1921` is not an id",
        "3 N003 there is no instrument `no-such-pact`",
        "5 F004 `guvernment` is not a kind of actor",
        "6 F004 `army` is not a kind of actor",
        "7 N001 nobody is called `nowhere-land`",
        "12 D001 `soon` is no end",
        "13 D003 `ISR` did not exist on 1921-03-01",
        "15 F003 text is wanted here, not an empty list",
        "16 F004 `asist` is not an act",
        "17 F003 a treaty file is a mapping, not text",
        "19 D001 `1921-13-01` is no date",
        "20 D003 `ISR` did not exist on 1921-05-03",
        "21 N007 no event is called `marsh`",
        "22 F009 two events are called `call`",
        "22 N003 `river-pact-1921` has no article or rule `1/hepl`",
        "25 F003 `contested` holds a mapping, not an empty list",
        "27 N003 `river-pact-1921` has no question `mules`",
        "30 N008 an event has no `provokd` to settle",
        "32 N001 nobody is called `hast`",
        "34 N008 `nothing` is neither an event nor an instrument",
        "36 D001 `1921-02-30` is no date",
        "37 N007 no event is called `mach`",
        "40 X001 there is no branch `piece`",
        "41 D001 `tomorrow` is no date",
    ]


MISTYPED = {
    "treaties/nato-1949.yaml": ("areas", "organs", "questions", "articles", "readings", "rules", "parties", "change"),
    "treaties/amda-1957.yaml": ("groups",),
    "crises/niger-2023.yaml": ("actors", "places", "treaties", "events", "readings", "branches"),
}


@pytest.mark.parametrize(("name", "key"), [(name, key) for name in MISTYPED for key in MISTYPED[name]])
def test_what_stands_under_a_mistyped_key_is_not_called_unknown(name, key, library, tmp_path):
    text = (FOLDER / name).read_text(encoding="utf-8")
    told = checked(text.replace(f"{key}:", f"{key}z:", 1), library, tmp_path)
    assert "F001" in {line.split()[1] for line in told} <= {"F001", "F002"}


TABLES = {
    "treaties/aes-2023.yaml": ("parties", "articles", "articles/6/rules", "readings"),
    "treaties/nato-1949.yaml": ("areas", "organs", "articles/5/rules", "articles/6/rules"),
    "crises/niger-2023.yaml": ("actors", "places", "treaties", "events", "readings", "branches"),
}


@pytest.mark.parametrize(("name", "table"), [(name, table) for name in TABLES for table in TABLES[name]])
def test_what_could_not_be_read_is_one_error_whoever_names_it(name, table, library, tmp_path):
    node, _ = parse((FOLDER / name).read_bytes(), name)
    told = plain(node)
    records = told
    for key in table.split("/"):
        records = records[key]
    for record in list(records.values() if isinstance(records, dict) else records)[:8]:
        record["nonsense"] = "x"
        assert len(checked(as_yaml(told), library, tmp_path)) == 1
        del record["nonsense"]


def test_what_has_problems_of_either_stage_is_never_handed_out(library, tmp_path):
    for stage, late in (("D001", "ends: soon"), ("D002", "ends: 1920-01-01")):
        file = tmp_path / "pact.yaml"
        file.write_text(TREATY_THAT_READS.replace("ends: open", late), encoding="utf-8")
        with pytest.raises(Refused) as refused:
            read_treaty_file(file, library.registry)
        assert [problem.code for problem in refused.value.problems] == [stage]
    for stage, event in (
        ("D001", "date: soon, kind: coup"),
        ("N007", "date: 1921, kind: coup, in_response_to: b"),
    ):
        file.write_text(f"id: c\ntitle: t\nevents: [{{id: a, {event}}}]\n", encoding="utf-8")
        with pytest.raises(Refused) as refused:
            read_crisis_file(file, library.registry, library.treaties)
        assert [problem.code for problem in refused.value.problems] == [stage]


def test_a_ring_beside_an_unknown_answer_is_told_too(library, tmp_path):
    events = (
        "[{id: a, date: 1921, kind: coup, in_response_to: [c, b]}, {id: b, date: 1921, kind: coup, in_response_to: a}]"
    )
    told = checked(f"id: c\ntitle: t\nevents: {events}\n", library, tmp_path)
    assert [line.split()[1] for line in told] == ["L002", "N007", "L002"]


def test_an_article_of_any_name_can_be_changed_by_a_reading(library, tmp_path):
    text = (
        TREATY_THAT_READS + "readings: {r: {asks: Who?, FRA-only: {says: France., change: {1/2/help: {whom: FRA}}}}}\n"
    )
    assert checked(text, library, tmp_path) == []


def test_a_reading_settles_a_kind_left_open_for_somebody_real(library, tmp_path):
    crisis = "id: c\ntitle: t\nopen: [request]\nevents: [{id: a, date: 1921, kind: coup, on: NOR}]\nreadings: {r: {says: s, set: {%s: yes}}}\n"
    assert checked(crisis % "NOR.request", library, tmp_path) == []
    for name in ("NOR.consent", "NOBODY.request"):
        assert [line.split()[1] for line in checked(crisis % name, library, tmp_path)] == ["N008"]
    expect = "expect: [{reading: %s, who: SWE, must: assist, holds: no}]\n"
    for reading, problems in (
        ("NOR.request=yes", []),
        ("NOR.request=perhaps", ["X002"]),
        ("NOR.consent=yes", ["X002"]),
    ):
        told = checked(crisis % "NOR.request" + expect % reading, library, tmp_path)
        assert [line.split()[1] for line in told] == problems


def test_a_branch_that_drops_an_unknown_event_beside_one_without_an_id_is_told(library, tmp_path):
    text = "id: c\ntitle: t\nevents: [{date: 1921, kind: coup, on: NOR}]\nbranches: {b: {drop: [raid]}}\n"
    assert [line.split()[1] for line in checked(text, library, tmp_path)] == ["F002", "N007"]
