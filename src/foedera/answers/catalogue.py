"""What the library holds, as rows and pages: treaties, articles, states, the ties of a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from foedera.answers.words import day_words, wrap
from foedera.dates import When
from foedera.engine.bind import bound, suspended_toward
from foedera.engine.world import World
from foedera.language.sentences import area_phrase, listed, rule_sentence
from foedera.language.types import Article, Party, Reading, Rule, Source, Suspended, Treaty
from foedera.library import Library
from foedera.states.registry import Registry, State
from foedera.truth import NO, UNKNOWN, YES


def treaty_row(treaty: Treaty) -> dict[str, Any]:
    """One instrument in a line: id, title, kind, dates, parties, confidence."""
    return {
        "id": treaty.id, "title": treaty.title, "kind": treaty.kind, "binding": treaty.binding,
        "signed": str(treaty.signed) if treaty.signed else None, "in_force": in_force_words(treaty),
        "ends": str(treaty.ends) if treaty.ends else None,
        "parties": sorted(treaty.parties) or (["all-states"] if treaty.all_states else [f"of {treaty.parties_of}"]),
        "articles": list(treaty.articles), "confidence": treaty.confidence,
        "checked": str(treaty.checked_on) if treaty.checked_on else None,
    }  # fmt: skip


def in_force_words(treaty: Treaty) -> str | None:
    """The day of entry into force, `contested`, or None."""
    options = [option for spell in treaty.in_force for option in spell.options]
    if len(options) > 1:
        return "contested"
    return str(options[0].value) if options and options[0].value is not None else None


def treaty_page(treaty: Treaty, registry: Registry, article: str | None, width: int) -> str:
    """A treaty, or one article of it, as a page for the terminal; KeyError for an unknown article."""
    if article is not None:
        return "\n".join(_article_lines(treaty, treaty.articles[article], registry, width))
    lines = [treaty.title, "", *_header_lines(treaty, registry, width)]
    for part in treaty.articles.values():
        lines += ["", *_article_lines(treaty, part, registry, width)]
    for reading in treaty.readings.values():
        lines += ["", *_reading_lines(reading, width)]
    return "\n".join(lines)


def _wrap(text: str, width: int, indent: str = "", hang: str | None = None) -> list[str]:
    return wrap(text, width, indent, indent if hang is None else hang)


def _header_lines(treaty: Treaty, registry: Registry, width: int) -> Iterator[str]:
    force = in_force_words(treaty)
    options = [o for spell in treaty.in_force for o in spell.options]
    if force == "contested":
        force = "contested: " + "; ".join(f"{o.label}: {o.value or 'never'}" for o in options)
    signed = f"signed {treaty.signed}" if treaty.signed else "not signed"
    yield from _wrap(
        f"{treaty.kind}, {treaty.binding} · {signed} · in force {force or 'not yet'} · ends {treaty.ends or 'open'}",
        width,
    )
    if treaty.ends_why:
        yield from _wrap(f"ended: {treaty.ends_why}", width)
    if treaty.parties:
        yield from _wrap(
            "parties: " + ", ".join(_party_words(treaty, code, registry) for code in treaty.parties), width, "", "  "
        )
    else:
        yield f"parties: {'all states' if treaty.all_states else f'those of {treaty.parties_of}'}"
    for area in treaty.areas.values():
        says = f"{area.says} " if area.says else ""
        yield from _wrap(f"area “{area.id}”: {says}{area_phrase(area, registry.called, treaty)}", width, "", "  ")
    if treaty.withdrawal is not None:
        yield f"withdrawal: notice of {treaty.withdrawal}"
    if treaty.subject_to:
        yield f"subject to: {', '.join(treaty.subject_to)}"
    if treaty.text:
        yield f"text: {treaty.text}"
    yield from _source_lines(treaty.sources, width)
    yield f"checked {treaty.checked_on}, confidence: {treaty.confidence}"


def _party_words(treaty: Treaty, code: str, registry: Registry) -> str:
    party = treaty.parties[code]
    text = registry.called(code)
    dates = [f"since {party.since}" if party.since else "", f"until {party.until}" if party.until else ""]
    suspended = [_suspended_words(spell, registry) for spell in party.suspended]
    extra = ", ".join(part for part in (*dates, party.why, *suspended) if part)
    return f"{text} ({extra})" if extra else text


def _suspended_words(spell: Suspended, registry: Registry) -> str:
    until = f" to {spell.interval.until}" if spell.interval.until else ""
    toward = f" toward {listed(map(registry.called, spell.toward))}" if spell.toward else ""
    why = f": {spell.why}" if spell.why else ""
    return f"suspended {spell.interval.since}{until}{' from organs' if spell.from_ else ''}{toward}{why}"


def _source_lines(sources: tuple[Source, ...], width: int) -> Iterator[str]:
    for source in sources:
        numbers = [number for number in (source.unts, source.lnts) if number and number not in source.title]
        text = ", ".join([source.title, *numbers, *([source.url] if source.url else [])])
        text += f" ({source.note})" if source.note else ""
        yield from _wrap(f"source: {text}", width, "", "  ")


def _article_lines(treaty: Treaty, article: Article, registry: Registry, width: int) -> Iterator[str]:
    title = f": {article.title}" if article.title else ""
    yield f"{article.key}{title}   {article.at.file}:{article.at.line}"
    yield from _wrap(article.says, width, "  ")
    for rule in article.rules:
        yield from _rule_lines(treaty, rule, registry, width)
    for part in article.not_modelled:
        yield from _wrap(f"not modelled: {part.clause}: {part.why}", width, "  · ", "    ")
    for question in article.open:
        yield from _wrap(f"open: {question}", width, "  ? ", "    ")
    for reading in treaty.readings.values():
        if any(_touches(path, article) for option in reading.options.values() for path in option.change.rules):
            yield from _wrap(f"reading {reading.id}: {reading.asks}", width, "  ? ", "    ")
    for line in _source_lines(article.sources, width - 2):
        yield f"  {line}"


def _touches(path: str, article: Article) -> bool:
    return path.split("/", maxsplit=1)[0] == article.key


def _rule_lines(treaty: Treaty, rule: Rule, registry: Registry, width: int) -> Iterator[str]:
    sentence = rule_sentence(rule, treaty, registry.called)
    yield from _wrap(f"{rule.id}: {sentence}", width, "  → ", "    ")
    if rule.says:
        yield from _wrap(f"in short: {rule.says}", width, "    ", "    ")
    for line in _source_lines(rule.sources, width - 4):
        yield f"    {line}"


def _reading_lines(reading: Reading, width: int) -> Iterator[str]:
    yield from _wrap(f"reading {reading.id}: {reading.asks}", width)
    for option in (reading.plain, *reading.options.values()):
        held = f" Held by {listed(option.held_by)}." if option.held_by else ""
        source = f" ({option.source})" if option.source else ""
        standing = "" if option.standing == "plain" else f" [{option.standing}]"
        yield from _wrap(f"{option.name}{standing}: {option.says}{held}{source}", width, "  ", "    ")


def treaty_json(treaty: Treaty, registry: Registry) -> dict[str, Any]:
    """A treaty as plain values, with each rule's sentence."""
    return {
        **treaty_row(treaty),
        "articles": [
            {
                "article": article.key, "says": article.says, "at": str(article.at),
                "sources": [source.title for source in article.sources],
                "rules": [
                    {
                        "rule": rule.id, "modality": rule.modality, "acts": list(rule.acts),
                        "sentence": rule_sentence(rule, treaty, registry.called), "at": str(rule.at),
                    }
                    for rule in article.rules
                ],
                "not_modelled": [{"clause": part.clause, "why": part.why} for part in article.not_modelled],
                "open": list(article.open),
            }
            for article in treaty.articles.values()
        ],
        "readings": [
            {
                "question": reading.id, "asks": reading.asks,
                "options": [
                    {"name": o.name, "standing": o.standing, "says": o.says, "held_by": list(o.held_by), "source": o.source}
                    for o in (reading.plain, *reading.options.values())
                ],
            }
            for reading in treaty.readings.values()
        ],
    }  # fmt: skip


class Tie(Struct, frozen=True):
    """A bond of a state on a day: in force, suspended, signed but not in force, or political; with whom.

    `idle_since` is the day on which it was dead in practice though nobody had ended it, once that day is past.
    """

    treaty: Treaty
    state: str
    status: str
    others: tuple[str, ...]
    idle_since: When | None


def ties(code: str, on: date, library: Library) -> Iterator[Tie]:
    """The bonds of a state on a day; none of one that did not exist."""
    state = library.registry.states.get(code)
    if state is not None and state.existed(on) is NO:
        return
    treaties = {name: library.treaties[name] for name in library.treaties}
    world = empty_world(library, treaties, on)
    for name in sorted(treaties):
        treaty = treaties[name]
        if code not in treaty.parties and not treaty.all_states and treaty.parties_of is None:
            continue
        status = _tie_status(world, treaty, code, on)
        if status:
            others = tuple(sorted(c for c in treaty.parties if c != code and _bound_with(world, treaty, code, c, on)))
            idle = treaty.effective_end if treaty.effective_end and treaty.effective_end.reached(on) is True else None
            yield Tie(treaty, code, status, others, idle)


def _bound_with(world: World, treaty: Treaty, code: str, other: str, on: date) -> bool:
    return bound(world, treaty, other, on).truth is YES and not suspended_toward(world, treaty, code, other, on)


def _tie_status(world: World, treaty: Treaty, code: str, on: date) -> str | None:
    truth = bound(world, treaty, code, on).truth
    if truth is YES:
        return "in force" if treaty.binding == "legal" else treaty.binding
    if truth is UNKNOWN:
        return "contested"
    party = treaty.parties.get(code)
    over = treaty.ends is not None and treaty.ends.reached(on) is True
    if party is None or over or (party.until is not None and party.until.reached(on) is True):
        return None
    if any(s.from_ is None and not s.toward and s.interval.covers(on) is True for s in party.suspended):
        return "suspended"
    signed = _signed(treaty, party)
    return "signed, not in force" if signed is not None and signed.reached(on) is True else None


def _signed(treaty: Treaty, party: Party) -> When | None:
    """When a party signed; one that came in later did not sign with the first."""
    later = party.since is not None and all(party.since.first > start.last for start in treaty.starts)
    return party.signed if party.signed is not None or later else treaty.signed


def empty_world(library: Library, treaties: Mapping[str, Treaty], on: date) -> World:
    """A world in which nothing happened."""
    return World(library.registry, treaties, {}, {}, on, None, (), {}, {}, (), frozenset())


def state_row(state: State) -> dict[str, Any]:
    """One state in a line: id, name, codes, spells."""
    return {
        "id": state.id, "name": state.name, "iso2": state.iso2, "iso_n3": state.iso_n3,
        "cow": [code.code for code in state.cow], "gw": [code.code for code in state.gw], "aliases": list(state.aliases),
        "names": [{"name": n.name, "since": _text(n.interval.since), "until": _text(n.interval.until)} for n in state.names],
        "exists": [{"since": _text(i.since), "until": _text(i.until)} for i in state.exists],
        "in": list(state.regions),
        "continuity": [
            {"how": c.how, "state": c.state, "since": _text(c.interval.since), "until": _text(c.interval.until)}
            for c in state.continues
        ],
    }  # fmt: skip


CONTINUITY = {
    "successor": "successor of", "continues": "continues the person of", "union": "in union with", "absorbed": "absorbed",
    "separated": "separated from",
}  # fmt: skip


def continuity_words(state: State, registry: Registry) -> list[str]:
    """What a state grew out of or took in: `absorbed Hanover (1866-09-20)`."""
    found = []
    for part in state.continues:
        since, until = part.interval.since, part.interval.until
        span = f"{since} to {until}" if since and until else f"until {until}" if until else str(since) if since else ""
        found.append(f"{CONTINUITY[part.how]} {registry.called(part.state)}" + (f" ({span})" if span else ""))
    return found


def _text(when: object) -> str | None:
    return None if when is None else str(when)


def matching_states(text: str | None, registry: Registry) -> list[State]:
    """The states whose id, alias, code or name holds the text; all without it."""
    if not text:
        return [registry.states[code] for code in sorted(registry.states)]
    found = registry.find(text.upper())
    wanted = text.lower()
    return [
        state for code, state in sorted(registry.states.items())
        if code == found or wanted in state.name.lower() or any(wanted in n.name.lower() for n in state.names)
        or wanted in [c.code for c in (*state.cow, *state.gw)] or (state.iso2 or "").lower() == wanted
    ]  # fmt: skip


def tie_line(tie: Tie, registry: Registry, on: date) -> str:
    """A tie in a line."""
    others = [registry.called(code, on) for code in tie.others]
    shown = listed(others) if 0 < len(others) <= 8 else f"{len(others)} others" if others else "no one else"
    idle = f" (idle since {tie.idle_since})" if tie.idle_since else ""
    return f"{tie.treaty.id:<26} {tie.status:<21} with {shown}{idle}"


def tie_json(tie: Tie) -> dict[str, object]:
    """A tie as plain values."""
    return {
        "treaty": tie.treaty.id, "status": tie.status, "with": list(tie.others), "idle_since": _text(tie.idle_since),
    }  # fmt: skip


def no_ties(registry: Registry, code: str, on: date) -> str:
    """What to say when the library knows no bond."""
    if code in registry.states and registry.states[code].existed(on) is NO:
        return f"{registry.called(code)} did not exist on {day_words(on)}"
    return f"no instrument of the library binds {registry.called(code, on)} on {day_words(on)}"
