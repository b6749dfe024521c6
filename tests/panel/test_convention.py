"""The year convention, and what is left over, against ATOP's own directed dyad-years (the figures of docs/panel.md)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import polars as pl
import pytest

from foedera.panel import from_atop
from foedera.sources.atop import read_members

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module("convention")
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def atop(data_dir):
    folder = data_dir / "atop"
    if not folder.is_dir():
        pytest.skip("no ATOP here")
    return read_members(folder / "atop_4_01_member_level.csv.gz"), folder / "atop_5_1_ddyr.csv.gz"


@pytest.fixture(scope="module")
def rows(script, atop):
    members, years = atop
    return script.compared(script.derived(from_atop.bonds(members)), script.published(years))


def test_nearly_every_directed_dyad_year_is_exactly_that_of_atop(script, rows):
    found = script.shares(rows)
    assert found["of union"] >= 0.99
    assert found["of common"] >= 0.997
    assert found["equal"] > 200_000


def test_no_other_convention_comes_near(script, atop):
    members, years = atop
    theirs = script.published(years)
    cuts = script.conventions(from_atop.bonds(members), from_atop.last_day(members))
    found = {
        name: script.shares(script.compared(script.derived(cut), theirs))["of union"] for name, cut in cuts.items()
    }
    best = "any day in force in the year"
    assert found.pop(best) > max(found.values()) + 0.015


def test_what_differs_is_mostly_what_the_member_level_cannot_say(script, atop, rows):
    differs = rows.filter(pl.col("kind") == "differs")
    partner = differs.join(script.varied(atop[0]), on=script.PAIR, how="semi")
    assert partner.height / differs.height > 0.8
    assert set(script.spans(rows.filter(pl.col("kind") == "only-ours"))) >= {"255→260 1990", "220→8152 1874–1883"}


def test_a_shifted_year_is_noticed(script, atop, rows):
    members, years = atop
    shifted = script.derived(from_atop.bonds(members)).with_columns(at=pl.col("at") + 1)
    assert script.shares(script.compared(shifted, script.published(years)))["of union"] < 0.96
