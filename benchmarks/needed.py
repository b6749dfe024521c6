"""Where the research data lie that a benchmark needs."""

from __future__ import annotations

from pathlib import Path

from foedera.problems import Refused
from foedera.sources.settings import user_sources, wanted


def needed(name: str) -> Path:
    """The file of a source, found at FOEDERA_DATA or by `foedera data`; ends with what to do where there is none."""
    try:
        return wanted(name, user_sources())
    except Refused as refused:
        problem = refused.problems[0]
        raise SystemExit(f"{problem.message}\n{problem.fix}, or set FOEDERA_DATA to the folder that holds it") from None
