"""docs/library.md says what the files say."""

from __future__ import annotations

import runpy
from pathlib import Path

from foedera.answers.answer import assess

ROOT = Path(__file__).resolve().parents[1]
MADE = runpy.run_path(str(ROOT / "scripts" / "build_library_page.py"))


def test_the_page_of_the_library_is_up_to_date(library):
    assert (ROOT / "docs" / "library.md").read_text("utf-8") == MADE["page"](library), "run `make docs`"


def test_every_instrument_and_every_crisis_has_a_row(library):
    text = MADE["page"](library)
    for name in (*library.treaties, *library.crises):
        assert f"\n| `{name}` |" in text
    assert set(MADE["SURE"]) == {"verified", "agreed", "textbook", "unsure", "coded"}


def test_the_picture_of_the_readme_is_what_is_drawn_today(library):
    answer = assess("niger-2023", branch="invasion", on="2023-09-18", within=library)
    drawn = (ROOT / "docs" / "niger-invasion.svg").read_text("utf-8")
    assert drawn == answer.map_svg(), "docs/niger-invasion.svg is old: make docs"
