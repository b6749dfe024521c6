"""The cells of docs/notebooks.md: each shows what it says, in Python, and in a notebook where Jupyter is installed."""

from __future__ import annotations

import ast
import os
import re
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("polars", reason="a cell makes a panel: pip install 'foedera[panel]'")

ROOT = Path(__file__).resolve().parents[1]
CELLS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "notebooks.md").read_text("utf-8"), re.DOTALL)
SHOWS = ("<svg", "<ul>", "<svg", "<svg", "<table")  # an answer with its map, proofs, the map, the timeline, a frame
SAYS = ("Burkina Faso", "Mali must assist Niger", "Nigeria", "16 September", "AUH")


def last_value(code, names):
    """Runs a cell and gives the value of its last line, as a notebook does."""
    *before, last = ast.parse(code).body
    exec(compile(ast.Module(before, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def words(html):
    """What a reader of a page sees: its text without tags and styles."""
    bare = re.sub(r"<style.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def test_every_cell_shows_itself():
    names: dict[str, object] = {}
    assert len(CELLS) == len(SHOWS)
    for code, tag, word in zip(CELLS, SHOWS, SAYS, strict=True):
        value = last_value(code, names)
        html = value._repr_html_()
        assert tag in html and word in html, code
        assert len(repr(value)) < 100_000, code


def test_a_notebook_of_these_cells_runs_and_its_html_holds_all_of_them():
    nbformat = pytest.importorskip("nbformat", reason="Jupyter is not installed: pip install nbconvert ipykernel")
    nbclient = pytest.importorskip("nbclient", reason="Jupyter is not installed: pip install nbconvert ipykernel")
    nbconvert = pytest.importorskip("nbconvert", reason="Jupyter is not installed: pip install nbconvert ipykernel")
    pytest.importorskip("ipykernel", reason="Jupyter is not installed: pip install nbconvert ipykernel")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS])
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute(env=env)
    outputs = [cell.outputs[-1] for cell in book.cells]
    for output, tag, word in zip(outputs, SHOWS, SAYS, strict=True):
        assert output.output_type == "execute_result"
        assert tag in output.data["text/html"] and word in output.data["text/html"]
    assert len(nbformat.writes(book)) < 1_000_000
    page, _ = nbconvert.HTMLExporter().from_notebook_node(book)
    assert page.count('<div class="foedera">') == 4
    shown = words(page)  # nbconvert puts attributes into an order of its own, so texts are compared
    assert all(words(output.data["text/html"]) in shown for output in outputs)
    assert page.count("<svg") >= 3
