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


def test_a_portfolio_holds_the_most_that_a_state_itself_promises_and_itself():
    bonds = pl.DataFrame({"bearer": [1, 2, 1, 3], "toward": [2, 1, 2, 9], "level": [1, 3, 2, 3]})
    assert portfolios(np.array([1, 2, 3]), bonds).tolist() == [[3, 2, 0], [3, 3, 0], [0, 0, 3]]


@pytest.mark.parametrize(
    ("promised", "level"),
    [
        ("defence non_aggression", 3),
        ("offence", 3),
        ("neutrality", 2),
        ("consultation non_aggression", 2),
        ("non_aggression", 1),
    ],
)
def test_promises_rank_as_in_scores_made_of_atop(bonds, states, promised, level):
    """1 promises 2 something and 3 nothing; S with 3 falls with the rank of the promise."""
    from foedera.panel.tables import pairs_by_time

    pairs = pairs_by_time(bonds(("a", 1, 2, "1900-01-01", "1900-12-31", promised)), 1900, 1901, daily=False)
    frame = similarity(pairs, states(y1900=[1, 2, 3]), (1815, 2016))
    found = frame.filter((pl.col("bearer") == 1) & (pl.col("toward") == 3))["s"][0]
    assert found == pytest.approx(1 - 2 * (3 + level + 3) / 9)


def test_similarity_is_missing_beyond_the_source(bonds, states):
    from foedera.panel.tables import pairs_by_time

    pact = [("a", x, y, "1900-01-01", "1901-12-31", "defence") for x, y in ((1, 2), (2, 1))]
    pairs = pairs_by_time(bonds(*pact), 1900, 1902, daily=False)
    frame = similarity(pairs, states(y1900=[1, 2, 3], y1901=[1, 2, 3]), (1815, 1900))
    assert set(frame["at"]) == {1900}
    assert frame.filter((pl.col("bearer") == 1) & (pl.col("toward") == 2))["s"].to_list() == [1.0]
