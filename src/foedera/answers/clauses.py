"""Articles side by side: who is bound, by what event, where, under which conditions, how strongly, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from foedera.answers.words import treaty_name, wrap
from foedera.language.sentences import (
    VERBS,
    act_phrase,
    area_phrase,
    condition_phrase,
    limb_phrase,
    listed,
    pattern_phrase,
    rule_sentence,
    who_phrase,
)
from foedera.language.types import Article, Condition, Limb, Rule, Treaty
from foedera.language.vocabulary import is_kind
from foedera.states.registry import Registry

LABELS = {
    "sentence": "in a sentence", "bearer": "who", "effect": "what", "trigger": "trigger", "area": "where",
    "conditions": "only if", "exceptions": "unless", "strength": "strength", "means": "means",
    "decides_whether": "who decides whether", "decides_how": "who decides how", "until": "until",
    "counts_as": "what counts as the trigger",
}  # fmt: skip
COLUMN = 26  # narrower columns cannot be read: the clauses then stand below each other


def clause_json(treaty: Treaty, article: Article, registry: Registry) -> dict[str, Any]:
    """An article as plain values, rule by rule, for comparing it with another."""
    touching = [q for q, reading in treaty.readings.items() if _touches(reading.options.values(), article)]
    return {
        "treaty": treaty.id, "article": article.key, "title": treaty.title, "says": article.says,
        "rules": [_rule_json(rule, treaty, registry) for rule in article.rules],
        "readings": touching, "not_modelled": [part.clause for part in article.not_modelled],
    }  # fmt: skip


def _touches(options: Iterable[Any], article: Article) -> bool:
    return any(path.split("/", maxsplit=1)[0] == article.key for option in options for path in option.change.rules)


def _rule_json(rule: Rule, treaty: Treaty, registry: Registry) -> dict[str, Any]:
    name = registry.called
    organs = list(dict.fromkeys(name(part.organ) for part in _conditions(rule) if part.organ))
    return {
        "rule": rule.id, "modality": rule.modality, "acts": list(rule.acts),
        "sentence": rule_sentence(rule, treaty, name),
        "bearer": None if rule.modality == "counts_as" else who_phrase(rule.who, name, treaty),
        "effect": _effect(rule),
        "trigger": pattern_phrase(rule.when, name, treaty) if rule.when else None,
        "area": list(_areas(rule, treaty, registry)),
        "conditions": [condition_phrase(part, name, treaty) for part in rule.conditions],
        "exceptions": [condition_phrase(part, name, treaty) for part in rule.exceptions],
        "strength": rule.strength.replace("-", " ") if rule.strength else None,
        "means": list(rule.means),
        "decides_whether": _decider(rule.decides_whether, registry) or (listed(organs) if organs else None),
        "decides_how": _decider(rule.decides_how, registry),
        "until": pattern_phrase(rule.ends, name, treaty) if rule.ends else None,
        "counts_as": [rule_sentence(other, treaty, name) for other in _definitions(rule, treaty)],
    }  # fmt: skip


def _decider(word: str | None, registry: Registry) -> str | None:
    if word is None:
        return None
    return {"bearer": "each bearer for itself", "jointly": "all together"}.get(word) or registry.called(word)


def _effect(rule: Rule) -> str:
    if rule.modality == "counts_as":
        return f"counts as {', '.join(rule.acts)}"
    acts = ", ".join(act_phrase(act, rule.modality, None) for act in rule.acts)
    return f"{VERBS[rule.modality]} {acts}" + (", only together" if rule.jointly else "")


def _conditions(rule: Rule) -> Iterator[Condition]:
    todo = list(rule.conditions)
    while todo:
        condition = todo.pop(0)
        yield condition
        todo += condition.parts


def _areas(rule: Rule, treaty: Treaty, registry: Registry) -> Iterator[str]:
    """Where the trigger must lie; an area of the instrument is spelt out."""
    limb = rule.when.place if rule.when else None
    if limb is None:
        return
    yield limb_phrase(limb, registry.called, treaty)
    for word in _area_names(limb, treaty):
        yield f"“{word}”: {area_phrase(treaty.areas[word], registry.called, treaty)}"


def _area_names(limb: Limb, treaty: Treaty) -> Iterator[str]:
    yield from (word for word in (*limb.inside, *limb.outside) if word in treaty.areas)


def _definitions(rule: Rule, treaty: Treaty) -> Iterator[Rule]:
    """The instrument's own rules that let another event count as this rule's trigger."""
    if rule.when is not None and rule.modality != "counts_as":
        kinds = rule.when.kinds
        yield from (other for other in treaty.rules if other.modality == "counts_as" and is_kind(other.acts, kinds))


def clauses_page(clauses: list[tuple[Treaty, Article]], registry: Registry, width: int) -> str:
    """Two or more articles in columns; below each other where the page is too narrow."""
    told = [clause_json(treaty, article, registry) for treaty, article in clauses]
    heads = [f"{treaty_name(treaty)}, {article.key}" for treaty, article in clauses]
    column = (width - 3 * (len(told) - 1)) // len(told)
    rows = [("", [[head] for head in heads]), ("says", [[part["says"]] for part in told])]
    rows += [(label, [list(_cell(part, key)) for part in told]) for key, label in LABELS.items()]
    rows.append(("open to rival readings", [part["readings"] for part in told]))
    rows.append(("not modelled", [part["not_modelled"] for part in told]))
    filled = [(label, cells) for label, cells in rows if any(cells)]
    if column < COLUMN:
        return "\n".join(line for row in filled for line in _stacked(*row, heads, width))
    return "\n".join(line for row in filled for line in _beside(*row, column)).rstrip()


def _cell(told: dict[str, Any], key: str) -> Iterator[str]:
    """What the rules of a clause have under a key; which rules, where not all of them say so."""
    said: dict[str, list[str]] = {}
    for rule in told["rules"]:
        value = rule[key]
        for text in value if isinstance(value, list) else [value] if value else []:
            said.setdefault(text, []).append(rule["rule"])
    for text, rules in said.items():
        yield text if len(rules) == len(told["rules"]) else f"{', '.join(rules)}: {text}"


def _beside(label: str, cells: list[list[str]], column: int) -> Iterator[str]:
    columns = [[line for text in cell for line in wrap(text, column, "", "  ")] or ["–"] for cell in cells]
    if label:
        yield f"── {label} " + "─" * max(0, (column + 3) * len(columns) - 3 - len(label) - 4)
    for at in range(max(map(len, columns))):
        yield " │ ".join(f"{lines[at] if at < len(lines) else '':<{column}}" for lines in columns).rstrip()


def _stacked(label: str, cells: list[list[str]], heads: list[str], width: int) -> Iterator[str]:
    if label:
        yield f"{label}:"
    for head, cell in zip(heads, cells, strict=True):
        text = f"{head}: {'; '.join(cell) or '–'}" if label else head
        yield from wrap(text, width, "  " if label else "", "    ")
