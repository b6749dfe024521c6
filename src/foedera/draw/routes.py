"""The ways of arrows: parallel ones apart, many at one place fanned out, none over a dot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations, groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from foedera.draw.curves import MANY, Curve
from foedera.draw.ink import REACH
from foedera.draw.scene import Arrow

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Pair = tuple[str, str]

LANES = 0.2
"""How far apart parallel arrows run, in lengths of the way."""
NEAREST = 12.0
"""How near to a dot an end may come, in pixels."""
FARTHEST = 32.0
"""How far from its dot an end may be pushed, in pixels."""
ALONE = (0.13, -0.13, 0.0, 0.25, -0.25, 0.4, -0.4)
TOGETHER = (0.0, 0.13, -0.13, 0.26, -0.26, 0.4, -0.4)
"""The bows that one arrow, or a bundle, may take, the best liked first."""
BENT = 2.0
"""How much trouble a bow must save, for each length of the way by which it swings out."""
TRIALS, WORK = 40, 480
"""How many other routings are tried at most, and how many arrows may be laid for them: what the time allows."""


class _Plan(Struct, frozen=True):
    """An arrow with the angles at which its bundle leaves and comes, and its own turn from them.

    The turn is counted apart so that the bundles at one place never mix.
    """

    arrow: Arrow
    leaves: float
    comes: float
    turn: float = 0.0


class _Field(Struct, frozen=True):
    """What routing needs to know of the page."""

    places: Mapping[str, Point]
    box: Box
    size: float


def route(arrows: Sequence[Arrow], places: Mapping[str, Point], box: Box) -> tuple[Curve, ...]:
    """Every arrow as a curve, in the given order; both its ends must have a place.

    Each bundle begins with the bow that is liked best; then, the worst bundle first, other
    bows are tried and the one kept that makes the whole picture cross and touch least.
    """
    return _routed(tuple(arrows), tuple(sorted(places.items())), box)


@lru_cache(maxsize=64)
def _routed(arrows: tuple[Arrow, ...], spots: tuple[tuple[str, Point], ...], box: Box) -> tuple[Curve, ...]:
    """The same; kept, because most days and most what-ifs of a crisis draw the same arrows."""
    places = dict(spots)
    field = _Field(places, box, 7.5 if len(arrows) > MANY else 10.0)
    bundles = _bundles(arrows)
    bows = {ends: (ALONE if len(bundle) == 1 else TOGETHER)[0] for ends, bundle in bundles.items()}
    curves = _lay(arrows, bundles, bows, field)
    troubles = _troubles(curves, field)
    worst = {ends: sum(troubles[arrows.index(a)] for a in bundle) for ends, bundle in bundles.items()}
    cost, trials = sum(troubles), 0
    most = min(TRIALS, WORK // max(1, len(arrows)))
    for ends in sorted(bundles, key=lambda ends: (-worst[ends], ends)):
        if worst[ends] < 0.2 or ends[0] == ends[1]:
            continue
        for bow in (ALONE if len(bundles[ends]) == 1 else TOGETHER)[1:]:
            if cost < 0.2 or trials >= most:
                break
            trials += 1
            other = {**bows, ends: bow}
            laid = _lay(arrows, bundles, other, field)
            allowed = cost + BENT * (abs(bows[ends]) - abs(bow))
            tried = sum(_troubles(laid, field, allowed))
            if tried < allowed - 1e-6:
                bows, curves, cost = other, laid, tried
    return _marked(curves)


def _bundles(arrows: Sequence[Arrow]) -> dict[Pair, list[Arrow]]:
    """The arrows between each two places, in either direction."""

    def ends(arrow: Arrow) -> Pair:
        return min(arrow.tail, arrow.head), max(arrow.tail, arrow.head)

    return {key: list(group) for key, group in groupby(sorted(arrows, key=ends), key=ends)}


def _lay(
    arrows: Sequence[Arrow], bundles: Mapping[Pair, list[Arrow]], bows: Mapping[Pair, float], field: _Field
) -> list[Curve]:
    """All curves for a choice of bows."""
    plans: dict[Arrow, _Plan] = {}
    for ends, bundle in bundles.items():
        way = math.dist(field.places[ends[0]], field.places[ends[1]])
        gap = LANES * min(1.0, 150.0 / max(1.0, way))
        for i, arrow in enumerate(bundle):
            lane = (i - (len(bundle) - 1) / 2) * gap
            plans[arrow] = _plan(arrow, bows[ends], lane, field.places)
    ordered = [plans[arrow] for arrow in arrows]
    angles, radii = _fans(ordered, field.size)
    return [
        _curve(plan, field, (angles[i, 0], angles[i, 1]), (radii[i, 0], radii[i, 1])) for i, plan in enumerate(ordered)
    ]


def _plan(arrow: Arrow, bow: float, lane: float, places: Mapping[str, Point]) -> _Plan:
    """The angles of a bow; its side is that seen from the lower id, so opposite arrows part."""
    if arrow.tail == arrow.head:
        return _Plan(arrow, math.radians(-150), math.radians(-30))
    side = 1 if arrow.tail < arrow.head else -1
    (ax, ay), (bx, by) = places[arrow.tail], places[arrow.head]
    bearing = math.atan2(by - ay, bx - ax)
    lean = math.atan(2.0 * bow * side)
    turn = math.atan(2.0 * (bow + lane) * side) - lean
    return _Plan(arrow, (bearing - lean) % math.tau, (bearing + math.pi + lean) % math.tau, turn)


def _troubles(curves: Sequence[Curve], field: _Field, limit: float = math.inf) -> list[float]:
    """How badly each curve reads: over foreign dots, out of the frame, crossing, touching.

    Beyond the limit nobody counts on.
    """
    x0, y0, x1, y1 = field.box
    found: list[float] = []
    cells: dict[tuple[int, int], int] = {}
    lines = [[curve.at(i / 12) for i in range(13)] for curve in curves]
    for k, (curve, line) in enumerate(zip(curves, lines, strict=True)):
        ends = curve.arrow.tail, curve.arrow.head
        trouble = _near(line, [p for name, p in field.places.items() if name not in ends])
        for x, y in line[1:-1]:
            if not (x0 + 8 < x < x1 - 8 and y0 + 8 < y < y1 - 8):
                trouble += 1.0
        for x, y in line[2:-2]:
            cell = int(x // 14), int(y // 14)
            trouble += 0.5 if cells.setdefault(cell, k) != k else 0.0
        found.append(trouble)
    total = sum(found)
    coarse = [(line[::2], _box_of(line)) for line in lines]
    for (i, (a, round_a)), (j, (b, round_b)) in combinations(enumerate(coarse), 2):
        if not (
            round_a[0] < round_b[2] and round_b[0] < round_a[2] and round_a[1] < round_b[3] and round_b[1] < round_a[3]
        ):
            continue
        crossed = 0.45 * _crossings(a, b)
        found[i] += crossed
        found[j] += crossed
        total += 2 * crossed
        if total > limit:
            break
    return found


def _near(line: Sequence[Point], dots: Sequence[Point]) -> float:
    """How much a line disturbs dots that it does not belong to: nothing from 26 pixels on."""
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    x0, y0, x1, y1 = min(xs) - 26, min(ys) - 26, max(xs) + 26, max(ys) + 26
    trouble = 0.0
    for px, py in dots:
        if not (x0 < px < x1 and y0 < py < y1):
            continue
        nearest = 26.0 * 26.0
        for (ax, ay), (bx, by) in pairwise(line):
            dx, dy = bx - ax, by - ay
            t = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1.0)))
            nearest = min(nearest, (ax + t * dx - px) ** 2 + (ay + t * dy - py) ** 2)
        trouble += 3.5 * (1.0 - math.sqrt(nearest) / 26.0)
    return trouble


def _crossings(a: Sequence[Point], b: Sequence[Point]) -> int:
    """How often two lines cross."""
    found = 0
    for (ax, ay), (bx, by) in pairwise(a):
        dx, dy = bx - ax, by - ay
        sides = [dx * (y - ay) - dy * (x - ax) for x, y in b]
        for i in range(len(b) - 1):
            if sides[i] * sides[i + 1] < 0:
                (cx, cy), (ex, ey) = b[i], b[i + 1]
                fx, fy = ex - cx, ey - cy
                if (fx * (ay - cy) - fy * (ax - cx)) * (fx * (by - cy) - fy * (bx - cx)) < 0:
                    found += 1
    return found


def _box_of(line: Sequence[Point]) -> Box:
    """The box round a line."""
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return min(xs), min(ys), max(xs), max(ys)


Ends = dict[tuple[int, int], float]


def _fans(plans: Sequence[_Plan], size: float) -> tuple[Ends, Ends]:
    """The angle and the distance from the dot of each end: (arrow, 0) leaves, (arrow, 1) comes."""
    ends: dict[str, list[tuple[float, float, int, int]]] = {}
    for i, plan in enumerate(plans):
        ends.setdefault(plan.arrow.tail, []).append((plan.leaves, -plan.turn, i, 0))
        ends.setdefault(plan.arrow.head, []).append((plan.comes, plan.turn, i, 1))
    angles: Ends = {}
    radii: Ends = {}
    for here in ends.values():
        here.sort()
        spread = spread_angles([bundle + turn for bundle, turn, _, _ in here], apart_for(len(here)))
        heads = [end == 1 for _, _, _, end in here]
        for j, (angle, (_, _, i, end)) in enumerate(zip(spread, here, strict=True)):
            angles[i, end] = angle
            radii[i, end] = _radius(spread, heads, j, size) if end else NEAREST - 3
    return angles, radii


def apart_for(count: int) -> float:
    """The angle that ends at one place keep: wide for few, narrow for many."""
    return math.radians(max(15.0, min(34.0, 150.0 / count)))


def _radius(angles: Sequence[float], heads: Sequence[bool], j: int, size: float) -> float:
    """How far from the dot a head must stay so that it does not touch its neighbours."""
    needed = NEAREST
    for step in (-1, 1):
        k = (j + step) % len(angles)
        if k != j:
            gap = max(0.1, abs((angles[k] - angles[j] + math.pi) % math.tau - math.pi))
            needed = max(needed, size * (1.15 if heads[k] else 0.8) / gap)
    return min(FARTHEST, needed)


def spread_angles(angles: Sequence[float], apart: float) -> list[float]:
    """Angles in rising order, pushed apart until neighbours keep a distance.

    >>> [round(a, 2) for a in spread_angles([1.0, 1.0], 0.5)]
    [0.75, 1.25]
    """
    moved = list(angles)
    count = len(moved)
    if count < 2:
        return moved
    gap = min(apart, math.tau * 0.9 / count)
    for _ in range(24):
        pushed = False
        for i in range(count):
            j = (i + 1) % count
            lack = gap - (moved[j] - moved[i] + (math.tau if j == 0 else 0.0))
            if lack > 0.01:
                moved[i] -= lack / 2
                moved[j] += lack / 2
                pushed = True
        if not pushed:
            break
    return moved


def _curve(plan: _Plan, field: _Field, angles: tuple[float, float], radii: tuple[float, float]) -> Curve:
    """A cubic that leaves and comes straight from and to the dots, short of both."""
    a, b = field.places[plan.arrow.tail], field.places[plan.arrow.head]
    way = math.dist(a, b)
    size = min(field.size, max(4.0, way / 5)) if way else field.size
    near, far = (min(r, way * 0.25) if way else r for r in radii)
    back = size * REACH[plan.arrow.kind]
    reach = 0.34 * way if way else 64.0
    start, end = _polar(a, angles[0], near), _polar(b, angles[1], far + back)
    handles = _polar(a, angles[0], near + reach), _polar(b, angles[1], far + back + reach)
    ahead = -math.cos(angles[1]), -math.sin(angles[1])
    return Curve(plan.arrow, start, handles, end, _polar(b, angles[1], far), ahead, size)


def _polar(centre: Point, angle: float, radius: float) -> Point:
    """A point at an angle and a distance."""
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _marked(curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """The curves with their barred rings in the middle, or beside it where two would touch."""
    lines = [(curve, curve.samples()) for curve in curves]
    taken: list[Point] = []
    done: list[Curve] = []
    for curve in curves:
        share = 0.5
        if curve.arrow.kind == "must-not":
            others = [p for other, points in lines if other is not curve for p in points]
            shares = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65)
            clear = [t for t in shares if _clear(curve.at(t), taken, 20)]
            share = next((t for t in clear if _clear(curve.at(t), others, 12)), (clear or shares)[0])
            taken.append(curve.at(share))
        done.append(replace(curve, mark=share))
    return tuple(done)


def _clear(at: Point, points: Sequence[Point], room: float) -> bool:
    """Whether no point lies within some pixels of a place."""
    return all(abs(x - at[0]) > room or abs(y - at[1]) > room for x, y in points)
