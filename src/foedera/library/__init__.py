"""The library: treaty and crisis files, the registry, and the one door that loads them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from foedera.library.door import (
    Library,
    bundle_changes,
    crisis_in_part,
    is_treaty_file,
    library,
    open_crisis,
    problems_of,
    read_crisis_file,
    read_event,
    read_treaty_file,
    receipt,
    registry,
    source_lines,
    source_plain,
    template,
    treaty_in_part,
    written,
)

__all__ = [
    "Library",
    "bundle_changes",
    "crisis_in_part",
    "is_treaty_file",
    "library",
    "open_crisis",
    "problems_of",
    "read_crisis_file",
    "read_event",
    "read_treaty_file",
    "receipt",
    "registry",
    "source_lines",
    "source_plain",
    "template",
    "treaty_in_part",
    "written",
]


class _Room(ModuleType):
    """The room itself can be called: `fo.library()` means the same before and after the room was imported."""

    def __call__(self, *extra: Path) -> Library:
        return library(*extra)


sys.modules[__name__].__class__ = _Room
