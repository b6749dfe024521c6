"""Everything that holds or may hold in a world: what fires, what stands where it may bite, what prevails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from foedera.engine.case import Case
from foedera.engine.fire import Firing, all_fired
from foedera.engine.lifecycle import running
from foedera.engine.priority import prevail
from foedera.engine.standing import Pairs, standing, touched
from foedera.engine.world import World
from foedera.truth import NO

Key = tuple[str, str, str, str, str, str]


class Held(Struct, frozen=True):
    """What holds or may hold in a world: what fires and what stands, by instrument, and all as it prevails."""

    world: World
    fired: Mapping[str, list[Firing]]
    stood: Mapping[str, list[Firing]]
    near: Pairs
    groups: Mapping[Key, list[Firing]]
    strong: tuple[Firing, ...]

    def everything(self) -> Iterator[Firing]:
        """All that fires and stands."""
        for name in self.fired:
            yield from (*self.fired[name], *self.stood[name])


def hold(world: World, case: Case) -> Held:
    """Everything that holds or may hold: triggered rules, then standing ones where they may bite."""
    fired = all_fired(world)
    near = touched(world, (firing for found in fired.values() for firing in found))
    stood = {name: list(standing(world, treaty, near, case.pairs)) for name, treaty in world.treaties.items()}
    both_kinds = (f for name in fired for f in (*fired[name], *stood[name]))
    strong = tuple(f for f in both_kinds if f.rule.overrides or f.rule.modality == "no_duty")
    return Held(world, fired, stood, near, prevailing(world, fired, stood), strong)


def prevailing(
    world: World, fired: Mapping[str, list[Firing]], stood: Mapping[str, list[Firing]], winners: Iterable[Firing] = ()
) -> dict[Key, list[Firing]]:
    """What is left after overrides, by duty and pair; `winners` may defeat but are not themselves asked about."""
    strong = list(winners)
    bans = [firing for name in sorted(stood) for firing in stood[name]]
    triggered = prevail(world, (firing for name in sorted(fired) for firing in fired[name]), [*bans, *strong])
    fixed = prevail(world, bans, running(world, [*triggered, *strong]))
    groups: dict[Key, list[Firing]] = {}
    for firing in (*triggered, *fixed):
        if firing.proof.truth is not NO and firing.rule.modality != "no_duty":
            groups.setdefault(firing.key, []).append(firing)
    return groups
