"""How alike two states' alliance portfolios are: S, π and κ.

Signorino and Ritter, "Tau-b or Not Tau-b", International Studies Quarterly 43(1), 1999: S = 1 - 2 · d / d_max, unweighted,
absolute distances. Häge, "Choice or Circumstance?", Political Analysis 19(3), 2011: agreement corrected for chance, with
squared distances, where a state's own mean (κ) or the mean of both (π) is what chance would give. A portfolio has one
place for every state of the year, the two themselves included, and holds what the state itself promises: 3 for defence or
offence and for oneself, 2 for neutrality or consultation, 1 for non-aggression alone, 0 for none. That is the order in
which S scores are made of ATOP (Signorino and Ritter's own, for another data set, had no consultation apart).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

TOP = 3
Matrix = NDArray[np.float64]


def similarity(pairs: pl.DataFrame, roster: pl.DataFrame, reach: tuple[int, int]) -> pl.DataFrame:
    """S, π and κ of every ordered pair of the roster at every time within reach."""
    valued = pairs.select("at", "bearer", "toward", level=_level()).filter(pl.col("level") > 0)
    bonds = {at: part for (at,), part in valued.partition_by("at", as_dict=True).items()}
    parts = []
    for (at,), part in roster.partition_by("at", as_dict=True, maintain_order=True).items():
        if reach[0] <= at <= reach[1]:
            keys = part["key"].to_numpy()
            parts.append(_pairs_of(at, keys, portfolios(keys, bonds.get(at))))
    empty = pl.DataFrame(schema={"at": pl.Int32, "bearer": pl.Int16, "toward": pl.Int16,
                                 **dict.fromkeys(("s", "pi", "kappa"), pl.Float32)})  # fmt: skip
    return pl.concat([empty, *parts])


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
    apart = np.zeros((len(matrix), len(matrix)))
    for level in range(1, TOP + 1):  # |a - b| is the number of levels that one has reached and the other has not
        reached = (matrix >= level).astype(float)
        held = reached.sum(axis=1)
        apart += held[:, None] + held[None, :] - 2 * reached @ reached.T
    squares = (matrix**2).sum(axis=1)
    squared = squares[:, None] + squares[None, :] - 2 * matrix @ matrix.T
    mean = matrix.mean(axis=1)
    spread = squares - size * mean**2
    both, gap = spread[:, None] + spread[None, :], size * (mean[:, None] - mean[None, :]) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - 2 * apart / (TOP * size), 1 - squared / (both + gap / 2), 1 - squared / (both + gap)


def _pairs_of(at: int, keys: NDArray[np.int16], matrix: Matrix) -> pl.DataFrame:
    first, second = np.nonzero(~np.eye(len(keys), dtype=bool))
    values = {name: found[first, second] for name, found in zip(("s", "pi", "kappa"), measures(matrix), strict=True)}
    frame = pl.DataFrame({"bearer": keys[first], "toward": keys[second], **values})
    return frame.select(
        pl.lit(at, pl.Int32).alias("at"), pl.col("bearer", "toward").cast(pl.Int16),
        pl.col(*values).cast(pl.Float32).fill_nan(None),
    )  # fmt: skip
