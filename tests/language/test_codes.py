"""Every problem has a lesson; its bad file has the problem, its good file has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import foedera
from foedera.answers.checks import check_file
from foedera.language.codes import CODES

SOURCE = Path(foedera.__file__).parent
EMITTED = sorted(
    {
        code
        for file in SOURCE.rglob("*.py")
        if file.name != "codes.py"
        for code in re.findall(r'"([A-Z]0\d\d)"', file.read_text(encoding="utf-8"))
    }
)
SHOWN = sorted(code for code, lesson in CODES.items() if lesson.bad)


def test_every_code_that_is_emitted_has_a_lesson_and_every_lesson_is_used():
    assert sorted(CODES) == EMITTED


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_lesson_says_what_and_why_in_plain_sentences(code):
    lesson = CODES[code]
    assert lesson.what == lesson.what.strip()
    assert "\n" not in lesson.what
    assert lesson.what[0].islower()
    assert not lesson.what.endswith(".")
    assert lesson.why.endswith(".")
    assert 2 <= len(re.findall(r"[.;:](?:\s|$)", lesson.why)) <= 6
    assert bool(lesson.bad) == bool(lesson.good)
    if not lesson.bad:
        assert re.search(r"nothing to show|no file to show|too long to show", lesson.why)


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_file_of_a_lesson_has_its_problem_and_no_other(code, library, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(CODES[code].bad, encoding="utf-8")
    assert {problem.code for problem in check_file(file, library)} == {code}


@pytest.mark.parametrize("code", SHOWN)
def test_the_good_file_of_a_lesson_has_no_problem(code, library, tmp_path):
    file = tmp_path / "good.yaml"
    file.write_text(CODES[code].good, encoding="utf-8")
    assert check_file(file, library) == []


@pytest.mark.parametrize("code", SHOWN)
def test_a_lesson_fits_a_screen_and_its_two_files_differ_little(code):
    bad, good = CODES[code].bad.splitlines(), CODES[code].good.splitlines()
    assert max(len(bad), len(good)) <= 30
    assert all(len(line) <= 140 for line in bad + good)
    if code != "Y005":
        assert 1 <= len(set(bad) ^ set(good)) <= 3
