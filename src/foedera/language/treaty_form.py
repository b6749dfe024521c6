"""The form of a treaty file: parties, organs, areas, articles, rules and readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.dates import parse_when
from foedera.language.event_form import SOURCE, Contestable
from foedera.language.node import Entry, Node, declared, names_in
from foedera.language.party_form import ANY_STATE, STANDING, Parties, claims_of
from foedera.language.rule_form import LIMB, RULE_KEYS, WHO, read_rule
from foedera.language.shapes import (
    BAD,
    Code,
    Day,
    Ident,
    Key,
    Length,
    Many,
    Null,
    Number,
    Reader,
    Record,
    Schema,
    Table,
    Text,
    Word,
    kind_of,
    read_keyed,
)  # fmt: skip
from foedera.language.types import (
    Area,
    Article,
    Change,
    NotModelled,
    Organ,
    Reading,
    ReadingOption,
    Rule,
    Treaty,
    Who,
)  # fmt: skip
from foedera.language.vocabulary import ADVICE, BINDING, CONFIDENCE, COVERS, ROLES, TREATY_KINDS
from foedera.problems import Span, suggest
from foedera.states.values import settled

VOTES = ("consensus", "unanimity", "majority")


class Votes(Struct, frozen=True):
    """How an organ decides: a word, `{at_least: 2/3}` or `{sole: CODE}`."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str):
            word = Word("a way of voting", VOTES).read(node, reader)
            return BAD if word is BAD else (word, None, None)
        record = Record(
            "votes", dict, {"at_least": Key(Number(fraction=True)), "sole": Key(ANY_STATE)}, at=False,
            one_of=("at_least", "sole"),
        ).read(node, reader)  # fmt: skip
        if record is BAD:
            return BAD
        return ("sole", None, record["sole"]) if record["sole"] else ("at-least", record["at_least"], None)

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": list(VOTES)}, {"type": "object"}]}


def _organ(at: Span, **fields: Any) -> Organ:
    votes, share, sole = fields.pop("votes") or ("consensus", None, None)
    return Organ(id="", at=at, votes=votes, share=share, sole=sole, **fields)


ORGAN = Record(
    "an organ", _organ,
    keys={
        "members": Key(WHO, default=Who("role", "party")),
        "votes": Key(Votes()),
        "competent": Key(Many(Ident()), default=()),
        "binds": Key(Word("whom it binds", ("party", "consenting")), default="party"),
    },
)  # fmt: skip


def _area(at: Span, **fields: Any) -> Area:
    return Area(id="", at=at, **fields)


AREA = Record(
    "an area", _area,
    keys={
        "covers": Key(Many(Word("what is covered", COVERS)), default=COVERS),
        "any": Key(Many(LIMB, only_list=True), required=True),
        "except": Key(Many(LIMB, only_list=True), "excepted", default=()),
        "says": Key(Text()),
    },
)  # fmt: skip

ENDS = Record("an end", dict, {"legal": Key(Day()), "effective": Key(Day()), "why": Key(Text())}, at=False)
CHECKED = Record(
    "`checked`", dict, at=False,
    keys={"on": Key(Day(), required=True), "confidence": Key(Word("a confidence", CONFIDENCE), required=True)},
)  # fmt: skip


class Ends(Struct, frozen=True):
    """When the instrument ends: `open`, a date, or `{legal, effective, why}`."""

    def read(self, node: Node, reader: Reader) -> Any:
        if node.value == "open":
            return {"legal": None, "effective": None, "why": None}
        if isinstance(node.value, dict):
            return ENDS.read(node, reader)
        when = parse_when(node.value) if isinstance(node.value, str) else "a date is wanted"
        if isinstance(when, str):
            shown = f"`{node.value}`" if isinstance(node.value, str) else kind_of(node)
            fix = "write `open`, a date such as 1991-07-01, or `{legal: …, effective: …, why: …}`"
            return reader.report("D001", node.span, f"{shown} is no end", fix)
        return {"legal": when, "effective": None, "why": None}

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": ["open"]}, Day().schema(), ENDS.schema()]}


TREATY_KEYS: Mapping[str, Key] = {
    "id": Key(Ident(), required=True, default="this"),
    "title": Key(Text(), required=True),
    "short": Key(Text()),
    "kind": Key(Word("a kind of instrument", TREATY_KINDS), default="treaty"),
    "binding": Key(Word("a kind of bond", BINDING)),
    "organisation": Key(Code("an organisation")),
    "signed": Key(Null(Day())),
    "in_force": Key(Contestable(Null(Day())), required=True, default=()),
    "ends": Key(Ends(), required=True, default={"legal": None, "effective": None, "why": None}),
    "parties": Key(Parties(), required=True, default={}),
    "groups": Key(Table(Ident(), Many(ANY_STATE)), default={}),
    "organs": Key(Table(Ident(), ORGAN), default={}),
    "areas": Key(Table(Ident(), AREA), default={}),
    "withdrawal": Key(Record("withdrawal", dict, {"notice": Key(Length(), required=True)}, at=False)),
    "subject_to": Key(Many(Ident()), default=()),
    "prevails_over": Key(Word("`all`", ("all",))),
    "secret_until": Key(Null(Day())),
    "text": Key(Text()),
    "atop": Key(Text()), "unts": Key(Text()), "lnts": Key(Text()),
    "sources": Key(Many(SOURCE), default=()),
    "checked": Key(CHECKED, required=True, default={"on": None, "confidence": "unsure"}),
    "questions": Key(Table(Ident(), Text()), default={}),
    "accepted": Key(Table(Word("a piece of advice", ADVICE), Text()), default={}),
}  # fmt: skip
_HEADER = Record("a treaty", dict, TREATY_KEYS, spots=True)
_FILE_KEYS = ("articles", "readings")

ARTICLE = Record(
    "an article", dict,
    keys={
        "title": Key(Text()),
        "says": Key(Text(), required=True),
        "sources": Key(Many(SOURCE), default=()),
        "not_modelled": Key(Many(Record(
            "a clause left out", NotModelled, {"clause": Key(Text(), required=True), "why": Key(Text(), required=True)},
            at=False)), default=()),
        "open": Key(Many(Text()), default=()),
        "secret_until": Key(Day()),
    },
)  # fmt: skip
_OPTION_KEYS: Mapping[str, Key] = {
    "says": Key(Text(), required=True),
    "standing": Key(Word("a standing", STANDING), default="rival"),
    "held_by": Key(Many(Text()), default=()),
    "source": Key(SOURCE),
    "sources": Key(Many(SOURCE), default=()),
}
PLAIN = Record("the plain reading", dict, {k: v for k, v in _OPTION_KEYS.items() if k != "standing"})
OPTION = Record("a reading", dict, _OPTION_KEYS)


def read_treaty(node: Node, reader: Reader, at: Span | None = None) -> Treaty | None:
    """A treaty from its node, `at` its place in a crisis; with problems in the reader, what could be read or None.

    A treaty with problems is only there to be checked further.
    """
    if not isinstance(node.value, dict):
        reader.report("F003", node.span, f"a treaty file is a mapping, not {kind_of(node)}", "begin with `id: …`")
        return None
    before = len(reader.problems)
    inner = _scoped(node.value, reader)
    header = {key: entry for key, entry in node.value.items() if key not in _FILE_KEYS}
    fields = _HEADER.parts(Node(node.span, header), at or node.span, inner)
    articles, rule_nodes = _articles(node.value.get("articles"), node, inner)
    treaty = _assemble(fields, articles, rule_nodes)
    readings = _readings(node.value.get("readings"), treaty, fields["parties"], inner)
    reader.problems[before:] = inner.problems[before:]
    return replace(treaty, readings=readings)


def _scoped(entries: Mapping[str, Entry], reader: Reader) -> Reader:
    """The reader with the names that this file declares."""
    scope = dict(reader.scope)
    for key in ("groups", "areas", "organs", "questions"):
        scope[key] = declared(entries, key, {*TREATY_KEYS, *_FILE_KEYS})
    inner = Reader(scope, reader.resolve, list(reader.problems), reader.unread)
    for key in ("groups", "areas", "organs"):
        named = entries[key].node.value if key in entries else None
        for name in sorted(scope[key] & (set(ROLES) | {"party", "jointly", "bearer"})):
            if isinstance(named, dict) and name in named:
                inner.report("N005", named[name].key, f"`{name}` is the name of a role", "choose another name")
    return inner


def _articles(entry: Entry | None, top: Node, reader: Reader) -> tuple[dict[str, Article], dict[str, Node]]:
    articles: dict[str, Article] = {}
    nodes: dict[str, Node] = {}
    if entry is None or not isinstance(entry.node.value, dict) or not entry.node.value:
        reader.report(
            "F002", entry.key if entry else top.span, "a treaty needs `articles`", "add `articles:` with one at least"
        )
        reader.unread |= names_in(entry.node) if entry else set()
        return articles, nodes
    for key, article in entry.node.value.items():
        parts = article.node.value if isinstance(article.node.value, dict) else {}
        plain = {name: part for name, part in parts.items() if name != "rules"}
        shown = Node(article.node.span, plain if parts else article.node.value)
        fields = ARTICLE.parts(shown, article.key, reader)
        articles[key] = Article(key=key, rules=_rules(key, parts.get("rules"), reader, nodes), **fields)
        if not parts:
            reader.unread.add(key)
    return articles, nodes


def _rules(article: str, entry: Entry | None, reader: Reader, nodes: dict[str, Node]) -> tuple[Rule, ...]:
    if entry is None:
        return ()
    if not isinstance(entry.node.value, dict):
        reader.report(
            "F003", entry.node.span, f"rules are a mapping, not {kind_of(entry.node)}", "`one-is-all: {when: …}`"
        )
        reader.unread.add(article)
        return ()
    rules = []
    for rule_id, rule in entry.node.value.items():
        path = f"{article}/{rule_id}"
        nodes[path] = rule.node
        named = Ident().read(Node(rule.key, rule_id), reader)
        value = read_rule(rule.node, rule.key, article, rule_id, reader)
        if named is BAD or value is BAD:
            reader.unread.add(path)
        else:
            rules.append(value)
    return tuple(rules)


def _assemble(fields: Mapping[str, Any], articles: Mapping[str, Article], nodes: Mapping[str, Node]) -> Treaty:
    values = dict(fields)
    checked, ends = values.pop("checked"), values.pop("ends")
    numbers = {name: values.pop(name) for name in ("atop", "unts", "lnts")}
    drafts = values.pop("parties")
    default = "political" if values["kind"] == "declaration" else "legal"
    withdrawal, prevails = values.pop("withdrawal"), values.pop("prevails_over")
    return Treaty(
        **{**values, "binding": values["binding"] or default, "organs": _named(values["organs"]),
           "areas": _named(values["areas"])},
        ends=ends["legal"], effective_end=ends["effective"], ends_why=ends["why"],
        withdrawal=withdrawal["notice"] if withdrawal else None,
        prevails_over_all=prevails is not None,
        parties={code: draft.party for code, draft in drafts.items()} if isinstance(drafts, dict) else {},
        parties_of=drafts[1] if isinstance(drafts, tuple) else None,
        all_states=drafts == "all-states",
        numbers={name: number for name, number in numbers.items() if number},
        checked_on=checked["on"], confidence=checked["confidence"],
        articles=articles, readings={}, rule_nodes=nodes,
    )  # fmt: skip


def _named(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: replace(part, id=name) for name, part in parts.items()}


def _readings(entry: Entry | None, treaty: Treaty, drafts: Any, reader: Reader) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    parts = entry.node.value if entry is not None else {}
    if not isinstance(parts, dict):
        at = entry.node if entry else Node(treaty.at, None)
        reader.report("F003", at.span, "readings are a mapping", "`harm: {asks: …}`")
        reader.unread |= names_in(at)
        return readings
    for question, part in parts.items():
        reading = _reading(question, part, treaty, reader)
        if reading is None:
            reader.unread.add(question)
        else:
            readings[question] = reading
    if isinstance(drafts, dict):
        readings |= claims_of(drafts, treaty)
    return readings


NO_PLAIN: Mapping[str, Any] = {"says": "The text as typed."}


def _reading(question: str, entry: Entry, treaty: Treaty, reader: Reader) -> Reading | None:
    parts = entry.node.value
    if not isinstance(parts, dict) or "asks" not in parts or len(parts) < 2:
        reader.report(
            "F002", entry.key, f"reading `{question}` needs `asks`, `plain` and a rival answer", "see the format page"
        )
        return None
    asks = Text().read(parts["asks"].node, reader)
    plain_at = parts["plain"].key if "plain" in parts else entry.key
    plain = PLAIN.read_at(parts["plain"].node, plain_at, reader) if "plain" in parts else NO_PLAIN
    options = {}
    for name, part in parts.items():
        if name not in ("asks", "plain"):
            option = _option(name, part, treaty, reader)
            if option is not None:
                options[name] = option
    if asks is BAD or plain is BAD:
        return None
    text = ReadingOption(
        "plain", plain_at, plain["says"], "plain", plain.get("held_by", ()), _source(plain), Change({}, {})
    )
    return Reading(question, entry.key, asks, text, options)


def _source(fields: Mapping[str, Any]) -> str | None:
    single = fields.get("source")
    titles = [source.title for source in (*((single,) if single else ()), *fields.get("sources", ()))]
    return "; ".join(titles) or None


def _option(name: str, entry: Entry, treaty: Treaty, reader: Reader) -> ReadingOption | None:
    parts = entry.node.value if isinstance(entry.node.value, dict) else {}
    shown = Node(entry.node.span, {k: v for k, v in parts.items() if k != "change"} if parts else entry.node.value)
    fields = OPTION.read_at(shown, entry.key, reader)
    if "change" not in parts:
        if parts and parts.keys() <= _OPTION_KEYS.keys():  # no key that may be meant for it
            fix = "add `change:`, or take the reading away"
            reader.report("L001", entry.key, f"reading `{name}` changes nothing", fix)
        return None
    change = read_change(parts["change"].node, treaty, reader)
    if fields is BAD or change is None:
        return None
    return ReadingOption(
        name, entry.key, fields["says"], fields["standing"], fields["held_by"], _source(fields), change
    )


def read_change(node: Node, treaty: Treaty, reader: Reader) -> Change | None:
    """What a reading changes in a treaty; a value replaces the whole key, null deletes it."""
    if not isinstance(node.value, dict) or not node.value:
        reader.report("F003", node.span, f"`change` is a mapping, not {kind_of(node)}", '`"6/one-is-all": {when: …}`')
        return None
    before = len(reader.problems)
    rules: dict[str, Rule | None] = {}
    own: dict[str, Any] = {}
    for path, entry in node.value.items():
        if path == "this":
            own |= _own_keys(entry.node, reader)
            continue
        matching = [known for known in treaty.rule_nodes if known == path or known.rpartition("/")[0] == path]
        if not matching and not reader.lost(path):
            reader.report("N003", entry.key, f"this treaty has no rule `{path}`", suggest(path, treaty.rule_nodes))
        for known in matching:
            rules[known] = _patched(treaty.rule_nodes[known], known, entry, reader)
    return Change(rules, own) if len(reader.problems) == before else None


def _patched(base: Node, path: str, entry: Entry, reader: Reader) -> Rule | None:
    if entry.node.value is None:
        return None
    if not isinstance(entry.node.value, dict):
        reader.report(
            "F003", entry.node.span, f"a change is a mapping, not {kind_of(entry.node)}", "`{when: …}`, or null"
        )
        return None
    for key in sorted(entry.node.value.keys() - set(RULE_KEYS)):
        reader.report("F001", entry.node.value[key].key, f"unknown key `{key}` in a rule", suggest(key, RULE_KEYS))
    given = {key: part for key, part in entry.node.value.items() if key in RULE_KEYS}
    if path in reader.unread or not isinstance(base.value, dict):  # its own problems are told: only what is new is read
        for key, part in given.items():
            if part.node.value is not None:
                read_keyed(RULE_KEYS[key].shape, part.node, part.key, reader)
        return None
    merged = {key: part for key, part in {**base.value, **given}.items() if part.node.value is not None}
    article, _, rule_id = path.rpartition("/")
    rule = read_rule(Node(entry.node.span, merged), entry.key, article, rule_id, reader)
    return None if rule is BAD else rule


def _own_keys(node: Node, reader: Reader) -> dict[str, Any]:
    """New values for the instrument's own keys, in the names of `Treaty`'s fields."""
    allowed = ("binding", "in_force", "ends", "parties", "subject_to", "withdrawal", "secret_until")
    shapes = {key: Key(TREATY_KEYS[key].shape) for key in allowed}
    fields = Record("`this`", dict, shapes, at=False).read(node, reader)
    if fields is BAD or not isinstance(node.value, dict):
        return {}
    given = {key: value for key, value in fields.items() if key in node.value}
    if isinstance(given.get("parties"), dict):
        given["parties"] = {code: draft.party for code, draft in given["parties"].items()}
    if "ends" in given:
        given |= {"ends": given["ends"]["legal"], "ends_why": given["ends"]["why"]}
    if given.get("withdrawal"):
        given["withdrawal"] = given["withdrawal"]["notice"]
    if "in_force" in given and given["in_force"] is None:
        given["in_force"] = settled(None, node.span)
    return given
