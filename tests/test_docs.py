"""Every command that the documents show exists, with its options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from foedera.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<body>.*?)^(?P=fence)", re.MULTILINE | re.DOTALL)
PLAIN = ("--help", "-h")


def commands_in(text: str) -> list[str]:
    """The lines of code blocks that start with `foedera `, without prompt and comment."""
    found = []
    for block in FENCE.finditer(text):
        joined = block["body"].replace("\\\n", " ")
        for line in joined.splitlines():
            bare = line.strip().removeprefix("$ ")
            if bare.startswith("foedera "):
                found.append(bare)
    return found


def words_of(line: str) -> list[str]:
    words = shlex.split(line, comments=True)[1:]
    for stop in ("|", ">", ">>", "&&", ";", "2>"):
        if stop in words:
            words = words[: words.index(stop)]
    return words


def options_of(name: str) -> set[str]:
    """The options that `foedera NAME --help` lists."""
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0, result.output
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", result.output)) | set(PLAIN)


def complaints(line: str) -> list[str]:
    words = words_of(line)
    if not words or words[0].startswith("-"):
        return [] if words and words[0] in ("--version", *PLAIN) else [f"{line}: no command"]
    name, *rest = words
    if name not in COMMANDS:
        return [f"{line}: there is no command `{name}`"]
    known = options_of(name)
    return [
        f"{line}: `{name}` has no option `{w}`"
        for w in (word.partition("=")[0] for word in rest)
        if w.startswith("-") and w not in known
    ]


def test_every_command_shown_in_the_documents_exists():
    if not PAGES[0].is_file():
        pytest.skip("README.md is not written yet")
    shown = [(page, line) for page in PAGES for line in commands_in(page.read_text("utf-8"))]
    wrong = [f"{page.relative_to(ROOT)}: {problem}" for page, line in shown for problem in complaints(line)]
    assert not wrong, "\n".join(wrong)
    assert any(page == PAGES[0] for page, _ in shown), "the README shows no command"


def test_the_check_of_documents_can_fail():
    shown = [
        "$ foedera asses niger-2023",
        "foedera assess niger-2023 --brunch x   # a comment",
        "foedera assess niger-2023 \\\n  --branch x",
    ]
    lines = commands_in("\n".join(["```", *shown, "```", ""]))
    assert len(lines) == 3
    assert [len(complaints(line)) for line in lines] == [1, 1, 0]


def test_every_command_of_the_list_has_help_and_the_same_name():
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None and command.name == name
        assert (command.help or "").strip(), name
