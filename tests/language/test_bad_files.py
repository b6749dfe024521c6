"""Each bad file under tests/fixtures/bad is refused with the messages frozen beside it.

The JSON Schema refuses it too, where it can say what is wrong.

After a wording was changed on purpose: `FOEDERA_RESET=1 pytest tests/language/test_bad_files.py`, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from foedera.answers.checks import check_file
from foedera.language.nodes import Node, parse
from foedera.language.schema import crisis_schema, treaty_schema
from foedera.library import source_lines
from foedera.problems import full, in_order

FOLDER = Path(__file__).parents[1] / "fixtures" / "bad"
FILES = sorted(FOLDER.glob("*.yaml"))
NAMES = [file.stem for file in FILES]


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: plain(entry.node) for key, entry in node.value.items()}
    return [plain(item) for item in node.value] if isinstance(node.value, tuple) else node.value


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_file_is_refused_with_these_messages(name, library, monkeypatch):
    monkeypatch.chdir(FOLDER)
    found = in_order(check_file(Path(f"{name}.yaml"), library))
    shown = "\n".join(full(problem, source_lines) for problem in found) + "\n"
    frozen = FOLDER / f"{name}.txt"
    if os.environ.get("FOEDERA_RESET") == "1":
        frozen.write_text(shown, encoding="utf-8")
    assert found
    assert shown == frozen.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_json_schema_refuses_what_it_can_say(name):
    content = (FOLDER / f"{name}.yaml").read_bytes()
    first = content.decode().split("\n", 1)[0]
    node, _ = parse(content, name)
    if first == "# schema: no YAML that it could read":
        assert node is None
        return
    assert node is not None
    is_treaty = "parties" in node.value
    errors = list(Draft202012Validator(treaty_schema() if is_treaty else crisis_schema()).iter_errors(plain(node)))
    assert first in ("# schema: refuses it", "# schema: cannot say this")
    assert bool(errors) == (first == "# schema: refuses it"), [error.message[:200] for error in errors]


def test_every_frozen_message_has_its_file():
    assert sorted(file.stem for file in FOLDER.glob("*.txt")) == sorted(NAMES)


def test_a_treaty_that_lacks_its_articles_is_told_so(library, tmp_path):
    file = tmp_path / "pact.yaml"
    file.write_text(
        "id: a\ntitle: A\nin_force: 2000\nends: open\nparties: {FRA: {}}\nchecked: {on: 2026, confidence: unsure}\n",
        encoding="utf-8",
    )
    assert [problem.message for problem in check_file(file, library)] == [
        "a treaty needs `articles`", "`a` cites no source",
    ]  # fmt: skip
