"""States, governments and events as facts; what they mean stands in rules.lp."""

from __future__ import annotations

from collections.abc import Iterator

from foedera.language.types import Condition, Event, Pattern
from foedera.language.vocabulary import LASTING, MEANS, SCALES, ancestors
from foedera.truth import NO, YES

from .program import MEMBERSHIP, YES_NO, Program, exit_of, n, q


def write_states(p: Program) -> None:
    """Who there is: states with their days, governments, bodies."""
    case, known = p.case, p.case.registry
    for code in p.dom:
        actor, state = case.crisis.actors.get(code), known.states.get(code)
        p.say(f"dom({q(code)})")
        if code in known.organisations or code in known.organs or (actor and actor.kind == "organisation"):
            p.say(f"org({q(code)})")
        if actor is not None:
            if actor.kind == "state":
                p.say(f"state({q(code)},D)", "cday(D)")
        elif state is not None:
            for exists, then in p.stretches(lambda day, s=state: s.existed(day) is not NO):
                if exists:
                    p.say(f"state({q(code)},D)", *then)
            for great, then in p.stretches(lambda day, c=code: known.is_great_power(c, day) is YES):
                if great:
                    p.say(f"greatpower({q(code)},D)", *then)
            if "europe" in known.regions_of(code):
                p.say(f"europeanpower({q(code)},D)", f"state({q(code)},D)")
    for actor in case.crisis.actors.values():
        if actor.kind == "government" and actor.of:
            p.say(f"government({q(actor.id)},{q(actor.of)})")
    for state_code in sorted({a.of for a in case.crisis.actors.values() if a.kind == "government" and a.of}):
        datum = case.facts.get(f"government-of-{state_code}", ())
        for when, value in p.dated(datum, f"government({q(state_code)})"):
            if value is not None:
                p.say(f"speaks({q(value)},{q(state_code)},D)", *when)
    for kind in case.crisis.open:
        p.say(f"open({q(kind)})")
        p.questions["open"] = YES_NO


def write_events(p: Program) -> None:
    """What happened, or may have."""
    patterns = [x for _, rule, _ in p.case.rules() for x in _patterns((rule.when, rule.conditions, rule.exceptions))]
    asked_for = {word for x in patterns for word in ("provoked", "scale", "means", "supported_by") if getattr(x, word)}
    for e in p.case.events:
        _event(p, e)
        _open_texture(p, e, asked_for)
        _membership(p, e)


def _patterns(part: object) -> Iterator[Pattern]:
    """Every pattern in a rule's `when`, `if` and `unless`."""
    if isinstance(part, Pattern):
        yield part
    elif isinstance(part, Condition):
        yield from _patterns((part.pattern, part.before, part.after, *part.parts))
    elif isinstance(part, tuple):
        for each in part:
            yield from _patterns(each)


def _event(p: Program, e: Event) -> None:
    me = q(e.id)
    p.say(f"ev({me})")
    if e.contested:
        p.say(f"contested({me})")
        p.ask(f"happened({me})", YES_NO)
    for kind in e.kinds:
        p.say(f"kind({me},{q(kind)})")
    for kind in sorted({x for kind in e.kinds for x in ancestors(kind)}):
        p.say(f"isa({me},{q(kind)})")
    for word, codes in (
        ("by", e.by), ("on", e.on), ("to", e.to), ("defends", e.in_defence_of), ("irt", e.in_response_to),
        ("of", {*e.by, *([e.organ] if e.organ else [])}), ("means", e.means), ("stance", _one(e.stance)),
        ("found", _one(e.finding)), ("under", _one(e.under)), ("underof", _one(e.under and e.under.split("/")[0])),
    ):  # fmt: skip
        for code in codes:
            p.say(f"{word}({me},{q(code)})")
    assert e.date is not None
    if e.date.exact:
        p.say(f"start({me},{n(e.date.first)})")
    else:
        days = {d for d in (*p.case.days, e.date.last) if e.date.first <= d <= e.date.last}
        p.ask(f"date({me})", [n(d) for d in sorted(days)])
        p.say(f"start({me},D)", f"pick(date({me}),D)")
    if e.until is not None:
        p.say(f"until({me},{n(e.until.first)})")
    if any(LASTING & ancestors(kind) for kind in e.kinds):
        p.say(f"goeson({me})")
    if e.response_contested:
        p.ask(f"response({me})", YES_NO)
    if not e.by:
        p.ask(f"author({me})", YES_NO)
    for code, vote in e.votes.items():
        p.say(f"vote({me},{q(code)},{vote})")


def _one(word: str | None) -> tuple[str, ...]:
    return () if word is None else (word,)


def _open_texture(p: Program, e: Event, asked_for: set[str]) -> None:
    """Attributes that are unknown where nobody stated them, asked only where a rule looks at them."""
    me = q(e.id)
    assert e.date is not None
    if "provoked" in asked_for:
        if e.provoked is None:
            p.say(f"provoked({me})", f"pick({p.ask(f'provoked({me})', YES_NO)},yes)")
        for body, value in p.on(e.provoked or (), e.date.first, f"provoked({me})"):
            if value == "yes":
                p.say(f"provoked({me})", *body)
    if e.scale is not None:
        p.say(f"scale({me},{q(e.scale)})")
    elif "scale" in asked_for:
        p.say(f"scale({me},X)", f"pick({p.ask(f'scale({me})', map(q, SCALES))},X)")
    if not e.means and "means" in asked_for:
        p.say(f"means({me},X)", f"pick({p.ask(f'means({me})', map(q, MEANS))},X)")
    if "supported_by" in asked_for:
        if e.supported_by is None:
            p.say(f'sponsor({me},"unsaid")', f"pick({p.ask(f'sponsor({me})', YES_NO)},yes)")
        for body, value in p.on(e.supported_by or (), e.date.first, f"sponsor({me})"):
            for code in value or ():
                p.say(f"sponsor({me},{q('somebody' if code == 'state' else code)})", *body)


def _membership(p: Program, e: Event) -> None:
    """Events that change who is bound, under an instrument that they name."""
    treaty = p.case.treaties.get(e.under or "")
    if treaty is None:
        return
    if set(MEMBERSHIP) & set(e.kinds):
        p.say(f"joins({q(e.id)},{q(treaty.id)})")
    if "suspension" in e.kinds:
        p.say(f"suspends({q(e.id)},{q(treaty.id)})")
    leaves = exit_of(e, p.case.treaties)
    if leaves is not None:
        p.say(f"leaves({q(e.id)},{q(treaty.id)},{n(leaves)})")
