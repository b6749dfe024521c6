"""The pages about what the library holds: the front page, treaties, states and their ties."""

from __future__ import annotations

from datetime import date
from typing import Any

from foedera.answers.catalogue import matching_states, state_row, tie_json, ties, treaty_json, treaty_row
from foedera.answers.deck import Deck, happening
from foedera.answers.picture import ties_scene
from foedera.answers.scenario import parse_day
from foedera.answers.words import capital, day_words, name_of
from foedera.draw import draw_map
from foedera.engine.world import World
from foedera.language.sentences import rule_sentence
from foedera.language.types import Event, Treaty
from foedera.problems import Problem, Refused, suggest, whole_file
from foedera.web.sheets import page
from foedera.web.work import Job, Page, Reply, Shop, as_json, as_svg, params, state_named


def happened(deck: Deck, day: date) -> tuple[Event, ...]:
    """What began on a day of a deck."""
    return happening(deck.table, deck.scenario, day)


def called(world: World, code: str, day: date | None = None) -> str:
    """A name without its article, for lists."""
    state = world.registry.states.get(code)
    return state.name_on(day or world.day).removeprefix("the ") if state is not None else capital(name_of(world, code))


def crisis_rows(shop: Shop) -> list[dict[str, Any]]:
    """Every crisis in a line."""
    rows = []
    for name in shop.names():
        found = shop.crisis(name)
        rows.append(
            {
                "id": found.id, "title": found.title, "says": found.says or "", "events": len(found.events),
                "branches": list(found.branches),
            }
        )  # fmt: skip
    return rows


def home(shop: Shop, job: Job) -> Reply:
    """The front page: crises to open, a question to ask, the shelves."""
    return page("home.html", title="Workbench", crises=crisis_rows(shop), treaties=len(shop.library.treaties))


def home_as_json(shop: Shop, job: Job) -> Reply:
    """The crises as plain values."""
    return as_json(crisis_rows(shop))


def what_if(shop: Shop, job: Job) -> Reply:
    """A question without a file, as the crisis that it is."""
    told = params(job)
    who, whom = (state_named(shop, told.get(key, "")) for key in ("who", "whom"))
    day = parse_day(told.get("on", ""))
    return Reply(to=f"/crisis/{who.lower()}-attacks-{whom.lower()}~{day}")


def treaties(shop: Shop, job: Job) -> Reply:
    """The instruments of the library."""
    rows = [treaty_row(shop.library.treaties[name]) for name in shop.library.treaties]
    return page("treaties.html", title="Treaties", rows=rows)


def treaties_as_json(shop: Shop, job: Job) -> Reply:
    """The same as plain values."""
    return as_json([treaty_row(shop.library.treaties[name]) for name in shop.library.treaties])


def _treaty(shop: Shop, job: Job) -> Treaty:
    if job.about not in shop.library.treaties:
        fix = suggest(job.about, shop.library.treaties)
        raise Refused((Problem("N003", whole_file("the link"), f"there is no instrument `{job.about[:60]}`", fix),))
    return shop.library.treaties[job.about]


def treaty(shop: Shop, job: Job) -> Reply:
    """A treaty: each article beside its rules in sentences, and the readings with who holds them."""
    found = _treaty(shop, job)
    registry = shop.library.registry
    articles = [
        {
            "key": article.key, "title": article.title or "", "says": article.says, "at": str(article.at),
            "rules": [
                {"id": rule.id, "sentence": rule_sentence(rule, found, registry.called), "says": rule.says or "",
                 "at": str(rule.at)}
                for rule in article.rules
            ],
            "left": [(part.clause, part.why) for part in article.not_modelled], "open": article.open,
            "sources": [source.title for source in article.sources],
        }
        for article in found.articles.values()
    ]  # fmt: skip
    parties = [(code, registry.called(code), party.since, party.until) for code, party in found.parties.items()]
    return page(
        "treaty.html", title=found.title, treaty=found, row=treaty_row(found), articles=articles, parties=parties,
        readings=[(reading, (reading.plain, *reading.options.values())) for reading in found.readings.values()],
    )  # fmt: skip


def treaty_as_json(shop: Shop, job: Job) -> Reply:
    """A treaty as plain values."""
    return as_json(treaty_json(_treaty(shop, job), shop.library.registry))


def states(shop: Shop, job: Job) -> Reply:
    """The states, to choose one."""
    text = params(job).get("text")
    rows = [state_row(state) for state in matching_states(text, shop.library.registry)]
    return page("states.html", title="States", rows=rows, text=text or "")


def states_as_json(shop: Shop, job: Job) -> Reply:
    """The same as `foedera states --json` has it."""
    return as_json([state_row(state) for state in matching_states(params(job).get("text"), shop.library.registry)])


def to_state(shop: Shop, job: Job) -> Reply:
    """The page of the state named in a form."""
    return Reply(to=f"/state/{state_named(shop, params(job).get('code', ''))}")


def _tied(shop: Shop, job: Job) -> tuple[str, date, list[Any]]:
    """A state, a day, and its bonds on it; without a day the last on which the library was checked."""
    code = state_named(shop, job.about)
    told = params(job).get("on")
    day = parse_day(told) if told else _last_checked(shop)
    return code, day, list(ties(code, day, shop.library))


def _last_checked(shop: Shop) -> date:
    """The last day on which an instrument was checked: no clock is asked."""
    checked = [shop.library.treaties[name].checked_on for name in shop.library.treaties]
    return max((when.last for when in checked if when is not None), default=date(2026, 1, 1))


def state(shop: Shop, job: Job) -> Reply:
    """A state's ties on a day, and the days on which they changed."""
    code, day, found = _tied(shop, job)
    registry = shop.library.registry
    rows = [
        {"id": tie.treaty.id, "title": tie.treaty.title, "status": tie.status,
         "idle": str(tie.idle_since) if tie.idle_since else "",
         "with": [(c, registry.called(c, day)) for c in tie.others]}
        for tie in found
    ]  # fmt: skip
    return page(
        "state.html", title=capital(registry.called(code, day)), code=code, on=day.isoformat(), words=day_words(day), rows=rows,
        changes=[d.isoformat() for d in _changes(shop, code)],
    )  # fmt: skip


def _changes(shop: Shop, code: str) -> list[date]:
    """The days on which a bond of the state began or ended."""
    found: set[date] = set()
    for name in shop.library.treaties:
        treaty = shop.library.treaties[name]
        party = treaty.parties.get(code)
        if party is None:
            continue
        dates = [party.since, party.until, treaty.ends, *([] if party.since else treaty.starts)]
        found |= {when.first for when in dates if when is not None and when.first > date.min}
    return sorted(found)


def state_as_json(shop: Shop, job: Job) -> Reply:
    """The same as `foedera ties --json` has it."""
    _, _, found = _tied(shop, job)
    return as_json([tie_json(tie) for tie in found])


def state_svg(shop: Shop, job: Job) -> Reply:
    """The state among those it is bound to help or to consult, on a map."""
    code, day, found = _tied(shop, job)
    return as_svg(draw_map(ties_scene(shop.library.registry, code, day, found)))


PAGES: dict[str, Page] = {
    "home": home, "home-json": home_as_json, "if": what_if, "treaties": treaties, "treaties-json": treaties_as_json,
    "treaty": treaty, "treaty-json": treaty_as_json, "states": states,
    "states-json": states_as_json, "to-state": to_state, "state": state,
    "state-json": state_as_json, "state-svg": state_svg,
}  # fmt: skip
