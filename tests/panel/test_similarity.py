"""S, π and κ by the words of their authors, written again as slowly as they read."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from foedera.panel.similarity import TOP, likeness, measures, portfolios, similarity, with_capabilities
from foedera.sources.capabilities import Capabilities


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


THREE = np.array([[3.0, 3, 0], [3, 3, 1], [0, 1, 3]])  # 2 promises 3 no aggression, and 3 promises it to 2


@pytest.mark.parametrize(
    ("weights", "pair", "by_hand"),
    [
        ([0.5, 0.3, 0.2], (0, 1), 1 - 2 * (0.2 * 1 / 3) / 1.0),  # they differ about the third alone, by 1 of 3
        ([0.5, 0.3, 0.2], (0, 2), 1 - 2 * (0.5 * 3 / 3 + 0.3 * 2 / 3 + 0.2 * 3 / 3) / 1.0),
        ([5.0, 3.0, 2.0], (0, 2), -0.8),  # shares need not sum to 1
        ([1.0, 1.0, 1.0], (0, 2), 1 - 2 * 8 / 9),  # equal weights are no weights
        ([0.5, 0.3, 0.0], (0, 1), 1.0),  # who weighs nothing is not compared
    ],
)
def test_weighted_s_by_hand(weights, pair, by_hand):
    assert likeness(THREE, np.array(weights))[pair] == pytest.approx(by_hand)


def cinc(state, year, share):
    return Capabilities(state, year, None, None, None, None, None, None, share)


def test_weights_are_the_capabilities_of_the_year_and_missing_where_there_are_none(bonds, states):
    """1 and 2 promise each other defence; 3 has no figure in 1900, and nobody has one in 1901."""
    from foedera.panel.tables import pairs_by_time

    pact = [("a", x, y, "1900-01-01", "1901-12-31", "defence") for x, y in ((1, 2), (2, 1))]
    pairs = pairs_by_time(bonds(*pact), 1900, 1902, daily=False)
    there = states(y1900=[1, 2, 3], y1901=[1, 2, 3])
    weighted = with_capabilities(there, [cinc(1, 1900, 0.6), cinc(2, 1900, 0.2), cinc(3, 1900, None)], daily=False)
    frame = similarity(pairs, weighted, (1815, 2016)).filter((pl.col("bearer") == 1) & (pl.col("toward") == 3))
    assert frame["s_cinc"].to_list() == [pytest.approx(-1.0), None]  # of 1 and 2 only: 3 promises them nothing
    assert frame["s"].to_list() == [pytest.approx(1 - 2 * 9 / 9)] * 2
    assert "s_cinc" not in similarity(pairs, there, (1815, 2016)).columns


def test_a_day_weighs_as_its_year(states):
    day = pl.DataFrame({"at": [-25567, -25568], "cow": [2, 2]}, schema={"at": pl.Int32, "cow": pl.Int16})
    found = with_capabilities(
        day, [cinc(2, 1900, 0.5), cinc(2, 1899, 0.4)], daily=True
    )  # 1 January 1900, and the day before
    assert found["weight"].to_list() == [0.5, 0.4]


def test_weighted_s_with_the_real_capabilities(library, data_dir):
    from datetime import date

    from foedera.panel.make import make
    from foedera.sources.catalogue import known_sources

    known = known_sources(data_dir / "none", data_dir)
    if not {"atop-members", "cow-capabilities"} <= set(known):
        pytest.skip("needs ATOP's members and the capabilities")
    made = make("dyad-year", date(1913, 1, 1), date(1914, 1, 1), library, known, origin="atop", weighted=True)
    frame = made.frame.filter((pl.col("cow1") == 255) & (pl.col("cow2").is_in([300, 365])))
    ally, foe = (frame.filter(pl.col("cow2") == code).row(0, named=True) for code in (300, 365))
    assert ally["s_cinc"] > foe["s_cinc"]
    assert foe["s_cinc"] < foe["s"] - 0.1  # they differ about the great powers, which weigh most
    assert "nmc1972" in made.cite()
