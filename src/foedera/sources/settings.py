"""Where the user keeps data: the file that remembers it, or the folder that FOEDERA_DATA names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from foedera.problems import Problem, Refused, whole_file
from foedera.sources.catalogue import SOURCES, known_sources


def config_file() -> Path:
    """The platform's place for a user's settings, `foedera/data.json` in it."""
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "foedera" / "data.json"


def data_folder() -> Path | None:
    """The folder that FOEDERA_DATA names, or None; `Refused` (T001) where it is none."""
    said = os.environ.get("FOEDERA_DATA")
    if not said:
        return None
    if not os.path.isdir(said):
        raise Refused(
            (Problem("T001", whole_file(said), f"FOEDERA_DATA: there is no folder `{said}`", "name a folder"),)
        )
    return Path(said)


def user_sources() -> dict[str, Path]:
    """The user's sources by name: FOEDERA_DATA's where it is set, else those that `foedera data add` remembers."""
    return known_sources(config_file(), data_folder())


def wanted(name: str, known: dict[str, Path]) -> Path:
    """Where a source is, or `Refused` (T006) saying how to add it."""
    if name not in known:
        source = SOURCES[name]
        problem = f"this needs {source.title} ({source.release}), and no file of it is known"
        fix = f"get it from {source.home}, then: foedera data add {name} PATH"
        raise Refused((Problem("T006", whole_file(name), problem, fix),))
    return known[name]
