"""The script that writes "Answers that changed" into the changelog."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def changes():
    spec = importlib.util.spec_from_file_location("changes", ROOT / "scripts" / "changes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(holds, bearer="MLI", enemy="NGA", branch="invasion"):
    return {("niger-2023", branch): {((bearer, "must assist", "NER", enemy), "aes-2023 6"): holds}}


def test_the_same_answers_are_no_change(changes):
    assert list(changes.differences(said("yes"), said("yes"))) == []


def test_an_answer_that_turned_is_told_with_what_it_was(changes):
    (line,) = changes.differences(said("depends"), said("yes"))
    assert line == "- `niger-2023`, branch `invasion`: MLI must assist NER against NGA (aes-2023 6): yes, was depends."


def test_what_is_not_said_any_more_is_told_as_no(changes):
    (line,) = changes.differences(said("yes"), {("niger-2023", "invasion"): {}})
    assert line.endswith("no, was yes.")


def test_bearers_and_enemies_of_one_change_stand_in_one_line(changes):
    new = {("niger-2023", "invasion"): {}}
    for bearer in ("MLI", "BFA"):
        for enemy in ("NGA", "BEN"):
            new["niger-2023", "invasion"] |= said("yes", bearer, enemy)["niger-2023", "invasion"]
    (line,) = changes.differences({("niger-2023", "invasion"): {}}, new)
    assert "BFA, MLI must assist NER against BEN, NGA" in line


def test_a_new_crisis_or_branch_is_no_change_and_one_gone_is(changes):
    assert not list(changes.differences({}, said("yes")))
    assert list(changes.differences(said("yes"), {})) == ["- `niger-2023` is not in the library any more."]


NOTES = "# Changelog\n\n## 0.2.0\n\n### Added\n- A thing.\n\n## 0.1.0\n\n### Added\n- All.\n"


def test_the_section_goes_to_the_end_of_the_topmost_release(changes):
    told = changes.with_section(NOTES, ["- One."], "v0.1.0")
    top, older = told.split("\n## 0.1.0")
    assert top.rstrip().endswith("- One.") and "### Added\n- A thing." in top
    assert older == "\n\n### Added\n- All.\n"


def test_the_section_is_written_again_and_not_twice(changes):
    once = changes.with_section(NOTES, ["- One."], "v0.1.0")
    again = changes.with_section(once, [], "v0.1.0")
    assert again.count("### Answers that changed") == 1 and "- One." not in again and "None." in again
    assert changes.with_section(again, ["- One."], "v0.1.0") == once


def test_this_tree_answers_every_crisis_and_branch(changes, library):
    found = changes.answers(ROOT / "src")
    assert set(found) == {(n, b or "") for n, c in library.crises.items() for b in (None, *c.branches)}
    assert found["niger-2023", "invasion"][("MLI", "must assist", "NER", "NGA"), "aes-2023 6"] == "yes"
