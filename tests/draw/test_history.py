"""Borders of a day from CShapes, which a user may have; a small file made here says what the reader does with one."""

from __future__ import annotations

import json
import lzma
from datetime import date

import pytest
from click.testing import CliRunner

from foedera.answers.answer import assess
from foedera.answers.atlas import atlas_of
from foedera.cli import cli
from foedera.draw import MapScene, draw_map, historical_borders
from foedera.library import registry
from foedera.problems import Refused


def square(code, name, x, start, end, status="independent", owner=None):
    """A state of four corners beside the others."""
    return {
        "type": "Polygon", "arcs": [[x]],
        "properties": {
            "cowcode": code, "country_name": name, "start": start, "end": end, "status": status, "owner": str(owner or code),
            "capname": "x", "caplong": x * 10 + 1.5, "caplat": 1.5,
        },
    }  # fmt: skip


TOPOLOGY = {
    "type": "Topology",
    "arcs": [[[x * 10, 0], [x * 10 + 3, 0], [x * 10 + 3, 3], [x * 10, 3], [x * 10, 0]] for x in range(3)],
    "objects": {
        "cshapes_2_cow": {
            "type": "GeometryCollection",
            "geometries": [
                square(300, "Austria-Hungary", 0, "1886-01-01", "1918-11-12"),
                square(220, "France", 1, "1886-01-01", "2019-12-31"),
                square(615, "Algeria", 2, "1886-01-01", "1962-07-04", "colony", 220),
            ],
        }
    },
}


def known(coding, code):
    return {("cow", "300"): ("AUH", "Austria-Hungary"), ("cow", "220"): ("FRA", "France")}.get((coding, code))


@pytest.fixture(params=["plain", "packed"])
def shapes(request, tmp_path):
    text = json.dumps(TOPOLOGY).encode()
    file = tmp_path / ("x.topojson" if request.param == "plain" else "x.topojson.xz")
    file.write_bytes(text if request.param == "plain" else lzma.compress(text))
    return file


def test_a_shape_holds_on_its_own_days(shapes):
    assert set(historical_borders(shapes, date(1914, 8, 1), known).shapes) == {"AUH", "FRA", "cow-615"}
    assert set(historical_borders(shapes, date(1930, 1, 1), known).shapes) == {"FRA", "cow-615"}
    assert set(historical_borders(shapes, date(1970, 1, 1), known).shapes) == {"FRA"}


def test_before_the_first_day_the_first_is_drawn_and_after_the_last_those_of_today(shapes):
    early = historical_borders(shapes, date(1870, 1, 1), known)
    assert "AUH" in early.shapes and "1 January 1886, the earliest it has" in early.source
    assert historical_borders(shapes, date(2023, 1, 1), known) is None


def test_a_dependency_has_its_owner_in_its_name_and_a_capital_is_where_a_state_is_marked(shapes):
    borders = historical_borders(shapes, date(1914, 8, 1), known)
    assert borders.shapes["cow-615"].name == "Algeria (France)"
    assert borders.shapes["AUH"].at == (1.5, 1.5)
    svg = draw_map(MapScene("x", focus=("AUH", "FRA")), borders=borders)
    assert "CShapes 2.0" in svg and "Natural Earth" not in svg and "shown by its place only" not in svg


def test_a_file_that_is_none_is_refused(tmp_path):
    for content in (b"{}", b"not json", b'{"objects": {"cshapes_2_cow": {}}}'):
        file = tmp_path / "bad.topojson"
        file.write_bytes(content)
        with pytest.raises(Refused):
            atlas_of(file, registry())(date(1914, 8, 1))


def test_a_file_that_was_added_is_drawn_from(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.delenv("FOEDERA_DATA", raising=False)
    file = tmp_path / "cshapes_2_cow.topojson"
    file.write_text(json.dumps(TOPOLOGY))
    picture = tmp_path / "map.svg"
    told = ["report", "july-1914", "--on", "1914-08-04", "-o", str(picture)]
    assert CliRunner().invoke(cli, told).exit_code == 0 and "Natural Earth" in picture.read_text("utf-8")
    assert CliRunner().invoke(cli, ["data", "add", "cshapes", str(file)]).exit_code == 0
    assert CliRunner().invoke(cli, told).exit_code == 0 and "CShapes 2.0" in picture.read_text("utf-8")


def test_modern_borders_are_told_where_they_stand_in(library):
    answer = assess("july-1914", on="1914-08-04", within=library)
    assert "The borders are those of today, not those of the time." in answer.map_svg()


def test_the_borders_of_1914_are_drawn_where_the_user_has_them(data_dir, library):
    file = data_dir / "maps" / "cshapes_2_cow_small.topojson.xz"
    if not file.is_file():
        pytest.skip("CShapes is not among the data sets")
    borders = atlas_of(file, library.registry)(date(1914, 8, 4))
    assert {"AUH", "DEU", "RUS", "TUR", "GBR", "FRA", "SRB", "BEL"} <= set(borders.shapes)
    assert "POL" not in borders.shapes and "CSK" not in borders.shapes
    svg = assess("july-1914", on="1914-08-04", within=library).map_svg(borders)
    assert "not those of the time" not in svg and "CShapes 2.0 (Schvitz et al. 2022) on 4 August 1914" in svg
