"""The form of a treaty's parties: entry and exit by day, suspensions, and claims about an exit, which become readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.dates import Interval, When, on_day
from foedera.language.node import Node
from foedera.language.shapes import BAD, Code, Day, Ident, Key, Many, Reader, Record, Schema, Table, Text, Word, kind_of
from foedera.language.types import Change, Party, Reading, ReadingOption, Suspended, Treaty
from foedera.problems import Span

STANDING = ("rival", "minority")
ANY_STATE = Code("a state")

SUSPENDED = Record(
    "a suspension", dict, at=False,
    keys={
        "since": Key(Day(), required=True), "until": Key(Day()), "toward": Key(Many(ANY_STATE), default=()),
        "from": Key(Word("`organs`", ("organs",))), "why": Key(Text()),
    },
)  # fmt: skip
CLAIM = Record(
    "a claim", dict,
    keys={
        "since": Key(Day(), required=True), "until": Key(Day()), "held_by": Key(Many(Text()), default=()),
        "source": Key(Text()), "standing": Key(Word("a standing", STANDING), default="rival"), "says": Key(Text()),
    },
)  # fmt: skip


class PartyDraft(Struct, frozen=True):
    """A party with the claims about its exit, which become readings."""

    party: Party
    claims: Mapping[str, Mapping[str, Any]]


def _party(at: Span, **fields: Any) -> PartyDraft:
    spells = tuple(
        Suspended(Interval(s["since"], s["until"]), s["toward"], s["from"], s["why"]) for s in fields.pop("suspended")
    )
    claims = fields.pop("claims")
    return PartyDraft(Party(code="", at=at, suspended=spells, **fields), claims)


PARTY = Record(
    "a party", _party,
    keys={
        "since": Key(Day()), "until": Key(Day()), "why": Key(Text()), "signed": Key(Day()),
        "suspended": Key(Many(SUSPENDED), default=()), "claims": Key(Table(Ident(), CLAIM), default={}),
    },
)  # fmt: skip


class Parties(Struct, frozen=True):
    """A mapping of parties, `all-states`, or `{of: TREATY}`."""

    def read(self, node: Node, reader: Reader) -> Any:
        if node.value == "all-states":
            return "all-states"
        if isinstance(node.value, dict) and list(node.value) == ["of"]:
            treaty = Ident().read(node.value["of"].node, reader)
            return BAD if treaty is BAD else ("of", treaty)
        if not isinstance(node.value, dict) or not node.value:
            return reader.report(
                "F003", node.span, f"parties are a mapping, not {kind_of(node)}", "`MLI: {}`, or `all-states`"
            )
        drafts = Table(ANY_STATE, PARTY).read(node, reader)
        return {code: replace(draft, party=replace(draft.party, code=code)) for code, draft in drafts.items()}

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": ["all-states"]}, {"type": "object"}]}


def claims_of(drafts: Mapping[str, PartyDraft], treaty: Treaty) -> dict[str, Reading]:
    """Claims about a party's exit, as readings: the party is out since the day claimed."""
    names = sorted({name for draft in drafts.values() for name in draft.claims})
    return {name: _claim(name, drafts, treaty) for name in names}


def _claim(name: str, drafts: Mapping[str, PartyDraft], treaty: Treaty) -> Reading:
    mine = {code: draft.claims[name] for code, draft in drafts.items() if name in draft.claims}
    first = next(iter(mine.values()))
    parties = dict(treaty.parties)
    for code, claim in mine.items():
        parties[code] = _without(parties[code], claim["since"], claim["until"])
    held_by = tuple(dict.fromkeys(holder for claim in mine.values() for holder in claim["held_by"]))
    says = first["says"] or f"{_listed(mine)} no longer bound since {_since(first['since'])}."
    standing = "rival" if any(claim["standing"] == "rival" for claim in mine.values()) else "minority"
    option = ReadingOption(
        name, first["at"], says, standing, held_by, first["source"], Change({}, {"parties": parties})
    )
    plain = ReadingOption("plain", first["at"], "Membership as dated in the file.", "plain", (), None, Change({}, {}))
    return Reading(name, first["at"], f"Is the bond of {_listed(mine)} gone already?", plain, {name: option})


def _without(party: Party, since: When, until: When | None) -> Party:
    """The party as out from a day on, or for the time between two days."""
    if until is None:
        return replace(party, until=since)
    return replace(party, suspended=(*party.suspended, Suspended(Interval(since, until), (), None, None)))


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))


def _since(when: When) -> str:
    return str(when if when.exact else on_day(when.first))
