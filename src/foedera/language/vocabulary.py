"""The closed vocabularies of both formats: kinds of event, acts, roles and the rest.

A word that is not here is an error, never an unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

MODALITIES = ("must", "may", "must_not", "no_duty", "counts_as")
TREATY_KINDS = ("treaty", "declaration", "statute", "resolution", "draft")
BINDING = ("legal", "political", "moral")
CONFIDENCE = ("verified", "agreed", "textbook", "unsure", "coded")
ACTOR_KINDS = ("state", "government", "organisation", "armed-group")
PLACE_STATUS = ("metropolitan", "overseas", "base", "leased", "high-seas", "airspace", "mission")
STANCES = ("supports", "warns", "opposes", "pledges", "mediates", "denies", "accuses")
MEANS = ("armed-force", "economic", "facilities", "arms", "open")
SCALES = ("minor", "grave")
STRENGTHS = ("all-means", "armed-force", "as-deemed-necessary", "constitutional-processes", "within-possibilities")
COVERS = ("territory", "forces", "vessels", "aircraft")
VOTES = ("yes", "no", "abstain")
ADVICE = ("L003", "L004", "L005", "L006", "L007", "L008", "L009")  # what `check` advises a drafter about
ROLES = (
    "party", "other-parties", "non-party", "any-state", "anyone", "great-power", "european-power",
    "actor", "target", "bearer", "toward", "sponsor", "organisation",
)  # fmt: skip

# kind → its parents; a kind may have two. Sources: UN Charter 2(4), 51; UNGA 3314 (XXIX) art. 3;
# `resort-to-war` is the trigger of most pacts before 1945 (League Covenant 12, 16).
KINDS: Mapping[str, tuple[str, ...]] = {
    "hostile-act": (),
    "use-of-force": ("hostile-act",),
    "resort-to-war": (),
    "armed-attack": ("use-of-force", "resort-to-war"),
    "invasion": ("armed-attack",),
    "bombardment": ("armed-attack",),
    "blockade": ("armed-attack",),
    "occupation": ("armed-attack",),
    "lending-territory": ("armed-attack",),
    "sending-bands": ("armed-attack",),
    "attack-on-forces": ("use-of-force",),
    "attack-on-craft": ("use-of-force",),
    "declaration-of-war": ("resort-to-war",),
    "state-of-war": ("resort-to-war",),
    "threat": ("hostile-act",),
    "ultimatum": ("threat",),
    "mobilisation": ("threat",),
    "threat-of-force": ("threat",),
    "aggression": ("hostile-act",),
    "annexation": ("hostile-act",),
    "neutrality-violation": ("hostile-act",),
    "indirect-threat": ("hostile-act",),
    "treaty-breach": ("hostile-act",),
    "economic-sanctions": ("hostile-act",),
    "border-closure": ("hostile-act",),
    "border-violation": ("hostile-act",),
    "airspace-violation": ("border-violation",),
    "cyber-attack": (),
    "terror-attack": (),
    "armed-rebellion": (),
    "coup": (),
    "unrest": (),
    "subversion": (),
    "request": (),
    "invitation": ("request",),
    "consent": (),
    "decision": (),
    "finding": (),
    "authorisation": (),
    "waiver": (),
    "statement": (),
    "mediation": (),
    "consultation": (),
    "assistance": (),
    "armed-assistance": ("assistance",),
    "economic-assistance": ("assistance",),
    "intervention": (),
    "deployment": (),
    "withdrawal-of-forces": (),
    "ceasefire": (),
    "peace": (),
    "security-restored": (),
    "signature": (),
    "ratification": (),
    "accession": (),
    "notice-of-withdrawal": (),
    "suspension": (),
    "change-of-government": (),
    "recognition": (),
}

LASTING = frozenset(
    ("declaration-of-war", "state-of-war", "invasion", "occupation", "blockade", "economic-sanctions",
     "border-closure", "mobilisation", "armed-assistance")
)  # fmt: skip

ACTS: Mapping[str, tuple[str, ...]] = {
    "assist": (),
    "fight": ("assist",),
    "aid": ("assist",),
    "consult": (),
    "mobilise": (),
    "stay-neutral": (),
    "use-force": (),
    "intervene": ("use-force",),
    "threaten-force": (),
    "help-enemy": (),
    "make-separate-peace": (),
    "carry-out": (),
    "join-hostile-pact": (),
    "settle-peacefully": (),
    "seek-council-action": (),
    "impose-sanctions": (),
    "give-passage": (),
    "give-bases": (),
    "give-notice": (),
    "contribute": (),
    "combat-terrorism": (),
    "host-bands": (),
}


@cache
def ancestors(word: str) -> frozenset[str]:
    """A kind or an act with all that it is a kind of.

    >>> sorted(ancestors("invasion"))
    ['armed-attack', 'hostile-act', 'invasion', 'resort-to-war', 'use-of-force']
    """
    parents = KINDS.get(word) or ACTS.get(word) or ()
    return frozenset([word]).union(*(ancestors(parent) for parent in parents))


@cache
def descendants(kind: str) -> frozenset[str]:
    """A kind with all its sub-kinds."""
    return frozenset(word for word in KINDS if kind in ancestors(word))


@cache
def covered(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The wanted kinds with all their sub-kinds, sorted."""
    return tuple(sorted(frozenset().union(*(descendants(kind) for kind in wanted))))


@cache
def _covered(wanted: tuple[str, ...]) -> frozenset[str]:
    return frozenset(covered(wanted))


def is_kind(words: Iterable[str], wanted: tuple[str, ...]) -> bool:
    """Whether one of these kinds is, or is a sub-kind of, one of the wanted."""
    return not _covered(wanted).isdisjoint(words)


def meets(act: str, wanted: str) -> bool:
    """Whether doing `act` does what was `wanted`: fighting assists, assisting need not be fighting.

    >>> meets("fight", "assist"), meets("assist", "fight")
    (True, False)
    """
    return wanted in ancestors(act)
