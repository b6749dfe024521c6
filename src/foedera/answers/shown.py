"""What shows itself in a notebook: a picture, a page, proofs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from foedera.answers.html import in_notebook, proof_of
from foedera.answers.text import proof_text
from foedera.engine.answer_types import Assessment, Finding


class Shown(Struct, frozen=True):
    """Something that a notebook shows as a picture or a page, and a terminal as text."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return in_notebook(self.html)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


class Proofs(tuple[Shown, ...]):
    """Proofs one below the other; each of them also shows itself."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return in_notebook("\n".join(shown.html for shown in self))

    def __repr__(self) -> str:
        return "\n\n".join(shown.text for shown in self)


def proofs(assessment: Assessment, findings: Iterable[Finding]) -> Proofs:
    """The proofs of findings, each as a page and as text."""
    return Proofs(Shown(proof_of(assessment, finding), proof_text(assessment, finding)) for finding in findings)
