"""`foedera panel` on the command line: data to stdout, talk to stderr, files with codebook and BibTeX beside."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner

from foedera.cli import cli, main

SMALL = ["panel", "--since", "1914", "--until", "1915", "--states", "AUH,DEU"]


def test_csv_goes_to_stdout_and_talk_to_stderr():
    result = CliRunner().invoke(cli, SMALL)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["state1"], row["state2"], row["defence"]) for row in rows] == [
        ("AUH", "DEU", "true"),
        ("DEU", "AUH", "true"),
    ]
    assert "2 rows" in result.stderr


@pytest.mark.parametrize("suffix", ["csv", "parquet", "feather", "dta", "graphml"])
def test_the_name_of_the_file_says_its_form(tmp_path, suffix):
    out = tmp_path / f"x.{suffix}"
    result = CliRunner().invoke(cli, [*SMALL, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 100
    assert "@software{foedera" in (tmp_path / f"x.{suffix}.bib").read_text("utf-8")
    assert (tmp_path / f"x.{suffix}.codebook.md").read_text("utf-8").startswith("# Codebook")


def test_a_form_that_is_no_text_needs_a_file():
    assert CliRunner().invoke(cli, [*SMALL, "--format", "parquet"]).exit_code == 2
    assert CliRunner().invoke(cli, ["panel", "--since", "never", "--until", "1915"]).exit_code == 2


def test_bad_input_is_exit_three(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["foedera", "panel", "--since", "1914", "--until", "1915", "--states", "ATLANTIS"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 3
    assert capsys.readouterr().out == ""


def test_a_plain_installation_is_told_what_to_install(monkeypatch, capsys):
    import sys

    for name in [name for name in sys.modules if name.startswith("foedera.panel.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setattr("sys.argv", ["foedera", *SMALL])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 3
    assert "foedera[panel]" in capsys.readouterr().err
