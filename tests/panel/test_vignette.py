"""The vignette of docs/panel.md: its blocks of R run as they stand, and a reader of Arrow or CSV joins as it says."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from foedera.cli import cli
from foedera.panel.make import make
from foedera.panel.write import to_bytes

PAGE = Path(__file__).parents[2] / "docs" / "panel.md"
BLOCKS = re.findall(r"```r\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="session")
def panel(library):
    return make(
        "directed-dyad-year", date(1913, 1, 1), date(1915, 1, 1), library, {}, states=["AUH", "DEU", "FRA", "RUS"]
    )


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A folder with `pacts.csv` as the command writes it, and `disputes.csv` of three pairs, one of them unknown."""
    folder = tmp_path_factory.mktemp("desk")
    words = ["panel", "--since", "1913", "--until", "1920", "--states", "AUH,DEU,FRA,RUS,SRB,YUG"]
    for name in ("pacts.csv", "pacts.dta", "pacts.graphml"):
        done = CliRunner().invoke(cli, [*words, "--out", str(folder / name)])
        assert done.exit_code == 0, done.output
    rows = "300,255,1914,0\n220,365,1914,1\n2,20,1914,0\n255,220,1913,0\n255,365,1914,1\n345,365,1918,0\n"
    (folder / "disputes.csv").write_text(f"ccode1,ccode2,year,disputed\n{rows}", encoding="utf-8")
    return folder


def run_r(folder, code, *packages):
    """What R prints when it runs `code` in a folder; skips where R or a package is not installed."""
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    for name in packages:
        if subprocess.run(["Rscript", "-e", f"library({name})"], capture_output=True, check=False).returncode:
            pytest.skip(f"R has no package {name}")
    (folder / "run.R").write_text(code, encoding="utf-8")
    ran = subprocess.run(["Rscript", "run.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


TELL = """
told <- joined[order(joined$ccode1, joined$ccode2, joined$year), c("ccode1", "ccode2", "year", "defence", "defence_conditional", "pacts")]
write.csv(told, "told.csv", row.names = FALSE, na = "")
"""
TOLD = [  # by hand: the Dual Alliance, the pact of 1892; none between Germany and France but those on Belgium and Luxembourg
    (2, 20, None, None), (220, 365, True, True), (255, 220, False, None), (255, 365, False, None), (300, 255, True, True),
]  # fmt: skip


@pytest.mark.parametrize("packages", [(), ("dplyr",)])
def test_the_blocks_of_r_run_as_they_stand_and_tell_what_the_panel_says(desk, packages):
    code = BLOCKS[0] + (BLOCKS[1] if packages else "")
    printed = run_r(desk, code + TELL + 'cat("since:", class(pacts$since))', *packages)
    assert "promiseconditional" in printed and "since: Date" in printed
    told = pl.read_csv(desk / "told.csv")
    assert told.height == 6
    first = [row[:2] + row[3:5] for row in told.rows() if row[2] != 1918]
    assert [tuple({"TRUE": True, "FALSE": False}.get(cell, cell) for cell in row) for row in first] == TOLD


def test_the_row_kept_where_two_states_share_a_code_is_the_one_with_more_pacts(desk):
    run_r(desk, BLOCKS[0] + TELL)
    both = pl.read_csv(desk / "pacts.csv", infer_schema_length=None).filter(
        (pl.col("cow1") == 345) & (pl.col("cow2") == 365) & (pl.col("year") == 1918)
    )
    told = pl.read_csv(desk / "told.csv").filter(pl.col("year") == 1918)
    assert both.height == 2
    assert told["pacts"].to_list() == [both["pacts"].max()]


def test_haven_reads_the_labels_of_a_stata_file(desk):
    printed = run_r(desk, 'cat(levels(haven::as_factor(haven::read_dta("pacts.dta")$direction)))', "haven")
    assert printed.split() == ["mutual", "given", "received", "none"]


def test_what_is_missing_is_missing_in_igraph_and_not_false(desk):
    code = 'e <- igraph::as_data_frame(igraph::read_graph("pacts.graphml", "graphml")); cat(nrow(e), sum(is.na(e$offence_conditional)), sum(e$defence))'
    edges, missing, defended = map(int, run_r(desk, code, "igraph").split())
    frame = pl.read_csv(desk / "pacts.csv", infer_schema_length=None).filter(pl.col("pacts") > 0)
    assert (edges, missing) == (frame.height, frame["offence_conditional"].null_count())
    assert defended == frame["defence"].sum() > 0


@pytest.mark.parametrize("form", ["parquet", "feather", "csv"])
def test_a_left_join_by_cow_codes_and_year_adds_no_rows_and_loses_none(panel, form):
    content = io.BytesIO(to_bytes(panel, form))
    if form == "csv":
        back = pl.read_csv(content)
    else:  # as R's arrow reads it: by the C++ library of Arrow, not by polars
        feather = pytest.importorskip("pyarrow.feather")
        parquet = pytest.importorskip("pyarrow.parquet")
        table = parquet.read_table(content) if form == "parquet" else feather.read_table(content)
        back = pl.DataFrame(table.to_pylist(), infer_schema_length=None)
    disputes = pl.DataFrame(
        {"ccode1": [300, 220, 2], "ccode2": [255, 365, 20], "year": [1914, 1914, 1914], "disputed": [0, 1, 0]}
    )
    joined = disputes.join(
        back, left_on=["ccode1", "ccode2", "year"], right_on=["cow1", "cow2", "year"], how="left", maintain_order="left"
    )
    assert joined.height == 3
    assert joined["defence"].to_list() == [True, True, None]
    assert joined["defence_conditional"].to_list() == [True, True, None]
