"""The pages of a crisis: the workbench, the answer to a question, the comparison, the cascade, the saved file."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup
from msgspec.structs import replace

from foedera.answers.answer import Answer
from foedera.answers.ask import actor_code, actor_codes, bare_name, by_name
from foedera.answers.compare import alike, contrasts, differences, state_words
from foedera.answers.course import cascade_json, rounds
from foedera.answers.deck import Deck, Step, assess_day, step_of
from foedera.answers.html import Dress, not_bound_panel, proof_of
from foedera.answers.json import why_json
from foedera.answers.picture import bare_column, map_svg, moves_scene, paired
from foedera.answers.report import report, see, title_of
from foedera.answers.scenario import Scenario, Table, asked, events_in, first_shown, lay, parse_day, saved
from foedera.answers.words import capital, day_words, deed_words, name_of, question_words
from foedera.dates import parse_when
from foedera.draw import draw_map
from foedera.engine.answer_types import Question
from foedera.engine.cascade import Cascade
from foedera.language.types import Event, Treaty
from foedera.language.vocabulary import ACTS
from foedera.library import Library
from foedera.web import shelves
from foedera.web.query import SETTLE, event_words_of, read_scenario, write_scenario
from foedera.web.sheets import address, page
from foedera.web.work import (
    HTML,
    JSON,
    YAML,
    Job,
    Page,
    Reply,
    Shop,
    as_json,
    as_svg,
    params,
    scenario_of,
)

TRIED = 5
"""Of how many events struck out, at most, it is tried whether they matter: each costs an answer."""


def settle_form(question: Question, chosen: str | None) -> str:
    """The answers to an open question as choices of the scenario's form."""
    name = escape(f"{SETTLE}{question.about}")
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{escape(answer)}" form="scenario"'
        f"{' checked' if answer == chosen else ''}> {escape(answer)}</label>"
        for answer in question.answers
    )
    return f'<fieldset class="settle"><legend class="sr">{escape(question.about)}</legend>{choices}</fieldset>'


def dress(about: str, deck: Deck, known: Library) -> Dress:
    """How a panel looks in the workbench: articles are links, questions can be settled, near misses are a page away."""
    settled = dict(deck.scenario.facts)

    def article(treaty: Treaty, key: str) -> str:
        return f"/treaty/{treaty.id}#article-{key}" if treaty.id in known.treaties else ""

    def settle(question: Question) -> str:
        return settle_form(question, settled.get(question.about))

    return Dress(article, settle, address(about, "/missing", write_scenario(deck.scenario)))


def day_reply(shop: Shop, job: Job) -> Reply:
    """One day for the page's script."""
    deck, day = shop.opened(job)
    step = step_of(deck, day, shop.library, dress(job.about, deck, shop.library), shop.borders(deck))
    return Reply(json.dumps(step.plain(), ensure_ascii=False).encode(), JSON, column=step.column)


def crisis(shop: Shop, job: Job) -> Reply:
    """The workbench."""
    deck, day = shop.opened(job)
    step = step_of(deck, day, shop.library, dress(job.about, deck, shop.library), shop.borders(deck))
    plain = write_scenario(replace(deck.scenario, on=None))
    query = write_scenario(deck.scenario)
    joined = plain + "&" if plain else ""
    return page(
        "bench.html", title=title_of(deck), crisis=deck.crisis, job=job, scenario=deck.scenario, query=query,
        see=Markup(see(deck, step, _columns(deck, step), _on_paper(deck))), panel=Markup(step.panel), at=day.isoformat(),
        tried=TRIED, days=json.dumps([d.isoformat() for d in deck.days]), sheet=_sheet_mark(deck),
        step=address(job.about, "/day", f"{joined}at="), timeline=address(job.about, "/timeline.svg", plain),
        here=address(job.about),
        branches=_branches(job, deck), events=_events(job, deck), facts=_facts(deck), hidden=_hidden(deck.scenario),
        steps=_neighbours(job, deck, day.isoformat()), questions=question_words, actors=_actors(deck, day),
    )  # fmt: skip


def _on_paper(deck: Deck) -> str:
    """The title that only print shows: on the screen it stands over the events."""
    return f'<p class="on-paper">{escape(title_of(deck))}</p>'


def _columns(deck: Deck, step: Step) -> list[Any]:
    """The timeline before the days are worked out: what happened on each, and how much holds on the one shown."""
    return [
        step.column if day == step.day else bare_column(deck.world, day, shelves.happened(deck, day))
        for day in deck.days
    ]


def _sheet_mark(deck: Deck) -> str:
    """Tells the script whether two pages stand on the same land."""
    view = deck.base.view
    return (
        f"{view.middle:.3f}/{view.scale:.3f}/{view.origin[0]:.1f}/{view.origin[1]:.1f}/{deck.base.borders.source[:40]}"
    )


def _branches(job: Job, deck: Deck) -> list[dict[str, Any]]:
    """What happened, and each what if, as links."""
    found: list[tuple[str | None, str, str]] = [(None, "What happened", deck.crisis.says or "")]
    found += [(b.id, b.id, b.says) for b in deck.crisis.branches.values()]
    return [
        {"name": name, "says": says, "now": key == deck.scenario.branch,
         "href": address(job.about, "", write_scenario(Scenario(branch=key)))}
        for key, name, says in found
    ]  # fmt: skip


def _events(job: Job, deck: Deck) -> list[dict[str, Any]]:
    """The events as toggles; added ones can be taken away."""
    rows = []
    scenario = deck.scenario
    words = {event.id: text for event, text in zip(_made(deck.table), deck.scenario.added, strict=True)}
    for event in deck.table.events:
        day = event.date.first.isoformat() if event.date else ""
        rows.append(
            {
                "id": event.id, "day": day, "date": str(event.date), "deed": capital(deed_words(deck.world, event)),
                "says": event.says or "", "on": event.id not in deck.scenario.off,
                "contested": event.contested, "added": event_words_of(words[event.id]) if event.id in words else None,
                "href": address(job.about, "", write_scenario(replace(scenario, on=event.date.first if event.date else None))),
            }
        )  # fmt: skip
    return rows


def _made(table: Table) -> list[Event]:
    """The added events in the order in which the link names them."""
    if not table.added:
        return []
    return [event for event in table.crisis.branches["what-if"].add if event.id in table.added]


def _facts(deck: Deck) -> list[tuple[str, str]]:
    return list(deck.scenario.facts)


def _hidden(scenario: Scenario) -> list[tuple[str, str]]:
    """The parts of a scenario that a form carries along unseen."""
    told = (("branch", scenario.branch), ("reading", scenario.reading), ("known_to", scenario.known_to))
    return [(key, value) for key, value in told if value]


def _neighbours(job: Job, deck: Deck, at: str) -> list[tuple[str, str]]:
    """Links to the day before and after, for those without script."""
    days = list(deck.days)
    here = next(i for i, day in enumerate(days) if day.isoformat() == at)
    found = [("← earlier", i) for i in [here - 1] if i >= 0] + [("later →", i) for i in [here + 1] if i < len(days)]
    return [(words, address(job.about, "", write_scenario(replace(deck.scenario, on=days[i])))) for words, i in found]


def _actors(deck: Deck, day: date) -> list[tuple[str, str]]:
    """Who can be named in the forms: those of the crisis first, then every state of the day; each with its code.

    The word is the name where the forms take it for nobody else, otherwise the code.
    """
    registry = deck.world.registry
    existing, known = registry.existing(day), by_name(registry, deck.crisis, day)
    own = {code for event in deck.table.events for code in (*event.by, *event.on, *event.to)}
    codes = [
        *sorted(own - registry.states.keys() | own.intersection(existing)),
        *(code for code in existing if code not in own),
    ]
    names = [(code, shelves.called(deck.world, code, day)) for code in codes]
    return [
        (name if known.get(bare_name(name)) == code and "," not in name else code, f"{name} ({code})")
        for code, name in names
    ]


def change(shop: Shop, job: Job) -> Reply:
    """The form of the scenario, as the link that says the same."""
    known = shop.crisis(job.about)
    told = params(job)
    branch, when = told.get("branch"), parse_when(told.get("new-date") or told.get("at", ""))
    day = None if isinstance(when, str) else when.first
    events = [event.id for event in events_in(known, branch if branch in known.branches else None)]
    made = read_scenario(job.query, events, lambda line: actor_codes(line, known, shop.library.registry, day))
    lay(known, made, shop.library)
    return Reply(to=address(job.about, "", write_scenario(made)))


def days(shop: Shop, job: Job) -> Reply:
    """The days of a scenario, and the link by which each is asked."""
    deck, day = shop.opened(job)
    plain = write_scenario(replace(deck.scenario, on=None))
    return as_json({"query": plain, "days": [d.isoformat() for d in deck.days], "at": day.isoformat()})


def answer_of(shop: Shop, job: Job) -> Answer:
    """The answer of a job's scenario on its day."""
    deck, day = shop.opened(job)
    return assess_day(deck.crisis, deck.scenario, day, shop.library)


def crisis_json(shop: Shop, job: Job) -> Reply:
    """The answer as `foedera assess --json` has it."""
    return as_json(answer_of(shop, job).json())


def crisis_svg(shop: Shop, job: Job) -> Reply:
    """The map as a picture that stands alone."""
    deck, day = shop.opened(job)
    answer = assess_day(deck.crisis, deck.scenario, day, shop.library)
    return as_svg(map_svg(answer.assessment, title_of(deck), shop.borders(deck)))


def _question(shop: Shop, job: Job) -> tuple[Answer, str, str, str | None, str]:
    """Who must do what to whom, as it was asked, with the answer for it."""
    asked_for = params(job)
    known, scenario = shop.crisis(job.about), scenario_of(job)
    act = asked_for.get("act", "assist")
    act = act if act in ACTS else "assist"
    if scenario.on is None:
        scenario = replace(scenario, on=first_shown(lay(known, scenario, shop.library), scenario))
    who = actor_code(asked_for.get("who", ""), known, shop.library.registry, scenario.on)
    whom = actor_code(asked_for["whom"], known, shop.library.registry, scenario.on) if asked_for.get("whom") else None
    answer = asked(
        known, scenario, shop.library, asked=[code for code in (who, whom) if code], pairs=[(who, whom or who)]
    )  # fmt: skip
    return answer, who, act, whom, write_scenario(scenario)


def why(shop: Shop, job: Job) -> Reply:
    """Why somebody must, may or must not do something, or what is missing."""
    answer, who, act, whom, query = _question(shop, job)
    world = answer.assessment.world
    found = answer.matching(who, act, whom)
    asks = f"Must {shelves.called(world, who)} {act.replace('-', ' ')} {shelves.called(world, whom) if whom else ''}".strip()
    told = why_json(answer.assessment, who, act, whom, found)
    missing = [miss["sentence"] for miss in told["not_bound"][:6] if "against" not in miss]
    others = [
        (name_of(world, enemy), miss["sentence"]) for miss in told["not_bound"] for enemy in miss.get("against", ())
    ]
    return page(
        "why.html", title=f"{asks}?", asks=f"{asks}, {day_words(world.day)}?", back=address(job.about, "", query),
        missing=missing, others=others, bonds=[bond["sentence"] for bond in told["bonds_without"]],
        proofs=[Markup(proof_of(answer.assessment, finding)) for finding in found],
    )  # fmt: skip


def why_as_json(shop: Shop, job: Job) -> Reply:
    """The same as `foedera why --json` has it."""
    answer, who, act, whom, _ = _question(shop, job)
    return as_json(why_json(answer.assessment, who, act, whom, answer.matching(who, act, whom)))


def _sides(shop: Shop, job: Job) -> tuple[Deck, tuple[Scenario, Scenario], tuple[Answer, Answer]]:
    """The two scenarios of a comparison: that of the link, and the file's own branch and day named beside it."""
    deck, day = shop.opened(job)
    told = params(job)
    own = deck.scenario.branch if deck.scenario.edited else None
    other = Scenario(branch=told.get("branch2", own) or None, on=parse_day(told["at2"]) if told.get("at2") else day)
    sides = (deck.scenario, other)
    answers = (asked(deck.crisis, sides[0], shop.library), asked(deck.crisis, sides[1], shop.library))
    return deck, sides, answers


def compare(shop: Shop, job: Job) -> Reply:
    """Two branches or days side by side, and what only one of them has."""
    deck, sides, answers = _sides(shop, job)
    pictures = [address(job.about, "/compare.svg", f"{job.query}&side={side}".lstrip("&")) for side in (1, 2)]
    titles = [_side_words(side) for side in sides]
    return page(
        "compare.html", title=f"{deck.crisis.title}: compared", crisis=deck.crisis, rows=contrasts(*answers),
        pictures=pictures, titles=titles,
        sides=sides, back=address(job.about, "", write_scenario(sides[0])), here=address(job.about, "/compare"),
        hidden=[(k, v) for k, v in _kept(sides[0])],
    )  # fmt: skip


def compare_svg(shop: Shop, job: Job) -> Reply:
    """One side of a comparison on a map that has the frame of both."""
    deck, sides, answers = _sides(shop, job)
    titles = (
        f"{deck.crisis.title}: {sides[0].branch or 'what happened'}",
        f"{deck.crisis.title}: {sides[1].branch or 'what happened'}",
    )
    pair = paired(answers[0].assessment, answers[1].assessment, titles)
    return as_svg(draw_map(pair[1] if params(job).get("side") == "2" else pair[0]))


def _side_words(side: Scenario) -> str:
    """A side of a comparison: its branch and its day."""
    branch = (side.branch or "What happened") + (", changed" if side.edited else "")
    return f"{branch}, {day_words(side.on)}" if side.on else branch


def _kept(scenario: Scenario) -> list[tuple[str, str]]:
    """The edits of a scenario as form fields, branch and day left to be chosen."""
    return [(k, v) for k, v in parse_qsl(write_scenario(scenario)) if k not in ("branch", "at")]


def compare_as_json(shop: Shop, job: Job) -> Reply:
    """The difference as `foedera compare --json` has it."""
    _, _, answers = _sides(shop, job)
    return as_json(
        [
            {"says": r.words, "first": state_words(r.first), "second": state_words(r.second)}
            for r in differences(*answers)
        ]
    )


def _played(shop: Shop, job: Job) -> tuple[Deck, Scenario, Cascade]:
    """The cascade from the scenario's day."""
    deck, _ = shop.opened(job)
    return deck, deck.scenario, shop.cascade(job.about, write_scenario(deck.scenario))


def cascade_page(shop: Shop, job: Job) -> Reply:
    """Who is drawn in if everyone keeps their word, round by round."""
    deck, scenario, played = _played(shop, job)
    query = write_scenario(scenario)
    found = [
        {"number": i, "lines": lines, "picture": address(job.about, "/cascade.svg", f"{query}&round={i}")}
        for i, lines in enumerate(rounds(played), 1)
    ]  # fmt: skip
    return page(
        "cascade.html", title=f"{title_of(deck)}: if everyone keeps their word", rounds=found, back=address(job.about, "", query),
        day=day_words(played.last.world.day), json=address(job.about, "/cascade.json", query),
    )  # fmt: skip


def cascade_as_json(shop: Shop, job: Job) -> Reply:
    """The rounds as plain values."""
    return as_json(cascade_json(_played(shop, job)[2]))


def cascade_svg(shop: Shop, job: Job) -> Reply:
    """One round on a map."""
    deck, _, played = _played(shop, job)
    number = int(params(job).get("round", "1")) if params(job).get("round", "1").isdigit() else 1
    return as_svg(draw_map(moves_scene(played, min(max(1, number), max(1, len(played.rounds))), title_of(deck))))


def missing(shop: Shop, job: Job) -> Reply:
    """Who is not bound, and what is missing."""
    deck, day = shop.opened(job)
    answer = assess_day(deck.crisis, deck.scenario, day, shop.library)
    return page(
        "missing.html", title=f"{title_of(deck)}: not bound, {day_words(day)}",
        back=address(job.about, "", write_scenario(deck.scenario)), panel=Markup(not_bound_panel(answer.assessment)),
    )  # fmt: skip


def idle(shop: Shop, job: Job) -> Reply:
    """The events struck out of which each, put back alone, would change nothing in the day's answers."""
    deck, day = shop.opened(job)
    scenario, off = deck.scenario, deck.scenario.off
    answer = assess_day(deck.crisis, scenario, day, shop.library)
    back = (
        {name: replace(scenario, off=tuple(n for n in off if n != name)) for name in off} if len(off) <= TRIED else {}
    )
    found = [name for name, other in back.items() if alike(answer, assess_day(deck.crisis, other, day, shop.library))]
    return page(
        "idle.html", title=f"{title_of(deck)}: struck out, {day_words(day)}", tried=len(back),
        back=address(job.about, "", write_scenario(scenario)), words=day_words(day),
        events=[(e.id, capital(deed_words(deck.world, e))) for e in deck.table.events if e.id in found],
    )  # fmt: skip


def save(shop: Shop, job: Job) -> Reply:
    """The scenario as a crisis file; nothing of it stays here."""
    known = shop.crisis(job.about)
    text = saved(known, scenario_of(job), shop.library)
    return Reply(text.encode(), YAML, file=f"{_plain_name(known.id)}.yaml")


def _plain_name(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in text)[:80] or "crisis"


def report_page(shop: Shop, job: Job) -> Reply:
    """The workbench as one file that scrubs from disk."""
    known = shop.crisis(job.about)
    return Reply(
        report(known, scenario_of(job), shop.library, shop.atlas).encode(), HTML, file=f"{_plain_name(known.id)}.html"
    )


PAGES: dict[str, Page] = {
    "crisis": crisis, "change": change, "day": day_reply, "days": days, "crisis-json": crisis_json, "crisis-svg": crisis_svg,
    "why": why, "why-json": why_as_json, "compare": compare, "compare-json": compare_as_json, "compare-svg": compare_svg,
    "cascade": cascade_page,
    "cascade-json": cascade_as_json, "cascade-svg": cascade_svg, "missing": missing, "idle": idle,
    "save": save, "report": report_page, **shelves.PAGES,
}  # fmt: skip
