"""The commands `serve` and `report`: what they write, and what they say when they cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

BLOCKED = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names}:
            raise ImportError(name, name=name)
sys.meta_path.insert(0, Block())
from foedera.cli import main
sys.argv = ["foedera", *sys.argv[1:]]
main()
"""


def without(names, *words, env, folder):
    """The command line where some packages are not installed."""
    code = BLOCKED.format(names=set(names))
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, cwd=folder, check=False
    )


@pytest.mark.parametrize(
    ("names", "words", "extra"),
    [
        (("starlette",), ("serve",), "foedera[web]"), (("uvicorn",), ("serve", "niger-2023"), "foedera[web]"),
        (("jinja2",), ("serve",), "foedera[web]"), (("typst",), ("report", "kazakhstan-2022"), "foedera[report]"),
        (("resvg_py",), ("report", "kazakhstan-2022", "-o", "x.png"), "foedera[report]"),
    ],
)  # fmt: skip
def test_what_is_not_installed_is_told_with_what_to_install(names, words, extra, environment, tmp_path):
    done = without(names, *words, env=environment, folder=tmp_path)
    assert done.returncode == 3 and "error[Y013]" in done.stderr and extra in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_on_disk_needs_nothing_but_the_core(environment, tmp_path):
    done = without(
        ("starlette", "uvicorn", "jinja2", "typst", "resvg_py"), "assess", "kazakhstan-2022", "--html", "x.html",
        env=environment, folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0 and 'id="deck"' in (tmp_path / "x.html").read_text("utf-8")


def test_a_busy_port_is_told(foedera):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = foedera("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 3 and "error[Y014]" in done.stderr and "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="processes are counted where /proc is")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_workers_end_with_the_server(how, environment):
    command = [sys.executable, "-m", "foedera", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        address = process.stderr.readline().strip()
        assert httpx.get(address, timeout=60).status_code == 200
        children = [int(c) for c in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        assert children
        process.send_signal(how)
        process.wait(30)
    end = time.monotonic() + 20
    while any(os.path.exists(f"/proc/{child}") for child in children) and time.monotonic() < end:
        time.sleep(0.1)
    assert not [child for child in children if os.path.exists(f"/proc/{child}")]


def test_a_crisis_that_is_none_is_told_before_anything_is_served(foedera, tmp_path):
    assert foedera("serve", "nigre-2023").returncode == 3
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad\n")
    done = foedera("serve", str(bad), "--port", "0")
    assert done.returncode == 3 and "title" in done.stderr


def test_a_report_is_written_in_every_form_and_the_same_each_time(foedera, tmp_path):
    pytest.importorskip("typst", reason="typst is not installed")
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    names = [f"x.{sort}" for sort in ("pdf", "png", "svg")]
    written = []
    for turn in ("one", "two"):
        folder = tmp_path / turn
        folder.mkdir()
        options = [word for name in names for word in ("-o", str(folder / name))]
        assert foedera("report", "kazakhstan-2022", *options).returncode == 0
        written.append([(folder / name).read_bytes() for name in names])
    assert written[0] == written[1]
    pdf, png, svg = written[0]
    assert pdf.startswith(b"%PDF-") and png.startswith(b"\x89PNG") and svg.startswith(b"<svg")


def test_a_report_of_a_hostile_file_is_a_report(foedera, hostile_file, tmp_path):
    pytest.importorskip("typst", reason="typst is not installed")
    file = tmp_path / "x.pdf"
    assert foedera("report", str(hostile_file), "-o", str(file)).returncode == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_a_form_that_is_none_is_told(foedera):
    done = foedera("report", "kazakhstan-2022", "-o", "x.docx")
    assert done.returncode == 2 and ".pdf" in done.stderr
