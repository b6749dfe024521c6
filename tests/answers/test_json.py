"""The JSON answer: accepted by its schema, sorted, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from foedera.answers.answer import assess, assess_attack
from foedera.answers.json import dumped, why_json
from foedera.language.schema import SCHEMAS
from foedera.library import open_crisis, source_lines

ROOT = Path(__file__).resolve().parents[2]
CASES = [
    ("niger-2023", "invasion", "2023-09-18"),
    ("niger-2023", "peaceful", "2023-09-18"),
    ("niger-2023", None, "2023-08-20"),
]


def answered(case, library):
    crisis, branch, on = case
    return assess(library.crises[crisis], branch=branch, on=on, within=library)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}-{case[2]}")
def test_the_answer_is_accepted_by_its_schema(case, library):
    jsonschema.Draft202012Validator(SCHEMAS["answer"]()).validate(answered(case, library).json())


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (ROOT / "src" / "foedera" / "library" / "crises").glob("*.yaml"))
)
def test_every_crisis_gives_an_answer_that_the_schema_accepts(name, library):
    crisis, schema = library.crises[name], jsonschema.Draft202012Validator(SCHEMAS["answer"]())
    for branch in (None, *crisis.branches):
        schema.validate(assess(crisis, branch=branch, within=library).json())


@pytest.mark.parametrize("path", sorted(ROOT.glob("conformance/*/*.yaml")), ids=lambda path: path.stem)
def test_every_conformance_case_can_be_told_in_full(path, library):
    crisis = open_crisis(str(path), library)
    for branch in (None, *crisis.branches):
        answer = assess(crisis, branch=branch, within=library)
        assert answer.text(everything=True) and answer.markdown()
        assert json.loads(dumped(answer.json()))["findings"] is not None


def test_the_schema_can_refuse(library):
    validator = jsonschema.Draft202012Validator(SCHEMAS["answer"]())
    answer = answered(CASES[0], library).json()
    for spoil in (
        lambda a: a.pop("findings"),
        lambda a: a["findings"][0].update(holds="no"),
        lambda a: a["findings"][0].update(extra=1),
        lambda a: a["dilemmas"][0].pop("severity"),
        lambda a: a.update(more=[]),
    ):
        spoiled = json.loads(json.dumps(answer))
        spoil(spoiled)
        assert not validator.is_valid(spoiled)


def test_the_schema_is_itself_a_valid_schema():
    for make in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(make())


def test_the_keys_are_those_of_the_design_page(library):
    answer = answered(CASES[0], library).json()
    assert list(answer) == [
        "crisis",
        "branch",
        "on",
        "known_to",
        "reading",
        "findings",
        "not_bound",
        "dilemmas",
        "questions",
        "standing",
        "receipt",
    ]
    finding = {
        "id", "bearer", "modality", "act", "toward", "against", "treaty", "article", "rule", "binding", "strength",
        "means", "holds",
        "hinges_on", "readings", "since", "until", "status", "sentence", "proof",
    }  # fmt: skip
    assert all(finding <= set(row) for row in answer["findings"])
    assert all(
        {"bearer", "modality", "act", "toward", "treaty", "article", "rule", "missing"} <= set(row)
        for row in answer["not_bound"]
    )
    assert all({"bearer", "duties", "severity", "says", "resolved_by"} <= set(row) for row in answer["dilemmas"])
    assert all({"about", "asks", "answers", "decides"} <= set(row) for row in answer["questions"])


def test_the_founding_finding_is_as_the_design_page_shows_it(library):
    answer = answered(CASES[0], library).json()
    (mali,) = [
        f
        for f in answer["findings"]
        if (f["bearer"], f["treaty"], f["holds"], f["act"]) == ("MLI", "aes-2023", "yes", "assist")
    ]
    shown = {
        "modality": "must", "act": "assist", "toward": "NER", "against": ["BEN", "CIV", "NGA",
        "SEN"], "article": "6", "rule": "one-is-all",
        "binding": "legal", "strength": None, "means": ["armed-force",
        "open"], "hinges_on": [], "since": "2023-09-17", "until": None,
        "status": "owed", "sentence": "Mali must assist Niger against Benin, Côte d’Ivoire, Nigeria and Senegal.",
    }  # fmt: skip
    assert {key: mali[key] for key in shown} == shown


def test_lists_are_sorted(library):
    answer = answered(CASES[0], library).json()
    for finding in answer["findings"]:
        assert finding["against"] == sorted(finding["against"]) and finding["hinges_on"] == sorted(finding["hinges_on"])
    assert [int(f["id"][1:]) for f in answer["findings"]] == list(range(1, len(answer["findings"]) + 1))
    order = [(f["bearer"], f["modality"], f["act"], f["toward"] or "", f["treaty"]) for f in answer["findings"]]
    assert order == sorted(order)
    assert [(d["bearer"]) for d in answer["dilemmas"]] == sorted(d["bearer"] for d in answer["dilemmas"])
    ranks = [(-q["decides"], q["about"]) for q in answer["questions"]]
    assert ranks == sorted(ranks)


def test_dilemmas_refer_to_findings_that_are_there(library):
    answer = answered(CASES[0], library).json()
    ids = {f["id"]: f["bearer"] for f in answer["findings"]}
    assert answer["dilemmas"]
    for row in answer["dilemmas"]:
        assert len(row["duties"]) >= 2
        assert {ids[name] for name in row["duties"]} == {row["bearer"]}


def test_a_questions_count_is_the_number_of_findings_that_hinge_on_it(library):
    answer = answered(CASES[1], library).json()
    assert answer["questions"]
    for question in answer["questions"]:
        assert question["decides"] == sum(question["about"] in f["hinges_on"] for f in answer["findings"])
        assert len(question["answers"]) >= 2


def test_the_receipt_has_the_hash_of_every_file_that_the_answer_rests_on(library):
    answer = answered(CASES[0], library).json()
    files = answer["receipt"]["files"]
    assert {"crises/niger-2023.yaml", "treaties/aes-2023.yaml", "treaties/un-charter.yaml"} <= set(files)
    home = ROOT / "src" / "foedera" / "library"
    for name, stamp in files.items():
        assert stamp == "sha256:" + hashlib.sha256((home / name).read_bytes()).hexdigest()
    rested = {place.rpartition(":")[0] for place in places(answer)}
    assert rested <= set(files)


def places(node):
    """Every `at` of every proof."""
    if isinstance(node, dict):
        yield from [node["at"]] if "at" in node else []
        for part in node.values():
            yield from places(part)
    elif isinstance(node, list):
        for part in node:
            yield from places(part)


def test_every_place_in_the_proofs_is_a_line_that_exists(library):
    found = set(places(answered(CASES[0], library).json()))
    assert len(found) > 20
    for place in found:
        file, _, line = place.rpartition(":")
        assert source_lines(file)[int(line) - 1].strip(), place


SCRIPT = (
    "import sys; from foedera.answers.answer import assess; from foedera.answers.json import dumped; "
    "a = assess('niger-2023', branch=sys.argv[1], on='2023-09-18'); "
    "sys.stdout.write(dumped(a.json()) + a.text(everything=True) + a.markdown() + a.html())"
)


def bytes_under(seed, branch, **environment):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, branch], capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize("branch", ["invasion", "peaceful"])
def test_the_same_input_gives_the_same_bytes_under_every_hash_seed(branch):
    first = bytes_under("0", branch)
    assert len(first) > 50_000
    assert all(bytes_under(seed, branch) == first for seed in ("1", "4242"))


def test_the_cache_changes_no_byte(tmp_path):
    """Without a cache, with a fresh one, and with the one just made."""
    first = bytes_under("0", "invasion")
    fresh = {"XDG_CACHE_HOME": str(tmp_path)}
    assert bytes_under("0", "invasion", **fresh) == bytes_under("0", "invasion", **fresh) == first
    assert bytes_under("0", "invasion", XDG_CACHE_HOME="/dev/null/none") == first


def test_the_answer_is_plain_json(library):
    text = dumped(answered(CASES[0], library).json())
    assert json.loads(text) == answered(CASES[0], library).json()
    assert "Côte d’Ivoire" in text


def test_why_in_json_has_the_proof_or_what_lacks(library):
    answer = assess("niger-2023", branch="invasion", on="2023-09-18", asked=["TGO", "NER"], within=library)
    yes = why_json(answer.assessment, "MLI", "assist", "NER", answer.matching("MLI", "assist", "NER"))
    assert yes["findings"] and not yes["not_bound"]
    no = why_json(answer.assessment, "TGO", "assist", "NER", answer.matching("TGO", "assist", "NER"))
    assert not no["findings"]
    assert "requested_by" in {part["condition"] for miss in no["not_bound"] for part in miss["missing"]}


def test_an_attack_without_a_file_is_accepted_too(library):
    answer = assess_attack("RUS", "EST", on="2026-11-23", within=library).json()
    jsonschema.Draft202012Validator(SCHEMAS["answer"]()).validate(answer)
    assert answer["crisis"] == "rus-attacks-est"
