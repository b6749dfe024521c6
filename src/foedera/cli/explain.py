"""`foedera explain`: what a code means."""

from __future__ import annotations

import textwrap

import click

from foedera.cli.talk import width
from foedera.language.codes import CODES, Lesson
from foedera.problems import Problem, Refused, suggest, whole_file


@click.command("explain")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout.")
def command(code: str | None, as_json: bool) -> None:
    """Explain a problem's CODE, with a bad and a good example; without it, list the codes."""
    if code is None:
        for name, lesson in sorted(CODES.items()):
            click.echo(f"{name}  {lesson.what}")
        return
    lesson_or_none = CODES.get(code.upper())
    if lesson_or_none is None:
        raise Refused(
            (Problem("F004", whole_file("the question"), f"there is no code `{code}`", suggest(code.upper(), CODES)),)
        )
    if as_json:
        from foedera.answers.json import dumped

        click.echo(
            dumped(
                {
                    "code": code.upper(),
                    "what": lesson_or_none.what,
                    "why": lesson_or_none.why,
                    "bad": lesson_or_none.bad,
                    "good": lesson_or_none.good,
                }
            )
        )
        return
    click.echo(_page(code.upper(), lesson_or_none))


def _page(code: str, lesson: Lesson) -> str:
    lines = [f"{code}: {lesson.what}", "", *textwrap.wrap(lesson.why, width())]
    for title, example in (("Bad", lesson.bad), ("Good", lesson.good)):
        if example:
            lines += ["", f"{title}:", *("  " + line for line in example.rstrip().splitlines())]
    return "\n".join(lines)
