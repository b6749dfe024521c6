"""The workbench as tests meet it: in this process, and as a server of its own with a real browser before it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from foedera.web import worker
from foedera.web.app import application
from foedera.web.guard import hosts_of

EVIL = "<script>alert(1)</script>"
HOSTILE = Path(__file__).with_name("hostile.yaml")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}


def chromium() -> str | None:
    """The browser, or None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Client:
    """Asks the application without a socket, on a thread of its own: a browser's loop may run on this one."""

    def __init__(self, app):
        self.app = app
        self.thread = ThreadPoolExecutor(1)

    def request(self, method, address, **more):
        async def asked():
            transport = httpx.ASGITransport(app=self.app)
            more.setdefault("follow_redirects", True)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as client:
                return await client.request(method, address, **more)

        return self.thread.submit(lambda: asyncio.run(asked())).result()

    def get(self, address, **more):
        return self.request("GET", address, **more)


@pytest.fixture(scope="session")
def client():
    """The application with one worker in this process, and a hostile crisis file beside the library's."""
    worker.begin((), [str(HOSTILE)])
    return Client(application(ThreadPoolExecutor(1), hosts_of("127.0.0.1")[0]))


@pytest.fixture(scope="session")
def server():
    """The address of a server in a process of its own."""
    command = [sys.executable, "-m", "foedera", "serve", str(HOSTILE), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+)", line)
        try:
            assert found, line + process.stderr.read()
            yield found[1]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser():
    """A real browser; the test skips and says so where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    where = chromium()
    if where is None:
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=where, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture(scope="session")
def environment():
    """What a process of its own needs to find the package."""
    return ENVIRONMENT


@pytest.fixture(scope="session")
def hostile_file():
    """A crisis file of which every text is a trap."""
    return HOSTILE


@pytest.fixture(scope="session")
def foedera():
    """The command line in a process of its own."""

    def run(*words):
        command = [sys.executable, "-m", "foedera", *words]
        return subprocess.run(command, check=False, capture_output=True, text=True, env=ENVIRONMENT)

    return run


@pytest.fixture
def page(browser, server):
    """A page that may only ask the server; what it asked elsewhere, and what went wrong in it, fails the test.

    The browser logs a refused request as an error; a refusal that a test wants is none."""
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    elsewhere, wrong = [], []

    def only_here(route):
        if route.request.url.startswith(server):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console", lambda told: wrong.append(told.text) if told.type == "error" and "400" not in told.text else None
    )
    yield opened
    context.close()
    assert not elsewhere and not wrong
