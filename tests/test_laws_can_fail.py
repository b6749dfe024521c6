"""Each law fails when the engine breaks it: one fault is put in on purpose, and the law must notice."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, settings
from msgspec.structs import replace

from foedera.truth import UNKNOWN, YES

ENGINE = "foedera.engine."


@pytest.fixture(scope="module")
def laws() -> ModuleType:
    """The laws once more, without the search for the smallest world that breaks one."""
    before = settings.get_current_profile_name()
    settings.register_profile(
        "unshrunk", phases=[Phase.generate], database=None, deadline=None, derandomize=True, print_blob=False,
        report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    settings.load_profile("unshrunk")
    spec = importlib.util.spec_from_file_location("laws_unshrunk", Path(__file__).with_name("test_laws.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    settings.load_profile(before)
    return module


def takes_open_for_yes(real):
    return lambda *told: replace(v, truth=YES) if (v := real(*told)).truth is UNKNOWN else v


def forgets_a_hinge(real):
    return lambda *told: replace(verdict, hinges=verdict.hinges[1:]) if (verdict := real(*told)).hinges else verdict


def reads_the_last_line_only_once(real):
    """What stands last in the file is not seen."""
    return lambda crisis, *rest: real(replace(crisis, events=crisis.events[:-1]), *rest)


def counts_from_the_file(real):
    """Names findings by the number of instruments loaded before theirs, in the order of loading."""
    return lambda world, name, group: replace(
        real(world, name, group), id=f"{name}-{[*world.treaties].index(group[0].firings[0].treaty.id)}"
    )


def first_instrument_only(real):
    return lambda world: {n: found if n == min(world.treaties) else [] for n, found in real(world).items()}


def spares_belgium(real):
    return lambda world: {n: [f for f in found if f.bearer != "BEL"] for n, found in real(world).items()}


def latest_blow_only(real):
    """Only what the last event brings about is owed."""

    def fired(world):
        last = world.events[-1].id if world.events else ""
        return {n: [f for f in found if f.occurrence.origin.id == last] for n, found in real(world).items()}

    return fired


def only_with_exceptions(real):
    """A rule without an exception never fires."""
    return lambda world, treaty, rule: bool(rule.exceptions) and real(world, treaty, rule)


def sees_the_future(real):
    return lambda crisis, branch, day, viewer: real(crisis, branch, date.max, viewer)


def tires_over_years(real):
    """A crisis with a long period loses its first event."""
    return lambda crisis, *rest: real(crisis, *rest)[
        1 if crisis.period_to and crisis.period_to.last.year > 2005 else 0 :
    ]


def tries_every_reading(_):
    return lambda *told: True


def loses_all(_):
    """Under a reading nothing is owed any more."""
    return lambda plain, case, variant: {key: [] for key in plain.groups}


def minorities_rule(real):
    return lambda case, world: (replace(variant, standing="rival") for variant in real(case, world))


def no_readings(_):
    return lambda case, world: ()


def arises_late(_):
    return lambda proof: date(2031, 1, 1)


def turns_on_nobody(_):
    return lambda *told: False


FAULTS: list[tuple[str, list[tuple[str, Callable]]]] = [
    ("more_facts_never_turn_yes_into_no_nor_no_into_yes", [("proof.Diagrams.verdict", takes_open_for_yes)]),
    ("hinges_are_enough_and_all_needed", [("proof.Diagrams.verdict", forgets_a_hinge)]),
    ("the_order_in_the_files_does_not_matter", [("case.events_of", reads_the_last_line_only_once)]),
    ("the_order_of_events_and_of_files_changes_no_byte", [("assess._finding", counts_from_the_file)]),
    ("only_exceptions_disclaimers_and_overrides_take_away", [("rules.visible", only_with_exceptions)]),
    ("what_others_do_to_each_other_ends_no_duty", [("hold.all_fired", latest_blow_only)]),
    ("an_unrelated_instrument_changes_nothing", [("hold.all_fired", first_instrument_only)]),
    ("states_under_other_names_get_the_same_answers_under_those_names", [("hold.all_fired", spares_belgium)]),
    ("what_comes_later_does_not_change_an_earlier_day", [("case.events_of", sees_the_future)]),
    ("a_longer_period_does_not_change_an_earlier_day", [("case.events_of", tires_over_years)]),
    ("a_reading_that_no_proof_touches_changes_nothing", [("readings._may_touch", tries_every_reading), ("assess.tried", loses_all)]),
    ("a_minority_reading_never_changes_what_holds", [("assess.variants", minorities_rule)]),
    ("a_rival_reading_makes_depend_exactly_what_it_changes", [("assess.variants", no_readings)]),
    ("bearers_are_bound_and_duties_arise_by_the_day_asked_about", [("fire.arisen", arises_late)]),
    ("nobody_owes_help_to_itself_or_against_itself", [("bearers.may_turn_on_its_side", turns_on_nobody)]),
]  # fmt: skip


@pytest.mark.parametrize(("law", "faults"), FAULTS, ids=[law for law, _ in FAULTS])
def test_a_law_fails_under_a_fault_that_breaks_it(law, faults, laws, monkeypatch):
    for path, fault in faults:
        module, _, name = path.partition(".")
        owner = importlib.import_module(ENGINE + module)
        *inner, name = name.split(".")
        for part in inner:
            owner = getattr(owner, part)
        monkeypatch.setattr(owner, name, fault(getattr(owner, name)))
    with pytest.raises(AssertionError):
        getattr(laws, f"test_{law}")()


def test_every_law_has_a_fault(laws):
    assert {f"test_{law}" for law, _ in FAULTS} == {name for name in vars(laws) if name.startswith("test_")}
