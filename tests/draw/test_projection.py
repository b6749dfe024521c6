"""Equal Earth, the seam, and cutting at edges."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from foedera.draw.borders import Borders, Part, Shape, load_borders
from foedera.draw.frame import View, fit
from foedera.draw.ground import survey
from foedera.draw.projection import (
    clip_lines,
    clip_ring,
    equal_earth,
    latitude,
    parallel,
    seam_rings,
    shortest_window,
    true_stretch,
    turn,
)


def test_known_points_of_equal_earth() -> None:
    """The ends of the equator and of the middle meridian are where the paper puts them."""
    assert equal_earth(0, 0) == (0.0, 0.0)
    assert equal_earth(179.999999, 0)[0] == pytest.approx(2.7066, abs=1e-3)
    assert equal_earth(0, 90)[1] == pytest.approx(1.3173, abs=1e-3)


@pytest.mark.parametrize("lat", [-85.0, -40.0, 0.0, 15.0, 52.0, 80.0])
def test_areas_are_kept_at_every_latitude(lat: float) -> None:
    """A small square of the globe keeps its area, with or without the regional stretch."""
    step = 0.01
    height = parallel(lat + step)[1] - parallel(lat - step)[1]
    on_sheet = parallel(lat)[0] * height / math.radians(2 * step)
    assert on_sheet == pytest.approx(math.cos(math.radians(lat)), rel=1e-4)


@pytest.mark.parametrize("lat", [-30.0, 0.0, 15.0, 52.0])
def test_the_regional_stretch_keeps_shapes_at_its_latitude(lat: float) -> None:
    """East and north have one scale there."""
    view = View(0.0, true_stretch(lat), 1000.0, (0.0, 0.0), (0, 0, 0, 0))
    east = view.lay(0.01, lat)[0] - view.lay(0.0, lat)[0]
    north = view.lay(0.0, lat - 0.005)[1] - view.lay(0.0, lat + 0.005)[1]
    assert east == pytest.approx(north * math.cos(math.radians(lat)), rel=1e-3)


def test_latitude_undoes_parallel() -> None:
    """Every height leads back to its latitude."""
    for lat in (-89.0, -23.4, 0.0, 66.6):
        assert latitude(parallel(lat)[1]) == pytest.approx(lat, abs=1e-6)


def test_turn_is_the_short_way_round() -> None:
    """Fiji is east of Auckland, whatever the sign of its longitude."""
    assert turn(-178.0, 175.0) == pytest.approx(7.0)
    assert turn(175.0, -178.0) == pytest.approx(-7.0)


def test_the_window_spans_the_pacific_not_the_rest_of_the_world() -> None:
    """The shortest stretch is chosen, even where a larger span covers a later one."""
    assert shortest_window([(165.0, 179.0), (-125.0, -67.0)]) == (165.0, 293.0)
    assert shortest_window([(0.0, 50.0), (10.0, 12.0), (60.0, 70.0)]) == (0.0, 70.0)


def test_a_ring_over_the_seam_comes_in_two_pieces() -> None:
    """Each piece lies wholly on the sheet."""
    ring = [(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0)]
    pieces = seam_rings(ring, 0.0)
    assert len(pieces) == 2
    assert all(-180.0 <= point[0] <= 180.0 for piece in pieces for point in piece)
    assert {round(min(p[0] for p in piece)) for piece in pieces} == {-180, 170}


def test_a_ring_on_a_sheet_about_the_pacific_stays_whole() -> None:
    """With the middle at 180 degrees nothing is cut."""
    ring = [(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0)]
    assert seam_rings(ring, 180.0) == [ring]


def test_clipping_stays_in_the_box() -> None:
    """Rings and lines end at the edge."""
    box = (0.0, 0.0, 10.0, 10.0)
    ring = clip_ring([(-5.0, 5.0), (5.0, -5.0), (15.0, 5.0), (5.0, 15.0)], box)
    assert all(0.0 <= x <= 10.0 and 0.0 <= y <= 10.0 for x, y in ring)
    lines = clip_lines([(-5.0, 5.0), (5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)], box)
    assert lines == [[(0.0, 5.0), (5.0, 5.0), (10.0, 5.0)], [(10.0, 8.0), (5.0, 8.0)]]


def test_the_view_holds_what_it_must() -> None:
    """Every corner of the box asked for lies in the frame, and the frame has a printable shape."""
    view = fit([(-17.5, 4.3, 16.0, 25.0)], 20.0, 60.0, 920.0)
    assert all(view.holds(view.place(lon, lat)) for lon in (-17.5, 16.0) for lat in (4.3, 25.0))
    x0, y0, x1, y1 = view.box
    assert 0.5 <= (y1 - y0) / (x1 - x0) <= 0.85


@pytest.mark.parametrize("middle", [0.0, 11.0, 90.0, 179.0, -100.0])
def test_no_shape_runs_across_the_map(middle: float) -> None:
    """Wherever the sheet is cut, no step of a coast or border crosses half of it."""
    flat = fit([(-180.0, -60.0, 180.0, 84.0)], 0.0, 0.0, 1000.0)
    x0, _, x1, _ = flat.box
    view = View(middle, flat.stretch, flat.scale, flat.origin, flat.box)
    ground = survey(load_borders(), view)
    for land in ground.lands.values():
        for ring in land.rings:
            for (ax, ay), (bx, by) in pairwise(ring):
                flat_edge = land.shape.id == "ATA" and abs(ay - by) < 1.0
                assert flat_edge or abs(ax - bx) < (x1 - x0) / 6, land.shape.id


def test_lines_of_one_ring_meet_though_they_count_longitude_differently() -> None:
    """A square over 180 degrees whose second line begins at -175 is ten degrees wide, not 350."""
    lines = ("35000 0 2000 0 0 2000", "-35000 2000 -2000 0 0 -2000")
    shape = Shape("X", "X", (180.0, 5.0), (175.0, 0.0, 185.0, 10.0), (Part((175.0, 0.0, 185.0, 10.0), ((0, 1),)),))
    view = fit([shape.core], 0.0, 0.0, 900.0)
    land = survey(Borders({"X": shape}, lines, 200), view).lands["X"]
    xs = [x for ring in land.rings for x, _ in ring]
    assert max(xs) - min(xs) == pytest.approx(view.place(185.0, 0.0)[0] - view.place(175.0, 0.0)[0], abs=0.1)


def test_the_package_data_is_complete() -> None:
    """Every shape has a name, a point on it, and parts; codes are ISO where there is one."""
    shapes = load_borders().shapes
    assert {"NER", "MLI", "XKX", "USA", "Somaliland", "N. Cyprus"} <= set(shapes)
    for shape in shapes.values():
        assert shape.name
        assert shape.parts
        west, south, east, north = shape.parts[0].box
        assert turn(shape.at[0], west) <= (east - west) % 360.0001
        assert south <= shape.at[1] <= north
