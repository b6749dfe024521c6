"""The page that opens from disk: every text escaped, nothing fetched; and Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from foedera.answers.answer import assess
from foedera.language.crisis_form import read_crisis
from foedera.language.nodes import parse
from foedera.language.registry_form import scoped_to
from foedera.library import registry

EVIL = "<script>alert(1)</script>"
HOSTILE = f"""
id: hostile
title: '{EVIL} "quoted" & <b>bold</b>'
actors:
  band: {{kind: armed-group, name: '{EVIL}<img src=x onerror=alert(2)>'}}
events:
  - {{id: raid, date: 2023-10-01, kind: armed-attack, by: band, on: MLI, says: '{EVIL}', quote: '<a href="https://evil.example/">x</a>'}}
  - {{id: vow, date: 2023-10-02, kind: request, by: MLI, to: [NER, BFA], says: '{EVIL}'}}
treaties:
  trap:
    title: 'Trap {EVIL}'
    short: '<i>{EVIL}</i>'
    in_force: 2000-01-01
    ends: open
    parties: {{MLI: {{}}, NER: {{}}}}
    checked: {{on: 2020-01-01, confidence: textbook}}
    questions: {{lured: 'Was it {EVIL}?'}}
    articles:
      '6<u>':
        says: '{EVIL}'
        rules:
          help:
            says: 'Says {EVIL}'
            when: {{event: armed-attack, on: party}}
            if: [{{question: lured}}]
            who: other-parties
            must: assist
    readings:
      wide:
        asks: 'Is it {EVIL}?'
        plain: {{says: '{EVIL}'}}
        other: {{says: '{EVIL}', held_by: ['{EVIL}'], change: {{'6<u>/help': {{if: null}}}}}}
"""


class Tags(HTMLParser):
    """Tags with their attributes, and what is left open."""

    VOID = frozenset(("meta", "br", "img", "link", "input", "hr"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.stack: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)


def tags(page):
    found = Tags()
    found.feed(page)
    found.close()
    return found


def hostile(library):
    node, problems = parse(HOSTILE.encode(), 'evil"><script>.yaml')
    assert node is not None, problems
    reader = scoped_to(registry())
    crisis = read_crisis(node, reader)
    assert not reader.problems, [p.message for p in reader.problems]
    return assess(crisis, on="2023-10-02", within=library)


@pytest.fixture(scope="module")
def page(library):
    return assess("niger-2023", branch="invasion", on="2023-09-18", within=library).html()


def test_the_page_is_one_well_formed_document(page):
    found = tags(page)
    assert page.startswith("<!doctype html>") and page.endswith("</html>\n")
    assert not found.wrong and not found.stack
    assert {"html", "head", "title", "body", "h1", "section", "svg"} <= {tag for tag, _ in found.seen}
    assert '<meta charset="utf-8">' in page and 'lang="en"' in page


def test_nothing_is_fetched_and_no_script_runs(page):
    found = tags(page)
    assert not {tag for tag, _ in found.seen} & {"script", "link", "iframe", "object", "embed", "img", "form", "base"}
    for tag, attrs in found.seen:
        for name, value in attrs.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("src", "href", "xlink:href", "action", "data", "srcset", "poster"):
                assert (value or "").startswith("#"), (tag, name, value)
            assert "url(" not in (value or "") or "url(#" in (value or ""), (tag, name, value)
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", page)
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_hostile_text_stays_text(library):
    answer = hostile(library)
    assert answer.findings
    for html in (answer.html(), answer._repr_html_()):
        found = tags(html)
        names = {tag for tag, _ in found.seen}
        assert not names & {"script", "img", "a", "b", "i", "u"}, names
        assert not found.wrong and not found.stack
        assert "alert(1)" in html and "&lt;script&gt;" in html
        assert not [name for _, attrs in found.seen for name in attrs if name.startswith("on")]


def test_hostile_text_stays_text_on_the_map(library):
    svg = hostile(library).map_svg()
    assert not {tag for tag, _ in tags(svg).seen} & {"script", "img", "a", "foreignobject"}


def test_every_finding_on_the_page_can_be_opened_to_its_proof(page):
    assert page.count("<details>") == page.count("</details>") > 5
    assert re.search(r"treaties/aes-2023\.yaml:\d+", page)
    assert re.search(r"crises/niger-2023\.yaml:\d+", page)


def test_the_page_says_the_same_as_the_terminal(page, library):
    answer = assess("niger-2023", branch="invasion", on="2023-09-18", within=library)
    assert "no legal advice" in page
    for words in ("Niger, 2023: invasion", "As of 18 September 2023", "Burkina Faso and Mali"):
        assert words in page and words in answer.markdown()


# Markdown ------------------------------------------------------------------------------------------------------------


def test_markdown_has_a_title_sections_and_lists(library):
    text = assess("niger-2023", branch="invasion", on="2023-09-18", within=library).markdown()
    lines = text.splitlines()
    assert lines[0] == "# Niger, 2023: invasion"
    heads = [line for line in lines if line.startswith("## ")]
    assert [head.split(" ", 2)[2] for head in heads] == [
        "Dilemma",
        "Must",
        "Pledged",
        "May",
        "Must not",
        "Settled",
        "Open",
        "Not bound",
    ]
    assert all(
        line == "" or line.startswith(("#", "- ", "  - ", "As of", "Not modelled", "Foedera informs")) for line in lines
    )
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_hostile_text_stays_text_in_markdown(library):
    """No raw HTML anywhere, the title included: a memo is rendered by somebody else."""
    text = hostile(library).markdown()
    assert "alert(1)" in text
    assert not re.search(r"(?<!\\)<(script|img|b|i|a|u)\b", text), re.findall(
        r".{0,20}(?<!\\)<(?:script|img|b|i|a|u)\b", text
    )[:3]


def test_hostile_text_stays_on_its_line(library):
    assert "\x1b" not in hostile(library).text(everything=True)
