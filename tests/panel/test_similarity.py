"""S, π and κ by the words of their authors, written again as slowly as they read."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from foedera.panel.similarity import TOP, measures, portfolios, similarity


def slow(a, b):
    """Signorino and Ritter 1999, unweighted; Häge 2011 from tables of observed and expected squared distances."""
    size = len(a)
    s = 1 - 2 * sum(abs(x - y) / TOP for x, y in zip(a, b, strict=True)) / size
    observed = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / size
    own = sum((x - y) ** 2 for x in a for y in b) / size**2  # each by its own shares
    pooled = [*a, *b]
    common = (
        sum((x - y) ** 2 for x in pooled for y in pooled) / len(pooled) ** 2
    )  # both by the shares of the two together
    return s, 1 - observed / common, 1 - observed / own


@pytest.mark.parametrize("seed", range(5))
def test_the_fast_measures_are_the_slow_ones(seed):
    matrix = np.random.default_rng(seed).integers(0, TOP + 1, (6, 6)).astype(float)
    fast = measures(matrix)
    for i in range(6):
        for j in range(6):
            assert [float(found[i, j]) for found in fast] == pytest.approx(slow(matrix[i], matrix[j]), abs=1e-9)


def test_a_portfolio_holds_the_strongest_tie_either_way_and_itself():
    bonds = pl.DataFrame({"bearer": [1, 2, 1, 3], "toward": [2, 1, 2, 9], "level": [1, 3, 2, 3]})
    assert portfolios(np.array([1, 2, 3]), bonds).tolist() == [[3, 3, 0], [3, 3, 0], [0, 0, 3]]


def test_similarity_is_missing_beyond_the_source(bonds, states):
    from foedera.panel.tables import pairs_by_time

    pairs = pairs_by_time(bonds(("a", 1, 2, "1900-01-01", "1901-12-31", "defence")), 1900, 1902, daily=False)
    frame = similarity(pairs, states(y1900=[1, 2, 3], y1901=[1, 2, 3]), (1815, 1900))
    assert set(frame["at"]) == {1900}
    assert frame.filter((pl.col("bearer") == 1) & (pl.col("toward") == 2))["s"].to_list() == [1.0]
