"""Bonds: who promises what to whom, from which day to which; the one table that every panel is made of.

One row per pact, ordered pair of its members, and stretch of time in which nothing about it changes. Both days are in;
a pair may be bound by a pact and owe nothing in one direction. Where it is not certain that the pact binds the two, the
promises are null: unknown, not absent.
"""

from __future__ import annotations

import polars as pl

KINDS = ("defence", "offence", "neutrality", "non_aggression", "consultation")
CONDITIONS = (
    "adversary", "place", "kind-of-conflict", "number-of-adversaries", "demand", "no-provocation", "who-attacks", "request",
    "decision", "joint", "own-judgement", "other",
)  # fmt: skip
WORDINGS = ("within-possibilities", "constitutional-processes", "as-deemed-necessary", "armed-force", "all-means")
SECRECY = ("public", "partly-secret", "secret")

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "pact": pl.String,
    "bearer": pl.Int16,
    "toward": pl.Int16,
    "first": pl.Date,
    "last": pl.Date,
    "order": pl.Int16,  # phases and stretches of one pact follow each other: in one year the later one decides
    **dict.fromkeys(KINDS, pl.Boolean),
    **{f"{kind}_conditional": pl.Boolean for kind in KINDS},  # null where the kind is not promised
    "conditions": pl.UInt16,  # one bit per word of CONDITIONS
    "wording": pl.UInt8,  # 1 up: place in WORDINGS; null where none is given
    "secrecy": pl.UInt8,  # 1 up: place in SECRECY; null where unknown
    "certain": pl.Boolean,
    "contested": pl.Boolean,  # null where the source does not say
}


def bits(words: set[str]) -> int:
    """A set of conditions as one number."""
    return sum(1 << place for place, word in enumerate(CONDITIONS) if word in words)


def condition_words(number: int) -> str | None:
    """The conditions in a number, or None.

    >>> condition_words(bits({"place", "adversary"}))
    'adversary;place'
    """
    return ";".join(word for place, word in enumerate(CONDITIONS) if number >> place & 1) or None
