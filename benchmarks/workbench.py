"""How fast the workbench is, in a headless Chromium on this machine, beside loading the page again for each change.

    python benchmarks/workbench.py [--runs 15]

Starts a server of its own. Shown: from asking for the page to its map being painted, first for a scenario that nobody
asked for yet, then for one that is known. Scrub: from moving the slider to the new day being painted, all days being
there; the alternative is the same day as a page load. Edit: from ticking an event off to the new answer being painted.
Rates: pages already worked out and what-if edits, eight connections for some seconds, with the load made on the same
cores. Needs `foedera[web]` and playwright; axe-core is counted where `make axe` has put it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CRISES = {
    "niger-2023": "branch=invasion&at=2023-09-18",
    "july-1914": "at=1914-08-04",
}
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PAINTED = """new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
SHOWN = "async () => { if (!document.getElementById('map')) throw 'no map'; return await PAINTED }".replace(
    "PAINTED", PAINTED
)
SCRUB = """async (i) => {
  const from = performance.now(), scrub = document.getElementById('scrub'), bench = document.getElementById('bench');
  const day = JSON.parse(bench.dataset.days)[i];
  scrub.value = i; scrub.dispatchEvent(new Event('input'));
  while (bench.dataset.shown !== day) await new Promise(done => setTimeout(done, 0));
  return await PAINTED - from }""".replace("PAINTED", PAINTED)
EDIT = """async (id) => {
  const from = performance.now(), bench = document.getElementById('bench');
  document.getElementById(id).click();
  while (document.getElementById('bench') === bench) await new Promise(done => setTimeout(done, 1));
  return await PAINTED - from }""".replace("PAINTED", PAINTED)
AXE = Path(__file__).parents[1] / ".axe" / "axe.min.js"


def main() -> None:
    """Runs all measurements; a table to stderr, JSON to stdout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=6.0)
    told = parser.parse_args()
    rows: dict[str, Any] = {}
    with server() as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for name, query in CRISES.items():
            rows |= {
                f"{name}: {key}": value for key, value in measured(browser, address, name, query, told.runs).items()
            }
        browser.close()
    with server() as address:
        for name, query in CRISES.items():
            rows |= {f"{name}: {key}": value for key, value in rates(address, name, query, told.seconds).items()}
            rows |= {f"{name}: {key}": value for key, value in cpu(name, query, told.runs).items()}
    for key, value in rows.items():
        print(f"{key:<52}{value:>10}", file=sys.stderr)
    print(json.dumps(rows, indent=1))


@contextmanager
def server() -> Iterator[str]:
    """A server of our own, with both workers awake."""
    command = [sys.executable, "-m", "foedera", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.match(r"(http://127\.0\.0\.1:\d+)", process.stderr.readline())
        assert found
        try:
            asyncio.run(
                load(
                    found[1],
                    [f"/crisis/{name}?{query}&off=none-{i}" for name, query in CRISES.items() for i in range(6)],
                    4,
                )
            )
            yield found[1]
        finally:
            process.terminate()


def measured(browser: Browser, address: str, name: str, query: str, runs: int) -> dict[str, Any]:
    """The medians of one crisis, in milliseconds."""
    link = f"{address}/crisis/{name}?{query}"
    events = _events(name, query)
    fresh = [_shown(browser, f"{link}&off={events[i % len(events)]}")[0] for i in range(runs)]
    known = [_shown(browser, link) for _ in range(runs + 1)][1:]
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(link)
    page.wait_for_selector("#bench[data-ready=yes]", timeout=180_000)
    count = int(page.locator("#scrub").get_attribute("max") or 0)
    scrubs = [page.evaluate(SCRUB, i % count) for i in range(count * 2)]
    loads = [_shown(browser, f"{link}&at={day}")[0] for day in _days(page)[:runs]]
    page.goto(link)
    page.wait_for_selector("#bench[data-ready=yes]", timeout=180_000)
    ids = [f"e-{event}" for event in events if page.locator(f"#e-{event}").count()][:runs]
    edits = [page.evaluate(EDIT, one) for one in ids]
    return {
        "map shown, new scenario (ms)": _median(fresh), "map shown, known (ms)": _median([ms for ms, _, _ in known]),
        "scrub (ms)": _median(scrubs), "slowest scrub (ms)": round(max(scrubs)),
        "page load instead of a scrub (ms)": _median(loads), "page load / scrub": round(_median(loads) / _median(scrubs), 1),
        "what-if edit (ms)": _median(edits), "page (kB)": round(known[0][1] / 1000),
        "sent, packed (kB)": round(known[0][2] / 1000),
        "axe violations": _axe(browser, link),
    }  # fmt: skip


def _shown(browser: Browser, link: str) -> tuple[float, int, int]:
    """Milliseconds until the map is painted in a fresh context, the page's bytes, and all bytes sent."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(link, wait_until="commit")
    page.wait_for_selector("#answers")
    shown: float = page.evaluate(SHOWN)
    page.wait_for_load_state()
    sizes = page.evaluate(
        "() => [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource').filter("
        "e => e.name.includes('/look/'))].map(e => [e.decodedBodySize, e.transferSize])"
    )
    context.close()
    return shown, sizes[0][0], sum(sent for _, sent in sizes)


def _axe(browser: Browser, link: str) -> int | str:
    if not AXE.is_file():
        return "not run"
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(link)
    page.add_script_tag(path=str(AXE))
    found: int = page.evaluate("async () => (await axe.run(document)).violations.length")
    context.close()
    return found


def _events(name: str, query: str) -> list[str]:
    """The ids of the events that a link shows."""
    from foedera.answers.scenario import events_in
    from foedera.library import library
    from foedera.web.query import read_scenario

    return [event.id for event in events_in(library().crises[name], read_scenario(query).branch)]


def _days(page: Page) -> list[str]:
    found: list[str] = page.evaluate("() => JSON.parse(document.getElementById('bench').dataset.days)")
    return found


def _median(values: list[float]) -> int:
    return round(statistics.median(values))


def rates(address: str, name: str, query: str, seconds: float) -> dict[str, Any]:
    """Requests a second, and how many went wrong."""
    link = f"/crisis/{name}?{query}"
    events = _events(name, query)
    pairs = [f"{link}&off={one},{other}" for one, other in itertools.combinations(events, 2)]
    known, wrong = timed(address, [link] * 100_000, seconds)
    edits, broken = timed(address, pairs, seconds)
    return {"known pages a second": round(known), "what-if edits a second": round(edits, 1), "errors": wrong + broken}


def cpu(name: str, query: str, runs: int) -> dict[str, Any]:
    """Milliseconds of processor time that a worker takes, whatever else the machine does."""
    from foedera.web import worker
    from foedera.web.work import Job

    worker.begin()
    worker.do(Job("crisis", name, query))
    events = _events(name, query)
    spent = []
    for one, other in itertools.islice(itertools.combinations(events, 2), runs):
        start = time.process_time()
        worker.do(Job("crisis", name, f"{query}&off={one},{other}"))
        spent.append((time.process_time() - start) * 1000)
    return {"what-if edit, processor time of a worker (ms)": _median(spent)}


def timed(address: str, links: list[str], seconds: float) -> tuple[float, int]:
    """How many of the links were answered a second, and how many not with 200."""
    start = time.perf_counter()
    statuses = asyncio.run(load(address, links, 8, seconds))
    return len(statuses) / (time.perf_counter() - start), sum(status != 200 for status in statuses)


async def load(address: str, links: list[str], connections: int, seconds: float = 1e9) -> list[int]:
    """Asks for the links in turn over some connections that stay open; the statuses that came."""
    host, port = address.removeprefix("http://").split(":")
    todo, statuses, end = iter(links), [], time.perf_counter() + seconds

    async def lane() -> None:
        reader, writer = await asyncio.open_connection(host, int(port), limit=2**22)
        for link in todo:
            if time.perf_counter() > end:
                break
            writer.write(f"GET {link} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            statuses.append(int(head.split()[1]))
            length = re.search(r"content-length: (\d+)", head)
            if length:
                await reader.readexactly(int(length[1]))
            else:
                while size := int(await reader.readline(), 16):
                    await reader.readexactly(size + 2)
                await reader.readline()
        writer.close()

    await asyncio.gather(*(lane() for _ in range(connections)))
    return statuses


if __name__ == "__main__":
    main()
