"""`foedera explain`: what a code means."""

from __future__ import annotations

import textwrap

import click

from foedera.cli.talk import print_json, width
from foedera.language.codes import CODES, Lesson
from foedera.problems import Problem, Refused, suggest, whole_file


@click.command("explain")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
def command(code: str | None, as_json: bool) -> None:
    """Explain a problem's CODE, with a bad and a good example; without it, list the codes."""
    if code is None:
        _list(as_json)
        return
    lesson_or_none = CODES.get(code.upper())
    if lesson_or_none is None:
        raise Refused(
            (Problem("F004", whole_file("the question"), f"there is no code `{code}`", suggest(code.upper(), CODES)),)
        )
    if as_json:
        print_json(_row(code.upper(), lesson_or_none))
        return
    click.echo(_page(code.upper(), lesson_or_none))


def _list(as_json: bool) -> None:
    lessons = sorted(CODES.items())
    if as_json:
        print_json([_row(code, lesson) for code, lesson in lessons])
        return
    for code, lesson in lessons:
        click.echo(f"{code}  {lesson.what}")


def _row(code: str, lesson: Lesson) -> dict[str, str]:
    return {"code": code, "what": lesson.what, "why": lesson.why, "bad": lesson.bad, "good": lesson.good}


def _page(code: str, lesson: Lesson) -> str:
    lines = [f"{code}: {lesson.what}", "", *textwrap.wrap(lesson.why, width())]
    for title, example in (("Bad", lesson.bad), ("Good", lesson.good)):
        if example:
            lines += ["", f"{title}:", *("  " + line for line in example.rstrip().splitlines())]
    return "\n".join(lines)
