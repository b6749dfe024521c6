"""Each reader on a table of three lines: what is typed, what is missing; and on the real file where it is."""

from __future__ import annotations

import json
import lzma
from datetime import date

import pytest

from foedera.problems import Refused
from foedera.sources import capabilities, commitments, disputes, dyads, shapes, systems, wars
from foedera.sources.catalogue import SOURCES, check_source, known_sources, recognise


def table(tmp_path, text, name="table.csv"):
    path = tmp_path / name
    path.write_text(text.strip() + "\n", encoding="utf-8")
    return path


def test_a_state_has_spells_and_a_last_day(tmp_path):
    path = table(
        tmp_path,
        "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\nHAI,41,Haiti,1859,1,1,1915,7,28,2016\nHAI,41,Haiti,1934,8,15,2016,12,31,2016",
    )
    first, second = systems.read_cow_states(path)
    assert (first.code, first.since, first.until) == (41, date(1859, 1, 1), date(1915, 7, 28))
    assert second.since == date(1934, 8, 15)


def test_gleditsch_and_ward_write_whole_dates(tmp_path):
    path = table(tmp_path, "gwcode,stateabb,statename,startdate,enddate\n2,USA,United States,1816-01-01,2017-12-31")
    assert systems.read_gw_states(path)[0].until == date(2017, 12, 31)
    bad = table(tmp_path, "gwcode,stateabb,statename,startdate,enddate\n2,USA,United States,1816-1-1,2017-12-31")
    with pytest.raises(Refused, match="`startdate` is 1816-1-1"):
        systems.read_gw_states(bad)


def test_unknown_deaths_are_missing_and_none_are_zero(tmp_path):
    head = "warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,sidea1,sidea2,initiator1,initiator2,outcome1,outcome2,batdeath1,batdeath2,resume"
    path = table(tmp_path, f"{head}\n1,220,230,1823,1,1,1,2,1,0,1,2,-9,0,0")
    (row,) = wars.read_cow_wars(path)
    assert (row.deaths_a, row.deaths_b, row.initiator_a, row.initiator_b) == (None, 0, True, False)


WAR_HEAD = "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version"


def test_the_negative_codes_of_wars_are_missing_and_zero_is_zero(tmp_path):
    """-8: none, -9: unknown, -7: goes on; as Inter-StateWarData_v4.0.csv writes them."""
    path = table(
        tmp_path,
        f"{WAR_HEAD}\n1,Demo War,1,220,France,1,4,7,1823,11,-9,1823,-8,-8,-8,-8,-8,-8,503,2,1,1,-8,-9,4\n"
        "1,Demo War,1,230,Spain,2,4,7,1823,5,1,1823,6,2,1823,-7,-7,-7,-8,2,2,5,-9,0,4",
    )
    first, second = wars.read_belligerents(path)
    assert (str(first.since), str(first.until), first.again, first.again_until) == ("1823-04-07", "1823-11", None, None)
    assert (first.came_from, first.went_to, first.deaths, first.initiator, first.version) == (
        503,
        None,
        None,
        True,
        "4",
    )
    assert (second.side, second.initiator, second.outcome, second.deaths, second.went_to) == (2, False, 5, 0, None)
    assert (str(second.again), second.again_until) == ("1823-06-02", None)


def test_lines_may_end_as_on_an_old_macintosh(tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(f"{WAR_HEAD}\r1,Demo,1,2,USA,1,4,7,1823,1,1,1824,-8,-8,-8,-8,-8,-8,-8,2,1,1,-8,9,4\r".encode())
    assert [row.deaths for row in wars.read_belligerents(path)] == [9]


def test_a_war_without_a_state_is_refused_with_its_line(tmp_path):
    path = table(tmp_path, f"{WAR_HEAD}\n1,Demo,1,-8,Band,1,4,7,1823,1,1,1824,-8,-8,-8,-8,-8,-8,-8,2,1,1,-8,9,4")
    with pytest.raises(Refused, match="`ccode` is -8") as refused:
        wars.read_belligerents(path)
    assert refused.value.problems[0].span.line == 2


MID_HEAD = "dispnum3,dispnum4,ccode,stabb,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,fatality,hiact,hostlev,orig,version"


@pytest.mark.parametrize(
    ("version", "name"), [("5", "mid-participants"), ("4.3", "mid-participants"), ("gml-2.2.1", "gml-participants")]
)
def test_disputes_and_their_revision_are_told_apart_by_the_version(tmp_path, version, name):
    path = table(tmp_path, f"{MID_HEAD}\n2,2,200,UKG,-9,7,1902,24,1,1903,0,0,0,-9,0,1,{version}")
    assert recognise(path) == name
    (row,) = disputes.read_participants(path)
    assert (row.dispute, str(row.since), row.action, row.originator) == (2, "1902-07", None, True)
    for asked in ("mid-participants", "gml-participants"):
        if asked == name:
            check_source(SOURCES[asked], path)
        else:
            with pytest.raises(Refused, match="it looks like") as refused:
                check_source(SOURCES[asked], path)
            assert refused.value.problems[0].fix == f"foedera data add {name} {path}"


def test_iwd_names_those_beside_initiator_and_target(tmp_path):
    head = "version,larger_war_name,larger_war_id,init_war_id,init_war_name,year,init_ccode,target_ccode,month_entry,day_entry,month_exit,day_exit,month_entry02,day_entry02,month_exit02,day_exit02,joiner,adv2ccode,ally1ccode"
    path = table(tmp_path, f"{head}\n1,Demo War,7,7a,Demo,1823,220,230,4,7,11,,,,,,0,200,325")
    (row,) = wars.read_iwd(path)
    assert (str(row.since), str(row.until), row.again) == ("1823-04-07", "1823-11", None)
    assert (row.adversaries, row.allies, row.joiner, row.version) == ((200,), (325,), False, "1")


def test_a_dispute_with_month_thirteen_began_some_day_of_its_year(tmp_path):
    path = table(
        tmp_path,
        "dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur,hiact,hostlev,recip\n1272,1918,13,1,1,-9,689,689,17,4,1\n2,1902,5,6,1,0,1,31,7,3,0",
    )
    odd, plain = disputes.read_disputes(path)
    assert (str(odd.began), odd.fatality, odd.reciprocated) == ("1918", None, True)
    assert (str(plain.began), plain.fatality, plain.reciprocated) == ("1902-05", 0, False)


def test_a_day_of_minus_nine_is_the_month(tmp_path):
    path = table(
        tmp_path,
        "dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,dummy_stday,dummy_endday,sidea,hiact,orig\n2,200,1902,5,-9,1902,5,20,1,31,0,0,1",
    )
    (row,) = disputes.read_participants(path)
    assert (str(row.since), str(row.until), row.side_a, row.originator) == ("1902-05", "1902-05-20", False, True)


def test_contiguity_has_six_kinds(tmp_path):
    head = "ccode1,ccode2,conttype,stdate,enddate"
    assert dyads.read_contiguity(table(tmp_path, f"{head}\n2,20,1,1920-01-01,2016-12-01"))[0].kind == 1
    with pytest.raises(Refused, match="`conttype` is 7"):
        dyads.read_contiguity(table(tmp_path, f"{head}\n2,20,7,1920-01-01,2016-12-01"))


def test_the_projects_own_contiguity_has_a_pair_once_and_gives_both_ways(tmp_path):
    head = "dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version"
    path = table(tmp_path, f'{head}\n2020,2,"USA",20,"CAN",1,192001,201612,"x",3.2')
    one, other = dyads.read_contiguity(path)
    assert (one.state_a, one.state_b, one.since, one.until) == (2, 20, date(1920, 1, 1), date(2016, 12, 1))
    assert (other.state_a, other.state_b, other.since) == (20, 2, one.since)
    assert recognise(path) == "cow-contiguity"
    with pytest.raises(Refused, match="`stdate` is 192013"):
        dyads.read_contiguity(table(tmp_path, f'{head}\n2020,2,"USA",20,"CAN",1,192013,201612,"x",3.2'))


def test_no_distance_is_not_a_distance_of_zero(tmp_path):
    path = table(tmp_path, "ccode1,ccode2,year,mindist\n2,20,1921,0.0\n2,40,1921,NA")
    assert [row.kilometres for row in dyads.stream_distances(path)] == [0.0, None]


def test_no_figure_is_not_a_figure_of_zero(tmp_path):
    head = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version"
    path = table(tmp_path, f"{head}\nUSA,2,1816,,0,80,-9,8659.0,101.0,0.0397,2025\nUSA,2,1817,1,1,1,1,1,1,-9,2025")
    row, unknown = capabilities.read_capabilities(path)
    assert (row.cinc, unknown.cinc) == (0.0397, None)
    with pytest.raises(Refused, match="`cinc` is 1.2"):
        capabilities.read_capabilities(table(tmp_path, f"{head}\nUSA,2,1816,1,1,1,1,1,1,1.2,2025"))
    assert (row.military_spending, row.soldiers, row.energy, row.population) == (None, 0.0, None, 8659.0)


def test_a_commitment_that_was_not_tested_is_neither_kept_nor_broken(tmp_path):
    head = "row_id,atopid,war_id,war_start,multilateral,bf_defense,bf_offense,bf_neutral,bf_nonagg,bf_consul,applies,kept,why_not_applicable,applies_bf,kept_bf,kept_any_member,sample_1816_1944"
    path = table(
        tmp_path,
        f"{head}\na,1020,4,1848-03-24,1,1,0,0,1,1,0,,nonagg+cfna,0,,,1\nb,1030,90,1996,0,0,1,0,0,0,1,0,,1,,1,0",
    )
    first, second = commitments.read_commitments(path)
    assert (first.applies, first.kept, first.why_not, first.early) == (False, None, ("nonagg", "cfna"), True)
    assert (second.war_year, second.applies, second.kept, second.kept_bf, second.kept_by_any) == (
        1996,
        True,
        False,
        None,
        True,
    )


def test_the_open_half_of_the_coded_commitments(data_dir):
    path = data_dir / "casus_foederis" / "rows.csv"
    if not path.is_file():
        pytest.skip("no coded commitments here")
    rows = commitments.read_commitments(path)
    tested = [row for row in rows if row.applies]
    assert (len(rows), len(tested), sum(row.kept for row in tested)) == (290, 73, 37)
    assert all(row.kept is None for row in rows if not row.applies)


SHAPE = {
    "cowcode": 2,
    "country_name": "United States",
    "start": "1886-01-01",
    "end": "1959-01-02",
    "status": "N/A",
    "owner": "2",
    "capname": "",
    "b_def": 0,
}


def test_shapes_are_read_from_a_packed_topology(tmp_path):
    path = tmp_path / "cshapes_2_cow.topojson.xz"
    path.write_bytes(
        lzma.compress(json.dumps({"objects": {"cshapes_2_cow": {"geometries": [{"properties": SHAPE}]}}}).encode())
    )
    (shape,) = shapes.read_shapes(path)
    assert (shape.system, shape.code, shape.until) == ("cow", 2, date(1959, 1, 2))
    assert (shape.status, shape.capital, shape.lat, shape.defined) == (None, None, None, False)


@pytest.mark.parametrize(
    "content", ["[]", "{}", "not json", '{"objects": {"cshapes_2_gw": {"geometries": [{"properties": {}}]}}}']
)
def test_another_topology_is_refused(tmp_path, content):
    path = tmp_path / "x.topojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match="is not CShapes"):
        shapes.read_shapes(path)


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.form])
def test_no_reader_takes_a_table_without_its_columns(tmp_path, name):
    path = table(tmp_path, "a,b\n1,2")
    with pytest.raises(Refused) as refused:
        SOURCES[name].read(path)
    assert refused.value.problems[0].code == "T003"


ROWS = {
    "cow-states": 243, "gw-states": 216, "cow-majors": 14, "cow-wars": 688, "iwd": 223, "gml-disputes": 2174,
    "gml-participants": 4958, "gml-dispute-years": 8154, "cow-capabilities": 17121, "cow-contiguity": 1874, "rivalries": 197,
    "cshapes-cow": 805, "cshapes-gw": 710,
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_the_real_file_is_read_whole(data_dir, name):
    known = known_sources(data_dir / "none", data_dir)
    if name not in known:
        pytest.skip(f"no {name} in {data_dir}")
    found = SOURCES[name].read(known[name])
    assert len(found) == ROWS[name]
    assert len(set(found)) >= 0.99 * len(found)


@pytest.mark.parametrize("name", sorted(set(SOURCES) - set(ROWS)))
def test_a_real_file_that_is_not_among_those_counted_is_read_too(data_dir, name):
    known = known_sources(data_dir / "none", data_dir)
    if name not in known:
        pytest.skip(f"no {name} in {data_dir}")
    check_source(SOURCES[name], known[name])


def test_missing_military_spending_is_missing_in_the_real_file(data_dir):
    path = data_dir / "cow_nmc" / "cow_nmc.csv.gz"
    if not path.is_file():
        pytest.skip("no capabilities here")
    rows = capabilities.read_capabilities(path)
    assert sum(row.military_spending is None for row in rows) == 2360
    assert sum(row.military_spending == 0 for row in rows) > 0
