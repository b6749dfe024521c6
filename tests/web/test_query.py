"""A scenario and its link say the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from foedera.answers.scenario import Scenario
from foedera.web.query import read_scenario, write_scenario

names = st.text("abcdefghijklmnopqrstuvwxyz-0123456789", min_size=1, max_size=12).filter(lambda t: t.strip("-"))
says = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
events = st.fixed_dictionaries(
    {"kind": names, "by": st.lists(names, min_size=1, max_size=3)}, optional={"on": st.lists(names, min_size=1), "says": says}
)  # fmt: skip
scenarios = st.builds(
    Scenario, branch=st.none() | names, on=st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    off=st.lists(names, max_size=4, unique=True).map(lambda x: tuple(sorted(x))), added=st.lists(events, max_size=3).map(tuple),
    facts=st.dictionaries(names, names, max_size=3).map(lambda x: tuple(sorted(x.items()))), reading=st.none() | names,
)  # fmt: skip


@given(scenarios)
def test_a_link_holds_the_whole_scenario(scenario):
    assert read_scenario(write_scenario(scenario)) == scenario


def test_a_form_strikes_out_what_is_not_ticked():
    assert read_scenario("toggles=1&keep=a", ["a", "b", "c"]).off == ("b", "c")
    assert read_scenario("keep=a", ["a", "b", "c"]).off == ()
