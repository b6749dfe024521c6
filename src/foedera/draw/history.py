"""The borders of a day between 1886 and 2019, from a CShapes file that the user has.

Schvitz, Girardin, Rüegger, Weidmann, Cederman, Gleditsch, "Mapping the International System, 1886–2019: The CShapes
2.0 Dataset", Journal of Conflict Resolution 66(1), 2022. States and dependencies, each shape with the days it held.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from foedera.draw.borders import Borders, Part, Shape, arcs_of
from foedera.draw.topology import STEPS, Json, core_of, parts_of, read_arc, write_arc

FIRST, LAST = date(1886, 1, 1), date(2019, 12, 31)
Known = Callable[[str, str], tuple[str, str] | None]
"""The id and the name of that day of a state, by the coding (`cow` or `gw`) and its code; None if it was none."""


def historical_borders(path: Path, day: date, known: Known) -> Borders | None:
    """The borders of a day; before 1886 those of 1886, after 2019 None: today's are nearer then.

    `path` is the TopoJSON of the R package cshapes 2.0, plain or packed with xz. Dependencies keep their own
    shapes, named with their owner. Raises OSError or ValueError for a file that is no such thing.
    """
    if day > LAST:
        return None
    on = max(day, FIRST)
    topology = _topology(path)
    name, shapes = next(iter(topology["objects"].items()))
    coding = "gw" if "gw" in name else "cow"
    told = on.isoformat()
    alive = [g for g in shapes["geometries"] if g["properties"]["start"] <= told <= g["properties"]["end"]]
    names = {}
    for geometry in alive:
        code = str(geometry["properties"][f"{coding}code"])
        names[code] = (known(coding, code) or ("", geometry["properties"]["country_name"]))[1]
    arcs = {index: read_arc(topology, index) for index in sorted({i for g in alive for i in _arcs(g["arcs"])})}
    made: dict[str, Shape] = {}
    for geometry in alive:
        shape = _shape(geometry, arcs, coding, known, names)
        if shape is not None and shape.id not in made:
            made[shape.id] = shape
    used = {index for shape in made.values() for part in shape.parts for index in arcs_of(part)}
    lines = tuple(write_arc(arcs[i]) if i in used else "" for i in range(len(topology["arcs"])))
    earliest = ", the earliest it has" if day < FIRST else ""
    source = f"Borders: CShapes 2.0 (Schvitz et al. 2022) on {on.day} {on:%B} {on.year}{earliest}."
    return Borders(dict(sorted(made.items())), lines, STEPS, source)


@lru_cache(maxsize=2)
def _topology(path: Path) -> Json:
    content = path.read_bytes()
    if path.suffix == ".xz":
        content = lzma.decompress(content)
    topology: Json = json.loads(content)
    return topology


def _arcs(refs: Iterable[object]) -> Iterable[int]:
    """The lines in nested lists of references."""
    for ref in refs:
        if isinstance(ref, int):
            yield ref if ref >= 0 else ~ref
        elif isinstance(ref, list):
            yield from _arcs(ref)


def _shape(
    geometry: Json, arcs: dict[int, list[tuple[int, int]]], coding: str, known: Known, names: Json
) -> Shape | None:
    """One state or dependency; None where nothing of it is left at this size."""
    told = geometry["properties"]
    code, owner = str(told[f"{coding}code"]), str(told.get("owner") or "")
    state = known(coding, code) if told["status"] != "colony" else None
    parts = parts_of(geometry, arcs)
    if not parts:
        return None
    made = tuple(Part(_degrees(part["box"]), tuple(tuple(ring) for ring in part["rings"])) for part in parts)
    core = _degrees(core_of(parts))
    lon, lat = told.get("caplong"), told.get("caplat")
    at = (
        (lon, lat)
        if isinstance(lon, float) and isinstance(lat, float)
        else ((core[0] + core[2]) / 2, (core[1] + core[3]) / 2)
    )
    name = told["country_name"] if state is None else state[1]
    if state is None and owner in names and owner != code:
        name = f"{name} ({names[owner]})"
    return Shape(state[0] if state else f"{coding}-{code}", name, at, core, made)


def _degrees(box: Iterable[int]) -> tuple[float, float, float, float]:
    w, s, e, n = (value / STEPS for value in box)
    return w, s, e, n
