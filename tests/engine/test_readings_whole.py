"""What a reading leaves alone is kept from the plain text; worked out again as a whole it is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import foedera
from foedera.answers.ask import make_case
from foedera.engine.case import make_world
from foedera.engine.hold import hold
from foedera.engine.proof import either
from foedera.engine.readings import tried, variants
from foedera.engine.world import Memo

CRISES = sorted(path.stem for path in (Path(foedera.__file__).parent / "library" / "crises").glob("*.yaml"))


@pytest.mark.parametrize("name", CRISES)
def test_a_reading_gives_what_the_whole_gives_under_its_text(name, library):
    case = make_case(library.crises[name], library)
    plain = hold(make_world(case), case)
    for variant in variants(case, plain.world):
        treaties = {**plain.world.treaties, **variant.treaties}
        whole = hold(replace(plain.world, treaties=treaties, memo=Memo()), case).groups
        found = tried(plain, case, variant)
        told = {**plain.groups, **found}
        for key in sorted({*whole, *plain.groups, *found}):
            if (whole.get(key) or plain.groups.get(key) or found[key])[0].occurrence is None:
                continue  # a ban is shown where it may bite: one that no longer does so still holds
            here = (variant.question, variant.option, key)
            if key in whole:
                assert either(f.proof for f in told[key]).truth is either(f.proof for f in whole[key]).truth, here
            else:  # what it takes away is told, with what it asks for instead
                assert key in found and not any(firing.key == key for firing in found[key]), here
