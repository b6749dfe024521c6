"""Each conformance case has a number of its own, and a mutant of the engine that is named and still there."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = {f"{path.parent.name}/{path.name}" for path in (ROOT / "conformance").rglob("*.yaml")}


def script():
    spec = importlib.util.spec_from_file_location("engine_mutants", ROOT / "scripts" / "mutants" / "engine.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_no_two_cases_have_one_number():
    numbers = Counter(found[0] for case in CASES if (found := re.findall(r"/(\d+)-", case)))
    assert [number for number, times in numbers.items() if times > 1] == []


def test_every_case_names_a_mutant_of_its_own_that_is_still_a_place_of_the_code():
    mutants = script()
    recorded = mutants.recorded()
    assert set(recorded) == CASES and len(set(recorded.values())) == len(CASES)
    files = {mutant.file for mutant in recorded.values()}
    places = {mutant for file in files for mutant, _ in mutants.mutants(mutants.parsed(file), file)}
    assert set(recorded.values()) <= places
