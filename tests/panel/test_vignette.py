"""The vignette of docs/panel.md: its columns are there, and a reader of Arrow or CSV joins as it says."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from foedera.panel.make import make
from foedera.panel.write import to_bytes

PAGE = Path(__file__).parents[2] / "docs" / "panel.md"
BLOCKS = re.findall(r"```r\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="session")
def panel(library):
    return make(
        "directed-dyad-year", date(1913, 1, 1), date(1915, 1, 1), library, {}, states=["AUH", "DEU", "FRA", "RUS"]
    )


def test_the_columns_that_the_vignette_takes_are_in_the_panel(panel):
    chosen = re.search(r"select\(([^)]*)\)", BLOCKS[0])[1]
    taken = {name.strip() for name in chosen.split(",")} | set(re.findall(r'by\.y = c\("(\w+)", "(\w+)"', BLOCKS[1])[0])
    taken |= set(re.findall(r'"(\w+)"', re.search(r"in c\(([^)]*)\)", BLOCKS[1])[1])) | {"since"}
    assert len(taken) >= 12
    assert taken <= set(panel.frame.columns)


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
