"""Expectations: does the answer say what the crisis file says it should?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date

from msgspec import Struct

from foedera.answers.ask import last_day, make_case
from foedera.answers.groups import fits
from foedera.engine.answer_types import Assessment, Finding, NearMiss
from foedera.engine.assess import assess
from foedera.engine.cascade import cascade
from foedera.engine.labels import seen_by
from foedera.engine.missing import all_misses, label_misses
from foedera.engine.proof import Diagrams, either
from foedera.language.checks import EVENT_FACTS, PLACE_FACTS
from foedera.language.types import Crisis, Expect, Treaty
from foedera.language.vocabulary import ACTS, KINDS, ancestors, is_kind
from foedera.library import Library
from foedera.problems import Refused, near_word
from foedera.truth import NO, UNKNOWN, YES, Truth

TRUTHS = {"yes": YES, "no": NO, "depends": UNKNOWN}
WORDS = {YES: "yes", NO: "no", UNKNOWN: "depends"}


class Outcome(Struct, frozen=True):
    """One expectation run: what was wanted, whether it came, and what came instead."""

    expect: Expect
    crisis: str
    number: int
    passed: bool
    wanted: str
    got: tuple[str, ...]


def run_expectations(crisis: Crisis, library: Library, some: Container[int] | None = None) -> list[Outcome]:
    """Every expectation of a crisis, or those of some numbers (from 1); each assessment made once."""
    codes = {code for e in crisis.expect for code in (*e.who, *e.whom, *e.against, *e.nothing, *e.dilemma)}
    known: dict[tuple[object, ...], Assessment | str] = {}
    outcomes = []
    for number, expect in enumerate(crisis.expect, 1):
        if some is None or number in some:
            outcomes.append(_run(crisis, library, expect, number, codes, known))
    return outcomes


def _run(
    crisis: Crisis, library: Library, expect: Expect, number: int, codes: set[str],
    known: dict[tuple[object, ...], Assessment | str],
) -> Outcome:  # fmt: skip
    wanted = " · ".join(wishes(expect))
    key = _assessment_of(expect)
    if key not in known:
        known[key] = _assessed(crisis, library, expect, codes)
    answer = known[key]
    if isinstance(answer, str):
        return Outcome(expect, crisis.id, number, False, wanted, (answer,))
    wrong = [says for _, says in nonsense(expect, crisis, answer)] or list(judge(expect, answer))
    return Outcome(expect, crisis.id, number, not wrong, wanted, tuple(wrong))


def _assessment_of(expect: Expect) -> tuple[object, ...]:
    return (expect.branch, expect.on, expect.reading, expect.known_to, expect.cascade)


def _assessed(crisis: Crisis, library: Library, expect: Expect, codes: set[str]) -> Assessment | str:
    if expect.branch is not None and expect.branch not in crisis.branches:
        return f"there is no branch `{expect.branch}`"
    day = expect.on.last if expect.on is not None else last_day(crisis, expect.branch)
    alike = [e for e in crisis.expect if _assessment_of(e) == _assessment_of(expect)]
    pairs = {(a, b) for e in alike for a in e.who for b in e.whom or codes if a != b}
    bearers = {(a, a) for e in alike for a in e.who}
    try:
        case = make_case(
            crisis, library, branch=expect.branch, on=day, reading=expect.reading,
            viewer=expect.known_to, asked=codes, pairs=pairs | bearers,
            named={path.split("/")[0] for e in alike for path in (e.under, *e.between) if path},
        )  # fmt: skip
    except Refused as refused:
        return refused.problems[0].message
    return cascade(case).last if expect.cascade else assess(case)


def wishes(expect: Expect) -> Iterator[str]:
    """The expectation in words, part by part."""
    if expect.dilemma:
        yield f"dilemma of {_list(expect.dilemma)}" + (f" between {_list(expect.between)}" if expect.between else "")
        if expect.severity:
            yield expect.severity
    elif expect.nothing:
        yield f"{_list(expect.nothing)}: nothing" + (f" toward {_list(expect.whom)}" if expect.whom else "")
    else:
        modality, acts = modality_of(expect)
        verb = {"must": "must", "may": "may", "must_not": "must not", "counts_as": "counts as"}[modality]
        text = f"{_list(expect.who) or 'anyone'} {verb} {_list(acts) or 'anything'}"
        text += f" {_list(expect.whom)}" if expect.whom else ""
        yield text + (f" against {_list(expect.against)}" if expect.against else "")
    if expect.under:
        yield f"under {expect.under}"
    if not expect.nothing:
        yield f"holds: {expect.holds or 'yes'}"
    for name in ("missing", "hinges_on", "status", "since", "branch", "on", "reading", "known_to"):
        value = getattr(expect, name)
        if value:
            yield f"{name}: {_list(value) if isinstance(value, tuple) else value}"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def modality_of(expect: Expect) -> tuple[str, tuple[str, ...]]:
    """The modality that an expectation asks about and its acts; `must` any act when none is named."""
    for name in ("must", "may", "must_not", "counts_as"):
        acts = getattr(expect, name)
        if acts:
            return name, acts
    return "must", ()


def nonsense(expect: Expect, crisis: Crisis, answer: Assessment) -> Iterator[tuple[str, str]]:
    """What an expectation names that does not exist, each with its key; such an expectation never passes."""
    for key, path in (*((("under", expect.under),) if expect.under else ()), *(("between", p) for p in expect.between)):
        problem = _no_path(path, answer.world.treaties)
        if problem:
            yield key, problem
    registry = answer.world.registry
    known = {*crisis.actors, *registry.states, *registry.organisations, *registry.organs}
    for key in ("who", "whom", "against", "nothing", "dilemma"):
        for code in getattr(expect, key):
            if code not in known:
                yield key, f"nobody is called `{code}`{_near(code, known)}"
    for key, words, what in (
        *((m, ACTS, "act") for m in ("must", "may", "must_not")),
        ("counts_as", KINDS, "kind of event"),
    ):
        for word in getattr(expect, key):
            if word not in words:
                yield key, f"`{word}` is no {what}{_near(word, words)}"
    for word in expect.missing:
        if word not in MISSING_WORDS and word not in KINDS:
            yield "missing", f"`{word}` is no condition that can be missing{_near(word, {*MISSING_WORDS, *KINDS})}"
    if expect.missing and expect.holds != "no":
        yield "missing", "what holds, or may hold, misses nothing: `missing` goes with `holds: no`"
    for word in expect.hinges_on:
        if not _is_hinge(word, crisis, answer):
            yield "hinges_on", f"`{word}` names no fact, question, reading or event to hinge on"
    if not (expect.who or expect.nothing or expect.dilemma or modality_of(expect)[1]):
        yield "who", "the expectation asks about nobody and nothing"


def _near(word: str, known: Iterable[str]) -> str:
    near = near_word(word, known)
    return f": did you mean `{near}`?" if near else ""


def _is_hinge(word: str, crisis: Crisis, answer: Assessment) -> bool:
    """Whether the name, or a name of which it is the last part, could be open at all."""
    world = answer.world
    branches = crisis.branches.values()
    events = {e.id for e in (*crisis.events, *(event for branch in branches for event in branch.add))}
    names = {*crisis.facts, *(name for branch in branches for name in branch.facts), *answer.answers}
    names |= {f"somebody.{kind}" for kind in crisis.open}
    for name, treaty in world.treaties.items():
        ends = {*treaty.readings, *treaty.questions, "in-force", "ends", "applies"}
        names |= {f"{name}.{end}" for end in ends} | {
            f"{name}.{code}.{end}" for code in treaty.parties for end in ("since", "until")
        }
    head, _, rest = word.rpartition(".")
    if crisis.leaves_open(word, world.registry):
        return True
    if word in events or (head in events and rest in EVENT_FACTS) or word in EVENT_FACTS:
        return True
    if (head in crisis.places or head in world.registry.places) and rest in PLACE_FACTS:
        return True
    return word in PLACE_FACTS or word in crisis.readings or any(_hinge(word, name) for name in names)


MISSING_WORDS = frozenset(
    ("provoked", "place", "by", "supported_by", "scale", "means", "stance", "finding", "organ", "to", "under", "requested_by",
     "consent_of", "decided_by", "happened", "helps", "adversaries", "bound", "question", "jointly", "decides_whether", "party",
     "in-force", "direction", "not-a-response", "rule", "government", "votes", "competence", "overridden")
)  # fmt: skip


def _no_path(path: str, treaties: object) -> str | None:
    name, _, rest = path.partition("/")
    known = treaties if isinstance(treaties, dict) else {}
    treaty = known.get(name)
    if not isinstance(treaty, Treaty):
        return f"there is no instrument `{name}`"
    if rest and not any(
        rest in (article.key, *(rule.path for rule in article.rules)) for article in treaty.articles.values()
    ):
        return f"`{name}` has no article or rule `{rest}`"
    return None


def judge(expect: Expect, answer: Assessment) -> Iterator[str]:
    """What came instead of what was expected; nothing when the expectation is met."""
    if expect.dilemma:
        yield from _judge_dilemma(expect, answer)
    elif expect.nothing:
        yield from _judge_nothing(expect, answer)
    elif expect.counts_as:
        yield from _judge_label(expect, answer)
    else:
        modality, acts = modality_of(expect)
        for who in expect.who or ("",):
            for whom in expect.whom or ("",):
                for act in acts or ("",):
                    for enemy in expect.against or ("",):  # findings are kept pair by pair, and only shown together
                        yield from _judge_one(expect, answer, who, modality, act, whom, enemy)


def _judge_dilemma(expect: Expect, answer: Assessment) -> Iterator[str]:
    for code in expect.dilemma:
        rows = [row for row in answer.dilemmas if row.bearer == code]
        fitting = [
            row for row in rows
            if all(any(_under(path, f) for f in (row.first, row.second)) for path in expect.between)
            and (expect.severity is None or row.severity == expect.severity)
            and (expect.resolved_by is None or expect.resolved_by in (row.resolved_by or ""))
        ]  # fmt: skip
        if bool(fitting) == (expect.holds == "no"):
            shown = [f"{r.severity} between {_path(r.first)} and {_path(r.second)}" for r in rows] or ["no dilemma"]
            yield f"{code}: " + "; ".join(shown)


def _path(finding: Finding) -> str:
    return f"{finding.treaty.id}/{finding.rule.path}"


def _under(path: str, finding: Finding) -> bool:
    name, _, rest = path.partition("/")
    return name == finding.treaty.id and (not rest or rest in (finding.rule.article, finding.rule.path))


def _judge_nothing(expect: Expect, answer: Assessment) -> Iterator[str]:
    for finding in answer.findings:
        owes = finding.bearer in expect.nothing and finding.modality in ("must", "must_not") and not finding.standing
        toward = not expect.whom or finding.toward in expect.whom
        if (
            owes
            and toward
            and finding.treaty.binding == (expect.binding or "legal")
            and (expect.under is None or _under(expect.under, finding))
        ):
            yield describe(finding)


def _judge_label(expect: Expect, answer: Assessment) -> Iterator[str]:
    name, _, path = (expect.under or "").partition("/")
    treaty = answer.world.treaties.get(name)
    seen = seen_by(answer.world, treaty) if treaty is not None else {}
    for who in expect.who or ("",):
        for whom in expect.whom or ("",):
            for kind in expect.counts_as:
                proofs = [
                    o.proof for group in seen.values() for o in group
                    if o.rules and is_kind(o.kinds, (kind,)) and who in ("", o.actor) and whom in ("", o.target)
                    and any(path in ("", rule, rule.split("/")[0]) for rule in o.rules)
                ]  # fmt: skip
                verdict = Diagrams().verdict(either(proofs))
                hung = all(any(_hinge(word, hinge) for hinge in verdict.hinges) for word in expect.hinges_on)
                if verdict.truth is not TRUTHS[expect.holds or "yes"] or not hung:
                    shown = f", hinges on {', '.join(verdict.hinges)}" if verdict.hinges else ""
                    yield f"what {who} did to {whom} counts as {kind}: {WORDS[verdict.truth]}{shown}"
                elif expect.missing and treaty is not None:
                    misses = list(label_misses(answer.world, treaty, path, who, whom))
                    yield from _other_misses(expect, misses, f"what {who} did to {whom} as {kind}")


def _judge_one(
    expect: Expect, answer: Assessment, who: str, modality: str, act: str, whom: str, enemy: str
) -> Iterator[str]:
    against = (enemy,) if enemy else ()
    fitting = [f for f in answer.findings if fits(f, who, modality, act, whom, against) and _named(expect, f)]
    if expect.holds == "no":
        if fitting:
            yield from (describe(finding) for finding in fitting)
        elif expect.missing:
            yield from _judge_missing(expect, answer, who, modality, act, whom)
        return
    wanted = TRUTHS[expect.holds or "yes"]
    if wanted is UNKNOWN and any(f.holds is YES for f in fitting):
        yield from (describe(finding) for finding in fitting if finding.holds is YES)
        return
    good = [f for f in fitting if f.holds is wanted and _as_expected(expect, f)]
    if not good:
        near = fitting or [f for f in answer.findings if who in ("", f.bearer) and whom in ("", f.toward)]
        yield "; ".join(describe(finding) for finding in near[:4]) or f"{who}: nothing toward {whom or 'anyone'}"


def _named(expect: Expect, finding: Finding) -> bool:
    binding = finding.treaty.binding == (expect.binding or "legal")
    return binding and (expect.under is None or _under(expect.under, finding))


def _as_expected(expect: Expect, finding: Finding) -> bool:
    if expect.since is not None and not expect.since.first <= finding.since <= expect.since.last:
        return False
    if expect.status is not None and finding.stage.status != expect.status:
        return False
    return all(any(_hinge(word, hinge) for hinge in finding.hinges) for word in expect.hinges_on)


def _hinge(word: str, hinge: str) -> bool:
    return word == hinge or hinge.endswith(f".{word}") or hinge.split("@", maxsplit=1)[0].endswith(f".{word}")


def _judge_missing(expect: Expect, answer: Assessment, who: str, modality: str, act: str, whom: str) -> Iterator[str]:
    world = answer.world
    name, _, rest = (expect.under or "").partition("/")
    treaties = [world.treaties[name]] if name else None
    misses = [
        miss for one in ([act] if act else sorted(ACTS)) for miss in all_misses(world, who, modality, one, whom or None, treaties)
        if not rest or miss.rule is None or rest in (miss.rule.article, miss.rule.path)
    ]  # fmt: skip
    yield from _other_misses(expect, misses, f"{who} {modality} {act} {whom}")


def _other_misses(expect: Expect, misses: list[NearMiss], what: str) -> Iterator[str]:
    """What lacks instead, unless one near miss names each word expected."""
    for miss in misses:
        words = {part.condition for part in miss.missing}
        if all(
            word in words or any(word in ancestors(known) for known in words if known in KINDS)
            for word in expect.missing
        ):
            return
    shown = sorted({", ".join(sorted(part.condition for part in miss.missing)) for miss in misses})
    yield f"{what}: missing instead: " + ("; ".join(shown[:5]) or "nothing tried")


def describe(finding: Finding) -> str:
    """A finding in one plain line, for a failed expectation."""
    verb = finding.modality.replace("_", " ")
    text = f"{finding.bearer} {verb} {finding.act} {finding.toward or ''}".rstrip()
    text += f" against {_list(finding.against)}" if finding.against else ""
    holds: Truth = finding.holds
    text += f"  holds: {WORDS[holds]}  under {_path(finding)}  since {finding.since}  {finding.stage.status}"
    return text + (f"  hinges on {_list(finding.hinges)}" if finding.hinges else "")


def day_of(expect: Expect, crisis: Crisis) -> date:
    """The day an expectation asks about."""
    return expect.on.last if expect.on is not None else last_day(crisis, expect.branch)
