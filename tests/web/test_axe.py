"""No page breaks a rule of axe-core (WCAG 2.2 A and AA, best practices): by machine, in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / ".axe" / "axe.min.js"
PAGES = (
    "/", "/treaties", "/treaty/aes-2023", "/states?text=niger", "/state/MLI?on=2023-09-18",
    "/crisis/niger-2023?branch=invasion&at=2023-09-18", "/crisis/july-1914?at=1914-08-04",
    "/crisis/rus-attacks-est~2026-11-23", "/crisis/niger-2023/idle?branch=invasion&at=2023-09-18&off=charter-signed",
    "/crisis/niger-2023?fact=aes-2023.harm=any-harm&off=coup&at=2023-08-10",
    "/crisis/niger-2023/why?who=MLI&act=assist&whom=NER&branch=invasion&at=2023-09-18",
    "/crisis/niger-2023/compare?branch=invasion&branch2=peaceful&at=2023-09-18",
    "/crisis/niger-2023/cascade?branch=invasion&at=2023-09-18", "/crisis/nope",
)  # fmt: skip
OPEN = "() => { for (const part of document.querySelectorAll('details')) part.open = true; }"
RUN = """async () => (await axe.run(document)).violations.map(
  v => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`)"""


@pytest.fixture(scope="module")
def judged(browser, server):
    if not AXE.is_file():
        pytest.skip("axe-core is not here: make axe")
    context = browser.new_context(base_url=server, bypass_csp=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_no_rule(judged, address):
    judged.goto(address)
    judged.evaluate(OPEN)
    judged.add_script_tag(path=str(AXE))
    assert judged.evaluate(RUN) == []


def test_the_report_on_disk_breaks_no_rule(judged, foedera, tmp_path):
    file = tmp_path / "report.html"
    assert foedera("assess", "kazakhstan-2022", "--html", str(file)).returncode == 0
    judged.goto(file.as_uri())
    judged.add_script_tag(path=str(AXE))
    assert judged.evaluate(RUN) == []
