"""The command line: one file per command, each imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import sys

import click

from foedera.version import VERSION

COMMANDS = {
    "assess": "who must, may and must not do what in a crisis",
    "why": "the proof of an answer, or the exact condition that is missing",
    "if": "what follows if one state attacks another; no file needed",
    "compare": "what differs between two branches, days or readings",
    "cascade": "who is drawn in if everyone keeps their word, round by round",
    "timeline": "when each duty began, was invoked, met and ended",
    "show": "a treaty, an article or a crisis: sentences, sources, open questions",
    "apply": "did a war put an alliance to the test, for every row of a table",
    "treaties": "the instruments of the library",
    "ties": "the bonds of a state on a day",
    "compare-clauses": "articles side by side: trigger, area, conditions, strength, who decides",
    "cite": "an instrument as a BibTeX entry",
    "states": "states, their codes and names",
    "panel": "promises in bulk: directed dyad-years and the like, as CSV, JSON, Parquet, Stata, Feather, GraphML",
    "data": "sources of your own that can be read, where they are, how to cite them",
    "report": "an answer as a file to send: PDF, PNG, SVG, or a page that scrubs from disk",
    "serve": "the workbench: a crisis in the browser, day by day",
    "check": "what is wrong in treaty and crisis files",
    "draft": "what a draft or an edited treaty would have changed in all crises",
    "new": "a file to start from: a treaty or a crisis that already passes `check`",
    "explain": "what a problem's code means, with a bad and a good example",
    "test": "run every expectation of crises, and every example of treaties",
    "schema": "the JSON Schema of a format, for editors",
}


class Commands(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        file = "what_if" if cmd_name == "if" else cmd_name.replace("-", "_")
        module = importlib.import_module(f"foedera.cli.{file}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="foedera")
def cli() -> None:
    """Treaties you can run: who owes what to whom, under which article, with a proof.

    Foedera informs; it gives no legal advice and takes no side.
    """


def main() -> None:
    """Runs a command; bad input is a message and exit 3, never a traceback."""
    from foedera.problems import Refused

    gc.disable()  # a command is short, and nothing it makes needs collecting: a tenth of its time otherwise
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli()
    except Refused as refused:
        from foedera.cli.talk import tell

        tell(refused.problems)
        sys.exit(3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
