"""The library: treaty and crisis files, the registry, and the one door that loads them."""

from foedera.library.door import (
    Library,
    bundle_changes,
    is_treaty_file,
    library,
    open_crisis,
    read_crisis_file,
    read_event,
    read_treaty_file,
    receipt,
    registry,
    source_lines,
    source_plain,
    written,
)

__all__ = [
    "Library",
    "bundle_changes",
    "is_treaty_file",
    "library",
    "open_crisis",
    "read_crisis_file",
    "read_event",
    "read_treaty_file",
    "receipt",
    "registry",
    "source_lines",
    "source_plain",
    "written",
]
