"""What each column of a panel means: for the codebook, and for the labels of a Stata file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedera.panel.bonds import CONDITIONS, KINDS, SECRECY, WORDINGS

WORDS = {
    "defence": "help against an attack on the other",
    "offence": "help in a war that the other may have begun",
    "neutrality": "staying out of the other's war, or not helping its enemy",
    "non_aggression": "using or threatening no force on the other",
    "consultation": "talking with the other in a crisis",
}


def meaning(column: str, unit: str) -> str:
    """One sentence on a column; KeyError for a column that no panel has.

    >>> meaning("cow2", "directed-dyad-year")
    'Correlates of War code of the second state, as of the end of the year.'
    """
    for number, side in (("1", "the first state"), ("2", "the second state"), ("", "the state")):
        if column.endswith(number) and column.removesuffix(number) in ("state", "iso", "cow", "gw"):
            return _code(column.removesuffix(number), side, unit)
    for kind in KINDS:
        if column.startswith(kind):
            return _promise(kind, column.removeprefix(kind), unit)
    return _PLAIN[column]


def _code(name: str, side: str, unit: str) -> str:
    end = "that day" if unit.endswith("day") else "the end of the year"
    return {
        "state": f"Foedera's id of {side}: ISO 3166-1 alpha-3, or an abbreviation where ISO has none.",
        "iso": f"ISO 3166-1 alpha-3 code of {side}; missing for states that ISO never listed.",
        "cow": f"Correlates of War code of {side}, as of {end}.",
        "gw": f"Gleditsch and Ward code of {side}, as of {end}.",
    }[name]


def _promise(kind: str, what: str, unit: str) -> str:
    whose = "The first state owes the second" if unit.startswith("directed") else "One state owes the other"
    return {
        "": f"{whose} {WORDS[kind]}.",
        "_conditional": f"The promise of {WORDS[kind]} is conditional in every pact that makes it; missing where none does.",
        "_direction": f"Who promises {WORDS[kind]}: both, the first to the second, the second to the first; missing where none.",
        "_given": f"To how many states it owes {WORDS[kind]}.",
        "_received": f"How many states owe it {WORDS[kind]}.",
    }[what]


_PLAIN = {
    "year": "Calendar year; a bond counts in every year in which it bound both on any day.",
    "day": "Day.",
    "pacts": "Number of pacts that bind both (for one state: that bind it with anybody).",
    "partners": "Number of states with which it shares a pact.",
    "direction": "Which way promises of any kind run, seen from the first state: mutual, given, received, none; missing "
                 "where there is no pact.",
    "conditions": f"What promises depend on, in any pact, joined by `;`: {', '.join(CONDITIONS)}.",
    "wording": f"The strongest wording of a promise of help, weakest first: {', '.join(WORDINGS)}; missing where no text is "
               "typed (ATOP codes none).",
    "since": "The first day on which the oldest of these pacts bound both.",
    "secrecy": f"What was known of these pacts then: {', '.join(SECRECY)} (in part also where pacts differ); "
               "from ATOP, as coded for the treaty as a whole.",
    "contested": "Whether it is contested that a pact binds the two or promises this: a date known in part, or a rival reading.",
    "pact_ids": "The pacts by id, joined by `;`: of the library, or ATOP's.",
    "s": "Signorino and Ritter's S of the two states' alliance portfolios, absolute distances, unweighted, -1 to 1.",
    "pi": "Scott's pi of the same portfolios, squared distances (Häge).",
    "s_cinc": "The same S with each state weighted by its capabilities (CINC); states without a figure are left out.",
    "kappa": "Cohen's kappa of the same portfolios, squared distances (Häge).",
}  # fmt: skip


def short(column: str, unit: str) -> str:
    """A label for Stata: the meaning cut to 80 characters at a word."""
    said = meaning(column, unit).rstrip(".")
    if len(said) <= 80:
        return said
    return said[:79].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def described(columns: Sequence[str], unit: str) -> Iterator[tuple[str, str]]:
    """Every column with its meaning."""
    for column in columns:
        yield column, meaning(column, unit)
