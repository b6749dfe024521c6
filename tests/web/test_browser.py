"""The workbench in a real browser: scrubbing, zooming, what-if, keys alone, no script, a file on disk, phone and print."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

NIGER = "/crisis/niger-2023?branch=invasion&at=2023-09-18"
KAZAKHSTAN = "/crisis/kazakhstan-2022"


def shown(page):
    return page.locator("#bench").get_attribute("data-shown")


def days(page):
    return page.evaluate("() => JSON.parse(document.getElementById('bench').dataset.days)")


BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll("th, td")) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      for (const word of text.data.matchAll(/[\\p{L}]{2,15}/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (tops.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken.slice(0, 5);
}"""
"""Words of up to fifteen letters in the cells of tables that stand on two lines."""


def test_a_crisis_is_played_from_first_to_last_day_with_the_keys(page):
    page.goto(KAZAKHSTAN)
    every = days(page)
    page.locator("#scrub").focus()
    page.keyboard.press("Home")
    for day in every:
        expect(page.locator("#bench")).to_have_attribute("data-shown", day)
        expect(page.locator("#on")).to_have_attribute("datetime", day)
        assert f"at={day}" in page.url
        page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline .chosen")).to_have_attribute("data-day", every[-1])


def test_the_map_and_the_panel_change_with_the_day(page):
    page.goto(NIGER)
    expect(page.locator("#day g.must")).to_have_count(2)
    expect(page.locator("#answers")).to_contain_text("assist Niger against Benin")
    page.locator('#timeline [data-day="2023-07-30"]').click()
    expect(page.locator("#day g.must")).to_have_count(0)
    expect(page.locator("#answers")).not_to_contain_text("assist Niger against Benin")
    expect(page.locator("#what")).to_contain_text("ECOWAS")


def test_play_goes_on_by_itself_and_stops(page):
    page.goto(KAZAKHSTAN)
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#bench")).to_have_attribute("data-shown", days(page)[1], timeout=8000)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")


def test_striking_out_adding_settling_and_going_back(page):
    page.goto(NIGER)
    page.locator("#e-invasion").focus()
    page.keyboard.press("Space")
    expect(page.locator("#answers")).not_to_contain_text("assist Niger against Benin")
    assert "off=invasion" in page.url
    assert page.evaluate("() => document.activeElement.id") == "e-invasion"
    page.go_back()
    expect(page.locator("#answers")).to_contain_text("assist Niger against Benin")
    page.locator("#adding summary").click()
    page.locator("#new-kind").select_option("request")
    page.locator("#new-by").fill("cnsp")
    page.locator("#new-to").fill("MLI, BFA")
    page.locator("#new-says").fill("<script>alert(1)</script>")
    page.locator("#assess").click()
    expect(page.locator("#scenario input[name=add]")).to_be_checked()
    expect(page.locator("#what")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator("#answers section.must")).to_contain_text("invoked")
    choice = page.locator("section.open input[type=radio]").first
    choice.check()
    expect(page.locator("#scenario input[name=fact]")).to_have_count(1)
    assert "fact=" in page.url


def test_an_event_that_changes_nothing_says_so_where_it_was_unticked(page):
    page.goto(NIGER)
    page.locator("#e-charter-signed").uncheck()
    words = "Without it no answer of 18 September 2023 changes."
    expect(page.locator("li:has(#e-charter-signed)")).to_contain_text(words)
    expect(page.get_by_role("status")).to_have_text(words)
    page.locator("#e-invasion").uncheck()
    expect(page.locator("#bench")).to_have_attribute("data-ready", "yes", timeout=60000)
    expect(page.locator("li:has(#e-charter-signed)")).to_contain_text(words)
    expect(page.locator("li:has(#e-invasion)")).not_to_contain_text("no answer of")


def add_invasion_that_is_refused(page, by: str, on: str) -> None:
    page.locator("#adding summary").click()
    page.locator("#new-kind").select_option("invasion")
    page.locator("#new-by").fill(by)
    page.locator("#new-on").fill(on)
    with page.expect_response(lambda answer: answer.status == 400):
        page.locator("#assess").click()


def test_what_is_wrong_in_an_added_event_is_told_and_nothing_is_lost(page):
    page.goto(KAZAKHSTAN)
    add_invasion_that_is_refused(page, "ZZZ", "KAZ")
    expect(page.get_by_role("alert")).to_contain_text("ZZZ")
    assert page.locator("#new-by").input_value() == "ZZZ"


def test_an_event_is_added_by_names_and_a_slip_is_told(page):
    page.goto(NIGER)
    page.locator("#e-invasion").uncheck()
    expect(page.locator("#answers")).not_to_contain_text("assist Niger against Benin")
    add_invasion_that_is_refused(page, "Nigerai, Benin", "Niger")
    expect(page.get_by_role("alert")).to_contain_text("did you mean `Nigeria`?")
    page.locator("#new-by").fill("Nigeria, Benin")
    page.locator("#assess").click()
    expect(page.locator("#answers")).to_contain_text("assist Niger against Benin and Nigeria")
    assert "by:NGA,BEN;on:NER" in page.url


def test_a_question_is_answered_in_the_page_with_its_proof(page):
    page.goto(NIGER)
    page.locator("#ask-who").fill("Mali")
    page.locator("#ask-whom").fill("NER")
    page.get_by_role("button", name="Ask why").click()
    expect(page.locator("#asked .so").first).to_contain_text("Mali must assist Niger")
    expect(page.locator("#asked .proof").first).to_contain_text("treaties/aes-2023.yaml:")
    assert page.evaluate("() => document.activeElement.id") == "asked"


def test_who_is_not_bound_is_told_when_it_is_asked(page):
    page.goto(NIGER)
    page.get_by_role("link", name="Who is not bound").click()
    expect(page.locator("section.not-bound")).to_contain_text("no request by the one struck")


def test_zoom_keeps_lines_and_words_in_their_size(page):
    page.goto(NIGER)
    name = page.locator("#day text", has_text="Niger").first
    before = name.bounding_box()
    page.locator("#map").focus()
    for _ in range(3):
        page.keyboard.press("+")
    x, y, w, h = (float(part) for part in page.locator("#map").get_attribute("viewBox").split())
    assert w < 300
    after = name.bounding_box()
    assert abs(after["height"] - before["height"]) < 3
    assert (
        page.locator("#map path[d]:not([vector-effect])").evaluate_all(
            "parts => parts.filter(p => p.getAttribute('stroke') && !p.closest('.n, defs, pattern')).length"
        )
        <= page.locator("#day g path").count()
    )
    page.keyboard.press("0")
    assert float(page.locator("#map").get_attribute("viewBox").split()[2]) > 700


def test_keys_alone_reach_everything(page):
    page.goto(NIGER)
    reached = set()
    for _ in range(180):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.id || document.activeElement.tagName"))
    assert {
        "map",
        "closer",
        "farther",
        "whole",
        "play",
        "scrub",
        "assess",
        "ask-who",
        "e-invasion",
        "SUMMARY",
    } <= reached


def test_without_script_everything_is_a_page_load(browser, server):
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto(NIGER)
    expect(page.locator("#day g.must")).to_have_count(2)
    page.get_by_role("link", name="← earlier").click()
    expect(page.locator("#on")).not_to_have_attribute("datetime", "2023-09-18")
    page.goto(NIGER)
    page.locator("#e-invasion").uncheck()
    page.locator("#assess").click()
    expect(page.locator("#answers")).not_to_contain_text("assist Niger against Benin")
    assert "off=invasion" in page.url
    page.get_by_role("link", name="Which of the events struck out").click()
    expect(page.locator("main")).to_contain_text(
        "Each of the events struck out changes an answer of 18 September 2023."
    )
    page.get_by_role("link", name="Back to the workbench").click()
    page.locator("#ask-who").fill("MLI")
    page.locator("#ask-whom").fill("NER")
    page.get_by_role("button", name="Ask why").click()
    expect(page.locator("#asked")).to_contain_text("On the plain text: no. Missing:")
    context.close()


def test_hostile_text_runs_nothing(page):
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.goto("/crisis/hostile?at=2023-10-02")
    expect(page.locator("h1")).to_contain_text("<script>alert(1)</script>")
    page.locator("#scrub").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#bench")).to_have_attribute("data-shown", "2023-10-01")
    expect(page.locator("#what")).to_contain_text("<script>")


def test_the_report_scrubs_from_disk(browser, foedera, tmp_path):
    file = tmp_path / "report.html"
    assert foedera("assess", "kazakhstan-2022", "--html", str(file)).returncode == 0
    context = browser.new_context()
    page = context.new_page()
    wrong, asked = [], []
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    every = days(page)
    page.locator("#scrub").focus()
    page.keyboard.press("Home")
    for day in every:
        expect(page.locator("#on")).to_have_attribute("datetime", day)
        page.keyboard.press("ArrowRight")
    assert asked == [file.as_uri()] and not wrong
    context.close()


def test_a_phone_sees_one_column_and_nothing_is_cut_off(browser, server):
    context = browser.new_context(base_url=server, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for address in (NIGER, "/", "/treaty/aes-2023", "/crisis/july-1914?at=1914-08-04"):
        page.goto(address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 391, address
    context.close()


@pytest.mark.parametrize("width", (1280, 320))
def test_no_table_breaks_a_word_that_fits(browser, server, width):
    """A short word such as `Events` or `in force` stands on one line, however long its neighbours are."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 800})
    page = context.new_page()
    for address in ("/", "/treaties", "/state/FRA?on=1960-05-16", "/crisis/niger-2023/compare?branch=invasion"):
        page.goto(address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(BROKEN) == [], address
    context.close()


def test_print_has_the_map_and_the_answers_and_no_buttons(page):
    page.goto(NIGER)
    page.emulate_media(media="print")
    assert page.locator("#map").is_visible() and page.locator("#answers").is_visible()
    assert page.locator(".on-paper").inner_text() == "Niger, 2023: invasion"
    assert not page.locator("#play").is_visible() and not page.locator("#scenario").is_visible()
