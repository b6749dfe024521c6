"""Which piece of the world a map shows, and where a place then lies on the page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from foedera.draw.borders import Borders, Box, Lonlat, Shape
from foedera.draw.projection import latitude, parallel, shortest_window, true_stretch, turn

GIANT = 45.0
"""Degrees of longitude from which only the near end of a state has to be seen."""
TALL = 25.0
"""The same in degrees of latitude."""
WIDE = 100.0
"""Degrees from which the others spread so far that giants are seen whole too."""
LEAST = 0.07
"""The least half height of a view, in radii of the globe: about 450 km."""
FAR = 28.0
"""Degrees of a great circle from the middle of the story beyond which a state is left to the edge."""
SHARES = (0.56, 0.80)
"""The flattest and the tallest frame, height to width."""


class View(Struct, frozen=True):
    """A sheet laid on the page: `box` is the frame in pixels."""

    middle: float
    stretch: float
    scale: float
    origin: tuple[float, float]
    box: Box

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies on the page."""
        return self.lay(turn(lon, self.middle), lat)

    def lay(self, east: float, lat: float) -> tuple[float, float]:
        """The same for degrees east of the middle meridian, which may pass 180."""
        width, height = parallel(lat)
        x, y = self.origin
        return (
            x + self.scale * self.stretch * width * math.radians(east),
            y - self.scale / self.stretch * height,
        )

    def flatten(self, line: Iterable[Lonlat]) -> list[tuple[float, float]]:
        """A line of longitudes and latitudes on the page; as `lay`, for many points at once."""
        x, y = self.origin
        wide, tall = math.radians(self.scale * self.stretch), self.scale / self.stretch
        middle, known = self.middle, parallel
        flat: list[tuple[float, float]] = []
        for lon, lat in line:
            width, height = known(lat)
            flat.append((x + wide * width * (lon - middle), y - tall * height))
        return flat

    def holds(self, point: tuple[float, float], inset: float = 0.0) -> bool:
        """Whether a point lies in the frame, some pixels away from its edge."""
        x0, y0, x1, y1 = self.box
        return x0 + inset <= point[0] <= x1 - inset and y0 + inset <= point[1] <= y1 - inset

    def window(self) -> Box:
        """The west, south, east, north that the frame reaches; never too little."""
        x0, y0, x1, y1 = self.box
        south, north = (self._lat(y) for y in (y1, y0))
        narrow = min(parallel(south)[0], parallel(north)[0])
        left, right = (math.degrees((x - self.origin[0]) / (self.scale * self.stretch * narrow)) for x in (x0, x1))
        return self.middle + max(-180.0, left), south, self.middle + min(180.0, right), north

    def _lat(self, y: float) -> float:
        """The latitude at a height of the page."""
        return latitude((self.origin[1] - y) * self.stretch / self.scale)

    def degree(self) -> float:
        """How many pixels a degree of latitude takes in the middle of the frame."""
        lat = self._lat((self.box[1] + self.box[3]) / 2)
        return abs(self.lay(0, lat + 0.5)[1] - self.lay(0, lat - 0.5)[1])


def fit(boxes: Sequence[Box], left: float, top: float, width: float) -> View:
    """The view that holds boxes of longitude and latitude, with air round them."""
    west, east = shortest_window([(w, e) for w, _, e, _ in boxes])
    span = east - west
    if span > 300.0:  # the world, cut in the Bering Strait
        west, east = -169.0, 191.0
    middle = (west + east) / 2
    south, north = min(b[1] for b in boxes), max(b[3] for b in boxes)
    stretch = _stretch((south + north) / 2, span)
    flat = View(middle, stretch, 1.0, (0.0, 0.0), (0, 0, 0, 0))
    if span > 300.0:
        x0, y0, x1, y1 = _world(flat)
    else:
        x0, y0, x1, y1 = _air(*_extent(flat, boxes), stretch)
    scale = width / (x1 - x0)
    height = round((y1 - y0) * scale)
    frame = (left, top, left + width, top + height)
    return View(middle, stretch, scale, (left - x0 * scale, top - y0 * scale), frame)


def _stretch(lat: float, span: float) -> float:
    """True shapes for a region, plain Equal Earth for the world, a blend between them."""
    share = min(1.0, max(0.0, (150.0 - span) / 90.0))
    return float(true_stretch(max(-62.0, min(62.0, lat))) ** share)


def _extent(view: View, boxes: Iterable[Box]) -> Box:
    """The box on the sheet round boxes of the globe."""
    xs: list[float] = []
    ys: list[float] = []
    for w, s, e, n in boxes:
        west = turn(w, view.middle)
        if west > 179.9 and e - w > 0:
            west -= 360.0
        for lat in (s, (s + n) / 2, n):
            for east in (west, west + e - w):
                x, y = view.lay(east, lat)
                xs.append(x)
                ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def _world(view: View) -> Box:
    """The box on the sheet round all that is inhabited."""
    half, top, bottom = view.lay(180.0, 0.0)[0] * 1.01, view.lay(0.0, 85.0)[1], view.lay(0.0, -58.0)[1]
    return -half, top, half, bottom


def _air(x0: float, y0: float, x1: float, y1: float, stretch: float) -> Box:
    """A box with a margin and a shape that looks well on a page, not beyond the poles."""
    half_x, half_y = max((x1 - x0) / 2 * 1.12, LEAST), max((y1 - y0) / 2 * 1.16, LEAST)
    low, high = SHARES
    half_y = max(half_y, half_x * low)
    half_x = max(half_x, half_y / high)
    mid_x, mid_y = (x0 + x1) / 2, (y0 + y1) / 2
    pole = parallel(90.0)[1] / stretch
    mid_y = max(-pole + half_y, min(pole - half_y, mid_y)) if half_y < pole else 0.0
    half_x = min(half_x, math.pi * parallel(0.0)[0] * stretch * 1.01)
    return mid_x - half_x, mid_y - half_y, mid_x + half_x, mid_y + half_y


def gathered(weights: Mapping[str, int], borders: Borders, anchors: Mapping[str, Lonlat]) -> tuple[str, ...]:
    """The states that a frame should hold: those about the middle of the story, and those that matter most.

    `weights` say how often each is spoken of. The middle is the state to which all are nearest, giants apart; who
    stands far from it is left to the edge of the frame, unless it is spoken of nearly as often as the first.
    """
    spots = {name: at for name in weights if (at := _spot(name, borders, anchors)) is not None}
    if not spots:
        return ()
    compact = [name for name in spots if spots[name][2] - spots[name][0] < GIANT] or list(spots)
    middle = min(compact, key=lambda name: (sum(weights[o] * _apart(spots[name], spots[o]) for o in spots), name))
    first = max(weights[name] for name in spots)
    return tuple(
        name for name in sorted(spots)
        if _apart(spots[name], spots[middle]) <= FAR or weights[name] * 2 >= first
    )  # fmt: skip


def _spot(name: str, borders: Borders, anchors: Mapping[str, Lonlat]) -> Box | None:
    """Where a state stands for `gathered`: the box round its main land, or its dot."""
    shape = borders.shapes.get(name)
    if shape is not None:
        return shape.core
    return (*anchors[name], *anchors[name]) if name in anchors else None


def _apart(a: Box, b: Box) -> float:
    """Degrees of a great circle between two boxes, about: halfway between their nearest points and their middles."""
    turned = abs(turn((a[0] + a[2]) / 2, (b[0] + b[2]) / 2))
    gap = max(0.0, turned - (a[2] - a[0] + b[2] - b[0]) / 2)
    north, middle = max(0.0, a[1] - b[3], b[1] - a[3]), abs(a[1] + a[3] - b[1] - b[3]) / 2
    squeeze = math.cos(math.radians(max(-80.0, min(80.0, (a[1] + a[3] + b[1] + b[3]) / 4))))
    return (math.hypot(gap * squeeze, north) + math.hypot(turned * squeeze, middle)) / 2


def boxes_to_hold(ids: Iterable[str], borders: Borders, anchors: Mapping[str, Lonlat]) -> list[Box]:
    """What the frame has to hold: states whole, giants with the end that faces the others."""
    whole: list[Box] = []
    giants: list[Shape] = []
    for name in ids:
        shape = borders.shapes.get(name)
        if name in anchors or shape is None:
            whole += [_dot(anchors[name])] if name in anchors else []
        elif shape.core[2] - shape.core[0] > GIANT or shape.core[3] - shape.core[1] > TALL:
            giants.append(shape)
        else:
            whole.append(shape.core)
    if not whole or _span(whole) > WIDE:
        return whole + [giant.core for giant in giants]
    return whole + [_near_end(giant, whole, borders) for giant in giants]


def _span(boxes: Sequence[Box]) -> float:
    """How many degrees of longitude boxes spread over."""
    west, east = shortest_window([(w, e) for w, _, e, _ in boxes])
    return east - west


def _dot(at: Lonlat) -> Box:
    """A place with room for a ring and a name."""
    return at[0] - 1.0, at[1] - 0.8, at[0] + 1.0, at[1] + 0.8


def _near_end(giant: Shape, others: Sequence[Box], borders: Borders) -> Box:
    """The box round that part of a giant which lies about the others; its label point if none."""
    west, east = shortest_window([(w, e) for w, _, e, _ in others])
    south, north = min(b[1] for b in others), max(b[3] for b in others)
    wide = min(60.0, max(east - west, north - south))
    middle, half = (west + east) / 2, (east - west) / 2 + max(6.0, 0.22 * wide)
    reach = max(6.0, 0.1 * wide)
    seen = [
        (middle + turn(lon, middle), lat)
        for ring in giant.parts[0].rings[:1]
        for ref in ring
        for lon, lat in borders.arc(ref if ref >= 0 else ~ref)
        if abs(turn(lon, middle)) <= half and south - reach <= lat <= north + reach
    ]
    if not seen:
        return _dot(giant.at)
    lons, lats = zip(*seen, strict=True)
    return min(lons), min(lats), max(lons), max(lats)
