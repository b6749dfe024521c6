"""JSON Schemas, made from the shapes that read the files, so that an editor knows what the reader knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedera.language.crisis_form import CRISIS_KEYS
from foedera.language.rule_form import DEFINITIONS, RULE
from foedera.language.shapes import Key, Record, Schema
from foedera.language.treaty_form import ARTICLE, OPTION, PLAIN, TREATY_KEYS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def treaty_schema() -> Schema:
    """The JSON Schema of a treaty file."""
    return _document("A Foedera treaty file", _treaty())


def _treaty() -> Schema:
    schema = _record(TREATY_KEYS)
    schema["properties"]["articles"] = {"type": "object", "minProperties": 1, "additionalProperties": _article()}
    schema["properties"]["readings"] = {"type": "object", "additionalProperties": _reading()}
    schema["required"].append("articles")
    return schema


def _article() -> Schema:
    schema = ARTICLE.schema()
    schema["properties"]["rules"] = {"type": "object", "additionalProperties": RULE.schema()}
    return schema


def _reading() -> Schema:
    option = OPTION.schema()
    option["properties"]["change"] = {"type": "object", "minProperties": 1}
    option["required"].append("change")
    return {
        "type": "object",
        "properties": {"asks": {"type": "string"}, "plain": PLAIN.schema()},
        "required": ["asks"],
        "additionalProperties": option,
    }


def crisis_schema() -> Schema:
    """The JSON Schema of a crisis file."""
    schema = _record(CRISIS_KEYS)
    treaty = _treaty()
    treaty["required"] = [key for key in treaty["required"] if key != "id"]
    schema["properties"]["treaties"] = {"type": "object", "additionalProperties": treaty}
    return _document("A Foedera crisis file", schema)


def _record(keys: Any) -> Schema:
    plain: dict[str, Key] = dict(keys)
    return Record("", dict, plain).schema()


def _document(title: str, schema: Schema) -> Schema:
    return {
        "$schema": DRAFT,
        "title": title,
        **schema,
        "$defs": {name: shape.schema() for name, shape in DEFINITIONS.items()},
    }


def answer_schema() -> Schema:
    """The JSON Schema of what `foedera assess --json` prints."""
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    maybe = {"type": ["string", "null"]}
    finding = {
        "id": text, "bearer": text, "modality": {"enum": ["must", "may", "must_not"]}, "act": text,
        "toward": maybe, "against": texts,
        "treaty": text, "article": text, "rule": text, "binding": {"enum": ["legal", "political", "moral"]}, "strength": maybe,
        "means": texts, "holds": {"enum": ["yes", "depends"]}, "hinges_on": texts, "readings": {"type": "array"}, "since": text,
        "until": maybe, "status": text, "triggered": {"type": "boolean"}, "sentence": text, "proof": {"type": "object"},
    }  # fmt: skip
    miss = {
        "bearer": text, "modality": text, "act": text, "toward": maybe, "treaty": maybe, "article": maybe, "rule": maybe,
        "missing": {"type": "array", "items": _closed({"condition": text, "says": text})}, "sentence": text,
    }  # fmt: skip
    dilemma = {
        "bearer": text, "duties": texts, "severity": {"enum": ["collision", "crossed", "narrowed"]}, "says": text,
        "resolved_by": maybe,
    }  # fmt: skip
    question = {"about": text, "asks": text, "answers": texts, "decides": {"type": "integer"}}
    standing = {
        "treaty": text, "article": text, "rule": text, "modality": text, "acts": texts, "bearers": texts, "toward": texts,
        "sentence": text,
    }  # fmt: skip
    whole = {
        "crisis": text, "branch": maybe, "on": text, "known_to": maybe, "reading": maybe, "findings": _list(finding),
        "not_bound": _list(miss), "dilemmas": _list(dilemma), "questions": _list(question), "standing": _list(standing),
        "receipt": _closed({"foedera": text, "files": {"type": "object"}}),
    }  # fmt: skip
    return {"$schema": DRAFT, "title": "The answer of foedera assess", **_closed(whole)}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": _closed(properties)}


SCHEMAS: dict[str, Callable[[], Schema]] = {"treaty": treaty_schema, "crisis": crisis_schema, "answer": answer_schema}
