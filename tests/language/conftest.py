"""Reading text as a treaty or a crisis, with the registry that ships."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedera.language.crisis_form import read_crisis
from foedera.language.nodes import parse
from foedera.language.registry_form import scoped_to
from foedera.language.treaty_form import read_treaty
from foedera.library import registry
from foedera.problems import Problem, in_order


def _reader(read: Callable) -> Callable:
    def reading(text: str) -> tuple[object, list[Problem]]:
        node, problems = parse(text.encode(), "f.yaml")
        assert problems == (), "the YAML itself must be sound here"
        reader = scoped_to(registry())
        value = read(node, reader)
        assert value is not None or reader.problems, "no value and no problem"
        return None if reader.problems else value, list(in_order(reader.problems))

    return reading


@pytest.fixture(scope="session")
def read_treaty_text() -> Callable[[str], tuple[object, list[Problem]]]:
    return _reader(read_treaty)


@pytest.fixture(scope="session")
def read_crisis_text() -> Callable[[str], tuple[object, list[Problem]]]:
    return _reader(read_crisis)
