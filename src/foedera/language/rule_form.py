"""The form of a rule: who, what event, which conditions, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.dates import Interval, When
from foedera.language.event_form import ACT, EVENT, EXPECT, KIND, SOURCE, Facts
from foedera.language.node import Node
from foedera.language.shapes import (
    BAD,
    Day,
    Either,
    Ident,
    Key,
    Later,
    Length,
    Many,
    Number,
    Reader,
    Record,
    Schema,
    Table,
    Text,
    Word,
    YesNo,
    kind_of,
)  # fmt: skip
from foedera.language.types import Condition, Example, Limb, Pattern, Rule, Who
from foedera.language.vocabulary import MEANS, MODALITIES, PLACE_STATUS, ROLES, SCALES, STANCES, STRENGTHS
from foedera.problems import suggest


class WhoShape(Struct, frozen=True):
    """Codes, roles, groups and their combinations; a list is `any`."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str):
            return self._name(node.value, node, reader)
        if isinstance(node.value, tuple) and node.value:
            return self._combine("any", node.value, reader)
        if isinstance(node.value, dict) and len(node.value) == 1:
            ((op, entry),) = node.value.items()
            if op == "not":
                return self._combine("not", (entry.node,), reader)
            if op in ("all", "any") and isinstance(entry.node.value, tuple):
                return self._combine(op, entry.node.value, reader)
        return reader.report("F003", node.span, f"states or a role are wanted here, not {kind_of(node)}", WHO_FIX)

    def _name(self, text: str, node: Node, reader: Reader) -> Any:
        if text in ROLES or text == "state":
            return Who("role", "any-state" if text == "state" else text)
        if text in reader.scope.get("groups", ()):
            return Who("group", text)
        if text in reader.scope.get("actors", ()):
            return Who("code", text)
        code = reader.resolve(text)
        if code is not None:
            return Who("code", code)
        known = reader.scope.get("groups", frozenset()) | reader.scope.get("codes", frozenset()) | set(ROLES)
        fix = suggest(text, known)
        return reader.report("N001", node.span, f"nobody is called `{text}`", fix if "did you" in fix else WHO_FIX)

    def _combine(self, op: str, nodes: tuple[Node, ...], reader: Reader) -> Any:
        parts = [self.read(node, reader) for node in nodes]
        if BAD in parts:
            return BAD
        return parts[0] if op == "any" and len(parts) == 1 else Who(op, "", tuple(parts))

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string"}, {"type": "array"}, {"type": "object"}]}


WHO_FIX = "an ISO3 code, a group of this file, or a role: " + ", ".join(ROLES)
WHO = WhoShape()


class Inside(Struct, frozen=True):
    """A region, a state, or an area of this instrument."""

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, str):
            return reader.report("F003", node.span, f"a region is wanted here, not {kind_of(node)}", "write its name")
        known = reader.scope.get("areas", frozenset()) | reader.scope.get("regions", frozenset())
        known |= reader.scope.get("places", frozenset())
        if node.value in known:
            return node.value
        code = reader.resolve(node.value)
        if code is not None:
            return code
        return reader.report(
            "N004", node.span, f"`{node.value}` is no area, region or state", suggest(node.value, known)
        )

    def schema(self) -> Schema:
        return {"type": "string"}


LIMB = Record(
    "a place", Limb,
    keys={
        "in": Key(Many(Inside()), "inside", default=()),
        "outside": Key(Many(Inside()), default=()),
        "territory_of": Key(WHO),
        "islands_of": Key(WHO),
        "administered_by": Key(WHO),
        "sovereign": Key(WHO),
        "status": Key(Many(Word("a legal status", PLACE_STATUS)), default=()),
        "north_of": Key(Number(-90, 90)),
        "south_of": Key(Number(-90, 90)),
        "clause": Key(Text()),
    },
)  # fmt: skip

YES_OR_NO = Word("`yes` or `no`", ("yes", "no"))


def _pattern(**fields: Any) -> Pattern:
    response = fields.pop("response") is not None or fields["involves"] is not None
    return Pattern(**fields, response=response)


PATTERN = Record(
    "an event pattern", _pattern,
    keys={
        "event": Key(Many(KIND), "kinds", required=True),
        "by": Key(WHO), "on": Key(WHO), "involves": Key(WHO), "to": Key(WHO), "supported_by": Key(WHO),
        "response": Key(Word("`any`", ("any",))),
        "provoked": Key(YES_OR_NO),
        "scale": Key(Many(Word("a scale", SCALES)), default=()),
        "means": Key(Many(Word("a means", MEANS)), default=()),
        "stance": Key(Many(Word("a stance", STANCES)), default=()),
        "finding": Key(Many(Ident()), default=()),
        "organ": Key(Many(Ident()), default=()),
        "under": Key(Many(Text()), default=()),
        "place": Key(LIMB),
    },
)  # fmt: skip


class Mark(Struct, frozen=True):
    """The trigger itself (the word `event`), or another event by its pattern."""

    def read(self, node: Node, reader: Reader) -> Any:
        return "event" if node.value == "event" else PATTERN.read(node, reader)

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": ["event"]}, PATTERN.schema()]}


def _another(before: Any, after: Any, within: Any, **fields: Any) -> dict[str, Any]:
    return {"pattern": _pattern(**fields), "before": before, "after": after, "within": within}


_ANOTHER = Record(
    "another event", _another, {**PATTERN.keys, "before": Key(Mark()), "after": Key(Mark()), "within": Key(Length())}
)  # fmt: skip
_DECIDED = Record("`decided_by`", dict, {"organ": Key(Ident(), required=True), "finding": Key(Ident())}, at=False)
_HELPS = Record(
    "`helps`", dict, {"who": Key(WHO, required=True), "whom": Key(WHO, required=True), "against": Key(WHO)}, at=False
)
_ADVERSARIES = Record(
    "`adversaries`", dict, {"of": Key(WHO, "who"), "at_least": Key(Number(1, 50), required=True)}, at=False
)
_BOUND = Record(
    "`bound`", dict, {"who": Key(WHO, required=True), "by": Key(Ident(), "treaty", required=True)}, at=False
)

CONDITION_OPS = (
    "requested_by", "consent_of", "decided_by", "happened", "helps", "adversaries", "bound", "question", "any", "all", "not",
)  # fmt: skip


def _condition(at: Any, **fields: Any) -> Condition:
    op = next(key for key in CONDITION_OPS if fields[key] is not None)
    value = fields[op]
    if op in ("requested_by", "consent_of"):
        return Condition(op, at, who=value)
    if op in ("decided_by", "happened", "helps", "adversaries", "bound"):
        return Condition(op, at, **{key: part for key, part in value.items() if part is not None})
    if op == "question":
        return Condition(op, at, question=value)
    return Condition(op, at, parts=value if isinstance(value, tuple) else (value,))


CONDITION = Later("condition", lambda: DEFINITIONS["condition"])
_CONDITION = Record(
    "a condition", _condition,
    keys={
        "requested_by": Key(WHO),
        "consent_of": Key(WHO),
        "decided_by": Key(_DECIDED),
        "happened": Key(_ANOTHER),
        "helps": Key(_HELPS),
        "adversaries": Key(_ADVERSARIES),
        "bound": Key(_BOUND),
        "question": Key(Word("a question of this instrument", scope="questions", code="N003")),
        "any": Key(Many(CONDITION, only_list=True)),
        "all": Key(Many(CONDITION, only_list=True)),
        "not": Key(CONDITION),
    },
    one_of=CONDITION_OPS,
)  # fmt: skip
DEFINITIONS: dict[str, Record] = {"condition": _CONDITION}

_COUNTS = Record(
    "`counts_as`", dict, at=False,
    keys={"event": Key(Many(KIND), required=True), "on": Key(WHO), "by": Key(WHO)},
)  # fmt: skip

EXAMPLE = Record(
    "an example", Example,
    keys={
        "given": Key(Many(EVENT, only_list=True), default=()),
        "facts": Key(Facts(), default={}),
        "on": Key(Day()),
        "then": Key(EXPECT, required=True),
    },
)  # fmt: skip


def _rule(**fields: Any) -> Rule:
    modality = next(key for key in MODALITIES if fields[key] is not None)
    effect = {key: fields.pop(key) for key in MODALITIES}[modality]
    counts = effect if modality == "counts_as" else {}
    until, start = fields.pop("until"), fields.pop("from")
    ends, stop = (None, until) if isinstance(until, When) else (until, None)
    return Rule(
        **fields,
        id="", article="",
        modality=modality,
        acts=counts["event"] if counts else effect,
        counts_on=counts.get("on"), counts_by=counts.get("by"),
        ends=ends, force=Interval(start, stop),
    )  # fmt: skip


RULE_KEYS: Mapping[str, Key] = {
    "when": Key(PATTERN),
    "if": Key(Many(CONDITION), "conditions", default=()),
    "unless": Key(Many(CONDITION), "exceptions", default=()),
    "who": Key(WHO, default=Who("role", "party")),
    "whom": Key(WHO),
    "against": Key(WHO),
    "must": Key(Many(ACT)),
    "may": Key(Many(ACT)),
    "must_not": Key(Many(ACT)),
    "no_duty": Key(Many(ACT)),
    "counts_as": Key(_COUNTS),
    "for": Key(Word("`all`", ("all",)), "for_all"),
    "means": Key(Many(Word("a means", MEANS)), default=()),
    "until": Key(Either("an event or a date", text=Day(), mapping=PATTERN)),
    "from": Key(Day()),
    "deadline": Key(Length()),
    "before": Key(Word("`trigger`", ("trigger",)), "before_trigger"),
    "jointly": Key(YesNo(), default=False),
    "decides_whether": Key(Word("`bearer`, `jointly` or an organ", ("bearer", "jointly"), scope="organs", code="N003")),
    "decides_how": Key(Word("`bearer`, `jointly` or an organ", ("bearer", "jointly"), scope="organs", code="N003")),
    "strength": Key(Word("a strength", STRENGTHS)),
    "overrides": Key(Many(Text()), default=()),
    "yields_to": Key(Many(Text()), default=()),
    "without_prejudice_to": Key(Many(Text()), default=()),
    "secret_until": Key(Day()),
    "says": Key(Text()),
    "sources": Key(Many(SOURCE), default=()),
    "examples": Key(Table(Ident(), EXAMPLE), default={}),  # `fires`, `silent`, `boundary`, and more by names of one's own
}  # fmt: skip


def _make_rule(**fields: Any) -> Rule:
    fields["for_all"] = fields["for_all"] is not None
    fields["before_trigger"] = fields["before_trigger"] is not None
    return _rule(**fields)


RULE = Record("a rule", _make_rule, RULE_KEYS, one_of=MODALITIES)


def read_rule(node: Node, at: Any, article: str, rule_id: str, reader: Reader) -> Any:
    """A rule under an article, or BAD."""
    rule = RULE.read_at(node, at, reader)
    if rule is BAD:
        return BAD
    if rule.when is None:
        _standing(rule, node, reader)
    return replace(rule, article=article, id=rule_id)


def _standing(rule: Rule, node: Node, reader: Reader) -> None:
    """A rule without `when` has no target, actor or sponsor, and nothing to count as something else."""
    entries = node.value if isinstance(node.value, dict) else {}
    if rule.modality == "counts_as":
        reader.report("F002", rule.at, "a rule that counts an event as another needs `when`", "add `when: {event: …}`")
    for key in ("who", "whom", "against"):
        who = getattr(rule, key)
        words = {"actor", "target", "sponsor"} & who.roles() if who is not None else set()
        if words and key in entries:
            word = min(words)
            reader.report("F008", entries[key].node.span, f"`{word}` without `when`", "add `when`, or name the states")
