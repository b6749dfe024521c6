"""How a problem is shown: in rustc's layout, on one line, for GitHub, as JSON. The layouts are frozen."""

from __future__ import annotations

import json

import pytest

from foedera.problems import (
    Label,
    Problem,
    Refused,
    Span,
    concise,
    full,
    github,
    in_order,
    problem_json,
    suggest,
    whole_file,
)

FILES = {"pact.yaml": ["who: party", "must: asist  # é", *["…"] * 9, "who: other-parties"], "other.yaml": ["id: a"]}
WORD = Problem("F004", Span("pact.yaml", 2, 7, 2, 12), "`asist` is not an act", "did you mean `assist`?")
TWICE = Problem(
    "Y011",
    Span("pact.yaml", 12, 1, 12, 4),
    "`who` is written twice",
    "keep one",
    (Label(Span("pact.yaml", 1, 1, 1, 4), "first here"),),
)
ELSEWHERE = Problem(
    "N003",
    Span("pact.yaml", 1, 6, 1, 11),
    "it clashes",
    "rename one",
    (Label(Span("other.yaml", 1, 5, 1, 6), "with this"),),
)
MISSING = Problem("Y001", whole_file("none.yaml"), "there is no file `none.yaml`", "check the spelling of the path")


def lines_of(file: str) -> list[str]:
    return FILES.get(file, [])


def test_a_problem_is_shown_under_its_line():
    assert full(WORD, lines_of) == (
        "error[F004]: `asist` is not an act\n"
        " --> pact.yaml:2:7\n"
        "  |\n"
        "2 | must: asist  # é\n"
        "  |       ^^^^^ did you mean `assist`?\n"
        "  = explain: foedera explain F004"
    )


def test_a_problem_of_two_places_shows_both_in_their_order_with_one_gutter():
    assert full(TWICE, lines_of) == (
        "error[Y011]: `who` is written twice\n"
        "  --> pact.yaml:12:1\n"
        "   |\n"
        " 1 | who: party\n"
        "   | --- first here\n"
        "12 | who: other-parties\n"
        "   | ^^^ keep one\n"
        "   = explain: foedera explain Y011"
    )


def test_a_place_in_another_file_is_named():
    assert full(ELSEWHERE, lines_of) == (
        "error[N003]: it clashes\n"
        " --> pact.yaml:1:6\n"
        "  |\n"
        "1 | id: a\n"
        "  |     - other.yaml: with this\n"
        "1 | who: party\n"
        "  |      ^^^^^ rename one\n"
        "  = explain: foedera explain N003"
    )


def test_a_file_that_cannot_be_read_shows_the_fix_without_a_line():
    assert full(MISSING, lines_of) == (
        "error[Y001]: there is no file `none.yaml`\n"
        " --> none.yaml:1:1\n"
        "  |\n"
        "  = check the spelling of the path\n"
        "  = explain: foedera explain Y001"
    )


def test_a_problem_over_several_lines_marks_the_first_to_its_end():
    wide = Problem("F003", Span("pact.yaml", 1, 6, 3, 2), "a list", "write text")
    assert full(wide, lines_of).splitlines()[4] == "  |      ^^^^^ write text"


def test_a_problem_without_width_is_still_marked():
    point = Problem("F003", Span("pact.yaml", 1, 5, 1, 5), "nothing", "write text")
    assert full(point, lines_of).splitlines()[4] == "  |     ^ write text"


def test_a_long_line_is_cut_and_its_mark_stays_narrow():
    shown = full(Problem("F003", Span("long.yaml", 1, 1, 1, 5000), "long", "split it"), lambda _: ["x" * 5000])
    assert max(map(len, shown.splitlines())) <= 250


def test_a_mark_far_to_the_right_is_cut_too():
    shown = full(
        Problem("Y007", Span("long.yaml", 1, 5000, 1, 5001), "deep", "at most 40 levels"), lambda _: ["[" * 9000]
    )
    assert max(map(len, shown.splitlines())) <= 400


def test_a_problem_on_one_line_is_path_line_column_code_and_message():
    assert concise(WORD) == "pact.yaml:2:7: F004 `asist` is not an act"


def test_a_problem_for_github_is_an_annotation_with_the_fix():
    assert (
        github(WORD) == "::error file=pact.yaml,line=2,col=7,title=F004::`asist` is not an act. did you mean `assist`?"
    )
    assert (
        github(Problem("S002", Span("a.yaml", 1, 1, 1, 2), "no source"))
        == "::error file=a.yaml,line=1,col=1,title=S002::no source"
    )


def test_a_message_cannot_break_out_of_an_annotation():
    evil = Problem("F004", Span("a.yaml", 1, 1, 1, 2), "50% of `a\nb`", "x\r\n::set-output name=a::b")
    assert github(evil).count("\n") == 0
    assert (
        github(evil) == "::error file=a.yaml,line=1,col=1,title=F004::50%25 of `a%0Ab`. x%0D%0A::set-output name=a::b"
    )


def test_a_file_name_cannot_break_out_of_an_annotation():
    odd = Problem("F004", Span("a,b:c.yaml", 1, 1, 1, 2), "wrong")
    assert github(odd).startswith("::error file=a%2Cb%3Ac.yaml,line=1")


def test_a_problem_as_json_has_its_place_its_fix_and_its_labels():
    assert problem_json(TWICE) == {
        "code": "Y011", "level": "error", "file": "pact.yaml", "line": 12, "column": 1, "end_line": 12, "end_column": 4,
        "message": "`who` is written twice", "fix": "keep one", "labels": [{"at": "pact.yaml:1:1", "says": "first here"}],
    }  # fmt: skip
    assert json.loads(json.dumps(problem_json(WORD))) == problem_json(WORD)


def test_problems_stand_in_the_order_of_the_file_each_once():
    later, other = Problem("A", Span("a.yaml", 2, 1, 2, 2), "x"), Problem("A", Span("a.yaml", 10, 1, 10, 2), "x")
    assert in_order([other, later, WORD, later]) == (later, other, WORD)


def test_refused_shows_one_line_for_each_problem():
    assert str(Refused((WORD, MISSING))) == f"{concise(WORD)}\n{concise(MISSING)}"


@pytest.mark.parametrize(
    ("word", "known", "advice"),
    [
        ("mst", ["must", "may"], "did you mean `must`?"),
        ("zzz", ["must", "may"], "one of may, must"),
        ("zzz", [f"w{n}" for n in range(31)], "see the format page"),
        ("zzz", [], "there is none to name here"),
    ],
)
def test_advice_is_the_nearest_word_or_the_short_list(word, known, advice):
    assert suggest(word, known) == advice
