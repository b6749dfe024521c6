"""From ATOP's clause codes to rules: each phase of an alliance as an instrument of our own language.

A phase is coded in yes and no: who promised what, and by what the promise is limited. What the codes do not tell (which
place, which demand, who the named enemy is when no state is given) becomes a question of the instrument, which is open
until somebody answers it. Meanings after the codebook of Leeds, Ritter, Mitchell and Long, "Alliance Treaty Obligations
and Provisions, 1815-1944", International Interactions 28(3), 2002.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from foedera.language.nodes import parse
from foedera.language.registry_form import scoped_to
from foedera.language.treaty_form import read_treaty
from foedera.language.types import Treaty
from foedera.language.write import as_yaml
from foedera.problems import Refused, in_order
from foedera.sources.atop import CODES, Member
from foedera.states.registry import Registry

# the promise, ATOP's code for it, the prefix of the codes that limit it
PROMISES = {
    "defence": ("defense", "defco"),
    "offence": ("offense", "offco"),
    "neutrality": ("neutral", "neuco"),
    "non-aggression": ("nonagg", ""),
    "consultation": ("consul", "conco"),
}
SAYS = {
    "defence": "Members fight for a member that is attacked.",
    "offence": "Members fight beside a member that is at war, also one that began it.",
    "neutrality": "Members stay out of a war of another member, and do not help its enemy.",
    "non-aggression": "Members use no force against one another.",
    "consultation": "Members consult when one of them is threatened or attacked.",
}
# what a code that limits a promise asks, where ATOP says that there is a limit and not which
ASKS = {
    "adversary": ("adv", "Is the enemy one of those that the promise names?"),
    "place": ("loc", "Is the war in the place that the promise names?"),
    "conflict": ("con", "Is it the conflict that the promise speaks of?"),
    "demand": ("dem", "Has the enemy refused the demand that the promise names?"),
}
# Pacts of the Charter age wait for an armed attack, older ones for resort to war, declared or not.
CHARTER = date(1945, 10, 24)
# Who owes a state defence against all comers may not attack it (Vienna Convention on the Law of Treaties, 26); one who owes
# it against a named enemy only has promised nothing about itself. ATOP codes non-aggression only where the text says it.
GOOD_FAITH = {
    "must_not": "use-force", "whom": "other-parties",
    "says": "Members that promised to defend one another do not attack one another; implied, not coded.",
}  # fmt: skip
VARIES = {
    "clause": "what a member owes varies by partner",
    "why": "ATOP's codes do not say to whom; here it is owed to all",
}
ACTS = {"defence": "fight", "offence": "fight", "neutrality": "stay-neutral", "consultation": "consult"}
HOSTILE = ["resort-to-war", "use-of-force", "threat"]


def phase_id(rows: Sequence[Member]) -> str:
    """The id of a phase's instrument: `atop-1350-3`; an alliance of one phase has no number."""
    first = rows[0]
    return f"atop-{first.atopid}-{first.phase}" if first.phase else f"atop-{first.atopid}"


def phase_file(rows: Sequence[Member], registry: Registry) -> dict[str, Any]:
    """A phase as the values of a treaty file; `rows` are its members' rows, one at least with a state of the registry."""
    spells = _spells(rows, registry)
    begins = min(row.since.first for row in rows)
    ends = [row.until.last if row.until is not None else None for row in rows]
    known = [row for row in rows if code_of(row.member, row.since.first, registry) is not None]
    questions: dict[str, str] = {}
    articles = {
        promise: article
        for promise in PROMISES
        if (article := _article(promise, known, registry, questions)) is not None
    }
    title = f"ATOP {rows[0].atopid}" + (f", phase {rows[0].phase}" if rows[0].phase else "")
    return {
        "id": phase_id(rows), "title": title, "short": title, "kind": "treaty",
        "in_force": begins.isoformat(),
        "ends": "open" if None in ends else _day_after(max(day for day in ends if day is not None)),
        "parties": {code: _membership(spell, begins) for code, spell in sorted(spells.items())},
        **({"groups": groups} if (groups := _groups(known, registry)) else {}),
        "atop": str(rows[0].atopid),
        "sources": [{"title": "Alliance Treaty Obligations and Provisions 4.01, member level", "note": "clause codes only"}],
        "checked": {"on": "2016-12-31", "confidence": "coded"},
        **({"questions": questions} if questions else {}),
        "articles": articles or {"other": _no_promise()},
    }  # fmt: skip


def phase_instrument(rows: Sequence[Member], registry: Registry) -> Treaty:
    """A phase as a typed instrument, read from its own file text; `Refused` if that has a fault."""
    told = phase_file(rows, registry)
    node, problems = parse(as_yaml(told).encode(), f"{told['id']}.yaml")
    reader = scoped_to(registry)
    treaty = read_treaty(node, reader) if node is not None else None
    if treaty is None or problems or reader.problems:
        raise Refused(in_order([*problems, *reader.problems]))
    return treaty


def phases(rows: Iterable[Member]) -> dict[str, tuple[Member, ...]]:
    """The members' rows of each phase, by the instrument's id; in the order of the ids."""
    found: dict[tuple[int, int], list[Member]] = {}
    for row in rows:
        found.setdefault((row.atopid, row.phase), []).append(row)
    return {phase_id(found[key]): tuple(found[key]) for key in sorted(found)}


def code_of(cow: int, day: date, registry: Registry) -> str | None:
    """The id of the state that has a COW code on a day, else of the one that ever has it; None if there is none."""
    held = [
        (code.interval.covers(day) is False, state.id)
        for state in registry.states.values()
        for code in state.cow
        if code.code == str(cow)
    ]
    return min(held)[1] if held else None


def _day_after(day: date) -> str:
    """ATOP's last day is a day in force; ours is the first day out."""
    return (day + timedelta(days=1)).isoformat()


def _spells(rows: Sequence[Member], registry: Registry) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for row in sorted(rows, key=lambda row: row.since.first):
        code = code_of(row.member, row.since.first, registry)
        if code is not None:
            found.setdefault(code, []).append(row)
    return found


def _membership(spells: Sequence[Member], begins: date) -> dict[str, Any]:
    """A member's dates; between two spells it is suspended."""
    told: dict[str, Any] = {}
    if spells[0].since.first != begins:
        told["since"] = spells[0].since.first.isoformat()
    if spells[-1].until is not None:
        told["until"] = _day_after(spells[-1].until.last)
    gaps = [
        {"since": _day_after(one.until.last), "until": other.since.first.isoformat()}
        for one, other in pairwise(spells)
        if one.until is not None and one.until.last + timedelta(days=1) < other.since.first
    ]
    return told | ({"suspended": gaps} if gaps else {})


def _article(
    promise: str, rows: Sequence[Member], registry: Registry, questions: dict[str, str]
) -> dict[str, Any] | None:
    """The article of a promise: one rule for all who made it alike; None if nobody did."""
    flag, _ = PROMISES[promise]
    made = _alike(promise, rows)
    if not made:
        return None
    everybody = len(made) == 1 and all(_code(row, flag) == 1 for row in rows)
    rules: dict[str, Any] = {}
    for number, alike in enumerate(made, 1):
        group = None if everybody else _group(promise, number)
        rules |= _rules(promise, alike[0], group, f"-{number}" if len(made) > 1 else "", registry, questions)
    varies = any(row.clauses.obvary == 1 for row in rows)
    return {"says": SAYS[promise], **({"not_modelled": [VARIES]} if varies else {}), "rules": rules}


def _code(row: Member, name: str) -> int | None:
    """A clause code; None where it is missing, or where ATOP has no such code for this promise."""
    value: int | None = getattr(row.clauses, name, None)
    return value


def _against_all(row: Member) -> bool:
    """Whether defence is promised against any attacker, and not in one war alone."""
    return row.clauses.defcoadv != 1 and row.clauses.defcocon != 1 and row.clauses.defconum != 1


def _no_promise() -> dict[str, Any]:
    return {"says": "None of the five promises is coded for this phase."}


def _alike(promise: str, rows: Sequence[Member]) -> list[list[Member]]:
    """Those who made a promise, together where its limits are the same."""
    flag, prefix = PROMISES[promise]
    found: dict[tuple[int | None, ...], list[Member]] = {}
    for row in rows:
        if _code(row, flag) == 1:
            limits = [_code(row, name) for name in CODES if prefix and name.startswith(prefix)]
            key = (*limits, row.clauses.statthr1, row.clauses.statthr2, row.clauses.wartime)
            found.setdefault(key, []).append(row)
    return list(found.values())


def _group(promise: str, number: int) -> str:
    return f"{promise}-{number}"


def _groups(rows: Sequence[Member], registry: Registry) -> dict[str, list[str]]:
    """Who made each promise, where not all made it alike."""
    found = {}
    for promise, (flag, _) in PROMISES.items():
        made = _alike(promise, rows)
        if made and not (len(made) == 1 and all(_code(row, flag) == 1 for row in rows)):
            for number, alike in enumerate(made, 1):
                codes = {code_of(row.member, row.since.first, registry) for row in alike}
                found[_group(promise, number)] = sorted(code for code in codes if code is not None)
    return found


def _rules(
    promise: str, row: Member, group: str | None, ending: str, registry: Registry, questions: dict[str, str]
) -> dict[str, Any]:
    """The rules of a promise as `row` and those who made it alike made it."""
    if promise == "non-aggression":
        return {f"promise{ending}": {"who": group or "party", "must_not": "use-force", "whom": "other-parties"}}
    rules = {f"promise{ending}": _rule(promise, row, group, registry, questions, several=False)}
    if _code(row, PROMISES[promise][1] + "num") == 1:
        several = _rule(promise, row, group, registry, questions, several=True)
        # the codes sum up clauses: help against a named enemy, and help where there are two, are two promises
        rules = {**(rules if _enemies(promise, row, registry) else {}), f"several{ending}": several}
    if promise == "defence" and _against_all(row):
        rules[f"good-faith{ending}"] = {"who": group or "party", **GOOD_FAITH}
    return rules


def _rule(
    promise: str, row: Member, group: str | None, registry: Registry, questions: dict[str, str], *, several: bool
) -> dict[str, Any]:
    """One promise as a rule: against the enemies named, if any, or against two or more."""
    enemies = [] if several else _enemies(promise, row, registry)
    conditions = _conditions(promise, row, questions, enemies, several=several)
    return {
        "when": _trigger(promise, row, enemies),
        **({"if": conditions} if conditions else {}),
        "who": {"all": ["other-parties", group]} if group else "other-parties",
        "must": ACTS[promise],
        **({"means": "armed-force"} if ACTS[promise] == "fight" else {}),
        **({"says": f"{SAYS[promise][:-1]}, within limits."} if conditions or enemies else {}),
    }


def _trigger(promise: str, row: Member, enemies: list[str]) -> dict[str, Any]:
    """What calls a promise up.

    Defence, and neutrality that is limited to it, wait for an attack on a member; offence and neutrality for any war of a
    member with an outsider. A pact made in a war, about that war, waits for nothing: the war is there.
    """
    by = {"by": enemies} if enemies else {}
    if promise == "consultation":
        return {"event": HOSTILE, "on": "party", **by}
    waits = promise == "defence" and not (row.clauses.defcocon == 1 and row.clauses.wartime == 1)
    waits = waits or (promise == "neutrality" and row.clauses.neucoatt == 1)
    event = "armed-attack" if waits and row.since.first >= CHARTER else "resort-to-war"
    if not by and not (promise == "defence" and waits):
        by = {"by": ["non-party"]}
    unprovoked = {"provoked": "no"} if _code(row, PROMISES[promise][1] + "npr") == 1 else {}
    return {"event": event, "on" if waits else "involves": "party", **by, **unprovoked}


def _enemies(promise: str, row: Member, registry: Registry) -> list[str]:
    """The states that a promise is limited to; ATOP names two threats at most."""
    if _code(row, PROMISES[promise][1] + "adv") != 1:
        return []
    named = [row.clauses.statthr1, row.clauses.statthr2]
    codes = [code_of(cow, row.since.first, registry) for cow in named if cow]
    return sorted({code for code in codes if code is not None})


def _conditions(
    promise: str, row: Member, questions: dict[str, str], enemies: list[str], *, several: bool
) -> list[Mapping[str, Any]]:
    """The limits of a promise that the trigger cannot hold."""
    prefix = PROMISES[promise][1]
    found: list[Mapping[str, Any]] = []
    for name, (ending, asks) in ASKS.items():
        if _code(row, prefix + ending) != 1 or (name == "adversary" and (enemies or several)):
            continue
        question = f"{promise}-{name}"
        questions[question] = asks
        found.append({"question": question})
    if several:
        found.append({"adversaries": {"of": "any-state", "at_least": "2"}})
    if _code(row, f"{prefix}req") == 1:
        found.append({"requested_by": "target"})
    return found
