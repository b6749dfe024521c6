"""Files: every form holds the same rows, the same panel gives the same bytes, every column is described."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from datetime import date

import polars as pl
import pytest

import foedera as fo
from foedera.panel.columns import meaning, short
from foedera.panel.make import UNITS, make
from foedera.panel.write import FORMATS, codebook, graphml, to_bytes
from foedera.problems import Refused

STATES = ("AUH", "DEU", "ITA", "FRA", "RUS")


@pytest.fixture(scope="session")
def panel(library):
    return make(
        "directed-dyad-year", date(1913, 1, 1), date(1916, 1, 1), library, {}, states=STATES, with_similarity=True
    )


@pytest.mark.parametrize("unit", UNITS)
def test_every_column_of_every_unit_has_a_meaning_and_a_label(library, unit):
    made = make(
        unit,
        date(1914, 7, 1),
        date(1914, 7, 3) if unit.endswith("day") else date(1915, 1, 1),
        library,
        {},
        states=STATES,
    )
    for name in made.frame.columns:
        assert meaning(name, unit).endswith(".")
        assert 3 <= len(short(name, unit)) <= 80
        assert len(name) <= 32
        assert f"| `{name}` |" in codebook(made)


def test_a_column_that_no_panel_has_has_no_meaning():
    with pytest.raises(KeyError):
        meaning("nonsense", "dyad-year")


@pytest.fixture(scope="session")
def twice(library):
    return [make("dyad-year", date(1913, 1, 1), date(1915, 1, 1), library, {}, states=STATES) for _ in range(2)]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_panel_gives_the_same_bytes(twice, form):
    assert to_bytes(twice[0], form) == to_bytes(twice[1], form)


def test_csv_parquet_and_feather_hold_the_same_cells(panel):
    plain = panel.frame
    for form, read in (("parquet", pl.read_parquet), ("feather", pl.read_ipc)):
        back = read(io.BytesIO(to_bytes(panel, form)))
        assert back.columns == plain.columns
        assert back.select(pl.col("defence", "since", "pacts")).equals(
            plain.select(pl.col("defence", "since", "pacts"))
        )
        assert back["state1"].cast(pl.String).to_list() == plain["state1"].cast(pl.String).to_list()
    back = pl.read_csv(io.BytesIO(to_bytes(panel, "csv")), try_parse_dates=True)
    assert back.height == plain.height
    assert back["defence"].to_list() == plain["defence"].to_list()
    assert back["since"].to_list() == plain["since"].to_list()


def test_a_stata_file_has_labels_and_its_own_missing(panel, tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    path = tmp_path / "x.dta"
    path.write_bytes(to_bytes(panel, "dta"))
    frame, about = pyreadstat.read_dta(str(path), output_format="polars")
    assert about.column_names_to_labels["year"].startswith("Calendar year")
    assert about.variable_value_labels["defence"] == {0: "no", 1: "yes"}
    assert about.variable_value_labels["direction"][1] == "mutual"
    row = frame.filter((pl.col("state1") == "AUH") & (pl.col("state2") == "DEU") & (pl.col("year") == 1914))
    assert row["defence"].to_list() == [1]
    assert frame["defence_conditional"].null_count() == panel.frame["defence_conditional"].null_count() > 0
    assert frame["since"].to_list() == panel.frame["since"].to_list()
    assert b"01 Jan 1960 00:00" in path.read_bytes()


def test_a_graph_has_states_as_nodes_and_pacts_as_edges(panel):
    root = ET.fromstring(graphml(panel))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = list(root.iter(f"{space}edge"))
    assert "AUH-300" in nodes
    assert len(edges) == panel.frame.filter(pl.col("pacts") > 0).height
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    keys = {key.get("id") for key in root.iter(f"{space}key")}
    assert {data.get("key") for data in root.iter(f"{space}data")} <= keys


def test_a_graph_of_single_states_is_refused(library):
    with pytest.raises(Refused, match="made of pairs"):
        graphml(make("state-year", date(1913, 1, 1), date(1914, 1, 1), library, {}, states=STATES))


def test_the_codebook_says_how_far_the_source_reaches_and_what_to_cite(panel):
    text = codebook(panel)
    assert f"to {panel.reaches[1]}" in text
    assert "@software{foedera" in text and "@article{haege2011" in text
    assert "does not hold every alliance" in text


def test_every_instrument_in_a_panel_of_the_library_is_cited(panel):
    used = {name for ids in panel.frame["pact_ids"].drop_nulls() for name in ids.split(";")}
    assert "dual-1879" in used
    text = panel.cite()
    assert all(f"@misc{{{name}," in text for name in used)
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")


def test_in_python_a_panel_is_a_polars_frame():
    frame = fo.panel("dyad-year", since=1914, until=date(1915, 1, 1), states=["DEU", "AUH"])
    assert isinstance(frame, pl.DataFrame)
    assert frame.select("year", "state1", "state2", "defence_direction").rows() == [(1914, "AUH", "DEU", "both")]


def test_after_the_librarys_last_check_nothing_is_known():
    frame = fo.panel(since=2026, until=2028, states=["FRA", "DEU"])
    assert frame.filter(pl.col("year") == 2026)["defence"].to_list() == [True, True]
    assert frame.filter(pl.col("year") == 2027)["defence"].to_list() == [None, None]
    assert frame.filter(pl.col("year") == 2027)["pacts"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"unit": "dyad-decade"}, "no `dyad-decade`"),
        ({"origin": "alliances"}, "no `alliances`"),
        ({"states": ["Atlantis"]}, "no state `Atlantis`"),
        ({"until": 1914}, "does not come after"),
        ({"since": 1700}, "before there is a list"),
        ({"unit": "state-year", "similarity": True}, "between two states"),
        ({"unit": "directed-dyad-day", "until": 1990}, "would be"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(words, says):
    told = {"unit": "dyad-year", "since": 1914, "until": 1915, **words}
    with pytest.raises(Refused, match=says):
        fo.panel(told.pop("unit"), **told)


def test_without_atop_the_way_to_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("FOEDERA_DATA", str(tmp_path))
    with pytest.raises(Refused, match="needs ATOP") as refused:
        fo.panel(since=1914, until=1915, origin="atop")
    assert "foedera data add atop-members PATH" in refused.value.problems[0].fix
