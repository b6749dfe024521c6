"""Questions as people put them, turned into a case for the engine, with what they leave out filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from foedera.dates import When, on_day
from foedera.engine.case import Case, knows_reading
from foedera.language.types import Article, Crisis, Event, Treaty
from foedera.library import Library, bundle_changes
from foedera.library.outline import Outline, outline
from foedera.problems import Problem, Refused, Span, near_word, suggest, whole_file
from foedera.states.registry import Registry
from foedera.states.values import settled
from foedera.truth import NO


def last_day(crisis: Crisis, branch: str | None = None) -> date:
    """The day asked about when none is given: the end of the period, else the last event's day."""
    if crisis.period_to is not None:
        return crisis.period_to.last
    added = crisis.branches[branch].add if branch is not None else ()
    days = [event.date.last for event in (*crisis.events, *added) if event.date is not None]
    return max(days, default=date(2023, 1, 1))


def instruments(crisis: Crisis, library: Library, day: date, also: Iterable[str] = ()) -> dict[str, Treaty]:
    """The instruments a crisis is judged by: those it names, or all that can matter; and those it defines itself.

    An instrument of the library can matter when it names a state of the crisis, or speaks of any state, and was
    alive at some time from the first event to the day asked about.
    `also` holds states and instruments that somebody asks about.
    """
    if crisis.instruments is not None:
        unknown = [name for name in crisis.instruments if name not in library.treaties and name not in crisis.treaties]
        if unknown:
            fix = suggest(unknown[0], library.treaties)
            raise Refused((Problem("N003", crisis.at, f"there is no instrument `{unknown[0]}`", fix),))
        names = [name for name in crisis.instruments if name in library.treaties]
    else:
        names = sorted(_relevant(crisis, library, day, set(also)))
    return {**{name: library.treaties[name] for name in names}, **crisis.treaties}


def _relevant(crisis: Crisis, library: Library, day: date, also: set[str]) -> set[str]:
    outlines = library.outlines()
    concerned = set(_concerned(crisis)) | also
    alive = {name for name, o in outlines.items() if _alive(o, crisis, day)}
    found = {name for name in outlines if name in concerned}
    found |= {name for name in alive if _touches(outlines[name], concerned)}
    todo = [*found, *(name for treaty in crisis.treaties.values() for name in treaty.subject_to if name in outlines)]
    while todo:
        name = todo.pop()
        found.add(name)
        todo += [other for other in outlines[name].leans_on if other in alive and other not in found]
    return found


def _alive(o: Outline, crisis: Crisis, day: date) -> bool:
    """Whether it may bind somebody at some time from the first event to the day asked about."""
    dated = [event.date.first for event in crisis.events if event.date is not None]
    return o.first <= day.isoformat() and o.last >= min(dated, default=day).isoformat()


def _touches(o: Outline, concerned: set[str]) -> bool:
    return o.universal or o.organisation in concerned or not o.codes.isdisjoint(concerned)


def concerns(treaty: Treaty, crisis: Crisis, day: date) -> bool:
    """Whether an instrument may matter in a crisis, as far as its states and its life tell."""
    o, concerned = outline(treaty), set(_concerned(crisis))
    return treaty.id in concerned or (_alive(o, crisis, day) and _touches(o, concerned))


def _concerned(crisis: Crisis) -> Iterator[str]:
    """Every state, body and instrument that a crisis names."""
    for event in (*crisis.events, *(event for branch in crisis.branches.values() for event in branch.add)):
        yield from (*event.by, *event.on, *event.to, *event.in_defence_of, *event.votes)
        yield from (
            code for spell in event.supported_by or () for option in spell.options for code in option.value or ()
        )
        yield from [event.under.split("/")[0]] if event.under else []
        yield from [event.organ] if event.organ else []
    yield from (actor.of for actor in crisis.actors.values() if actor.of is not None)
    tables = [
        crisis.facts,
        *(branch.facts for branch in crisis.branches.values()),
        *(b.set for b in crisis.readings.values()),
    ]
    yield from (name.rpartition(".")[0] for table in tables for name in table)
    yield from (path.split("/")[0] for bundle in crisis.readings.values() for path in bundle.change)


def make_case(
    crisis: Crisis, library: Library, *, branch: str | None = None, on: date | None = None, reading: str | None = None,
    viewer: str | None = None, asked: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = (), named: Iterable[str] = (),
) -> Case:  # fmt: skip
    """The case for a crisis of the library; `Refused` when a branch or reading does not exist.

    `named` are instruments to judge by although no event makes them matter.
    """
    if branch is not None and branch not in crisis.branches:
        raise Refused((_no_such(crisis, "branch", branch, crisis.branches),))
    day = on or last_day(crisis, branch)
    if viewer is not None and viewer != "public":
        viewer = actor_code(viewer, crisis, library.registry, day)
    asked = frozenset(asked)
    chosen = [part.split("=")[0].rpartition(".")[0] for part in (reading or "").split(",")]
    treaties = instruments(crisis, library, day, {*asked, *named, *_searched(library, reading), *chosen})
    case = Case(
        crisis, treaties, library.registry, day, branch, reading, viewer,
        bundle_changes(crisis, library), asked, frozenset(pairs),
    )  # fmt: skip
    if reading is not None and not knows_reading(case, reading):
        known = {
            *crisis.readings,
            "plain",
            *(f"{name}.{q}={o}" for name, t in treaties.items() for q, r in t.readings.items() for o in r.options),
        }
        raise Refused((_no_such(crisis, "reading", reading, known),))
    return case


def _searched(library: Library, reading: str | None) -> Iterator[str]:
    """The instruments that have a reading named without its instrument (`harm=any-harm`)."""
    for part in (reading or "").split(","):
        question, chosen, _ = part.partition("=")
        if chosen and "." not in question and not question.startswith("government-of-"):
            yield from (name for name in library.treaties if question.strip() in library.treaties[name].readings)


def _no_such(crisis: Crisis, what: str, name: str, known: Iterable[str]) -> Problem:
    near = near_word(name, known)
    fix = f"did you mean `{near}`?" if near else f"`foedera show {crisis.id}` lists what there is"
    return Problem("X003", crisis.at, f"`{crisis.id}` has no {what} `{name}`", fix)


def attack(
    attacker: str, victim: str, library: Library, *, on: date, place: str | None = None, provoked: str | None = None
) -> Crisis:
    """A crisis with one event: an armed attack. `Refused` when a name means nobody."""
    codes = [_state(library, name, on) for name in (attacker, victim)]
    here = whole_file("the question")
    if codes[0] == codes[1]:
        raise Refused((Problem("N006", here, f"`{codes[0]}` cannot attack itself", "name two states"),))
    where = None
    if place is not None:
        known = place if place in library.registry.places else library.registry.find(place)
        if known is None:
            raise Refused(
                (Problem("N004", here, f"there is no place `{place}`", suggest(place, library.registry.places)),)
            )
        where = settled(known, here)
    event = _attack_event(codes[0], codes[1], on, here)
    if provoked is not None:
        event = replace(event, provoked=settled(provoked, here))
    return Crisis(
        id=f"{codes[0].lower()}-attacks-{codes[1].lower()}", title=f"{library.registry.called(codes[0], on)} attacks "
        f"{library.registry.called(codes[1], on)}", says=None, at=here, period_from=None, period_to=on_day(on),
        instruments=None, treaties={}, actors={}, places={}, open=("request",), events=(replace(event, place=where),), facts={},
        readings={}, branches={}, expect=(),
    )  # fmt: skip


def _attack_event(attacker: str, victim: str, on: date, here: Span) -> Event:
    return Event(
        id="attack", at=here, spots={}, date=When(on, on), until=None, kinds=("armed-attack",), by=(attacker,), on=(victim,),
        place=None, provoked=None, in_response_to=(), response_contested=False, in_defence_of=(), supported_by=None,
        means=(), scale=None, to=(), stance=None, quote=None, says=None, under=None, organ=None, finding=None, votes={},
        known_since=None, known_to=(), source=None, contested=False,
    )  # fmt: skip


def _state(library: Library, name: str, on: date) -> str:
    code = state_code(name, library, on)
    if library.registry.states[code].existed(on) is NO:
        spans = ", ".join(f"{i.since or '…'} to {i.until or 'today'}" for i in library.registry.states[code].exists)
        problem = Problem("D003", whole_file("the question"), f"`{code}` did not exist on {on}", f"it existed {spans}")
        raise Refused((problem,))
    return code


def actor_code(name: str, crisis: Crisis, registry: Registry, day: date | None = None) -> str:
    """The id that a person means by a name: an actor of the crisis, a code, an alias, or an English name (of `day`)."""
    code = _coded(name, registry, crisis) or by_name(registry, crisis, day).get(bare_name(name))
    if code is None:
        raise Refused((_nobody(f"nobody is called `{name}`", name, registry, crisis),))
    return code


def actor_codes(line: str, crisis: Crisis, registry: Registry, day: date | None = None) -> list[str]:
    """The ids of all whom a line names, with commas between them: `Burkina Faso, MLI`; codes may stand between spaces.

    `day` is the one on which they were called so.
    """
    named = by_name(registry, crisis, day)

    def meant(name: str) -> str | None:
        return _coded(name, registry, crisis) or named.get(bare_name(name))

    codes: dict[str, None] = {}
    for part in line.split(","):
        name = " ".join(part.split())
        each = [found] if (found := meant(name)) else [meant(word) for word in name.split()]
        if None in each:
            raise Refused((_nobody(f"nobody is called `{name}`", name, registry, crisis),))
        codes.update((code, None) for code in each if code)
    return list(codes)


def state_code(name: str, library: Library, day: date | None = None) -> str:
    """The state that a person means by a code, an alias or an English name, which it had on `day` if one is given."""
    code = _coded(name, library.registry) or by_name(library.registry, day=day).get(bare_name(name))
    if code is None or code not in library.registry.states:
        raise Refused((_nobody(f"there is no state `{name}`", name, library.registry),))
    return code


def _coded(name: str, registry: Registry, crisis: Crisis | None = None) -> str | None:
    if crisis is not None and name in crisis.actors:
        return name
    return registry.find(name) or registry.find(name.upper())


def by_name(registry: Registry, crisis: Crisis | None = None, day: date | None = None) -> dict[str, str]:
    """Ids by `bare_name`: a name of today goes before a former one.

    With a `day`, any name of a state of that day goes before those of the others, and what it was called then before all.
    """
    found = {bare_name(word): code for code, words in EVERYDAY.items() for word in words}
    for actor in crisis.actors.values() if crisis is not None else ():
        found |= {bare_name(word): actor.id for word in (actor.id, actor.name) if word}
    found |= {bare_name(dated.name): state.id for state in registry.states.values() for dated in state.names}
    found |= {bare_name(organ.name): organ.id for organ in registry.organs.values()}
    found |= {bare_name(body.name): body.id for body in registry.organisations.values()}
    found |= {bare_name(state.name): state.id for state in registry.states.values()}
    if day is not None:
        then = [registry.states[code] for code in registry.existing(day)]
        found |= {bare_name(dated.name): state.id for state in then for dated in state.names}
        found |= {bare_name(state.name): state.id for state in then}
        found |= {bare_name(state.name_on(day)): state.id for state in then}
    return found


# what people call a state that is not its name
EVERYDAY = {"GBR": ("UK", "Britain", "Great Britain"), "USA": ("US", "America"), "NLD": ("Holland",)}


def bare_name(name: str) -> str:
    """A name as it is looked for: in small letters, without the article, accents and curly marks."""
    if not name.isascii():
        import unicodedata  # seldom needed

        name = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return name.lower().replace("’", "'").removeprefix("the ")


def _nobody(told: str, name: str, registry: Registry, crisis: Crisis | None = None) -> Problem:
    known = {*registry.states, *(state.name for state in registry.states.values())}
    if crisis is not None:
        known |= {*crisis.actors, *(body.name for body in registry.organisations.values())}
    near = near_word(name, known)
    fix = f"did you mean `{near}`?" if near else "`foedera states TEXT` finds a state by a part of its name"
    return Problem("N001", whole_file("the question"), told, fix)


def treaty_named(name: str, library: Library) -> Treaty:
    """An instrument of the library by its id; `Refused` with the nearest one."""
    if name not in library.treaties:
        fix = suggest(name, library.treaties)
        raise Refused((Problem("N003", whole_file("the question"), f"there is no instrument `{name}`", fix),))
    return library.treaties[name]


def article_named(path: str, library: Library) -> tuple[Treaty, Article]:
    """An instrument and one of its articles by `TREATY/ARTICLE`; `Refused` with the nearest one."""
    name, _, key = path.partition("/")
    treaty = treaty_named(name, library)
    if key not in treaty.articles:
        fix = suggest(key, treaty.articles) if key else f"write `{name}/ARTICLE`: " + suggest("", treaty.articles)
        wrong = f"`{name}` has no article `{key}`" if key else f"`{name}` is no article"
        raise Refused((Problem("N003", treaty.at, wrong, fix),))
    return treaty, treaty.articles[key]
