"""Kleene's three truths. Unknown equals nothing, not even unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """yes, no or unknown (S. C. Kleene, Introduction to Metamathematics, 1952, §64)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def truth_of(known: bool | None) -> Truth:
    """yes or no; unknown for None."""
    return UNKNOWN if known is None else YES if known else NO


def negated(truth: Truth) -> Truth:
    """Strong negation: unknown stays unknown.

    >>> negated(UNKNOWN)
    <Truth.UNKNOWN: 'unknown'>
    """
    return NO if truth is YES else YES if truth is NO else UNKNOWN


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: no if any is no, yes if all are yes (yes of nothing), else unknown."""
    result = YES
    for truth in truths:
        if truth is NO:
            return NO
        if truth is UNKNOWN:
            result = UNKNOWN
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: yes if any is yes, no if all are no (no of nothing), else unknown."""
    result = NO
    for truth in truths:
        if truth is YES:
            return YES
        if truth is UNKNOWN:
            result = UNKNOWN
    return result
