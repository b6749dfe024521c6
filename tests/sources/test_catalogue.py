"""Where the user's data are: remembered, found in a folder, recognised, cited."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from foedera.cli import cli, main
from foedera.problems import Refused
from foedera.sources.catalogue import SOURCES, cite, known_sources, recognise, remember, version_of
from foedera.sources.citations import CITATIONS, bibtex

RIVALS = "rivalryno,rivalryname,ccode1,ccode2,styear,endyear,region,type1,type2,type3\n1,Austria-France,220,300,1494,1918,Europe,spatial,,\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("FOEDERA_DATA", raising=False)
    (tmp_path / "rivals.csv").write_text(RIVALS, encoding="utf-8")
    return tmp_path


def test_what_is_added_is_remembered_with_its_whole_path(tmp_path):
    config = tmp_path / "deep" / "data.json"
    assert known_sources(config, None) == {}
    remember(config, "rivalries", tmp_path / "a.csv")
    remember(config, "iwd", tmp_path / "b.csv")
    assert known_sources(config, None) == {"iwd": tmp_path / "b.csv", "rivalries": tmp_path / "a.csv"}


@pytest.mark.parametrize("content", ["{", "[]", '{"iwd": 3}'])
def test_a_broken_memory_is_a_problem_and_no_traceback(tmp_path, content):
    config = tmp_path / "data.json"
    config.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        known_sources(config, None)
    assert refused.value.problems[0].code == "T005"


def test_a_folder_is_searched_by_columns_and_not_by_names(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "whatever.csv").write_text(RIVALS, encoding="utf-8")
    (tmp_path / "noise.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert known_sources(tmp_path / "none.json", tmp_path) == {"rivalries": tmp_path / "in" / "whatever.csv"}


def test_the_richest_format_that_fits_is_the_one(tmp_path):
    path = tmp_path / "x.csv"
    names = [names[0] for names in (*SOURCES["cow-states"].form.columns, ("version",))]
    path.write_text(",".join(names) + "\n", encoding="utf-8")
    assert recognise(path) == "cow-states"


def test_every_source_has_a_citation_and_every_entry_is_balanced():
    assert {key for source in SOURCES.values() for key in source.citation.split()} <= set(CITATIONS)
    for key, entry in CITATIONS.items():
        assert re.match(r"@\w+\{" + key + ",", entry)
        assert entry.count("{") == entry.count("}")
    assert bibtex(["gw1999", "iwd2016"]).index("gw1999") < bibtex(["gw1999", "iwd2016"]).index("iwd2016")
    assert cite("iwd") != cite()


def test_the_version_is_the_files_own_or_said_to_be_unsaid(home):
    assert version_of(SOURCES["rivalries"], home / "rivals.csv").startswith("not said in the file")
    path = home / "v.csv"
    path.write_text("ccode,styear,version\n2,1898,4.0100002\n", encoding="utf-8")
    assert version_of(SOURCES["cow-majors"], path) == "4.01"


def test_the_command_adds_and_lists(home):
    added = CliRunner().invoke(cli, ["data", "add", "rivalries", str(home / "rivals.csv")])
    assert added.exit_code == 0, added.output
    listed = json.loads(CliRunner().invoke(cli, ["data", "--json"]).stdout)
    row = next(row for row in listed if row["name"] == "rivalries")
    assert row["path"] == str(home / "rivals.csv")
    assert row["citation"] == "rivalries2012"
    assert {row["name"] for row in listed} == set(SOURCES)


def test_foedera_data_goes_before_what_was_added(home, monkeypatch):
    CliRunner().invoke(cli, ["data", "add", "rivalries", str(home / "rivals.csv")])
    empty = home / "empty"
    empty.mkdir()
    monkeypatch.setenv("FOEDERA_DATA", str(empty))
    listed = json.loads(CliRunner().invoke(cli, ["data", "--json"]).stdout)
    assert all(row["path"] is None for row in listed)


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr("sys.argv", ["foedera", *words])
    with pytest.raises(SystemExit) as exit_:
        main()
    return exit_.value.code, capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rivalries", "{home}/none.csv"], "there is no file"),
        (["rivalry", "{home}/rivals.csv"], "did you mean `rivalries`?"),
        (["iwd", "{home}/rivals.csv"], "it looks like Strategic rivalries"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_remembered(home, monkeypatch, capsys, words, says):
    code, output = run(monkeypatch, capsys, "data", "add", *(word.format(home=home) for word in words))
    assert code == 3
    assert says in output.err
    assert output.out == ""
    assert not (home / "config").exists()
