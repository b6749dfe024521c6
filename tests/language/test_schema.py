"""The JSON Schemas take what the readers take: every file of the library and of the conformance suite."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import foedera
from foedera.answers.answer import assess
from foedera.answers.json import dumped
from foedera.language.nodes import Node, parse
from foedera.language.schema import SCHEMAS

ROOT = Path(__file__).parents[2]
LIBRARY = Path(foedera.__file__).parent / "library"
FILES = sorted(
    [*LIBRARY.glob("treaties/*.yaml"), *LIBRARY.glob("crises/*.yaml"), *(ROOT / "conformance").rglob("*.yaml")]
)
VALIDATORS = {name: Draft202012Validator(make()) for name, make in SCHEMAS.items()}
PROSE_ID = [str(file.relative_to(ROOT)) for file in FILES]


def as_text(node: Node) -> object:
    """The file as the readers see it: every scalar is text."""
    if isinstance(node.value, dict):
        return {key: as_text(entry.node) for key, entry in node.value.items()}
    return [as_text(item) for item in node.value] if isinstance(node.value, tuple) else node.value


def as_editor(value: object) -> object:
    """The file as an editor sees it, by the core schema of YAML 1.2 (quotes aside)."""
    if isinstance(value, dict):
        return {key: as_editor(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_editor(part) for part in value]
    if isinstance(value, str) and re.fullmatch(r"[-+]?\d+", value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"[-+]?\d+\.\d+", value):
        return float(value)
    return value


def complaints(file: Path, see) -> list[str]:
    node, problems = parse(file.read_bytes(), str(file))
    assert not problems
    assert node is not None
    kind = "treaty" if "articles" in node.value else "crisis"
    return [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message[:160]}" for e in VALIDATORS[kind].iter_errors(see(node))
    ]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_valid_schema_and_names_its_draft(name):
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(dumped(schema)) == schema


@pytest.mark.parametrize("file", FILES, ids=PROSE_ID)
def test_the_schema_takes_every_file_that_the_reader_takes(file):
    assert complaints(file, as_text) == []


YEAR_ALONE = re.compile(r": \d{4} is not (of type 'string'|valid under any)")  # see the test after the next one


@pytest.mark.parametrize("file", FILES, ids=PROSE_ID)
def test_the_schema_takes_every_file_as_an_editor_sees_it(file):
    found = complaints(file, lambda node: as_editor(as_text(node)))
    assert [line for line in found if not YEAR_ALONE.search(line)] == []


def test_the_schema_takes_a_year_alone_as_an_editor_sees_it():
    assert not [
        line
        for file in FILES
        for line in complaints(file, lambda node: as_editor(as_text(node)))
        if YEAR_ALONE.search(line)
    ]


@pytest.mark.parametrize("branch", [None, "invasion", "peaceful"])
def test_an_answer_fits_its_schema(branch, library):
    answer = json.loads(
        dumped(assess(library.crises["niger-2023"], branch=branch, on="2023-09-18", within=library).json())
    )
    assert [error.message[:200] for error in VALIDATORS["answer"].iter_errors(answer)] == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("treaty", ["properties", "parties"]), ("treaty", ["properties", "articles"]), ("treaty", ["properties", "readings"]),
        ("crisis", ["properties", "events"]), ("crisis", ["properties", "branches"]), ("crisis", ["properties", "treaties"]),
        ("answer", ["properties", "findings"]), ("answer", ["properties", "receipt"]),
    ],
)  # fmt: skip
def test_a_schema_knows_the_parts_of_its_format_and_no_others(kind, path):
    schema = SCHEMAS[kind]()
    assert schema["additionalProperties"] is False
    for step in path:
        schema = schema[step]
    assert schema
