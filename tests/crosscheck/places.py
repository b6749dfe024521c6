"""Where events happened, what these places were, and whether that is what a clause covers."""

from __future__ import annotations

from itertools import product

from foedera.language.types import Limb, Treaty, Who
from foedera.language.vocabulary import is_kind
from foedera.states.registry import Place

from .program import Literals, OutOfReach, Program, Ways, q
from .who import roles_of, ways

WHERE = "E,D,A,V,H,G,P"  # event, day, actor and target as a rule casts them, who did it to whom in truth, place


def write_places(p: Program) -> None:
    """Events whose place a rule may ask about, and their places; without one it is the victim's own soil."""
    asking = [when for _, rule, when in p.case.rules() if when.place is not None or rule.modality == "counts_as"]
    kinds = tuple(kind for when in asking for kind in when.kinds)
    found: set[str] = set()
    for e in p.case.events:
        assert e.date is not None
        if not is_kind(e.kinds, kinds) or not any(when.place for when in asking):
            continue
        if e.place is None:
            p.say(f"own_soil({q(e.id)})")
            found |= {code for code in p.dom if code in p.case.registry.states or code in p.case.crisis.actors}
            continue
        for body, name in p.on(e.place, e.date.first, f"place({q(e.id)})"):
            if name is not None:
                p.say(f"site({q(e.id)},{q(name)})", *body)
                found.add(str(name))
    p.places = sorted(found)
    for name in p.places:
        _place(p, name)


def _known(p: Program, name: str) -> Place | None:
    return p.case.crisis.places.get(name) or p.case.registry.places.get(name)


def _place(p: Program, name: str) -> None:
    me, place, known = q(name), _known(p, name), p.case.registry
    p.say(f"within({me},{me},D)", "cday(D)", f"used({me})")
    if place is None:  # a State's own metropolitan soil
        for region in sorted(known.regions_of(name)):
            p.say(f"within({me},{q(region)},D)", "cday(D)", f"used({me})")
        for word in (f"sovereign({me},{me},D)", f"administers({me},{me},D)", f'standing({me},"metropolitan",D)'):
            p.say(word, "cday(D)", f"used({me})")
        return
    administers = place.administered_by or place.sovereign
    for word, datum, question in (
        ("sovereign", place.sovereign, "sovereign"), ("standing", place.status, "status"),
        ("administers", administers, "administers" if place.administered_by else "sovereign"),
    ):  # fmt: skip
        for when, value in p.dated(datum, f"{question}({me})"):
            if value is not None:
                p.say(f"{word}({me},{q(value)},D)", *when)
    for when, value in p.dated(place.inside, f"inside({me})"):
        names = [value] if isinstance(value, str) else list(value or ())
        for region in sorted({*names, *known.region_closure(x for x in names if x in known.regions)}):
            p.say(f"within({me},{q(region)},D)", *when)
        # what lies overseas is in none of its State's own regions
        for region in sorted({region for state in names for region in known.regions_of(state)}):
            p.say(f"within({me},{q(region)},D)", *when, f"not abroad({me},D)")
    if place.island:
        p.say(f"island({me})")


def limb(p: Program, x: Limb, t: Treaty) -> str:
    """The predicate that an event, so cast, happened in such a place."""
    name = p.fresh("limb")
    options: list[Ways] = [[literal for word in x.inside for literal in [_inside(p, word, t)]]] if x.inside else []
    options += [[[f"not {literal}" for literal in _inside(p, word, t)]] for word in x.outside]
    for number, (word, who) in enumerate(
        (("sovereign", x.territory_of), ("sovereign", x.islands_of), ("administers", x.administered_by), ("sovereign", x.sovereign))
    ):  # fmt: skip
        if who is not None:
            options.append(_held(p, word, who, f"Y{number}", t))
    if x.islands_of is not None:
        options.append([["island(P)"]])
    if x.status:
        options.append([[f"standing(P,{q(word)},D)"] for word in x.status])
    for bound, north in ((x.north_of, True), (x.south_of, False)):
        if bound is not None:
            options.append([[f"{_latitude(p, bound, north)}(P)"]])
    for combination in product(*options):
        p.say(f"{name}({WHERE})", f"where({WHERE})", *sum(combination, []))
    return name


def _held(p: Program, word: str, who: Who, var: str, t: Treaty) -> Ways:
    if "bearer" in roles_of(who) or "toward" in roles_of(who):
        raise OutOfReach("a place that depends on the bearer")
    return [[f"{word}(P,{var},D)", *literals] for literals in ways(p, who, var, t)]


def _inside(p: Program, word: str, t: Treaty) -> Literals:
    """That the place lies in a region or a state, or in an area of the instrument that covers what was struck."""
    if word not in t.areas:
        return [f"within(P,{q(word)},D)"]
    area = t.areas[word]
    name = p.fresh("area")
    for protected in area.covers:
        p.say(f"covers({name},{protected})")
    excepted = [f"not {limb(p, x, t)}({WHERE})" for x in area.excepted]
    for x in area.any:
        p.say(f"{name}({WHERE})", f"{limb(p, x, t)}({WHERE})", "protects(E,Y)", f"covers({name},Y)", *excepted)
    return [f"{name}({WHERE})"]


def _latitude(p: Program, bound: float, north: bool) -> str:
    name = p.fresh("latitude")
    for place_id in p.places:
        place = _known(p, place_id)
        if place is None or place.lat is None:
            question = p.ask(f"latitude({q(place_id)})", ("north", "south"))
            p.say(f"{name}({q(place_id)})", f"pick({question},{'north' if north else 'south'})")
        elif (place.lat > bound) if north else (place.lat < bound):
            p.say(f"{name}({q(place_id)})")
    return name
