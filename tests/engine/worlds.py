"""Small worlds in place: instruments and events as YAML, and what the engine says of them.

    j = judge(world(pact({"help": HELP}), events=["kind: invasion, by: PER, on: BEL"]))
    j("DNK must assist BEL")  ->  "yes"

Parties are BEL, CHL and DNK unless said otherwise, in force since 2000-01-01; events happen on 2001-05-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from foedera.answers.ask import make_case
from foedera.engine.answer_types import Assessment, Finding
from foedera.engine.assess import assess
from foedera.engine.missing import near_misses
from foedera.language.crisis_form import read_crisis
from foedera.language.nodes import parse
from foedera.language.registry_form import scoped_to
from foedera.language.types import Crisis
from foedera.library import library, registry

HELP = "{when: {event: armed-attack, on: party}, who: other-parties, must: assist}"
WORDS = {"yes": "yes", "no": "no", "unknown": "depends"}


def pact(
    rules: Mapping[str, str], name: str = "pact", parties: str = "{BEL: {}, CHL: {}, DNK: {}}", **keys: str
) -> str:
    """An instrument; rules by `article/id` (article 1 where there is none)."""
    keys = {
        "title": name,
        "in_force": "2000-01-01",
        "ends": "open",
        "checked": "{on: 2020-01-01, confidence: textbook}",
    } | keys
    readings = keys.pop("readings", "")
    lines = [
        f"  {name}:",
        *(f"    {key}: {value}" for key, value in keys.items()),
        f"    parties: {parties}",
        "    articles:",
    ]
    articles: dict[str, list[str]] = {}
    for path, rule in rules.items():
        article, _, rule_id = path.rpartition("/")
        articles.setdefault(article or "1", []).append(f"          {rule_id}: {rule}")
    for article, texts in articles.items():
        lines += [f'      "{article}":', "        says: What it says.", "        rules:", *texts]
    if not articles:
        lines += ['      "1": {says: What it says.}']
    return "\n".join([*lines, *([f"    readings: {readings}"] if readings else [])]) + "\n"


def world(*pacts: str, events: Iterable[str] = (), **parts: str) -> str:
    """A crisis file; an event without an id or a date is given one."""
    lines = ["id: world", "title: World", *(f"{key}: {value}" for key, value in parts.items())]
    if "instruments" not in parts:
        lines.append("instruments: []")
    if pacts:
        lines += ["treaties:", *pacts]
    lines += ["events:"] if (events := list(events)) else []
    lines += [f"  - {{{event_text(event, number)}}}" for number, event in enumerate(events, 1)]
    return "\n".join(lines) + "\n"


def event_text(event: str, number: int) -> str:
    keys = {part.split(":")[0].strip() for part in event.split(",")}
    return ", ".join(
        [*([f"id: e{number}"] * ("id" not in keys)), *(["date: 2001-05-01"] * ("date" not in keys)), event]
    )


def read(text: str) -> Crisis:
    node, problems = parse(text.encode(), "world.yaml")
    assert node is not None, problems
    reader = scoped_to(registry())
    crisis = read_crisis(node, reader)
    assert not reader.problems, "\n".join(f"{p.span} {p.message} ({p.fix})" for p in reader.problems) + "\n" + text
    return crisis


@cache
def shelf() -> Any:
    return library()


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Judged:
    """An assessment to which sentences can be put: `DNK must assist BEL against PER`."""

    assessment: Assessment

    def findings(self, sentence: str) -> list[Finding]:
        who, modality, act, toward, against, under = parsed(sentence)
        return [
            f for f in self.assessment.findings
            if f.bearer == who and f.modality == modality and f.act == act and toward in ("", f.toward)
            and (not against or against in f.against)
            and under in ("", f.treaty.id, f"{f.treaty.id}/{f.rule.article}", f"{f.treaty.id}/{f.rule.path}")
        ]  # fmt: skip

    def __call__(self, sentence: str) -> str:
        """yes, depends or no."""
        found = {WORDS[f.holds.value] for f in self.findings(sentence)}
        return next((word for word in ("yes", "depends") if word in found), "no")

    def one(self, sentence: str) -> Finding:
        found = self.findings(sentence)
        assert len(found) == 1, [
            f"{f.bearer} {f.modality} {f.act} {f.toward} {f.against} {f.holds}" for f in self.assessment.findings
        ]
        return found[0]

    def hinges(self, sentence: str) -> set[str]:
        return set(self.one(sentence).hinges)

    def status(self, sentence: str) -> str:
        return self.one(sentence).stage.status

    def missing(self, sentence: str) -> set[str]:
        """What the nearest rule lacks."""
        assert self(sentence) == "no"
        who, modality, act, toward, _, _ = parsed(sentence)
        return {
            part.condition for part in near_misses(self.assessment.world, who, modality, act, toward or None)[0].missing
        }

    def said(self) -> set[str]:
        """Every finding as a sentence."""
        return {
            " ".join(
                [
                    f.bearer,
                    f.modality,
                    f.act,
                    f.toward or "-",
                    *(["against", *f.against] if f.against else []),
                    WORDS[f.holds.value],
                ]
            )
            for f in self.assessment.findings
        }


def parsed(sentence: str) -> tuple[str, str, str, str, str, str]:
    words = sentence.split()
    who, modality, act, *rest = words
    tail = {word: rest[rest.index(word) + 1] for word in ("against", "under") if word in rest}
    toward = rest[0] if rest and rest[0] not in ("against", "under") else ""
    return who, modality, act, toward, tail.get("against", ""), tail.get("under", "")


def judge(text: str, *, on: str | None = None, public: bool = False, **case: Any) -> Judged:
    """What the engine says of a world on a day (the last one without `on`); with `public`, as everybody knew it."""
    viewer = "public" if public else None
    return Judged(assess(make_case(read(text), shelf(), on=day(on), viewer=viewer, **case)))
