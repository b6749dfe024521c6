"""What each problem's code means: `foedera explain CODE`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is wrong, why it matters, an example that has it and one that does not."""

    what: str
    why: str
    bad: str = ""
    good: str = ""


CODES: Mapping[str, Lesson] = {}
