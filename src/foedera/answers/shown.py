"""What shows itself in a notebook: a proof, a map, a timeline."""

from __future__ import annotations

from msgspec import Struct

from foedera.answers.answer import Answer, default_library
from foedera.answers.deck import assess_day, happening
from foedera.answers.html import in_notebook, proof_of
from foedera.answers.picture import column
from foedera.answers.scenario import Scenario, days_of, lay
from foedera.answers.text import proof_text
from foedera.draw import draw_timeline
from foedera.library import Library


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


def proofs(answer: Answer, who: str, act: str, whom: str | None = None) -> Proofs:
    """The proofs of every finding that matches; none where nothing binds (`answer.why` says what is missing).

    >>> from foedera.answers.answer import assess
    >>> answer = assess("niger-2023", branch="invasion", on="2023-09-18")
    >>> str(proofs(answer, "MLI", "fight", "NER") or proofs(answer, "MLI", "assist", "NER")[0]).splitlines()[0][:24]
    'Mali must assist Niger a'
    """
    assessment = answer.assessment
    return Proofs(
        Shown(proof_of(assessment, finding), proof_text(assessment, finding))
        for finding in answer.matching(who, act, whom)
    )


def timeline(answer: Answer, within: Library | None = None) -> Shown:
    """The days of the answer's branch as columns: what happened on each, and how much then held."""
    library = within or default_library()
    world = answer.assessment.world
    scenario = Scenario(branch=answer.branch, reading=answer.assessment.reading, known_to=world.viewer)
    table = lay(answer.crisis, scenario, library)
    columns = []
    for day in days_of(table, scenario):
        then = assess_day(answer.crisis, scenario, day, library).assessment
        columns.append(column(then, day, happening(table, scenario, day)))
    told = [f"{c.day}  {'; '.join(c.says) or '–'}" for c in columns]
    return Shown(draw_timeline(columns, world.day), "\n".join(told))
