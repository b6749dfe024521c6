"""The map as a reader, a printer and a screen reader meet it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from foedera.draw import Arrow, Bloc, MapScene, draw_map
from foedera.draw.text import measure

SVG = "{http://www.w3.org/2000/svg}"


def states(codes: str) -> tuple[str, ...]:
    """Codes written in a row."""
    return tuple(codes.split())


ECOWAS = states("BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI NER NGA SEN SLE TGO")
COMING = ("NGA", "BEN", "CIV", "SEN")
NIGER = MapScene(
    title="Niger, 2023: invasion",
    subtitle="Who owes what to whom on 18 September 2023",
    arrows=(
        *(Arrow("must", state, "NER", "assist") for state in ("MLI", "BFA")),
        *(Arrow("event", state, "NER", "invades") for state in COMING),
        *(Arrow("must-not", state, "NER", "use force") for state in COMING),
    ),
    dilemmas=("BFA", "MLI"),
    blocs=(Bloc("ECOWAS", ECOWAS), Bloc("AES", ("BFA", "MLI", "NER"))),
    names={"NER": "Niger", "CIV": "Côte d’Ivoire"},
    focus=("NER", "MLI", "BFA", *COMING),
    notes=("Duties: AES Charter 6; UN Charter 2(4).",),
)
EUROPE = MapScene(
    title="Europe, 1914",
    arrows=(
        Arrow("event", "AUH", "SRB", "declares war"),
        Arrow("must", "DEU", "AUH", "assist"),
        Arrow("must", "FRA", "RUS", "assist"),
        Arrow("may", "GBR", "BEL", "assist"),
    ),
    focus=("AUH", "SRB", "DEU", "FRA", "RUS", "GBR", "BEL"),
    names={"AUH": "Austria-Hungary"},
    anchors={"AUH": (18.5, 47.5)},
    modern_borders=True,
)
PACIFIC = MapScene(
    title="Across the Pacific",
    arrows=(
        Arrow("must", "NZL", "USA", "consult"),
        Arrow("may", "JPN", "USA", "assist"),
        Arrow("event", "PRK", "GUM", "strikes"),
        Arrow("must-not", "FJI", "TON", "use force"),
    ),
    focus=("NZL", "USA", "JPN", "FJI", "PRK"),
)
CROWDED = MapScene(
    title="Crowded",
    arrows=tuple(
        Arrow("may", state, "LUX", "helps")
        for state in states("BEL NLD DEU FRA CHE LIE AUT CZE SVN HRV BIH MNE ALB MKD XKX SRB HUN SVK")
    ),
    dilemmas=("LUX", "LIE", "XKX"),
)
SCENES = (NIGER, EUROPE, PACIFIC, CROWDED, MapScene("Nothing at all"))


def read(svg: str) -> ElementTree.Element:
    """The picture as a tree; fails where it is not XML."""
    return ElementTree.fromstring(svg)


def groups(svg: str, kind: str) -> list[ElementTree.Element]:
    """The arrows of a kind."""
    return [group for group in read(svg).iter(f"{SVG}g") if group.get("class") == kind]


def words(svg: str) -> list[str]:
    """All lines of text that are drawn."""
    return ["".join(text.itertext()) for text in read(svg).iter(f"{SVG}text")]


def name_boxes(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """The room of each name on the map, worked out from the SVG alone."""
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for text in read(svg).iter(f"{SVG}text"):
        size, anchor = float(text.get("font-size", "0")), text.get("text-anchor")
        spans = text.findall(f"{SVG}tspan")
        if not spans:
            continue
        bold = text.get("font-weight") == "600"
        wide = max(measure(span.text or "", size, bold=bold) for span in spans)
        x, ys = float(spans[0].get("x", "0")), [float(span.get("y", "0")) for span in spans]
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor or "start"]
        name = " ".join(span.text or "" for span in spans)
        boxes[name] = (left, min(ys) - 0.75 * size, left + wide, max(ys) + 0.2 * size)
    return boxes


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_it_is_well_formed_and_says_what_it_is(scene: MapScene) -> None:
    """Title, description and role are there, and ids are used once."""
    svg = draw_map(scene)
    root = read(svg)
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == scene.title
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_the_same_scene_gives_the_same_bytes(scene: MapScene) -> None:
    """Nothing depends on the run, and numbers have one decimal at most."""
    svg = draw_map(scene)
    assert svg == draw_map(scene)
    paths = re.findall(r' d="([^"]+)"', svg)
    assert not [path for path in paths if re.search(r"\.\d\d|nan|inf|e-", path)]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_it_needs_nothing_from_elsewhere(scene: MapScene) -> None:
    """No script, no link, no image, no font to fetch."""
    svg = draw_map(scene).replace("http://www.w3.org/2000/svg", "")
    for foreign in ("http", "href", "<script", "<style", "<image", "<foreignObject", "@import", "url(//"):
        assert foreign not in svg


def test_words_of_the_user_cannot_become_markup() -> None:
    """Everything that a file may say is escaped, also in attributes."""
    bad = '</title><script>alert("1")</script>&\x00'
    scene = MapScene(
        bad,
        bad,
        (Arrow("must", "MLI", "NER", bad),),
        ("MLI",),
        (Bloc(bad, ("MLI",)),),
        {"NER": bad},
        (),
        (bad,),
    )
    svg = draw_map(scene)
    assert "<script" not in svg
    root = read(svg)
    assert root.findtext(f"{SVG}title") == bad.replace("\x00", "")
    assert not list(root.iter(f"{SVG}script"))


def test_every_kind_of_arrow_has_its_own_shape() -> None:
    """Dash patterns and ends differ, so that a black and white print can be read."""
    arrows = tuple(Arrow(kind, "MLI", "NER") for kind in ("must", "may", "must-not", "event"))
    svg = draw_map(MapScene("Kinds", arrows=arrows, focus=("MLI", "NER")))
    looks: dict[str, tuple[str | None, int, bool]] = {}
    for kind, colour in (
        ("must", "#0446C9"),
        ("may", "#009162"),
        ("must-not", "#B23205"),
        ("event", "#1B1F27"),
    ):
        (group,) = groups(svg, kind)
        _, line, end = group.findall(f"{SVG}path")
        assert line.get("stroke") == colour
        assert line.get("vector-effect") == "non-scaling-stroke"
        corners = len(re.findall(r"[ML]", end.get("d", "")))
        looks[kind] = (line.get("stroke-dasharray"), corners, end.get("fill") == "none")
    assert len(set(looks.values())) == 4
    assert looks["must"][0] is None
    assert len({dash for dash, _, _ in looks.values()}) == 3  # only must and must not are solid


def test_a_prohibition_wears_a_barred_ring_for_each_arrow() -> None:
    """One on each line, one in the legend."""
    rings = re.findall(r'<circle [^>]*stroke="#B23205"', draw_map(NIGER))
    assert len(rings) == len(COMING) + 1


def test_a_dilemma_is_marked_beside_its_name() -> None:
    """One diamond a state, one in the legend."""
    assert draw_map(NIGER).count('fill="#5D1574"') == len(NIGER.dilemmas) + 1


def test_the_legend_lists_only_what_occurs() -> None:
    """No `may` in Niger, no dilemma in Europe; a shared label is said once, in the legend."""
    niger, europe = words(draw_map(NIGER)), words(draw_map(EUROPE))
    assert "must: assist" in niger
    assert "event: invades" in niger
    assert not [word for word in niger if word.startswith("may")]
    assert "ECOWAS and AES" in niger
    assert "AES" not in niger
    assert not [word for word in europe if word.startswith("dilemma")]
    assert niger.count("assist") == 0


@pytest.mark.parametrize("width", [320, 960])
def test_the_legend_stays_in_the_picture(width: int) -> None:
    """A state in many blocs has a name too long for a row; it goes on in the next."""
    blocs = tuple(Bloc(f"the Treaty of Mutual Assistance between France and Party {i}", ("FRA",)) for i in range(4))
    told = [
        text for text in read(draw_map(MapScene("France", blocs=blocs), width=width)).iter(f"{SVG}text") if text.text
    ]
    long = [text for text in told if "Party" in (text.text or "")]
    assert len(long) >= 2
    for text in told:
        end = float(text.get("x", "0")) + measure(text.text or "", float(text.get("font-size", "0")))
        assert end <= width or text.get("text-anchor"), text.text


def test_double_members_are_hatched() -> None:
    """Mali, Burkina Faso and Niger share a pattern; single members of the first bloc are plain."""
    fills = {
        (path.findtext(f"{SVG}title") or ""): path.get("fill", "")
        for path in read(draw_map(NIGER)).iter(f"{SVG}path")
        if path.find(f"{SVG}title") is not None
    }
    assert fills["Mali (ECOWAS and AES)"].startswith("url(#")
    assert fills["Mali (ECOWAS and AES)"] == fills["Niger (ECOWAS and AES)"]
    assert fills["Ghana (ECOWAS)"].startswith("#")
    assert fills["Chad"] != fills["Ghana (ECOWAS)"]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_names_do_not_collide_and_stay_in_the_frame(scene: MapScene) -> None:
    """Greedy placement never puts one name on another."""
    svg = draw_map(scene)
    clip = next(read(svg).iter(f"{SVG}clipPath")).find(f"{SVG}rect")
    assert clip is not None
    x0, y0, width, height = (float(clip.get(key, "0")) for key in ("x", "y", "width", "height"))
    boxes = name_boxes(svg)
    assert set(scene.names.values()) <= set(boxes)
    for name, box in boxes.items():
        assert x0 <= box[0] < box[2] <= x0 + width, name
        assert y0 <= box[1] < box[3] <= y0 + height, name
        for other, there in boxes.items():
            apart = box[2] <= there[0] or there[2] <= box[0] or box[3] <= there[1] or there[3] <= box[1]
            assert other == name or apart, (name, other)


def test_all_actors_are_named() -> None:
    """Whoever has an arrow or a dilemma has a name on the map."""
    names = set(name_boxes(draw_map(NIGER)))
    assert {"Niger", "Mali", "Burkina Faso", "Nigeria", "Benin", "Côte d’Ivoire", "Senegal"} <= names


def test_parallel_arrows_take_different_ways() -> None:
    """The event and the prohibition between Nigeria and Niger are two lines."""
    lines = [
        group.findall(f"{SVG}path")[1].get("d")
        for kind in ("event", "must-not")
        for group in groups(draw_map(NIGER), kind)
        if "Nigeria" in group.get("aria-label", "")
    ]
    assert len(lines) == len(set(lines)) == 2


def test_many_arrows_are_drawn_thin() -> None:
    """Up to twelve are thick, from thirteen on thin."""
    tails = states("DZA BEN BFA TCD CIV CMR GHA GIN LBY MLI MRT NGA SEN")
    many = tuple(Arrow("must", tail, "NER") for tail in tails)
    widths = [
        float(groups(draw_map(MapScene("Many", arrows=arrows, focus=("NER",))), "must")[0][2].get("stroke-width", "0"))
        for arrows in (many[:12], many)
    ]
    assert widths[0] > widths[1]


def test_nothing_runs_across_a_map_of_the_pacific() -> None:
    """No step of the land crosses the frame, though Fiji and Russia lie on both sides of 180."""
    for path in read(draw_map(PACIFIC)).iter(f"{SVG}path"):
        if path.find(f"{SVG}title") is None:
            continue
        for run in re.findall(r"l([^Mlz]*)", path.get("d", "")):
            steps = [abs(float(number)) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", run)]
            assert not steps[0::2] or max(steps[0::2]) < 500, path.findtext(f"{SVG}title")


def test_a_state_without_a_shape_stands_where_the_caller_puts_it() -> None:
    """Austria-Hungary is a ring, said in the legend; the borders are said to be today's."""
    said = words(draw_map(EUROPE))
    assert "Austria-Hungary" in said
    assert "shown by its place only" in said
    assert "The borders are those of today, not those of the time." in said


def test_a_state_without_a_place_is_noted() -> None:
    """An unknown id is no crash and no silence: a note says what was not drawn."""
    scene = MapScene("Unknown", arrows=(Arrow("must", "ATLANTIS", "NER"), Arrow("may", "MLI", "NER")))
    said = words(draw_map(scene))
    assert "Not on the map: ATLANTIS." in said
    assert "Not drawn: must: ATLANTIS to Niger." in said
    assert draw_map(MapScene("Nobody", focus=("ATLANTIS",)))


def test_a_state_beyond_the_frame_points_outward() -> None:
    """The United States owe Estonia something; the map stays in the Baltic."""
    scene = MapScene("Estonia", arrows=(Arrow("must", "USA", "EST"),), focus=("EST", "LVA"))
    said = words(draw_map(scene))
    assert "United States" in said
    assert "beyond the map" in said


def test_sources_stand_below() -> None:
    """The notes given, then the source of the borders."""
    said = words(draw_map(NIGER))
    assert said[-2:] == [*NIGER.notes, "Borders: Natural Earth (public domain), de facto lines of today."]


def test_each_mark_has_words_for_those_who_cannot_see_it() -> None:
    """Arrows and actors carry a label."""
    labels = [group.get("aria-label") for group in read(draw_map(NIGER)).iter(f"{SVG}g") if group.get("role")]
    assert "must (assist): Mali to Niger" in labels
    assert "Mali (ECOWAS and AES); dilemma" in labels


def test_a_regional_map_is_small() -> None:
    """What a page has to carry."""
    assert len(draw_map(NIGER).encode()) < 80_000
    assert len(draw_map(EUROPE).encode()) < 150_000


@pytest.mark.parametrize("width", [320, 640, 960, 1600])
def test_any_width_can_be_drawn(width: int) -> None:
    """The picture is as wide as asked."""
    assert read(draw_map(NIGER, width=width)).get("width") == str(width)


def test_an_arrow_to_oneself_is_a_loop() -> None:
    """A coup is an event of a state upon itself."""
    svg = draw_map(MapScene("Coup", arrows=(Arrow("event", "NER", "NER", "coup"),)))
    assert len(groups(svg, "event")) == 1
