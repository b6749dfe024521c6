"""Laws that hold in every world, tried on small random ones (FOEDERA_LONG=1 for a long campaign)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.ask import make_case
from foedera.answers.json import assessment_json, dumped
from foedera.engine.answer_types import Assessment, Finding
from foedera.engine.assess import assess
from foedera.language.crisis_form import read_crisis
from foedera.language.nodes import parse
from foedera.language.registry_form import scoped_to
from foedera.language.types import Bundle, Crisis, Treaty
from foedera.library import library, registry

STATES = ("BEL", "CHL", "DNK", "PER", "SWE")  # no great powers; no rule here asks where they are
DAYS = tuple(f"2001-05-{day:02d}" for day in (1, 2, 3, 10, 20))
LAST = date(2001, 5, 20)
BLOWS = ("bombardment", "bombardment", "invasion", "attack-on-forces", "threat-of-force", "economic-sanctions")
WORDS = ("request", "consent", "armed-assistance", "peace", "waiver")


# most small worlds are dull
TWICE = settings(max_examples=2 * settings.default.max_examples)


class World(Struct, frozen=True):
    """A world as text: instruments and events by id, and which kinds are open."""

    pacts: Mapping[str, str]
    events: tuple[str, ...]
    open: bool

    def text(self) -> str:
        lines = ["id: world", "title: World", "instruments: []", *(["open: [request, consent]"] if self.open else [])]
        lines += ["treaties:", *(f"  {name}: {text}" for name, text in self.pacts.items())] if self.pacts else []
        lines += ["events:", *(f"  - {{{text}}}" for text in self.events)] if self.events else []
        return "\n".join(lines) + "\n"


@cache
def shelf():
    return library()


def read(text: str) -> Crisis:
    node, problems = parse(text.encode(), "world.yaml")
    assert node is not None, problems
    reader = scoped_to(registry())
    crisis = read_crisis(node, reader)
    assert not reader.problems, [(str(p.span), p.message, p.fix) for p in reader.problems]
    return crisis


def judge(world: World | str, on: date = LAST, settle: Mapping[str, str] | None = None) -> Assessment:
    """The assessment; with `settle` the questions are answered so, by a bundle of the crisis."""
    crisis = read(world if isinstance(world, str) else world.text())
    if settle is None:
        return assess(make_case(crisis, shelf(), on=on, asked=STATES))
    bundle = Bundle(
        id="settle", at=crisis.at, says="x", set=dict(settle), standing="minority", held_by=(), source=None, change={}
    )
    return assess(
        make_case(replace(crisis, readings={"settle": bundle}), shelf(), on=on, reading="settle", asked=STATES)
    )


Key = tuple[str, ...]


def duties(answer: Assessment) -> dict[Key, str]:
    """What events made hold, pair by pair: (instrument, rule, bearer, modality, act, toward, enemy) → yes or unknown.

    Standing rules are left out: they always hold, and are shown where something touches them.
    """
    return {
        (f.treaty.id, f.rule.path, f.bearer, f.modality, f.act, f.toward or "-", enemy): f.holds.value
        for f in answer.findings if not f.standing for enemy in enemies(f)
    }  # fmt: skip


def enemies(finding: Finding) -> set[str]:
    """Against whom, with `-` for a firing that has no enemy."""
    return {firing.against or "-" for firing in finding.firings}


def everything(answer: Assessment) -> set[tuple[object, ...]]:
    """All that an answer says, without its numbering and its grouping."""
    found: set[tuple[object, ...]] = set()
    for f in answer.findings:
        effects = tuple(sorted((e.question, e.option, e.holds.value) for e in f.readings))
        for enemy in enemies(f):
            found.add(
                (
                    f.treaty.id,
                    f.rule.path,
                    f.bearer,
                    f.modality,
                    f.act,
                    f.toward,
                    enemy,
                    f.holds.value,
                    frozenset(f.hinges),
                    effects,
                    f.since,
                    f.stage.status,
                )
            )
    for d in answer.dilemmas:
        found.add(("dilemma", d.bearer, frozenset((d.first.treaty.id, d.second.treaty.id)), d.severity, d.resolved_by))
    return found | {("question", q.about, frozenset(q.answers)) for q in answer.questions}


# random worlds -------------------------------------------------------------------------------------------------------


def maybe(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *words))


@st.composite
def triggers(draw) -> str:
    kinds = draw(
        st.sampled_from(
            (
                "armed-attack",
                "armed-attack",
                "use-of-force",
                "resort-to-war",
                "[armed-attack, threat]",
                "economic-sanctions",
                "aggression",
            )
        )
    )
    side = draw(st.sampled_from(("on: party", "on: party", "on: party", "involves: party", "on: BEL")))
    options = ("by: non-party", "by: any-state", "by: {not: SWE}", "provoked: no", "scale: grave", "response: any")
    more = draw(st.lists(st.sampled_from(options), max_size=1)) if draw(st.booleans()) else []
    return "{" + ", ".join([f"event: {kinds}", side, *more]) + "}"


CONDITIONS = (
    "{requested_by: target}", "{question: ready}", "{happened: {event: threat-of-force, by: actor, before: event}}",
    "{helps: {who: CHL, whom: target}}", "{any: [{requested_by: target}, {question: ready}]}", "{not: {question: ready}}",
    "{adversaries: {of: any-state, at_least: 2}}", "{bound: {who: bearer, by: other}}",
)  # fmt: skip
EFFECTS = (
    "who: other-parties, must: assist", "who: other-parties, must: fight",
    "who: party, may: use-force, whom: actor", "who: DNK, must: [aid, consult]",
    "who: other-parties, must: stay-neutral, whom: actor", "who: other-parties, must_not: help-enemy",
    "who: other-parties, must: assist, jointly: yes",
    "who: other-parties, must: assist, decides_whether: bearer", "who: CHL, no_duty: assist",
    "who: DNK, must: stay-neutral, whom: target, overrides: [this/1]",
    "who: party, must: consult, whom: other-parties",
)  # fmt: skip
LABELS = (
    "{when: {event: attack-on-forces, on: party}, counts_as: {event: armed-attack, on: target, by: actor}}",
    "{when: {event: economic-sanctions, on: party, scale: grave}, counts_as: {event: aggression, on: target, by: actor}}",
    "{when: {event: armed-attack, on: party}, counts_as: {event: aggression, on: other-parties, by: actor}}",
)  # fmt: skip
STANDING = (
    "{who: party, must_not: use-force, whom: other-parties}",
    "{who: party, must: settle-peacefully, whom: other-parties, if: [{question: ready}]}",
)


@st.composite
def rules(draw) -> str:
    if draw(st.integers(0, 4)) == 4:
        return draw(st.sampled_from((*LABELS, *STANDING)))
    parts = [f"when: {draw(triggers())}"]
    conditions = draw(st.lists(st.sampled_from(CONDITIONS), max_size=draw(st.sampled_from((0, 0, 1, 2))), unique=True))
    parts += [f"if: [{', '.join(conditions)}]"] if conditions else []
    exception = draw(maybe("", "", "{consent_of: target}", "{question: ready}"))
    parts += [f"unless: [{exception}]"] if exception else []
    return "{" + ", ".join([*parts, draw(st.sampled_from(EFFECTS))]) + "}"


READING = "{r: {asks: 'Is it so?', plain: {says: x}, other: {says: y, standing: %s, change: {'%s': %s}}}}"
CHANGES = (
    "{if: [{requested_by: target}]}",
    "{if: null}",
    "{who: DNK}",
    "{when: {event: [armed-attack, economic-sanctions], on: party}}",
)


@st.composite
def instruments(draw, name: str, readings: st.SearchStrategy[str] | None = None) -> str:
    """An instrument in flow style; `readings` draws the standing of its rival reading, or nothing."""
    parties = []
    for code in draw(st.lists(st.sampled_from(STATES), min_size=4, max_size=5, unique=True)):
        parties.append(
            f"{code}: {{{draw(maybe('', '', '', '', 'since: 2001-05-02', 'until: 2001-05-10', 'until: 2001-05-02'))}}}"
        )
    start = draw(
        st.sampled_from(
            ("2000-01-01", "2000-01-01", "2000-01-01", "2001-05-03", "{contested: {early: 2000-01-01, never: null}}")
        )
    )
    found = draw(st.lists(rules(), min_size=2, max_size=4))
    articles = ", ".join(f"'{n}': {{says: x, rules: {{r: {rule}}}}}" for n, rule in enumerate(found, 1))
    triggered = [n for n, rule in enumerate(found, 1) if "when" in rule and "counts_as" not in rule]
    standing = draw(readings if readings is not None else maybe("", "rival", "minority")) if triggered else ""
    read_as = ""
    if standing:
        read_as = ", readings: " + READING % (
            standing,
            f"{draw(st.sampled_from(triggered))}/r",
            draw(st.sampled_from(CHANGES)),
        )
    kind = draw(st.sampled_from(("treaty", "treaty", "declaration")))
    return (
        f"{{title: {name}, kind: {kind}, in_force: {start}, ends: open, withdrawal: {{notice: at once}}, "
        f"parties: {{{', '.join(parties)}}}, questions: {{ready: 'Was it ready?'}}, "
        f"checked: {{on: 2020-01-01, confidence: textbook}}, articles: {{{articles}}}{read_as}}}"
    )


@st.composite
def events(draw, number: int) -> str:
    day = draw(st.sampled_from(DAYS))
    by, on = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True))
    if draw(st.integers(0, 3)):
        more = [
            draw(maybe("provoked: no", "provoked: contested")),
            draw(maybe("scale: grave", "scale: minor")),
            draw(maybe("", "", "certainty: contested")),
        ]
        if number > 1:
            more.append(draw(maybe("", "", f"in_response_to: e{number - 1}")))
        parts = [f"kind: {draw(st.sampled_from(BLOWS))}", f"by: {by}", f"on: {on}", *(part for part in more if part)]
    else:
        parts = [f"kind: {draw(st.sampled_from(WORDS))}", f"by: {by}", f"to: {on}"]
    return ", ".join([f"id: e{number}", f"date: {day}", *parts])


@st.composite
def worlds(draw, readings: st.SearchStrategy[str] | None = None, instruments_at_most: int = 2) -> World:
    names = ("pact", "other")[: draw(st.integers(1, instruments_at_most))]
    pacts = {name: draw(instruments(name, readings)) for name in names}
    count = draw(st.integers(2, 6))
    return World(pacts, tuple(draw(events(number)) for number in range(1, count + 1)), draw(st.booleans()))


# laws ----------------------------------------------------------------------------------------------------------------


@TWICE
@given(worlds(), st.data())
def test_more_facts_never_turn_yes_into_no_nor_no_into_yes(world, data):
    """Settling open questions refines: what was settled stays (events, exceptions and overrides being the same)."""
    before = judge(world, settle={})
    event(f"{min(len(before.answers), 3)} open questions")
    chosen = {
        q: data.draw(st.sampled_from(answers), label=q)
        for q, answers in sorted(before.answers.items())
        if data.draw(st.booleans())
    }
    after = judge(world, settle=chosen)
    old, new = duties(before), duties(after)
    for key in old.keys() | new.keys():
        was, now = old.get(key, "no"), new.get(key, "no")
        assert was in ("unknown", now), (key, was, now, chosen)


@TWICE
@given(worlds(), st.data())
def test_hinges_are_enough_and_all_needed(world, data):
    """Settling all hinges of a finding settles it; settling every other question does not."""
    before = judge(world, settle={})
    open_ones = [f for f in before.findings if f.hinges and not f.standing]
    event("open" if open_ones else "nothing open")
    if not open_ones:
        return
    finding = data.draw(st.sampled_from(open_ones))
    head = (finding.treaty.id, finding.rule.path, finding.bearer, finding.modality, finding.act, finding.toward or "-")
    keys = [(*head, enemy) for enemy in enemies(finding)]
    answers = {q: data.draw(st.sampled_from(options), label=q) for q, options in sorted(before.answers.items())}
    hinges = judge(world, settle={q: a for q, a in answers.items() if q in finding.hinges})
    assert all(duties(hinges).get(key, "no") != "unknown" for key in keys)
    others = judge(world, settle={q: a for q, a in answers.items() if q not in finding.hinges})
    assert all(duties(others).get(key) == "unknown" for key in keys)


@TWICE
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_in_the_files_does_not_matter(world, dice):
    events_, pacts = list(world.events), list(world.pacts.items())
    dice.shuffle(events_)
    dice.shuffle(pacts)
    assert everything(judge(world)) == everything(judge(replace(world, events=tuple(events_), pacts=dict(pacts))))


@TWICE
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_events_and_of_files_changes_no_byte(world, dice):
    """The same events and instruments, each with the place it was read from, handed over in another order."""
    crisis = read(world.text())
    events_, pacts = list(crisis.events), list(crisis.treaties.items())
    dice.shuffle(events_)
    dice.shuffle(pacts)
    assert as_bytes(crisis) == as_bytes(replace(crisis, events=tuple(events_), treaties=dict(pacts)))


def as_bytes(crisis: Crisis) -> str:
    return dumped(assessment_json(assess(make_case(crisis, shelf(), on=LAST, asked=STATES)), crisis, None))


@TWICE
@given(worlds(st.just("")))
def test_only_exceptions_disclaimers_and_overrides_take_away(world):
    """What holds, or may hold, with them holds at least so without them."""
    crisis = read(world.text())
    freed = replace(crisis, treaties={name: without_exceptions(treaty) for name, treaty in crisis.treaties.items()})
    before, after = (duties(assess(make_case(one, shelf(), on=LAST, asked=STATES))) for one in (crisis, freed))
    for key, was in before.items():
        assert after.get(key) in (was, "yes"), (key, was, after.get(key))


def without_exceptions(treaty: Treaty) -> Treaty:
    """The treaty without exceptions, express disclaimers and overrides."""
    articles = {
        key: replace(article, rules=tuple(
            replace(rule, exceptions=(), overrides=()) for rule in article.rules if rule.modality != "no_duty"
        ))
        for key, article in treaty.articles.items()
    }  # fmt: skip
    return replace(treaty, articles=articles)


@TWICE
@given(worlds(), st.data())
def test_what_others_do_to_each_other_ends_no_duty(world, data):
    """One more blow, between states that a duty does not concern, leaves it standing."""
    before = duties(judge(world))
    owed = sorted(key for key, holds in before.items() if holds == "yes")
    event("something owed" if owed else "nothing owed")
    if not owed:
        return
    key = data.draw(st.sampled_from(owed))
    by, on = data.draw(st.permutations(sorted(set(STATES).difference((key[2], key[5], key[6])))))[:2]
    blow = f"id: more, date: {data.draw(st.sampled_from(DAYS))}, kind: {data.draw(st.sampled_from(BLOWS))}, by: {by}, on: {on}"
    assert duties(judge(replace(world, events=(*world.events, blow)))).get(key) == "yes", (key, blow)


ELSEWHERE = (
    "{title: far, in_force: 2000-01-01, ends: open, parties: {JPN: {}, THA: {}}, "
    "checked: {on: 2020-01-01, confidence: textbook}, articles: {'1': {says: x, "
    "rules: {help: {when: {event: [hostile-act, resort-to-war], on: party}, who: other-parties, must: fight}, "
    "peace: {who: party, must_not: use-force, whom: other-parties}, "
    "label: {when: {event: hostile-act, on: party}, counts_as: {event: aggression, on: target, by: actor}}}}}}"
)


@TWICE
@given(worlds(), st.booleans())
def test_an_unrelated_instrument_changes_nothing(world, first):
    more = {"far": ELSEWHERE, **world.pacts} if first else {**world.pacts, "far": ELSEWHERE}
    assert everything(judge(world)) == everything(judge(replace(world, pacts=more)))


@TWICE
@given(worlds(), st.permutations(STATES))
def test_states_under_other_names_get_the_same_answers_under_those_names(world, names):
    table = dict(zip(STATES, names, strict=True))
    text = world.text()
    for code in STATES:
        text = text.replace(code, f"<{code}>")
    for code, other in table.items():
        text = text.replace(f"<{code}>", other)
    assert {renamed(row, table) for row in everything(judge(world))} == everything(judge(text))


def renamed(part: object, table: Mapping[str, str]) -> object:
    if isinstance(part, str):
        return ".".join(table.get(word, word) for word in part.split("."))
    if isinstance(part, tuple):
        return tuple(renamed(inner, table) for inner in part)
    return frozenset(renamed(inner, table) for inner in part) if isinstance(part, frozenset) else part


@TWICE
@given(worlds(), st.sampled_from(DAYS))
def test_what_comes_later_does_not_change_an_earlier_day(world, text):
    day = date.fromisoformat(text)
    past = tuple(e for e in world.events if e.split("date: ")[1][:10] <= text)
    assert everything(judge(world, on=day)) == everything(judge(replace(world, events=past), on=day))


@TWICE
@given(worlds())
def test_a_longer_period_does_not_change_an_earlier_day(world):
    short, long = (f"{world.text()}period: {{to: {end}}}\n" for end in ("2001-05-20", "2009-12-31"))
    assert everything(judge(short)) == everything(judge(long))


IDLE = ", readings: {idle: {asks: 'Is it so?', plain: {says: x}, other: {says: y, change: {'9/r': {who: DNK}}}}}}"
UNSEEN = "'9': {says: x, rules: {r: {when: {event: annexation, on: party}, who: other-parties, must: fight}}}"


@TWICE
@given(worlds(st.just("")))
def test_a_reading_that_no_proof_touches_changes_nothing(world):
    """The reading is of a rule that waits for an annexation, and there is none."""
    text = world.pacts["pact"]
    with_rule = text.replace("articles: {", f"articles: {{{UNSEEN}, ")
    with_reading = with_rule[:-1] + IDLE
    before = judge(replace(world, pacts={**world.pacts, "pact": with_rule}))
    after = judge(replace(world, pacts={**world.pacts, "pact": with_reading}))
    assert everything(before) == everything(after) == everything(judge(world))


@TWICE
@given(worlds())
def test_a_minority_reading_never_changes_what_holds(world):
    plain = replace(
        world, pacts={name: text.replace("standing: rival", "standing: minority") for name, text in world.pacts.items()}
    )
    bare = replace(
        world,
        pacts={
            name: text.split(", readings:")[0] + ("}" if ", readings:" in text else "")
            for name, text in world.pacts.items()
        },
    )
    assert duties(judge(plain)) == duties(judge(bare))


@TWICE
@given(worlds(st.just("rival"), instruments_at_most=1))
def test_a_rival_reading_makes_depend_exactly_what_it_changes(world):
    """With one rival: where the chosen reading and the plain text agree, the answer stands; else it depends."""
    if "readings:" not in world.text():
        return
    answer = duties(judge(world))
    plain, rival = duties(judge(world, settle={"pact.r": "plain"})), duties(judge(world, settle={"pact.r": "other"}))
    for key in answer.keys() | plain.keys() | rival.keys():
        one, two = plain.get(key, "no"), rival.get(key, "no")
        if one != two:
            assert answer.get(key, "no") == "unknown", (key, one, two)
        elif one != "unknown":
            assert answer.get(key, "no") == one, (key, one, two)


@TWICE
@given(worlds())
def test_bearers_are_bound_and_duties_arise_by_the_day_asked_about(world):
    for f in judge(world).findings:
        assert f.bearer in f.treaty.parties
        assert f.since <= LAST


@TWICE
@given(worlds())
def test_nobody_owes_help_to_itself_or_against_itself(world):
    """Co-victims stay bearers; the attacker and its side never are (design page, section 5)."""
    for f in judge(world).findings:
        if f.modality == "must" and f.act in ("assist", "fight", "aid"):
            assert f.bearer != f.toward, f"{f.bearer} {f.act} {f.toward}"
            assert f.bearer not in f.against, f"{f.bearer} {f.act} {f.toward} against {f.against}"
            assert all(firing.occurrence.actor != f.bearer for firing in f.firings if firing.occurrence), f.bearer
