"""`--json` wherever there is an answer: every command takes it, or is named here with the reason why not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from foedera.answers.cite import citation_rows
from foedera.cli import cli
from foedera.language.codes import CODES

TREATIES = Path(__file__).resolve().parents[2] / "src" / "foedera" / "library" / "treaties"
NO_JSON = {
    "new": "it writes a file, and says so on stderr",
    "report": "it writes files: pictures and pages; `assess --json` has the answer",
    "serve": "it serves pages until it is stopped, each with a `.json` of its own",
    "data add": "it remembers where a file is, and prints nothing to stdout",
}


def commands(group: click.Group = cli, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by the words that call it, those within a group too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield before + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")


EVERY = dict(commands())


def run(*args, code=0):
    """What a command prints to stdout."""
    result = CliRunner().invoke(cli, list(args))
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.mark.parametrize("name", EVERY)
def test_every_command_takes_json_or_is_named_with_its_reason(name):
    takes = any("--json" in option.opts for option in EVERY[name].params)
    assert takes != (name in NO_JSON)


def test_no_reason_is_left_over():
    assert set(NO_JSON) <= set(EVERY)


@pytest.mark.parametrize("form", [(), ("--format", "concise"), ("--format", "full"), ("--format", "json")])
def test_check_in_json_is_format_json(tmp_path, form):
    """A file without a way out, of which the drafter is told, and one with nothing to tell."""
    pact = (TREATIES / "anzus-1951.yaml").read_text("utf-8").replace("withdrawal:", "withdrawl:")
    (tmp_path / "anzus-1951.yaml").write_text(pact, "utf-8")
    found = run("check", str(tmp_path), *form, "--json", code=1)
    assert found == run("check", str(tmp_path), "--format", "json", code=1)
    assert [row["code"] for row in json.loads(found)] == ["F001"]
    assert json.loads(run("check", str(TREATIES / "anzus-1951.yaml"), *form, "--json")) == []


def test_cite_in_json_has_fields_as_people_write_them_and_the_bibtex():
    rows = json.loads(run("cite", "nato-1949", "molotov-ribbentrop-1939", "--json"))
    assert [row["id"] for row in rows] == ["nato-1949", "molotov-ribbentrop-1939", "foedera"]
    assert rows[0]["fields"]["title"] == "North Atlantic Treaty"
    assert "\n\n".join(row["bibtex"] for row in rows) + "\n" == run("cite", "nato-1949", "molotov-ribbentrop-1939")


def test_a_field_in_json_is_not_written_for_tex(library):
    row = citation_rows([replace(library.treaties["nato-1949"], title="Pact of A & B")])[0]
    assert row["fields"]["title"] == "Pact of A & B"
    assert r"title = {{Pact of A \& B}}," in row["bibtex"]


def test_data_cite_in_json_has_each_entry_once():
    rows = json.loads(run("data", "cite", "gw-states", "--json"))
    assert [row["id"] for row in rows] == ["foedera", "gw1999"]
    assert "\n\n".join(row["bibtex"] for row in rows) + "\n" == run("data", "cite", "gw-states")


def test_explain_in_json_lists_every_code():
    rows = json.loads(run("explain", "--json"))
    assert [row["code"] for row in rows] == sorted(CODES)
    assert rows[0] == json.loads(run("explain", rows[0]["code"], "--json"))


@pytest.mark.parametrize("name", ["treaty", "crisis", "answer"])
def test_a_schema_is_json_anyhow(name):
    text = run("schema", name, "--json")
    assert text == run("schema", name)
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_a_panel_in_json_has_the_rows_of_the_csv(tmp_path):
    asked = ("panel", "--since", "1914", "--until", "1915", "--states", "AUH,DEU")
    rows = json.loads(run(*asked, "--json"))
    plain = list(csv.DictReader(io.StringIO(run(*asked))))
    assert [list(row) for row in rows] == [list(row) for row in plain]
    assert [(row["state1"], row["pact_ids"], row["since"]) for row in rows] == [
        (row["state1"], row["pact_ids"], row["since"]) for row in plain
    ]
    assert [row["defence"] for row in rows] == [True, True] and rows[0]["iso1"] is None
    run(*asked, "--out", str(tmp_path / "pacts.json"))
    assert json.loads((tmp_path / "pacts.json").read_text("utf-8")) == rows
