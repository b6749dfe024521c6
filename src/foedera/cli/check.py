"""`foedera check`: what is wrong in files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from foedera.answers.checks import check_file
from foedera.cli.talk import library_option, open_library, print_json, tell
from foedera.problems import Problem, concise, github, in_order, problem_json


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", type=click.Choice(["full", "concise", "json", "github"]), default="full")
@click.option("--json", "as_json", is_flag=True, help="JSON to stdout: the same as --format json.")
@library_option
def command(paths: tuple[str, ...], form: str, as_json: bool, folders: tuple[str, ...]) -> None:
    """Check treaty and crisis files (or folders of them): every problem with its place and what to write instead."""
    library = open_library(folders)
    found: list[Problem] = []
    count = 0
    for name in paths:
        path = Path(name)
        for file in sorted(path.rglob("*.yaml")) if os.path.isdir(path) else [path]:
            count += 1
            found += check_file(file, library)
    ordered = in_order(found)
    if as_json or form == "json":
        print_json([problem_json(problem) for problem in ordered])
    elif form == "full" and ordered:
        tell(ordered)
    else:
        for problem in ordered:
            click.echo(github(problem) if form == "github" else concise(problem))
    click.echo(
        f"{count} file{'s' if count != 1 else ''}, {len(ordered)} problem{'s' if len(ordered) != 1 else ''}", err=True
    )
    sys.exit(1 if ordered else 0)
