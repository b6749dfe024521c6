"""What a person who writes treaties uses: clauses side by side, citations, files to start from."""

from __future__ import annotations

import json
import re

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from foedera.answers.checks import check_file
from foedera.answers.cite import bibtex
from foedera.cli import cli
from foedera.cli.talk import article_names
from foedera.library import library as open_library


def run(*args, code=0, env=None):
    result = CliRunner().invoke(cli, list(args), env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


# compare-clauses -----------------------------------------------------------------------------------------------------

PAIR = ("nato-1949/5", "teu-42-7/42(7)")


def test_two_clauses_stand_side_by_side():
    page = run("compare-clauses", *PAIR).stdout
    head = page.splitlines()[0]
    assert "North Atlantic Treaty, 5" in head and "42(7)" in head and "│" in head
    for label in ("says", "in a sentence", "who", "trigger", "where", "only if", "strength", "who decides how"):
        assert f"── {label} ─" in page, label
    assert any("as deemed necessary" in line and "all means" in line for line in page.splitlines())
    assert max(map(len, page.splitlines())) <= 100


def test_many_clauses_stand_below_each_other():
    page = run("compare-clauses", *PAIR, "tripartite-1940/3", "cst-1992/4", "anzus-1951/4").stdout
    assert "│" not in page and "strength:\n  North Atlantic Treaty, 5: as deemed necessary" in page


def test_clauses_as_json_have_every_aspect():
    nato, eu = json.loads(run("compare-clauses", *PAIR, "--json").stdout)
    assert (nato["treaty"], eu["article"]) == ("nato-1949", "42(7)")
    first = nato["rules"][0]
    assert first["bearer"] == "each other party" and first["trigger"].startswith("an armed attack on a party")
    assert first["strength"] == "as deemed necessary" and any("north of 23.44" in words for words in first["area"])
    assert nato["rules"][1]["counts_as"], "what counts as the trigger is told"
    assert eu["rules"][0]["conditions"] and eu["readings"] and eu["not_modelled"]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("nato-1949/5",), 2, "two articles at least"),
        (("nato-1949/5", "nato-1949"), 3, "is no article"),
        (("nato-1949/5", "nato-1949/55"), 3, "has no article `55`"),
        (("nato-1949/5", "nato-1950/5"), 3, "there is no instrument `nato-1950`"),
    ],
)  # fmt: skip
def test_clauses_that_are_not_there(args, code, words):
    result = CliRunner().invoke(cli, ["compare-clauses", *args])
    told = result.output if code == 2 else str(result.exception)
    assert words in told


def test_the_shell_completes_the_instrument_then_the_article():
    assert "nato-1949/" in article_names(None, None, "nato")
    found = article_names(None, None, "nato-1949/1")
    assert "nato-1949/1" in found and all(path.startswith("nato-1949/1") for path in found)
    assert article_names(None, None, "no-such/1") == []


def test_the_shell_completes_states_and_the_branches_of_the_crisis_that_is_written():
    def offered(*words):
        *before, last = words
        return {item.value for item in ShellComplete(cli, {}, "foedera", "").get_completions(before, last)}

    assert offered("assess", "niger-2023", "--branch", "inva") == {"invasion"}
    assert offered("assess", "--branch", "inva") == set()
    assert "MLI" in offered("why", "niger-2023", "ml") and "FRA" in offered("ties", "F")


# cite ----------------------------------------------------------------------------------------------------------------

ENTRY = re.compile(r"@(\w+)\{([^,\s]+),\n((?:  \w+ = \{.*\},\n)+)\}")


def entries(text: str) -> dict[str, dict[str, str]]:
    found = {}
    for entry in ENTRY.finditer(text):
        fields = dict(re.findall(r"  (\w+) = \{(.*)\},\n", entry[3]))
        found[entry[2]] = {"": entry[1], **fields}
    assert ENTRY.sub("", text).strip() == "", "nothing stands between the entries"
    return found


def test_an_instrument_is_cited_with_its_numbers_and_foedera_with_it():
    found = entries(run("cite", "nato-1949", "molotov-ribbentrop-1939", "nato-1949").stdout)
    assert list(found) == ["nato-1949", "molotov-ribbentrop-1939", "foedera"]
    nato = found["nato-1949"]
    assert (nato["year"], nato["date"], nato["number"]) == ("1949", "1949-04-04", "UNTS I-541; ATOP 3180")
    assert nato["url"].startswith("https://") and "confidence: verified" in nato["note"]
    assert found["foedera"][""] == "software"


def test_every_instrument_of_the_library_can_be_cited(library):
    found = entries(bibtex(library.treaties[name] for name in library.treaties))
    assert set(found) == {*library.treaties, "foedera"}
    for name, fields in found.items():
        for key, value in fields.items():
            bare = value if key != "url" else ""
            assert value.replace(r"\{", "").count("{") == value.replace(r"\}", "").count("}"), (name, key)
            assert not re.search(r"(?<!\\)[&%$#_^~]", bare), (name, key, value)


def test_an_instrument_that_is_not_there_cannot_be_cited():
    assert "there is no instrument `nato-1950`" in str(CliRunner().invoke(cli, ["cite", "nato-1950"]).exception)


# new -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["treaty", "crisis"])
def test_a_new_file_passes_check_and_test_as_it_is(sort, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("new", sort, "my-own")
    assert result.stdout == "" and "written: my-own.yaml" in result.stderr
    assert "\nid: my-own\n" in (tmp_path / "my-own.yaml").read_text("utf-8")
    assert check_file(tmp_path / "my-own.yaml", open_library()) == []
    told = run("test", "my-own.yaml").stdout
    assert " 0 failed" in told and "no expectation decides" not in told and not told.startswith("0 passed")


def test_a_file_that_is_there_is_never_overwritten(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("kept", "utf-8")
    assert "is there already" in str(CliRunner().invoke(cli, ["new", "treaty", "mine"]).exception)
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "kept"


def test_a_new_file_needs_an_id(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "is not an id" in str(CliRunner().invoke(cli, ["new", "treaty", "My Pact"]).exception)
    run("new", "poem", "mine", code=2)
    assert not list(tmp_path.iterdir())


# show, of a crisis ---------------------------------------------------------------------------------------------------


def test_a_crisis_is_shown_with_its_events_sources_branches_and_readings():
    page = run("show", "niger-2023").stdout
    for words in (
        "2023-07-30  ultimatum: an ultimatum to Niger by ECOWAS",
        "“may include the use of force”",
        "source: ",
        "branch peaceful (from 2023-09-18): Nobody crosses",
        "? government-of-NER: ",
        "Held by CNSP, MLI",
    ):
        assert words in page, words
    told = json.loads(run("show", "niger-2023", "--json").stdout)
    ultimatum = next(event for event in told["events"] if event["id"] == "ultimatum")
    assert (
        ultimatum["by"] == ["ecowas"] and ultimatum["source"] and ultimatum["at"].startswith("crises/niger-2023.yaml:")
    )
    assert {"invasion", "peaceful"} <= {branch["branch"] for branch in told["branches"]}


def test_a_treaty_shows_why_a_party_left_and_what_an_area_covers():
    page = " ".join(run("show", "manila-1954").stdout.split())
    assert "until 1973-11-08, notice of 8 November 1972" in page
    assert "area “treaty-area”: covers territory, forces, vessels and aircraft" in page
    assert "suspended 1974-07-01 from organs: no more contributions" in page
