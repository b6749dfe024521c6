"""Our rules as promises: which kind, to whom, since when, contested where it is; what is left out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from foedera.panel.bonds import KINDS, condition_words
from foedera.panel.from_library import bonds, counts, kinds_of, last_day
from foedera.panel.roster import keys_of


@pytest.fixture(scope="session")
def table(library):
    keys = keys_of(library.registry)
    frame = bonds(library, keys, last_day(library))
    names = {number: code for code, number in keys.items()}
    return frame.with_columns(pl.col("bearer", "toward").replace_strict(names, return_dtype=pl.String))


def owed(table, pact, bearer, toward, day):
    rows = table.filter(
        (pl.col("pact") == pact) & (pl.col("bearer") == bearer) & (pl.col("toward") == toward)
        & (pl.col("first") <= date.fromisoformat(day)) & (pl.col("last") >= date.fromisoformat(day))
    )  # fmt: skip
    assert rows.height <= 1
    return rows.row(0, named=True) if rows.height else None


def promised(row):
    return {kind for kind in KINDS if row[kind]}


def test_an_alliance_of_two_runs_both_ways_and_its_secrecy_ends(table):
    for pair in (("AUH", "DEU"), ("DEU", "AUH")):
        row = owed(table, "dual-1879", *pair, "1880-01-01")
        assert {"defence", "neutrality"} <= promised(row)
        assert row["secrecy"] == 3
        assert row["defence_conditional"] is True
        assert "adversary" in condition_words(row["conditions"])
    assert owed(table, "dual-1879", "AUH", "DEU", "1890-01-01")["secrecy"] == 1
    assert owed(table, "dual-1879", "AUH", "DEU", "1879-10-20") is None


def test_a_guarantee_runs_only_to_the_guaranteed(table):
    assert "defence" in promised(owed(table, "belgium-1839", "GBR", "BEL", "1870-01-01"))
    assert not promised(owed(table, "belgium-1839", "GBR", "FRA", "1870-01-01"))
    assert "defence" in promised(owed(table, "locarno-1925", "GBR", "FRA", "1930-01-01"))
    assert "defence" not in promised(owed(table, "locarno-1925", "BEL", "GBR", "1930-01-01"))


def test_membership_is_read_by_the_day(table):
    assert owed(table, "nato-1949", "GBR", "FIN", "2023-04-03") is None
    assert {"defence", "consultation"} <= promised(owed(table, "nato-1949", "GBR", "FIN", "2023-04-04"))


def test_a_pact_whose_entry_is_contested_promises_nothing_for_sure(table):
    row = owed(table, "ecowas-pmad-1981", "BEN", "CIV", "2000-01-01")
    assert (row["certain"], row["contested"], row["defence"]) == (False, True, None)


def test_a_rival_exit_makes_the_bond_contested_from_that_day(table):
    before = owed(table, "triple-1882", "ITA", "AUH", "1915-05-03")
    after = owed(table, "triple-1882", "ITA", "AUH", "1915-05-24")
    assert (before["contested"], after["contested"]) == (False, True)


def test_what_was_dead_in_practice_ends_with_it(library, table):
    assert library.treaties["locarno-1925"].ends is None
    assert owed(table, "locarno-1925", "GBR", "FRA", "2000-01-01") is None


def test_what_binds_nearly_everybody_or_nobody_in_law_is_left_out(library):
    left_out = {name for name in library.treaties if not counts(library, library.treaties[name])}
    assert {"un-charter", "league-covenant", "kellogg-briand-1928", "unga-3314", "grey-cambon-1912"} <= left_out
    assert not {"nato-1949", "au-2000", "oas-1948", "teu-42-7", "dual-1879"} & left_out


def test_no_state_owes_itself(table):
    assert table.filter(pl.col("bearer") == pl.col("toward")).is_empty()


def test_stretches_of_one_pact_and_pair_do_not_overlap(table):
    after = pl.col("first").shift(-1).over("pact", "bearer", "toward", order_by="first")
    assert table.filter(pl.col("last") >= after).is_empty()
    assert table.filter(pl.col("last") < pl.col("first")).is_empty()


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        ("dual-1879:1/attacked-by-russia", {"defence"}),
        ("dual-1879:2/neutrality", {"neutrality"}),
        ("dual-1879:2/no-help-to-attacker", {"neutrality"}),
        ("dual-1879:1/common-peace", set()),
        ("steel-1939:3/at-its-side", {"defence", "offence"}),
        ("locarno-1925:2/no-war", {"non_aggression"}),
    ],
)
def test_a_rule_is_a_promise_of_its_kind(library, rule, kinds):
    name, path = rule.split(":")
    found = [r for r in library.treaties[name].rules if r.path == path]
    if not found:
        pytest.fail(f"{rule}: the library has {[r.path for r in library.treaties[name].rules]}")
    assert kinds_of(found[0]) == kinds


def test_most_pacts_have_the_promises_that_atop_codes(library, table, data_dir):
    """Two codings of the same treaties: a check on both, not an equality (ATOP counts what we split, and the other way)."""
    from foedera.sources.atop import read_alliances

    path = data_dir / "atop" / "atop_4_01_alliance_level.csv.gz"
    if not path.is_file():
        pytest.skip("no ATOP here")
    coded = {str(row.atopid): row.clauses.promises for row in read_alliances(path)}
    agree = total = 0
    for name in sorted(set(table["pact"])):
        number = library.treaties[name].numbers.get("atop")
        if number in coded:
            ours = table.filter(pl.col("pact") == name)
            for kind, theirs in zip(KINDS, coded[number], strict=True):
                total += 1
                agree += bool(ours[kind].fill_null(True).any()) == theirs
    assert total >= 200
    assert agree / total >= 0.8
