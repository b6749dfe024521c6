"""The answer as an object, for Python and notebooks, round the engine's Assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers import text as text_page
from foedera.answers.ask import actor_code, attack, last_day, make_case
from foedera.answers.groups import fits
from foedera.dates import parse_when
from foedera.engine.answer_types import Assessment, Dilemma, Finding, NearMiss, Question
from foedera.engine.assess import assess as judge
from foedera.engine.missing import not_bound
from foedera.language.types import Crisis
from foedera.language.vocabulary import ACTS
from foedera.library import Library, library, open_crisis
from foedera.problems import Problem, Refused, suggest, whole_file

if TYPE_CHECKING:
    from foedera.answers.shown import Proofs, Shown
    from foedera.draw import Borders


class Answer(Struct, frozen=True, dict=True):
    """Who must, may and must not do what, on one day of one branch under one reading, and why."""

    crisis: Crisis
    branch: str | None
    assessment: Assessment

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Duties, permissions and prohibitions that hold or may hold."""
        return self.assessment.findings

    @property
    def dilemmas(self) -> tuple[Dilemma, ...]:
        """Where one bearer's duties collide."""
        return self.assessment.dilemmas

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open facts and readings, those that decide most first."""
        return self.assessment.questions

    @cached_property
    def not_bound(self) -> tuple[NearMiss, ...]:
        """Who was nearly bound, and what lacks."""
        return not_bound(self.assessment)

    @property
    def title(self) -> str:
        """The crisis and the branch in words."""
        return self.crisis.title + (f": {self.branch}" if self.branch else "")

    def matching(self, who: str, act: str, whom: str | None = None) -> list[Finding]:
        """The findings that answer "must, may or must not WHO do ACT to WHOM"."""
        acts = ("must", "may", "must_not")
        return [f for f in self.findings if any(fits(f, who, modality, act, whom or "", ()) for modality in acts)]

    def only(self, who: str) -> Answer:
        """The same answer, kept to what one state or body owes, may and must not do."""
        kept = self.assessment
        findings = tuple(f for f in kept.findings if f.bearer == who)
        rows = tuple(row for row in kept.dilemmas if row.bearer == who)
        hinges = {hinge for finding in findings for hinge in finding.hinges}
        asked = tuple(question for question in kept.questions if question.about in hinges)
        return replace(self, assessment=replace(kept, findings=findings, dilemmas=rows, questions=asked, only=who))

    def why(
        self, who: str, act: str, whom: str | None = None, *, width: int = 100, paint: text_page.Paint = text_page.plain
    ) -> str:
        """The proof of every finding that matches, or the exact condition that is missing.

        `who` and `whom` are codes or names of the day; `Refused` for one that is nobody, or an act that is none.
        """
        if act not in ACTS:
            raise Refused((Problem("F004", whole_file("the question"), f"`{act}` is not an act", suggest(act, ACTS)),))
        registry, day = self.assessment.world.registry, self.assessment.world.day
        bearer = actor_code(who, self.crisis, registry, day)
        toward = actor_code(whom, self.crisis, registry, day) if whom else None
        found = self.matching(bearer, act, toward)
        return text_page.why(self.assessment, bearer, act, toward, found, width=width, paint=paint)

    def json(self) -> dict[str, Any]:
        """The answer as plain values (design page, section 7)."""
        from foedera.answers import json as json_answer

        return json_answer.assessment_json(self.assessment, self.crisis, self.branch)

    def text(
        self,
        *,
        width: int = 100,
        paint: text_page.Paint = text_page.plain,
        everything: bool = False,
        next_step: str = "",
    ) -> str:
        """The answer for a terminal: about a screenful unless `everything`."""
        return text_page.page(
            self.assessment, self.title, width=width, paint=paint, everything=everything, next_step=next_step
        )

    def map_svg(self, borders: Borders | None = None) -> str:
        """The map as SVG: who must, may and must not; on the borders of today when none are given."""
        from foedera.answers.picture import map_svg

        return map_svg(self.assessment, self.title, borders)

    def html(self) -> str:
        """The answer as a page that opens from disk, with the map."""
        from foedera.answers import html as html_page

        return html_page.page(self.assessment, self.title, self.map_svg())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        # Notebooks keep this beside the HTML; all that an answer rests on would be hundreds of megabytes.
        return self.text()

    def _repr_html_(self) -> str:
        from foedera.answers import html as html_page

        return html_page.in_notebook(html_page.body(self.assessment, self.title, self.map_svg()))

    def proofs(self, who: str, act: str, whom: str | None = None) -> Proofs:
        """The proof of every finding that matches, which show themselves in a notebook, all or each.

        None where nothing binds; `why` says what is missing.

        >>> str(assess("niger-2023", branch="invasion", on="2023-09-18").proofs("MLI", "assist", "NER")[0])[:24]
        'Mali must assist Niger a'
        """
        from foedera.answers import shown

        return shown.proofs(self.assessment, self.matching(who, act, whom))

    def map(self) -> Shown:
        """The map, which shows itself in a notebook."""
        from foedera.answers.shown import Shown

        return Shown(self.map_svg(), self.title)

    def markdown(self) -> str:
        """The answer as Markdown."""
        from foedera.answers import markdown as markdown_page

        return markdown_page.page(self.assessment, self.title)


@cache
def default_library() -> Library:
    """The library that ships."""
    return library()


def assess(
    crisis: Crisis | str, *, branch: str | None = None, on: date | str | None = None, reading: str | None = None,
    known_to: str | None = None, asked: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = (), within: Library | None = None,
) -> Answer:  # fmt: skip
    """The answer for a crisis (or its id or path); the day is the end of its period when none is given.

    >>> answer = assess("niger-2023", branch="invasion", on="2023-09-18")
    >>> [f.act for f in answer.matching("MLI", "assist", "NER") if f.treaty.id == "aes-2023" and f.holds.value == "yes"]
    ['assist']
    """
    known = within or default_library()
    found = open_crisis(crisis, known) if isinstance(crisis, str) else crisis
    day = _day(on) or last_day(found, branch)
    case = make_case(found, known, branch=branch, on=day, reading=reading, viewer=known_to, asked=asked, pairs=pairs)
    return Answer(found, branch, judge(case))


def _day(on: date | str | None) -> date | None:
    if not isinstance(on, str):
        return on
    when = parse_when(on)
    if isinstance(when, str):
        raise ValueError(f"{on!r} is no date: {when}")
    return when.last


def assess_attack(
    attacker: str,
    victim: str,
    *,
    on: date | str,
    place: str | None = None,
    provoked: str | None = None,
    within: Library | None = None,
) -> Answer:
    """The answer to "if ATTACKER attacks VICTIM": no file needed.

    >>> answer = assess_attack("RUS", "EST", on="2026-11-23")
    >>> sum(f.treaty.id == "nato-1949" and f.act == "assist" for f in answer.findings)
    31
    """
    known = within or default_library()
    crisis = attack(attacker, victim, known, on=_day(on) or date.max, place=place, provoked=provoked)
    return assess(crisis, within=known)
