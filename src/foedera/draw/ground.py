"""The land under the arrows: which shapes are seen, and the lines between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from foedera.draw.borders import Borders, Box, Lonlat, Shape, arcs_of
from foedera.draw.frame import View
from foedera.draw.ink import track
from foedera.draw.projection import clip_line, clip_lines, clip_ring, parallel, seam_rings, turn

Point = tuple[float, float]
Ring = list[Point]

FINE = 1.0
"""Steps shorter than this many pixels are left out."""
LEAST = 1.8
"""Islands smaller than this many pixels are left out, unless a state has no more."""
BEYOND = 6.0
"""Pixels beyond the frame at which land is cut, so that cuts are never seen."""


class Land(Struct, frozen=True):
    """One state as far as the frame shows it, in pixels; `size` is the larger side of its box."""

    shape: Shape
    rings: tuple[Ring, ...]
    size: float
    whole: bool


class Ground(Struct, frozen=True):
    """All that is seen: states, their border lines by number, and who has which on a side."""

    view: View
    lands: Mapping[str, Land]
    arcs: Mapping[int, list[Lonlat]]
    sides: Mapping[int, tuple[str, ...]]


def survey(borders: Borders, view: View) -> Ground:
    """Which states the frame shows, and each line that they share, drawn once."""
    window, fine = view.window(), FINE / view.degree()
    seen = [(shape, part) for shape in borders.shapes.values() for part in shape.parts if _touches(part.box, window)]
    arcs = {
        index: thin(borders.arc(index), fine)
        for index in sorted({index for _, part in seen for index in arcs_of(part)})
    }
    sides: dict[int, list[str]] = {}
    parts: dict[str, list[Ring]] = {}
    for shape, part in seen:
        rings = [view.flatten(piece) for ring in part.rings for piece in _pieces(ring, arcs, view)]
        rings = [ring for ring in rings if _extent(ring) >= LEAST or part is shape.parts[0]]
        if rings:
            parts.setdefault(shape.id, []).extend(rings)
            for index in arcs_of(part):
                sides.setdefault(index, []).append(shape.id)
    lands = {name: _land(borders.shapes[name], rings, view) for name, rings in parts.items()}
    lands = {name: land for name, land in lands.items() if land.rings}
    return Ground(view, lands, arcs, {index: tuple(sorted(set(sides[index]))) for index in sorted(sides)})


def _touches(box: Box, window: Box) -> bool:
    """Whether a piece of land may be seen in a window of the globe."""
    w, s, e, n = box
    west, south, east, north = window
    if s > north or n < south:
        return False
    ahead = (w - west) % 360.0
    return ahead <= east - west or ahead + (e - w) >= 360.0


def thin(line: Sequence[Lonlat], fine: float) -> list[Lonlat]:
    """A line without the steps that nobody would see; its ends stay, so neighbours still meet."""
    kept = [line[0]]
    x0, y0 = line[0]
    squeeze = parallel(y0)[0]
    limit = fine * fine
    for x, y in line[1:-1]:
        if ((x - x0) * squeeze) ** 2 + (y - y0) ** 2 >= limit:
            kept.append((x, y))
            x0, y0 = x, y
    kept.append(line[-1])
    return kept if len(kept) > 3 or line[0] != line[-1] else list(line)


def _pieces(refs: Sequence[int], arcs: Mapping[int, list[Lonlat]], view: View) -> list[list[Lonlat]]:
    """A ring of arcs on the sheet, in one piece or in two if the sheet ends between."""
    ring: list[Lonlat] = []
    for ref in refs:
        line = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        shift = round((ring[-1][0] - line[0][0]) / 360.0) * 360.0 if ring else 0.0
        if ring:
            line = line[1:]
        ring += [(x + shift, y) for x, y in line] if shift else line
    if abs(ring[-1][0] - ring[0][0]) > 180.0:  # once round the pole
        ring += [(ring[-1][0], -90.0), (ring[0][0], -90.0)]
    return [[(p[0], p[1]) for p in piece] for piece in seam_rings(ring, view.middle)]


def _extent(ring: Sequence[Point]) -> float:
    """The larger side of the box round a ring."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _land(shape: Shape, rings: Sequence[Ring], view: View) -> Land:
    """A state cut at the frame."""
    x0, y0, x1, y1 = view.box
    wide = (x0 - BEYOND, y0 - BEYOND, x1 + BEYOND, y1 + BEYOND)
    kept: list[Ring] = []
    whole = True
    for ring in rings:
        inside = all(wide[0] <= x <= wide[2] and wide[1] <= y <= wide[3] for x, y in ring)
        whole = whole and inside
        cut = ring if inside else [(p[0], p[1]) for p in clip_ring(ring, wide)]
        if len(cut) > 2:
            kept.append(cut)
    return Land(shape, tuple(kept), max((_extent(r) for r in kept), default=0.0), whole)


def _strokes(line: Sequence[Lonlat], view: View) -> tuple[str, ...]:
    """One border line as path data: cut at the seam, then at the frame."""
    x0, y0, x1, y1 = view.box
    wide = (x0 - BEYOND, y0 - BEYOND, x1 + BEYOND, y1 + BEYOND)
    west, east = view.middle - 180.0, view.middle + 180.0
    shift = west + (line[0][0] - west) % 360.0 - line[0][0]
    low, high = min(p[0] for p in line) + shift, max(p[0] for p in line) + shift
    data: list[str] = []
    for turns in (-360.0, 0.0, 360.0):
        if high + turns < west or low + turns > east:
            continue
        moved: list[Lonlat] = [(lon + shift + turns, lat) for lon, lat in line]
        pieces = [moved]
        if low + turns < west or high + turns > east:
            pieces = [[(p[0], p[1]) for p in piece] for piece in clip_line(moved, 0, west, east)]
        for flat in (view.flatten(piece) for piece in pieces):
            inside = all(wide[0] <= x <= wide[2] and wide[1] <= y <= wide[3] for x, y in flat)
            cuts = [flat] if inside else [[(p[0], p[1]) for p in cut] for cut in clip_lines(flat, wide)]
            data += [track(cut, closed=False) for cut in cuts]
    return tuple(d for d in data if d)


def fill_path(land: Land) -> str:
    """The land of one state as path data."""
    return "".join(track(ring, closed=True) for ring in land.rings)


def outline_path(ground: Ground, members: Iterable[str]) -> str:
    """The lines round a group of states, without those between its members."""
    group = set(members)
    return "".join(
        piece
        for index, names in ground.sides.items()
        if group.intersection(names) and (len(names) == 1 or not group.issuperset(names))
        for piece in _strokes(ground.arcs[index], ground.view)
    )


def place_of(at: Lonlat, view: View) -> Point:
    """Where a label point lies on the page, in the frame or not."""
    return view.lay(turn(at[0], view.middle), at[1])


def sheet_path(view: View) -> str:
    """The sheet of the whole world, as far as the frame shows it; elsewhere simply the frame."""
    west, south, east, north = view.window()
    if east - west < 359.9:
        x0, y0, x1, y1 = view.box
        return track([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], closed=True)
    lats = [south + (north - south) * i / 40 for i in range(41)]
    rim = [view.lay(180.0, lat) for lat in lats] + [view.lay(-180.0, lat) for lat in reversed(lats)]
    return track(rim, closed=True)
