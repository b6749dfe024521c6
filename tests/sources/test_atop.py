"""ATOP: names of either publisher, days known in part, missing that is not zero; the real files where they are."""

from __future__ import annotations

import gzip

import pytest

from foedera.problems import Refused
from foedera.sources.atop import read_alliances, read_directed_years, read_members

HEAD = "atopid,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,bilat,phase,maxphase,defense,offense,neutral,nonagg,consul,asymm,version"
ROWS = [
    "1005,200,1,1815,1,3,1815,2,8,0,0,0,0,1,0,0,0,1,0,4.0100002",
    "1035,255,1,1820,7,,0,0,0,1,1,1,2,0,0,1,0,0,,4.01",
]


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "members.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write("\n".join([HEAD, *ROWS]) + "\n")
    return read_members(path)


def test_a_member_has_its_dates_and_its_promises(members):
    first = members[0]
    assert (first.atopid, first.member, first.version) == (1005, 200, "4.01")
    assert (str(first.since), str(first.until)) == ("1815-01-03", "1815-02-08")
    assert first.clauses.promises == (True, False, False, False, True)


def test_in_force_when_the_data_stop_is_no_end_and_an_open_day_is_its_month(members):
    assert members[1].until is None
    assert str(members[1].since) == "1820-07"


def test_an_empty_code_and_a_code_without_column_are_missing_and_zero_is_zero(members):
    assert members[0].clauses.asymm == 0
    assert members[1].clauses.asymm is None
    assert members[1].clauses.defcoadv is None


@pytest.mark.parametrize(
    "head",
    [
        "stateA,stateB,year,defense,offense,neutral,nonagg,consul",
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul",
    ],
)
def test_directed_years_go_by_the_names_of_either_publisher(tmp_path, head):
    path = tmp_path / "years.csv"
    path.write_text(head + "\n2,20,1942,1,0,0,0,1\n", encoding="utf-8")
    (row,) = read_directed_years(path)
    assert (row.state_a, row.state_b, row.year, row.defense, row.nonagg, row.consul) == (2, 20, 1942, True, False, True)


def test_another_level_of_the_same_data_is_refused_with_what_is_missing(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("\n".join([HEAD, *ROWS]) + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_alliances(path)
    (problem,) = refused.value.problems
    assert problem.code == "T003"
    assert "is not ATOP's alliance level" in problem.message
    assert "`begyr`" in problem.message


def test_every_bad_cell_is_named_with_its_line(tmp_path):
    path = tmp_path / "members.csv"
    bad = ROWS[0].replace("1815,1,3,", "1815,2,30,").replace("0,0,0,0,1,0", "0,0,x,0,1,0")
    path.write_text("\n".join([HEAD, *ROWS, bad]) + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_members(path)
    assert [(problem.code, problem.span.line) for problem in refused.value.problems] == [("T002", 4), ("T002", 4)]
    assert any("`phase` is 'x'" in problem.message for problem in refused.value.problems)
    assert any("February 1815 has 28 days" in problem.fix for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv", None), ("x.csv.gz", b"no gzip"), ("x.csv", b"\xff\xfe\x00"), ("x.csv.xz", b"cut")]
)
def test_what_cannot_be_opened_is_a_problem_and_no_traceback(tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_members(path)
    assert refused.value.problems[0].code == "T001"


def test_the_files_as_published(data_dir):
    folder = data_dir / "atop"
    if not folder.is_dir():
        pytest.skip("no ATOP here")
    found = read_members(folder / "atop_4_01_member_level.csv.gz")
    alliances = read_alliances(folder / "atop_4_01_alliance_level.csv.gz")
    assert (len(found), len(alliances)) == (2398, 745)
    assert {row.atopid for row in found} == {row.atopid for row in alliances}
    assert sum(row.until is None for row in found) == 1062
    assert all(row.version == "4.01" for row in (*found, *alliances))
    assert sum(row.clauses.estmode is None for row in found) == 11
