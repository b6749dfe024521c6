"""The bytes of a file, or why it cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

from foedera.problems import Problem, whole_file

MAX_BYTES = 1_000_000


def read_bytes(path: Path, shown: str) -> bytes | Problem:
    """The content of a file, at most 1 MB of it, or why it cannot be read."""
    here = whole_file(shown)
    try:
        # a pipe that a shell holds open (`<(…)`, /dev/stdin) can be read; a named one might wait for ever
        if path.is_fifo() and not path.is_relative_to("/dev") and not path.is_relative_to("/proc"):
            return Problem("Y001", here, f"`{shown}` is a pipe", "name a file")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Problem("Y001", here, f"there is no file `{shown}`", "check the spelling of the path")
    except (OSError, ValueError) as error:
        if os.path.isdir(path):
            return Problem("Y001", here, f"`{shown}` is a folder", "name a file in it")
        reason = getattr(error, "strerror", None) or "it cannot be read"
        return Problem("Y001", here, f"`{shown}`: {reason.lower()}", "name a file that can be read")
    if len(content) > MAX_BYTES:
        return Problem("Y002", here, f"`{shown}` is larger than 1 MB", "split it: one treaty or crisis a file")
    return content
