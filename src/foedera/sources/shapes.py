"""Borders 1886 to 2019: CShapes 2.0, as the R package publishes it (TopoJSON).

Schvitz, Girardin, Rüegger, Weidmann, Cederman and Gleditsch, "Mapping the International System, 1886–2019: The CShapes
2.0 Dataset", Journal of Conflict Resolution 66(1), 2022. Rows are the shapes' attributes; the geometry stays in the file.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from foedera.dates import parse_when
from foedera.problems import Problem, Refused, whole_file
from foedera.sources.table import read_text

OBJECTS = {"cshapes_2_cow": "cowcode", "cshapes_2_gw": "gwcode"}


class Shape(Struct, frozen=True):
    """A territory between two days, both in: whose it was, what it was, where its capital lay.

    `system` says whose codes these are, `cow` or `gw`; `owner` is the sovereign's code; `defined` is False where its
    borders were not drawn yet; `place` is the shape's number in the file's collection.
    """

    system: str
    code: int
    name: str
    since: date
    until: date
    status: str | None
    owner: int | None
    capital: str | None
    lat: float | None
    lon: float | None
    defined: bool
    place: int


def read_shapes(path: Path) -> tuple[Shape, ...]:
    """The shapes of a CShapes TopoJSON file, plain or packed; `Refused` (T001, T003) for another file."""
    try:
        topology = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise _not_shapes(path, f"it is no JSON (line {error.lineno}: {error.msg})") from None
    objects = topology.get("objects") if isinstance(topology, dict) else None
    name = next((name for name in OBJECTS if isinstance(objects, dict) and name in objects), None)
    if name is None or objects is None:
        raise _not_shapes(path, f"it has no object {' or '.join(f'`{name}`' for name in OBJECTS)}")
    try:
        parts = enumerate(objects[name]["geometries"])
        return tuple(_shape(OBJECTS[name], place, part["properties"]) for place, part in parts)
    except (KeyError, TypeError, ValueError) as error:
        raise _not_shapes(path, f"a shape of it lacks or misspells {error}") from None


def _shape(key: str, place: int, told: dict[str, Any]) -> Shape:
    owner = str(told.get("owner") or "")
    return Shape(
        key[:-4], int(told[key]), str(told["country_name"]), _day(told["start"]), _day(told["end"]),
        _known(told.get("status")), int(owner) if owner.isdigit() else None, _known(told.get("capname")),
        _degrees(told.get("caplat")), _degrees(told.get("caplong")), told.get("b_def") == 1, place,
    )  # fmt: skip


def _day(said: object) -> date:
    when = parse_when(str(said))
    if isinstance(when, str):
        raise ValueError(f"{said!r}: {when}")
    return when.first


def _known(said: object) -> str | None:
    return None if said in (None, "", "N/A") else str(said)


def _degrees(said: object) -> float | None:
    return float(said) if isinstance(said, int | float) else None


def _not_shapes(path: Path, why: str) -> Refused:
    return Refused(
        (
            Problem(
                "T003", whole_file(str(path)), f"`{path}` is not CShapes: {why}",
                "expected the TopoJSON of the R package cshapes 2.0, plain or packed",
            ),
        )
    )  # fmt: skip
