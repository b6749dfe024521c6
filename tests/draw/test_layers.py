"""Land drawn once with days put on it, who a frame holds, and the timeline."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from foedera.answers.answer import assess, assess_attack
from foedera.answers.picture import layer, scene, sheet
from foedera.draw import Arrow, Bloc, Column, MapScene, draw_layer, draw_sheet, draw_timeline, gathered, sheet_of
from foedera.draw.borders import load_borders
from foedera.draw.former import FORMER

NATO = tuple("BEL CAN DNK FRA DEU GRC ISL ITA LUX NLD NOR POL PRT ESP TUR GBR USA FIN EST LVA LTU".split())
EUROPE = MapScene("x", arrows=tuple(Arrow("must", code, "EST", "assist") for code in NATO if code != "EST"))


def test_a_frame_holds_the_middle_of_the_story_and_leaves_the_far_to_its_edge():
    weights = dict.fromkeys(NATO, 1) | {"EST": 20}
    held = gathered(weights, load_borders(), FORMER)
    assert {"EST", "PRT", "ISL", "TUR", "GBR"} <= set(held) and not {"USA", "CAN"} & set(held)
    assert set(gathered({"GBR": 9, "ARG": 9}, load_borders(), FORMER)) == {"GBR", "ARG"}
    assert gathered({"AUH": 1}, load_borders(), FORMER) == ("AUH",)
    assert gathered({"NOWHERE": 1}, load_borders(), FORMER) == ()


def test_thirty_bearers_are_all_drawn_and_named(library):
    answer = assess_attack("RUS", "EST", on="2026-11-23", within=library)
    drawn = scene(answer.assessment, "x")
    helpers = {arrow.tail for arrow in drawn.arrows if arrow.kind == "must"}
    assert len(helpers) >= 30
    shown = layer(answer.assessment, sheet(answer.assessment))
    assert shown.marks.count('<g class="must"') == len(helpers)
    names = re.findall(r"<tspan[^>]*>([^<]+)</tspan>", shown.marks)
    for code in helpers:
        assert any(part in drawn.names[code] for part in names), code


def test_days_share_one_sheet_and_only_the_marks_change():
    base = sheet_of(EUROPE)
    one, two = draw_layer(EUROPE, base), draw_layer(MapScene("y", focus=("EST",)), base)
    pages = [draw_sheet(base, shown) for shown in (one, two)]
    lands = [page[: page.index('<g id="day">')] for page in pages]
    assert lands[0] == lands[1] and one.marks != two.marks
    for page in pages:
        ElementTree.fromstring(page)


def test_blocs_are_laid_on_the_sheet_and_double_members_are_hatched():
    drawn = MapScene(
        "x", blocs=(Bloc("One", ("FRA", "DEU")), Bloc("Two", ("DEU", "POL"))), focus=("FRA", "DEU", "POL")
    )  # fmt: skip
    shown = draw_layer(drawn, sheet_of(drawn))
    assert shown.marks.count("<use ") == 3 and 'patternTransform="rotate(45)"' in shown.marks
    assert [words for _, words in shown.legend] == ["One", "Two", "One and Two"]


def test_a_sheet_crosses_the_antimeridian():
    drawn = MapScene("x", arrows=(Arrow("must", "NZL", "FJI"), Arrow("may", "TON", "TUV")), focus=("NZL", "FJI", "TON"))
    base = sheet_of(drawn)
    x0, _, x1, _ = base.view.box
    places = {code: base.view.place(*base.borders.shapes[code].at) for code in ("NZL", "FJI", "TON")}
    assert all(x0 < x < x1 for x, _ in places.values()) and places["FJI"][0] < places["TON"][0]
    assert draw_layer(drawn, base).marks.count('role="img"') >= 4


def test_the_label_that_most_arrows_share_stands_in_the_legend_and_only_others_say_theirs():
    arrows = (
        Arrow("event", "DEU", "FRA", "attack"),
        Arrow("event", "AUH", "SRB", "attack"),
        Arrow("event", "RUS", "DEU", "mobilisation"),
    )
    shown = draw_layer(MapScene("x", arrows=arrows), sheet_of(MapScene("x", arrows=arrows)))
    assert ("event: attack") in [words for _, words in shown.legend]
    words = re.findall(r"<tspan[^>]*>([^<]+)</tspan>", shown.marks)
    assert "mobilisation" in words and "attack" not in words


def test_a_body_that_acts_is_a_tint_and_a_mobilisation_is_seen(library):
    threatened = scene(assess("niger-2023", on="2023-07-30", within=library).assessment, "x")
    assert any(bloc.name == "ECOWAS (threat)" and "NGA" in bloc.members for bloc in threatened.blocs)
    called_up = scene(assess("july-1914", on="1914-07-29", within=library).assessment, "x")
    assert Arrow("event", "RUS", "AUH", "mobilisation") in called_up.arrows
    assert Arrow("event", "AUH", "SRB", "attack") in called_up.arrows


def test_a_bloc_keeps_its_tint_from_day_to_day(library):
    """ECOWAS comes before the younger Alliance while it sanctions and when only its treaties bind."""
    for day in ("2023-09-18", "2024-03-31"):
        shown = scene(assess("niger-2023", branch="invasion", on=day, within=library).assessment, "x")
        assert [bloc.name.removesuffix(" (sanctions)") for bloc in shown.blocs] == [
            "ECOWAS",
            "the Alliance of Sahel States",
        ]


@pytest.mark.parametrize("count", [0, 1, 5, 60])
def test_a_timeline_has_a_column_for_each_day(count):
    columns = [
        Column(date(1914, 7, 1).replace(day=1 + i % 28, month=1 + i // 28), (f"<b>{i}</b>",), i % 2 == 0, {"must": i})
        for i in range(count)
    ]
    svg = draw_timeline(columns, columns[0].day if columns else None)
    tree = ElementTree.fromstring(svg)
    groups = [part for part in tree.iter("{http://www.w3.org/2000/svg}g") if part.get("data-day")]
    assert len(groups) == count and sum(part.get("class") == "chosen" for part in groups) == min(count, 1)
    assert "<b>" not in svg and svg == draw_timeline(columns, columns[0].day if columns else None)


def test_a_long_silence_breaks_the_line():
    near, far = Column(date(1914, 7, 1), ("a",)), Column(date(1915, 7, 1), ("b",))
    assert draw_timeline([near, far]).count("<path") > draw_timeline([near, Column(date(1914, 7, 9), ("b",))]).count(
        "<path"
    )
