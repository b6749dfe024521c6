"""What is wrong in a file, and where: spans, problems and how they are shown.

A function that reads what a person wrote never raises on it: it returns values and a list of
`Problem`. Only a programmer's mistake raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """A stretch of a file; lines and columns count from 1, the end column is one past the last."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def whole_file(file: str) -> Span:
    """The span of a problem that belongs to a file as a whole."""
    return Span(file, 1, 1, 1, 1)


class Label(Struct, frozen=True):
    """A second place that a problem points at, with what is to be seen there."""

    span: Span
    says: str


class Problem(Struct, frozen=True):
    """One thing wrong: a stable code, the place, what is wrong, what to write instead.

    `names` are those that mean nothing, or not what they should: where one of them stands in a part of the file that
    could not be read, that part is the problem, and not this. `level` is `error`, or `warning` where it is advice about
    drafting: the file can be used as it is.
    """

    code: str
    span: Span
    message: str
    fix: str = ""
    labels: tuple[Label, ...] = ()
    level: str = "error"
    names: tuple[str, ...] = ()


class Refused(Exception):
    """Input that cannot be used, with every problem found; the command line exits with 3 on it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(concise(problem) for problem in self.problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by file and line, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.span, p.code, p.message)))


def concise(problem: Problem) -> str:
    """One line: `path:line:col: CODE message`."""
    return f"{problem.span}: {problem.code} {problem.message}"


def github(problem: Problem) -> str:
    """One line that GitHub's runners turn into an annotation."""
    span, text = problem.span, _escape(f"{problem.message}. {problem.fix}".strip(". "))
    file = _escape(span.file).replace(",", "%2C").replace(":", "%3A")
    return f"::{problem.level} file={file},line={span.line},col={span.column},title={problem.code}::{text}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def full(problem: Problem, read_lines: Callable[[str], list[str]]) -> str:
    """The problem in rustc's layout: the line the person wrote, what is wrong, what to write."""
    shown = sorted([(problem.span, problem.fix, "^")] + [(x.span, x.says, "-") for x in problem.labels])
    gutter = len(str(max(span.line for span, _, _ in shown)))
    rows = [
        f"{problem.level}[{problem.code}]: {problem.message}",
        f"{' ' * gutter}--> {problem.span}",
        f"{' ' * gutter} |",
    ]
    for span, says, mark in shown:
        rows += _excerpt(span, says, mark, gutter, problem.span.file, read_lines(span.file))
    rows.append(f"{' ' * gutter} = explain: foedera explain {problem.code}")
    return "\n".join(rows)


def _excerpt(span: Span, says: str, mark: str, gutter: int, here: str, lines: list[str]) -> list[str]:
    elsewhere = f"{span.file}: " if span.file != here else ""
    if not 1 <= span.line <= len(lines):
        return [f"{' ' * gutter} = {elsewhere}{says}"] if says else []
    text = lines[span.line - 1].replace("\t", " ")[:240]
    width = span.end_column - span.column if span.end_line == span.line else len(text) + 1 - span.column
    if span.column > len(text):
        return [
            f"{span.line:>{gutter}} | {text}",
            f"{' ' * gutter} = at column {span.column}: {elsewhere}{says}".rstrip(": "),
        ]
    under = " " * (span.column - 1) + mark * max(1, min(width, 80))
    return [f"{span.line:>{gutter}} | {text}", f"{' ' * gutter} | {under} {elsewhere}{says}".rstrip()]


def problem_json(problem: Problem) -> Mapping[str, object]:
    """The problem as a plain mapping, for `check --json`."""
    span = problem.span
    return {
        "code": problem.code,
        "level": problem.level,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": problem.message,
        "fix": problem.fix,
        "labels": [{"at": str(label.span), "says": label.says} for label in problem.labels],
    }


def near_word(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest, if one is near."""
    import difflib  # only wanted when something is wrong

    return next(iter(difflib.get_close_matches(word, sorted(known), 1, 0.6)), None)


def suggest(word: str, known: Iterable[str]) -> str:
    """`did you mean …?`, or the list of what is allowed when nothing is near.

    >>> suggest("mst", ["must", "may"])
    'did you mean `must`?'
    """
    words = sorted(known)
    near = near_word(word, words)
    if near is not None:
        return f"did you mean `{near}`?"
    if not words:
        return "there is none to name here"
    return "one of " + ", ".join(words) if len(words) <= 30 else "see the format page"
