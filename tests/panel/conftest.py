"""Bonds and rosters in small: states 1, 2 and 3, years as written."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("polars", reason="panels need the extra `panel`")

import polars as pl

from foedera.panel.bonds import KINDS, SCHEMA


@pytest.fixture
def bonds():
    """A maker of bonds: pact, bearer, toward, first, last, what is promised, and anything else by name."""

    def make(*rows):
        table = []
        for pact, bearer, toward, first, last, promised, *rest in rows:
            more = rest[0] if rest else {}
            values = {
                "pact": pact, "bearer": bearer, "toward": toward, "first": date.fromisoformat(first),
                "last": date.fromisoformat(last), "order": 0, **{kind: kind in promised.split() for kind in KINDS},
                **{f"{kind}_conditional": False if kind in promised.split() else None for kind in KINDS},
                "conditions": 0, "wording": None, "secrecy": 1, "certain": True, "contested": False, **more,
            }  # fmt: skip
            table.append(tuple(values[name] for name in SCHEMA))
        return pl.DataFrame(table, orient="row", schema=SCHEMA)

    return make


@pytest.fixture
def states():
    """A maker of rosters: which keys are there in which years."""

    def make(**years):
        rows = [(int(year[1:]), key, f"S{key}", f"S{key}", key, key) for year, keys in years.items() for key in keys]
        frame = pl.DataFrame(
            rows,
            orient="row",
            schema={
                "at": pl.Int32,
                "key": pl.Int16,
                "state": pl.String,
                "iso": pl.String,
                "cow": pl.Int16,
                "gw": pl.Int16,
            },
        )
        ids = pl.Enum(sorted({row[2] for row in rows}))
        return frame.with_columns(pl.col("state", "iso").cast(ids))

    return make
