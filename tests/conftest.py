"""What all tests share: the library, the user's data, the Hypothesis profiles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from foedera.library import Library
from foedera.library import library as open_library

ROOT = Path(__file__).parents[1]

settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = float(os.environ.get("FOEDERA_LONG", 0))  # 1 is the whole long campaign, 0.1 a tenth of it
settings.register_profile(
    "long", deadline=None, max_examples=int(5_000 * LONG) or 1, suppress_health_check=list(HealthCheck)
)
settings.load_profile("long" if LONG else "ci")


@pytest.fixture(scope="session")
def library() -> Library:
    """The library that ships."""
    return open_library()


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of data sets that a user would download; tests that need it are skipped without it."""
    folder = Path(os.environ.get("FOEDERA_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no data sets at {folder}: set FOEDERA_DATA to the folder that holds them")
    return folder
