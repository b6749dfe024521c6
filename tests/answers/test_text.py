"""The page for a terminal, frozen; FOEDERA_REWRITE=1 writes the snapshots anew, so that the diff can be read."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest

import foedera.library
from foedera.answers.answer import assess, assess_attack
from foedera.answers.json import why_json
from foedera.library import source_lines
from foedera.problems import Refused

SNAPSHOTS = Path(__file__).parent / "snapshots"
CRISES = Path(foedera.library.__file__).parent / "crises"
ON = "2023-09-18"


def niger(branch, library, **case):
    return assess(library.crises["niger-2023"], branch=branch, on=ON, within=library, **case)


def frozen(name: str, text: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("FOEDERA_REWRITE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    assert path.is_file(), f"{path.name} is missing: FOEDERA_REWRITE=1 writes it"
    assert text + "\n" == path.read_text("utf-8"), f"{path.name} differs: FOEDERA_REWRITE=1 writes it anew"


@pytest.mark.parametrize("branch", ["invasion", "peaceful"])
def test_the_page_is_as_frozen(branch, library):
    frozen(f"niger-{branch}", niger(branch, library).text(width=100))


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("everything", [False, True])
def test_no_line_is_wider_than_asked(width, everything, library):
    text = niger("invasion", library).text(width=width, everything=everything)
    assert max(columns(line) for line in text.splitlines()) <= width
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_the_first_lines_answer_the_question_and_what_does_not_bind_comes_last(library):
    text = niger("invasion", library).text(everything=True)
    marks = [line[0] for line in text.splitlines() if line[:1] in "◆■□▷⊘◇?·" and line[:1]]
    order = "◆■□▷⊘◇?·"
    assert marks == sorted(marks, key=order.index)
    assert set(marks) == set(order)


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("name", sorted(p.stem for p in CRISES.glob("*.yaml")))
def test_every_crisis_fits_a_screen_and_says_what_is_left_out(name, width, library):
    for branch in (None, *library.crises[name].branches):
        answer = assess(library.crises[name], branch=branch, within=library)
        text, whole = answer.text(width=width, next_step="why: …"), answer.text(width=width, everything=True)
        assert len(text.splitlines()) <= 24
        entries = [sum(line[0] in "◆■□▷⊘◇?·" for line in page.splitlines() if line) for page in (text, whole)]
        assert "more with --all" in text or entries[0] == entries[1]


def test_everything_shows_more_than_a_screenful(library):
    answer = niger("invasion", library)
    assert "--all" in answer.text() and "--all" not in answer.text(everything=True)
    assert len(answer.text(everything=True).splitlines()) > len(answer.text().splitlines())


def test_colour_is_never_the_only_sign(library):
    """Painting adds marks round the same text and takes nothing away."""
    answer = niger("invasion", library)
    painted = answer.text(paint=lambda text, kind: f"\x1b[1m{text}\x1b[0m")
    assert "\x1b" in painted
    assert re.sub(r"\x1b\[\d*m", "", painted) == answer.text()


def test_an_answer_without_findings_says_so(library):
    crisis = library.crises["niger-2023"]
    text = assess(crisis, on="1950-01-01", within=library).text()
    assert "Nothing is owed" in text


# why -----------------------------------------------------------------------------------------------------------------

PLACE = re.compile(r"\b([\w./-]+\.yaml):(\d+)")


def places(text):
    return {(file, int(line)) for file, line in PLACE.findall(text)}


def line_of(file, line):
    return source_lines(file)[line - 1]


def test_the_proof_names_the_line_of_the_rule_the_memberships_and_the_event(library):
    text = niger("invasion", library).why("MLI", "assist", "NER", width=400)
    shown = {line_of(file, line).strip() for file, line in places(text)}
    assert any(line.startswith("one-is-all:") for line in shown), "the rule"
    assert "MLI: {}" in shown and "NER: {}" in shown, "both memberships"
    assert any(line.startswith("in_force: 2023-09-16") for line in shown), "the entry into force"
    assert any("id: invasion" in line for line in shown), "the event"
    assert any("consent_of: target" in line for line in shown), "the exception"


def test_every_place_in_a_proof_exists(library):
    answer = niger("invasion", library)
    text = "\n".join(answer.why(f.bearer, f.act, f.toward, width=400) for f in answer.findings[:25])
    found = places(text)
    assert found
    for file, line in sorted(found):
        assert 1 <= line <= len(source_lines(file)), (file, line)
        assert source_lines(file)[line - 1].strip(), (file, line)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_place_and_no_id_is_broken_over_two_lines(width, library):
    """A place is there to be copied or clicked, an id to be typed again."""
    answer = niger("invasion", library)
    wide, narrow = (answer.why("MLI", "assist", "NER", width=room) for room in (400, width))
    assert places(narrow) == places(wide)
    for text in (answer.text(width=width, everything=True), narrow):
        broken = [line for line in text.splitlines() if re.search(r"[a-z]-$", line)]
        assert not broken, broken


def test_the_proof_of_a_finding_that_depends_names_its_hinge_and_the_rival_reading(library):
    text = niger("peaceful", library).why("MLI", "assist", "NER")
    assert "hinges on aes-2023.harm" in text
    assert "reading harm=any-harm (rival)" in text
    assert "On the plain text: no" in text


def test_why_not_names_what_lacks_and_where_it_is_written(library):
    answer = niger("invasion", library, asked=["TGO", "NER"])
    text = answer.why("TGO", "assist", "NER")
    assert "no duty" in text and "requested_by" in text
    assert any(file.endswith("ecowas-pmad-1981.yaml") for file, _ in places(text))


@pytest.mark.parametrize(("known_to", "soviet"), [(None, True), ("public", False)])
def test_one_who_must_help_against_one_learns_why_not_against_another_that_struck(known_to, soviet, library):
    answer = assess("poland-1939", on="1939-09-18", known_to=known_to, asked=["GBR", "POL"], within=library)
    text = answer.why("GBR", "assist", "POL")
    assert ("United Kingdom need not assist Poland against the Soviet Union: no duty" in text) is soviet
    assert ("only-germany" in text.partition("the Soviet Union: no duty")[2]) is soviet
    told = why_json(answer.assessment, "GBR", "assist", "POL", answer.matching("GBR", "assist", "POL"))
    assert ("RUS" in {enemy for miss in told["not_bound"] for enemy in miss.get("against", ())}) is soviet


def test_one_whose_blow_is_an_answer_is_no_enemy_to_be_helped_against(library):
    answer = assess("july-1914", on="1914-08-12", asked=["DEU", "AUH"], within=library)
    assert "against Serbia: no duty" not in answer.why("DEU", "assist", "AUH")


def test_why_in_python_takes_names_and_refuses_what_is_none(library):
    answer = niger("invasion", library)
    assert answer.why("Mali", "assist", "Niger") == answer.why("MLI", "assist", "NER")
    for who, act, whom in (("XXX", "assist", "NER"), ("MLI", "assist", "NR"), ("MLI", "asist", "NER")):
        with pytest.raises(Refused):
            answer.why(who, act, whom)


def test_why_not_where_no_instrument_says_so(library):
    text = niger("invasion", library, asked=["RUS", "NER"]).why("RUS", "assist", "NER")
    assert text.startswith("Russia need not assist Niger")
    assert "no instrument says so" in text


@pytest.mark.parametrize(
    ("crisis", "branch", "day", "who", "whom", "because"),
    [
        (
            "july-1914",
            None,
            "1914-08-03",
            "GBR",
            "FRA",
            "Grey-Cambon letters, no-engagement: Talks between the experts",
        ),
        ("july-1914", None, "1914-08-03", "GBR", "FRA", "Entente cordiale, between the two: no duty"),
        ("july-1914", None, "1914-08-03", "GBR", "RUS", "Anglo-Russian Convention, between the two: no duty"),
        ("ukraine-2022", None, "2022-02-25", "USA", "UKR", "what it asks for: consult and seek council action"),
        ("what-if-2026", "iran-struck", "2026-12-10", "RUS", "IRN", "what it forbids: help enemy"),
        ("what-if-2026", "narva-owned", "2026-12-10", "FRA", "GBR", "Lancaster House Treaty, between the two: no duty"),
        ("korea-1950", None, "1952-10-14", "USA", "JPN", ": no duty to assist; what it asks for: give bases"),
    ],
)
def test_what_looks_like_a_pact_and_is_none_is_named(crisis, branch, day, who, whom, because, library):
    """The traps: no duty, because the instrument between the two asks for something else or says that there is none."""
    answer = assess(crisis, branch=branch, on=day, asked=[who, whom], within=library)
    text = " ".join(answer.why(who, "assist", whom).split())
    assert "no duty" in text and because in text


@pytest.mark.parametrize("width", [60, 100])
def test_a_proof_keeps_to_the_width(width, library):
    text = niger("invasion", library).why("MLI", "assist", "NER", width=width)
    wide = [line for line in text.splitlines() if columns(line) > width and not PLACE.search(line)]
    assert not wide


def test_the_notebook_and_the_string_say_the_same_as_the_page(library):
    answer = niger("invasion", library)
    assert str(answer) == answer.text()
    assert "<section" in answer._repr_html_()


def test_an_attack_needs_no_file(library):
    text = assess_attack("RUS", "EST", on="2026-11-23", within=library).text()
    assert "Estonia" in text and "North Atlantic Treaty" in text


def test_one_bearer_alone_can_be_asked_about(library):
    answer = niger("invasion", library).only("MLI")
    assert {f.bearer for f in answer.findings} == {"MLI"}
    assert {row.bearer for row in answer.dilemmas} == {"MLI"}
    assert {miss.bearer for miss in answer.not_bound} <= {"MLI"}
    hinges = {hinge for finding in answer.findings for hinge in finding.hinges}
    assert {question.about for question in answer.questions} == hinges


def test_everything_names_the_instruments_that_look_like_pacts_and_hold_no_help(library):
    told = " ".join(assess_attack("RUS", "UKR", on="2022-02-24", within=library).text(everything=True).split())
    assert (
        "The Budapest Memorandum, between the United Kingdom, Russia, Ukraine and the United States: no duty to assist"
        in told
    )
    told = " ".join(assess_attack("RUS", "EST", on="2026-11-23", within=library).text(everything=True).split())
    assert "North Atlantic Treaty, between" not in told  # it holds a duty to help
