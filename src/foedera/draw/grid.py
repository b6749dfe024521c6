"""The page as a coarse grid of cells: whose land is where, and how far from its border."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

Point = tuple[float, float]
Box = tuple[float, float, float, float]
CELL = 8.0
"""Pixels a cell."""


class Grid(Struct, frozen=True):
    """Owners by row and column ("" is sea); in cells, how many to the right have the same owner (`runs`); the
    cells of each owner with how far another one is from them, the deepest first."""

    left: float
    top: float
    rows: tuple[tuple[str, ...], ...]
    runs: tuple[tuple[int, ...], ...]
    cells: Mapping[str, tuple[tuple[float, int, int], ...]]

    def centre(self, row: int, column: int) -> Point:
        """The middle of a cell in pixels."""
        return self.left + (column + 0.5) * CELL, self.top + (row + 0.5) * CELL

    def cells_under(self, box: Box) -> Iterator[str]:
        """The owners of the cells under a box; cells beyond the grid are left out."""
        x0, y0, x1, y1 = box
        first, last = int((x0 - self.left) // CELL), int((x1 - self.left) // CELL)
        for row in range(int((y0 - self.top) // CELL), int((y1 - self.top) // CELL) + 1):
            if 0 <= row < len(self.rows):
                yield from self.rows[row][max(0, first) : max(0, last + 1)]

    def owns(self, owner: str, box: Box) -> bool:
        """Whether all cells under a box belong to one state."""
        x0, y0, x1, y1 = box
        first, last = int((x0 - self.left) // CELL), int((x1 - self.left) // CELL)
        top, bottom = int((y0 - self.top) // CELL), int((y1 - self.top) // CELL)
        if first < 0 or top < 0 or bottom >= len(self.rows) or last >= len(self.rows[0]):
            return False
        wide = last - first + 1
        return all(self.rows[r][first] == owner and self.runs[r][first] >= wide for r in range(top, bottom + 1))

    def middle_of(self, owner: str) -> Point | None:
        """The visual centre of what is seen of a state: its deepest cell, not too near the frame."""
        cells = self.cells.get(owner)
        return self.centre(cells[0][1], cells[0][2]) if cells else None


def grid_of(lands: Mapping[str, Sequence[Sequence[Point]]], box: Box) -> Grid:
    """The grid of a frame, from the rings of each state."""
    x0, y0, x1, y1 = box
    columns, count = math.ceil((x1 - x0) / CELL), math.ceil((y1 - y0) / CELL)
    rows = [[""] * columns for _ in range(count)]
    for owner, rings in lands.items():
        for r, xs in _crossings(rings, y0, count).items():
            for start, end in zip(xs[0::2], xs[1::2], strict=False):
                first = max(0, math.ceil((start - x0) / CELL - 0.5))
                last = min(columns, math.ceil((end - x0) / CELL - 0.5))
                if last > first:
                    rows[r][first:last] = [owner] * (last - first)
    return Grid(x0, y0, tuple(tuple(row) for row in rows), _runs(rows), _cells(rows, _depths(rows)))


def _cells(
    rows: Sequence[Sequence[str]], depths: Sequence[Sequence[float]]
) -> dict[str, tuple[tuple[float, int, int], ...]]:
    """Depth, row and column of the cells of each state, the deepest first."""
    found: dict[str, list[tuple[float, int, int]]] = {}
    for r, (row, depth) in enumerate(zip(rows, depths, strict=True)):
        for c, owner in enumerate(row):
            if owner:
                found.setdefault(owner, []).append((depth[c], r, c))
    return {
        owner: tuple(sorted(cells, key=lambda cell: (-cell[0], cell[1], cell[2]))) for owner, cells in found.items()
    }


def _crossings(rings: Iterable[Sequence[Point]], top: float, count: int) -> dict[int, list[float]]:
    """Where the outlines of a state cross the middle of each row, from left to right."""
    found: dict[int, list[float]] = {}
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            if ay != by:
                low, high = (ay, by) if ay < by else (by, ay)
                first = max(0, math.ceil((low - top) / CELL - 0.5))
                last = min(count, math.ceil((high - top) / CELL - 0.5))
                for r in range(first, last):
                    y = top + (r + 0.5) * CELL
                    found.setdefault(r, []).append(ax + (bx - ax) * (y - ay) / (by - ay))
            ax, ay = bx, by
    return {r: sorted(xs) for r, xs in sorted(found.items())}


def _runs(rows: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    """For each cell how many cells from it to the right have the same owner."""
    done: list[tuple[int, ...]] = []
    for row in rows:
        runs = [1] * len(row)
        for c in range(len(row) - 2, -1, -1):
            if row[c] == row[c + 1]:
                runs[c] = runs[c + 1] + 1
        done.append(tuple(runs))
    return tuple(done)


def _depths(rows: Sequence[Sequence[str]]) -> tuple[tuple[float, ...], ...]:
    """For each cell how many cells it is to another owner or to the edge (a two-pass chamfer)."""
    flat = [list(row) for row in rows]
    once = _pass(flat, [[math.inf] * len(row) for row in flat])
    turned = [row[::-1] for row in flat[::-1]]
    twice = _pass(turned, [row[::-1] for row in once[::-1]])
    return tuple(tuple(row[::-1]) for row in twice[::-1])


def _pass(rows: Sequence[Sequence[str]], depth: list[list[float]]) -> list[list[float]]:
    """One sweep from the upper left: a cell is no deeper than its neighbours allow."""
    for r, row in enumerate(rows):
        here = depth[r]
        above = depth[r - 1] if r else None
        names = rows[r - 1] if r else row
        for c, name in enumerate(row):
            if above is None or c == 0 or names[c] != name or row[c - 1] != name:
                here[c] = 1.0
            else:
                slanted = above[c - 1] + 1.41 if names[c - 1] == name else 1.0
                here[c] = min(here[c], here[c - 1] + 1.0, above[c] + 1.0, slanted)
    return depth
