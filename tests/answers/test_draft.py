"""What a draft or an edited clause would have changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from foedera.answers.draft import SAYS, Effect, effects, supposed
from foedera.cli import cli
from foedera.library import library as open_library
from foedera.library import read_treaty_file, template

HOME = Path(__file__).resolve().parents[2] / "src" / "foedera" / "library" / "treaties"


@pytest.fixture(scope="module")
def small():
    """The library with three of its crises."""
    whole = open_library()
    return replace(whole, crises={name: whole.crises[name] for name in ("july-1914", "niger-2023", "poland-1939")})


@pytest.fixture
def draft(tmp_path) -> Path:
    """Belgium, France and Poland help each other, asked or not."""
    text = (
        template("treaty", "east-west")
        .replace("LUX: {since: 2026-06-01}", "POL: {}")
        .replace("        if: [{requested_by: target}]\n", "")
    )
    file = tmp_path / "east-west.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = (HOME / f"{name}.yaml").read_text("utf-8")
    assert old in text
    file = tmp_path / f"{name}.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def found(file: Path, library) -> dict[tuple[str, str | None], Effect]:
    treaty = read_treaty_file(file, library.registry)
    return {(e.crisis.id, e.branch): e for e in effects(treaty, library) if not e.nothing}


def said(effect: Effect) -> set[tuple[str, ...]]:
    return {
        (c.sort, c.finding.bearer, c.finding.act, c.finding.toward or "", *c.finding.against) for c in effect.findings
    }


def test_an_instrument_as_it_stands_changes_nothing(small):
    assert found(HOME / "aes-2023.yaml", small) == {}


def test_a_draft_is_supposed_in_force_among_those_that_exist(draft, small):
    got = found(draft, small)
    assert ("newly", "FRA", "assist", "BEL", "DEU") in said(got["july-1914", None])
    assert not any(
        "POL" in words for effect in got.values() if effect.crisis.id == "july-1914" for words in said(effect)
    )
    assert ("newly", "BEL", "assist", "POL", "DEU", "RUS", "slovak-state") in said(got["poland-1939", None])
    assert not any(crisis == "niger-2023" for crisis, _ in got)


def test_a_draft_is_only_supposed_if_it_says_that_it_is_one(draft, small):
    draft.write_text(draft.read_text("utf-8").replace("kind: draft", "kind: treaty"), encoding="utf-8")
    assert found(draft, small) == {}  # in force since 2026
    treaty = read_treaty_file(draft, small.registry)
    assert supposed(treaty, small.registry, date(1914, 8, 4)) is treaty


def test_a_rule_that_goes_is_owed_no_longer(tmp_path, small):
    got = found(edited(tmp_path, "fra-pol-1921", "must: assist", "must: consult"), small)["poland-1939", None]
    sorts = {(sort, bearer, act) for sort, bearer, act, *_ in said(got)}
    assert ("no_longer_open", "FRA", "assist") in sorts and ("newly_open", "FRA", "consult") in sorts


def test_a_wider_trigger_makes_a_dilemma(tmp_path, small):
    wide = "when: {event: [armed-attack, economic-sanctions], on: party}\n        unless"
    got = found(edited(tmp_path, "aes-2023", "when: {event: armed-attack, on: party}\n        unless", wide), small)
    effect = got["niger-2023", "peaceful"]
    assert {"MLI", "BFA"} <= {row.bearer for row in effect.new_dilemmas}


def test_a_new_party_changes_the_dilemmas_of_nobody_else(tmp_path, small):
    """Which of two equal clashes stands for a pair of instruments must not hang on how many findings others have."""
    whole = replace(small, crises={"grenada-1983": open_library().crises["grenada-1983"]})
    got = found(edited(tmp_path, "nato-1949", "parties:\n", "parties:\n  ARG: {since: 1982-04-01}\n"), whole)
    assert got
    for effect in got.values():
        assert {row.bearer for row in (*effect.new_dilemmas, *effect.gone_dilemmas)} <= {"ARG"}


def test_every_sort_of_change_is_said_in_words():
    assert set(SAYS) == {"newly", "newly_open", "now_depends", "no_longer", "no_longer_open", "otherwise"}


def test_the_command_prints_groups_and_json(draft, small, monkeypatch):
    monkeypatch.setattr("foedera.cli.draft.open_library", lambda folders: small)
    result = CliRunner().invoke(cli, ["draft", str(draft)])
    assert result.exit_code == 0
    assert (
        "july-1914, 1916-08-31\n  + France must assist Belgium against Germany (TITLE AS IT WAS SIGNED 1)"
        in result.stdout
    )
    assert "supposed in force in each crisis" in result.stderr and "of 3 crises" in result.stderr
    rows = json.loads(CliRunner().invoke(cli, ["draft", str(draft), "--json"]).stdout)
    first = next(row for row in rows if row["crisis"] == "july-1914" and row["branch"] is None)
    assert first["newly"][0]["sentence"] == "France must assist Belgium against Germany."
    assert first["no_longer"] == [] and set(SAYS) <= set(first)


def test_a_file_that_is_no_treaty_is_refused(tmp_path, small, monkeypatch):
    monkeypatch.setattr("foedera.cli.draft.open_library", lambda folders: small)
    assert "there is no file" in str(CliRunner().invoke(cli, ["draft", str(tmp_path / "none.yaml")]).exception)
