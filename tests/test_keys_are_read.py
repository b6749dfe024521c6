"""Every key that the formats allow is read by what answers: one that nobody reads would look as if it did something.

The typed values are watched while commands run: a field counts as read when a room other than the forms asks for it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import Struct

from foedera.cli import cli
from foedera.language import types
from foedera.language.crisis_form import CRISIS_KEYS
from foedera.language.event_form import EVENT, EXPECT, SOURCE_RECORD
from foedera.language.party_form import CLAIM, PARTY, SUSPENDED
from foedera.language.rule_form import CONDITION_OPS, LIMB, PATTERN, RULE_KEYS
from foedera.language.schema import SCHEMAS
from foedera.language.treaty_form import AREA, ARTICLE, OPTION, ORGAN, TREATY_KEYS

ROOM = Path(types.__file__).resolve().parent
HOME = ROOM.parent
# Files that ask for every field alike: the forms that write them and the cache (and `meaning`, which compares two readings).
COPY = {str(path) for path in ROOM.glob("*_form.py")} | {str(HOME / "library" / "cache.py")}
KINDS = [
    kind for kind in vars(types).values()
    if isinstance(kind, type) and issubclass(kind, Struct) and kind.__module__ == types.__name__
]  # fmt: skip

FORMS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "treaty": ("Treaty", TREATY_KEYS), "article": ("Article", ARTICLE.keys), "party": ("Party", PARTY.keys),
    "suspension": ("Suspended", SUSPENDED.keys), "claim": ("ReadingOption", CLAIM.keys), "organ": ("Organ", ORGAN.keys),
    "area": ("Area", AREA.keys), "rule": ("Rule", RULE_KEYS), "event pattern": ("Pattern", PATTERN.keys),
    "place": ("Limb", LIMB.keys), "crisis": ("Crisis", CRISIS_KEYS), "event": ("Event", EVENT.keys),
    "expectation": ("Expect", EXPECT.keys), "source": ("Source", SOURCE_RECORD.keys), "reading": ("ReadingOption", OPTION.keys),
}  # fmt: skip
# A key that is kept under another name than its own.
KEPT = {
    ("treaty", "withdrawal"): ("withdrawal",), ("treaty", "checked"): ("checked_on", "confidence"),
    ("treaty", "prevails_over"): ("prevails_over_all",), ("treaty", "ends"): ("ends", "effective_end", "ends_why"),
    ("treaty", "atop"): ("numbers",), ("treaty", "unts"): ("numbers",), ("treaty", "lnts"): ("numbers",),
    ("treaty", "parties"): ("parties", "parties_of", "all_states"), ("party", "claims"): (),  # claims have a row of their own
    ("suspension", "since"): ("interval",), ("suspension", "until"): ("interval",), ("suspension", "from"): ("from_",),
    ("claim", "since"): ("change",), ("claim", "until"): ("change",), ("reading", "sources"): ("source",),
    ("organ", "votes"): ("votes", "share", "sole"),
    ("rule", "must"): ("acts",), ("rule", "may"): ("acts",), ("rule", "must_not"): ("acts",), ("rule", "no_duty"): ("acts",),
    ("rule", "counts_as"): ("acts", "counts_on", "counts_by"), ("rule", "until"): ("ends", "force"), ("rule", "from"): ("force",),
    ("event", "certainty"): ("contested",), ("event", "in_response_to"): ("in_response_to", "response_contested"),
    ("crisis", "period"): ("period_from", "period_to"),
}  # fmt: skip
CASE = ("niger-2023", "--branch", "invasion", "--on", "2023-09-18")
RUNS = [
    ("assess", *CASE), ("assess", *CASE, "--json"), ("why", "niger-2023", "MLI", "assist", "NER", *CASE[1:]),
    ("why", "niger-2023", "MLI", "assist", "NER", "--branch", "peaceful"),
    ("assess", *CASE, "--known-to", "public"), ("assess", "falklands-1982"), ("test", str(HOME.parents[1] / "conformance" / "niger"), str(HOME.parents[1] / "conformance" / "organs")),
    ("timeline", "niger-2023", "--branch", "called"), ("cascade", *CASE), ("assess", "july-1914"),
    ("test", "niger-2023", "nato-1949", "un-charter", "jdec-1950", "luxembourg-1867"), ("ties", "FRA", "--on", "1960-05-16"),
    ("compare-clauses", "nato-1949/5", "teu-42-7/42(7)"), ("cite", "nato-1949", "locarno-1925"),
    ("check", str(HOME / "library" / "treaties" / "manila-1954.yaml")), ("check", str(HOME / "library" / "crises" / "niger-2023.yaml")),
]  # fmt: skip
SHOWN = (
    "nato-1949",
    "cst-1992",
    "aes-2023",
    "un-charter",
    "manila-1954",
    "dual-1879",
    "ecowas-mechanism-1999",
    "locarno-1925",
)


@pytest.fixture(scope="module")
def read() -> set[tuple[str, str]]:
    """The fields of typed values that commands ask for, as (class, field)."""
    found: set[tuple[str, str]] = set()
    plain = {kind: kind.__getattribute__ for kind in KINDS}

    def watched(kind):
        def get(self, name):
            code = sys._getframe(1).f_code
            if (
                code.co_filename.startswith(str(HOME))
                and code.co_filename not in COPY
                and not code.co_qualname.startswith("meaning")
            ):
                found.add((kind.__name__, name))
            return plain[kind](self, name)

        return get

    for kind in KINDS:
        kind.__getattribute__ = watched(kind)
    try:
        for run in (
            *RUNS,
            *(("show", name) for name in SHOWN),
            ("show", "aes-2023", "--json"),
            ("show", "niger-2023"),
            ("show", "niger-2023", "--json"),
        ):
            result = CliRunner().invoke(cli, list(run))
            assert result.exit_code == 0, (run, result.output, result.exception)
    finally:
        for kind in KINDS:
            kind.__getattribute__ = plain[kind]
    return found


@pytest.mark.parametrize(("form", "key"), [(form, key) for form, (_, keys) in FORMS.items() for key in keys])
def test_a_key_is_read(form, key, read):
    kind, keys = FORMS[form]
    kept = KEPT.get((form, key), (getattr(keys[key], "into", "") or key,))
    unread = [name for name in kept if (kind, name) not in read]
    assert not unread, f"`{key}` of a {form} is kept as {unread}, and nobody reads that"


FOR_MESSAGES = {"at", "spots"}  # where a problem would point


def test_no_field_of_a_typed_value_is_dead(read):
    every = [(kind.__name__, name) for kind in KINDS for name in kind.__struct_fields__ if name not in FOR_MESSAGES]
    unread = {f"{kind}.{name}" for kind, name in every if (kind, name) not in read}
    assert not unread, sorted(unread)


def test_every_condition_is_read(read):
    assert ("Condition", "op") in read and len(CONDITION_OPS) == len(set(CONDITION_OPS))


def test_no_key_of_a_file_escapes_this_test():
    assert set(SCHEMAS["treaty"]()["properties"]) == {*TREATY_KEYS, "articles", "readings"}
    assert set(SCHEMAS["crisis"]()["properties"]) == {*CRISIS_KEYS, "treaties"}
