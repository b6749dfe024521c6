"""How alike two states' alliance portfolios are: S, π and κ.

Signorino and Ritter, "Tau-b or Not Tau-b", International Studies Quarterly 43(1), 1999: S = 1 - 2 · d / d_max,
absolute distances. Häge, "Choice or Circumstance?", Political Analysis 19(3), 2011: agreement corrected for chance, with
squared distances, where a state's own mean (κ) or the mean of both (π) is what chance would give. A portfolio has one
place for every state of the year, the two themselves included, and holds what the state itself promises: 3 for defence or
offence and for oneself, 2 for neutrality or consultation, 1 for non-aggression alone, 0 for none. That is the order in which
S scores are made of ATOP (Signorino and Ritter's own, for another data set, had no consultation apart).

Where capabilities are given, S is computed a second time with each state's place in the portfolio weighted by its share of
them (CINC), as the same article proposes; a state without a figure for the year is left out of that comparison.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedera.sources.capabilities import Capabilities

TOP = 3
Matrix = NDArray[np.float64]


def similarity(pairs: pl.DataFrame, roster: pl.DataFrame, reach: tuple[int, int]) -> pl.DataFrame:
    """S, π and κ of every ordered pair of the roster at every time within reach; weighted S where the roster has `weight`."""
    valued = pairs.select("at", "bearer", "toward", level=_level()).filter(pl.col("level") > 0)
    bonds = {at: part for (at,), part in valued.partition_by("at", as_dict=True).items()}
    parts = []
    for (at,), part in roster.partition_by("at", as_dict=True, maintain_order=True).items():
        if reach[0] <= at <= reach[1]:
            keys = part["key"].to_numpy()
            weights = part["weight"].fill_null(0).to_numpy() if "weight" in part.columns else None
            parts.append(_pairs_of(at, keys, portfolios(keys, bonds.get(at)), weights))
    names = ("s", "pi", "kappa", *(("s_cinc",) if "weight" in roster.columns else ()))
    empty = pl.DataFrame(
        schema={"at": pl.Int32, "bearer": pl.Int16, "toward": pl.Int16, **dict.fromkeys(names, pl.Float32)}
    )
    return pl.concat([empty, *parts])


def with_capabilities(roster: pl.DataFrame, rows: Iterable[Capabilities], *, daily: bool) -> pl.DataFrame:
    """The roster with each state's CINC of the year as `weight`, by COW code; missing where there is none."""
    cinc = pl.DataFrame(
        [(row.state, row.year, row.cinc) for row in rows], orient="row",
        schema={"cow": pl.Int16, "year": pl.Int32, "weight": pl.Float64},
    )  # fmt: skip
    year = pl.col("at").cast(pl.Date).dt.year() if daily else pl.col("at")
    return (
        roster.with_columns(year.alias("year"))
        .join(cinc.unique(["cow", "year"], keep="last"), on=["cow", "year"], how="left", maintain_order="left")
        .drop("year")
    )


def _level() -> pl.Expr:
    return (
        pl.when(pl.col("defence") | pl.col("offence")).then(3)
        .when(pl.col("neutrality") | pl.col("consultation")).then(2)
        .when(pl.col("non_aggression")).then(1).otherwise(0)
    )  # fmt: skip


def portfolios(keys: NDArray[np.int16], bonds: pl.DataFrame | None) -> Matrix:
    """One row per state, one column per state: the most that the first promises the second; `TOP` to itself."""
    place = {int(key): number for number, key in enumerate(keys)}
    matrix = np.zeros((len(keys), len(keys)))
    for bearer, toward, level in bonds.select("bearer", "toward", "level").iter_rows() if bonds is not None else ():
        if bearer in place and toward in place:
            at = place[bearer], place[toward]
            matrix[at] = max(matrix[at], level)
    np.fill_diagonal(matrix, TOP)
    return matrix


def measures(matrix: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """S, π and κ between all rows of a matrix of portfolios; not a number where neither row varies.

    >>> s, pi, kappa = measures(np.array([[3.0, 3.0, 0.0], [3.0, 3.0, 0.0], [0.0, 0.0, 3.0]]))
    >>> float(s[0, 1]), float(pi[0, 1]), float(kappa[0, 1]), float(s[0, 2])
    (1.0, 1.0, 1.0, -1.0)
    """
    size = matrix.shape[1]
    squares = (matrix**2).sum(axis=1)
    squared = squares[:, None] + squares[None, :] - 2 * matrix @ matrix.T
    mean = matrix.mean(axis=1)
    spread = squares - size * mean**2
    both, gap = spread[:, None] + spread[None, :], size * (mean[:, None] - mean[None, :]) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return likeness(matrix, np.ones(size)), 1 - squared / (both + gap / 2), 1 - squared / (both + gap)


def likeness(matrix: Matrix, weights: NDArray[np.float64]) -> Matrix:
    """S between all rows, with a weight for each column; not a number where no column has any.

    >>> likeness(np.array([[3.0, 3.0, 0.0], [3.0, 3.0, 1.0], [0.0, 1.0, 3.0]]), np.array([0.5, 0.3, 0.2])).round(4).tolist()
    [[1.0, 0.8667, -0.8], [0.8667, 1.0, -0.6667], [-0.8, -0.6667, 1.0]]
    """
    apart = np.zeros((len(matrix), len(matrix)))
    for level in range(1, TOP + 1):  # |a - b| is the number of levels that one has reached and the other has not
        reached = (matrix >= level).astype(float)
        held = reached @ weights
        apart += held[:, None] + held[None, :] - 2 * (reached * weights) @ reached.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(1 - 2 * apart / (TOP * weights.sum()))


def _pairs_of(at: int, keys: NDArray[np.int16], matrix: Matrix, weights: NDArray[np.float64] | None) -> pl.DataFrame:
    first, second = np.nonzero(~np.eye(len(keys), dtype=bool))
    values = {name: found[first, second] for name, found in zip(("s", "pi", "kappa"), measures(matrix), strict=True)}
    if weights is not None:
        values["s_cinc"] = likeness(matrix, weights)[first, second]
    frame = pl.DataFrame({"bearer": keys[first], "toward": keys[second], **values})
    return frame.select(
        pl.lit(at, pl.Int32).alias("at"), pl.col("bearer", "toward").cast(pl.Int16),
        pl.col(*values).cast(pl.Float32).fill_nan(None),
    )  # fmt: skip
