"""Whatever bytes a file holds, whatever words a command is given: a value or a message, never another exception.

What is accepted is also assessed. Each input has a bound of time, all together one of memory. `FOEDERA_LONG=1` tries
a million in a hundred runs, each with a seed of its own (Hypothesis keeps what it has tried until a run ends); what one
run of it does is `RUNS` and the number beside each test.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import foedera
from foedera.answers.ask import make_case
from foedera.answers.json import dumped
from foedera.cli import COMMANDS, cli
from foedera.cli.talk import tell
from foedera.engine.assess import assess
from foedera.language.checks import check_crisis, check_references, check_treaty
from foedera.language.crisis_form import read_crisis
from foedera.language.nodes import Node, parse
from foedera.language.registry_form import scoped_to
from foedera.language.sentences import rule_sentence
from foedera.language.treaty_form import read_treaty
from foedera.language.types import Crisis, Treaty
from foedera.language.vocabulary import ACTS, KINDS, ROLES
from foedera.library import Library
from foedera.library import library as open_library
from foedera.problems import Problem, Refused, concise, full, github, in_order, problem_json

FOLDER = Path(foedera.__file__).parent / "library"
LONG = float(os.environ.get("FOEDERA_LONG", 0))  # 1 is a million inputs, 0.1 a tenth of them
RUNS = max(1, round(100 * LONG))
SEEDS = {
    name: (FOLDER / name).read_text(encoding="utf-8").splitlines()
    for name in (
        "treaties/aes-2023.yaml",
        "treaties/nato-1949.yaml",
        "treaties/unga-3314.yaml",
        "treaties/ecowas-pna-1978.yaml",
    )
}
CRISES = {
    file.name: file.read_text(encoding="utf-8").splitlines()
    for file in sorted((Path(__file__).parents[1] / "conformance").rglob("*.yaml"))[:8]
}


SECONDS, GIGABYTES = 30, 4  # for one input, for all of them


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """Whoever asks for more than the bound gets a MemoryError, and the test fails."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def bounded_time() -> Iterator[None]:
    def too_long(*_: object) -> None:
        raise AssertionError(f"one input took longer than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def tried_on(*inputs: st.SearchStrategy[Any], short: int = 200, long: int) -> Callable[[Any], Any]:
    """Tries a test on so many inputs, or on so many in each run of the long campaign; each run has its own fixed seed.

    The runs come one after another with all tests in each, so a campaign that is cut off has tried some of everything.
    """
    limits = settings(
        max_examples=long if LONG else short, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )

    def in_runs(test: Any) -> Any:
        @pytest.mark.parametrize("run", range(RUNS), scope="module")
        def one_run(run: int) -> None:
            seed(run)(limits(given(*inputs)(test)))()

        return one_run

    return in_runs


@cache
def whole_library() -> Library:
    return open_library()


def swallow(content: bytes) -> None:
    """Reads bytes as any command would: the one outcome that is wrong is another exception than `Refused`."""
    with bounded_time():
        _swallow(content)


def _swallow(content: bytes) -> None:
    node, problems = parse(content, "f.yaml")
    assert (node is None) == bool(problems)
    show(problems, content)
    if node is None:
        return
    known = whole_library()
    treaty, crisis = try_treaty(node, content, known), try_crisis(node, content, known)
    if treaty is not None:
        ask_about(crisis_with(treaty), known)
    if crisis is not None:
        ask_about(crisis, known)


def try_treaty(node: Node, content: bytes, known: Library) -> Treaty | None:
    reader = scoped_to(known.registry)
    treaty = read_treaty(node, reader)
    assert reader.problems or (treaty is not None and not reader.unread)
    if treaty is not None:  # what could be read is checked too
        reader.check(check_treaty(treaty, known.registry))
        reader.check(check_references(treaty, known.treaties, known.treaties))
    show(reader.problems, content)
    if treaty is None or reader.problems:
        return None
    for rule in treaty.rules:
        assert rule_sentence(rule, treaty, known.registry.called).endswith(".")
    return treaty


def try_crisis(node: Node, content: bytes, known: Library) -> Crisis | None:
    reader = scoped_to(known.registry)
    crisis = read_crisis(node, reader)
    assert reader.problems or (crisis is not None and not reader.unread)
    if crisis is not None:
        reader.check(check_crisis(crisis, known.registry, known.treaties, known.treaties, known.treaties.get, node))
    show(reader.problems, content)
    return None if reader.problems else crisis


def crisis_with(treaty: Treaty) -> Crisis:
    """A small war between the first two parties, judged by this treaty alone."""
    reader = scoped_to(whole_library().registry)
    codes = [*treaty.parties, "DEU", "FRA"][:2]
    events = (
        f"[{{id: a, date: 2024-01-01, kind: invasion, by: {codes[0]}, on: {codes[1]}}}, {{id: b, date: "
        f"2024-01-02, kind: cyber-attack, by: RUS, on: {codes[0]}}}]"
    )
    node, _ = parse(f"id: c\ntitle: t\nevents: {events}\n".encode(), "c.yaml")
    crisis = read_crisis(node, reader)
    assert crisis is not None and not reader.problems
    return replace(crisis, treaties={treaty.id: treaty}, instruments=(treaty.id,))


def ask_about(crisis: Crisis, known: Library) -> None:
    for branch in (None, *list(crisis.branches)[:1]):
        try:
            answer = assess(make_case(crisis, known, branch=branch))
        except Refused as refused:
            show(refused.problems, b"")
            continue
        assert len({f.id for f in answer.findings}) == len(answer.findings)


def show(problems, content: bytes) -> None:
    """Every problem can be shown in every layout, and stands inside the file."""
    lines = content.decode("utf-8", errors="replace").splitlines()
    for problem in in_order(problems):
        assert isinstance(problem, Problem)
        assert problem.message
        assert 1 <= problem.span.line <= len(lines) + 2
        assert problem.span.column >= 1
        assert "\n" not in github(problem)
        assert dumped(problem_json(problem))
        assert concise(problem)
        assert full(problem, lambda _: lines)


# --- bytes and text -------------------------------------------------------------------------------------------------


@tried_on(st.binary(max_size=300), long=2000)
@example(b"")
@example(b"\x00")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
def test_any_bytes_are_read_or_refused(content):
    swallow(content)


MARKS = st.sampled_from(
    [
        *list("-?:,[]{}#&*!|>'\"%@` \n"),
        "\n  ",
        ": ",
        "- ",
        "\n- ",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "---\n",
        "...\n",
        "? ",
        "|\n  ",
        ">-\n  ",
        "~",
        "null",
        "\\",
        "\t",
        "\r\n",
    ]
)
WORDS = st.one_of(
    st.sampled_from(
        [
            "id",
            "title",
            "when",
            "event",
            "parties",
            "articles",
            "rules",
            "says",
            "in_force",
            "ends",
            "checked",
            "events",
            "facts",
        ]
    ),
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(sorted(ACTS)),
    st.sampled_from(ROLES),
    st.sampled_from(["FRA", "NO", "URS", "2023-02-30", "5.10"]),
    st.text(max_size=4),
    st.integers().map(str),
)


@tried_on(st.lists(st.one_of(MARKS, WORDS), max_size=60).map("".join), long=2400)
@example("? ")
@example("!")
@example("|")
@example("a: &a {b: *a}\n")
@example("- - - ?")
def test_any_text_that_looks_like_yaml_is_read_or_refused(text):
    swallow(text.encode("utf-8", errors="ignore"))


SCALARS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "",
            "{}",
            "[]",
            "null",
            "contested",
            "unknown",
            "yes",
            "no",
            "all",
            "open",
            "9" * 400,
            "-1",
            "1e999",
            "0/0",
            "2/0",
            "9999-12-31",
            "0001-01-01",
            "[[[[[]]]]]",
            "'",
            '"\\0"',
            "\u202e",
            "🦁",
            "é" * 30,
        ]
    ),
)
KEYS = st.sampled_from(
    [
        "id",
        "title",
        "kind",
        "binding",
        "in_force",
        "ends",
        "parties",
        "groups",
        "organs",
        "areas",
        "withdrawal",
        "subject_to",
        "questions",
        "checked",
        "articles",
        "readings",
        "events",
        "facts",
        "branches",
        "expect",
        "actors",
        "places",
        "open",
        "treaties",
        "period",
        "instruments",
    ]
)
VALUES = st.recursive(SCALARS, lambda inner: st.one_of(
    st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.dictionaries(WORDS, inner, max_size=3).map(lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"),
), max_leaves=6)  # fmt: skip


@tried_on(st.dictionaries(KEYS, VALUES, max_size=8), long=2400)
def test_any_value_under_the_keys_of_the_formats_is_read_or_refused(parts):
    swallow("".join(f"{key}: {value}\n" for key, value in parts.items()).encode("utf-8", errors="ignore"))


# --- mutations of real files ----------------------------------------------------------------------------------------


@st.composite
def mutated(draw, files: dict[str, list[str]]) -> str:
    lines = list(draw(st.sampled_from(sorted(files)).map(lambda name: files[name])))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(
            st.sampled_from(
                ["delete", "double", "swap", "move", "scalar", "list", "null", "word", "cut", "indent", "char"]
            )
        )
        line = lines[at]
        key, colon, _ = line.partition(": ")
        if how == "delete" and len(lines) > 1:
            del lines[at]
        elif how == "double":
            lines.insert(at, line)
        elif how == "swap":
            lines[at] = lines[draw(st.integers(0, len(lines) - 1))]
        elif how == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), line)
        elif how == "scalar" and colon:
            lines[at] = f"{key}: {draw(SCALARS)}"
        elif how == "list" and colon:
            lines[at] = f"{key}: {draw(VALUES)}"
        elif how == "null" and colon:
            lines[at] = f"{key}:"
        elif how == "word":
            words = re.findall(r"[\w-]+", line)
            if words:
                lines[at] = line.replace(draw(st.sampled_from(words)), draw(WORDS), 1)
        elif how == "cut":
            lines[at] = line[: draw(st.integers(0, max(0, len(line) - 1)))]
        elif how == "indent":
            lines[at] = " " * draw(st.integers(0, 12)) + line.lstrip()
        elif how == "char" and line:
            spot = draw(st.integers(0, len(line) - 1))
            lines[at] = line[:spot] + draw(st.characters()) + line[spot + 1 :]
    return "\n".join(lines) + "\n"


@tried_on(mutated(SEEDS), long=600)
def test_a_treaty_with_anything_changed_is_read_or_refused(text):
    swallow(text.encode("utf-8", errors="ignore"))


@tried_on(mutated(CRISES), long=1000)
def test_a_crisis_with_anything_changed_is_read_or_refused(text):
    swallow(text.encode("utf-8", errors="ignore"))


@st.composite
def one_value_changed(draw, files: dict[str, list[str]]) -> str:
    """A file that is still sound YAML, with some values that the format knows in places where it may not want them."""
    text = "\n".join(draw(st.sampled_from(sorted(files)).map(lambda name: files[name]))) + "\n"
    found = list(re.finditer(r"(?<=[:\[,] )[A-Za-z0-9-]+(?=[,}\]\n])", text))
    for _ in range(draw(st.integers(1, 3))):
        spot = draw(st.sampled_from(found))
        other = draw(st.sampled_from(found))
        old, new = text[spot.start() : spot.end()], text[other.start() : other.end()]
        text = text.replace(old, new, 1) if draw(st.booleans()) else text[: spot.start()] + new + text[spot.end() :]
        found = list(re.finditer(r"(?<=[:\[,] )[A-Za-z0-9-]+(?=[,}\]\n])", text))
    return text


@tried_on(one_value_changed({**SEEDS, **CRISES}), long=1000)
def test_a_file_with_values_that_changed_places_is_read_or_refused(text):
    swallow(text.encode("utf-8"))


# --- the command line -----------------------------------------------------------------------------------------------

SMALL = str(sorted((Path(__file__).parents[1] / "conformance" / "niger").glob("*.yaml"))[0])
# one waits for a browser, one keeps what it is told, three read all crises, years or wars
QUICK = sorted(set(COMMANDS) - {"serve", "data", "draft", "panel", "apply"})
ARGUMENTS = st.one_of(
    st.sampled_from([
        SMALL, "niger-2023", "aes-2023", "aes-2023/6", "MLI", "NER", "NGA", "RUS", "EST", "ecowas", "assist", "fight", "attacks",
        "invasion", "peaceful", "plain", "public", "2023-09-18", "2023-02-30", "9999-12-31", "0001-01-01", "Y001", "treaty",
        "--branch", "--on", "--reading", "--known-to", "--who", "--json", "--md", "--at", "--provoked", "--library", "--format",
        "--html", "out.html", "-h", "--", "-", "", ".", "/dev/null", "/dev/null/none", "harm=any-harm", "aes-2023.harm=any-harm",
    ]),
    st.text(st.characters(exclude_characters="/\\"), max_size=8),
    SCALARS.filter(lambda text: "/" not in text),
)  # fmt: skip


@tried_on(st.sampled_from(QUICK), st.lists(ARGUMENTS, max_size=6), short=150, long=600)
def test_any_words_on_the_command_line_are_answered_or_refused(command, words):
    words = [SMALL, *words] if command == "test" else words  # the whole library takes its time
    with tempfile.TemporaryDirectory() as folder, chdir(folder), bounded_time():
        result = CliRunner().invoke(cli, [command, *words])
        if isinstance(result.exception, Refused):
            tell(result.exception.problems)
        else:
            assert result.exception is None or isinstance(result.exception, (SystemExit, click.exceptions.Exit)), (
                result.exception
            )
            assert result.exit_code in (0, 1, 2)
            assert "Traceback" not in result.output


# --- answers to crises that are odd but sound -----------------------------------------------------------------------

ODD = [
    "events: [{id: a, date: 0001-01-01, kind: invasion, by: RUS, on: RUS}]",
    "events: [{id: a, date: unknown, kind: invasion, by: RUS, on: EST}]",
    "events: [{id: a, date: 9999-12-31, kind: invasion, by: RUS, on: EST, until: 9999-12-31}]",
    "events: [{id: a, date: 2023, kind: invasion}]",
    "events: [{id: a, date: 2023, kind: invasion, by: [], on: []}]",
    "events: [{id: a, date: 2023, kind: invasion, by: nato, on: un}]",
    "events: [{id: a, date: 2023, kind: invasion, by: nac, on: unsc, organ: unga}]",
    "events: [{id: a, date: 2023, kind: [coup, peace, decision, invasion], by: RUS, on: EST, place: {contested: {EST: "
    "x, LVA: y}}}]",
    "events: [{id: a, date: 2023-02, kind: invasion, by: RUS, on: EST, in_response_to: a}]",
    "events: [{id: a, date: 2023, kind: notice-of-withdrawal, by: FRA, under: nato-1949}, {id: b, date: 2023, kind: "
    "accession, by: FRA, under: nato-1949}]",
    "events: [{id: a, date: 2023, kind: accession, by: FRA, under: nato-1949/5/nothing}]",
    "events: [{id: a, date: 2023, kind: decision, organ: nac, under: nato-1949, finding: armed-attack, votes: {FRA: "
    "no, USA: abstain}}]",
    "events: [{id: a, date: 2023, kind: suspension, on: FRA, under: nato-1949}]",
    "actors: {FRA: {kind: armed-group}}\nevents: [{id: a, date: 2023, kind: invasion, by: FRA, on: EST, supported_by: state}]",
    "actors: {g: {kind: government, of: FRA}, h: {kind: government}}\nevents: [{id: a, date: 2023, kind: invasion, by: "
    "[g, h], on: EST}]",
    "places: {here: {in: here-not}}",
    "places: {here: {in: EST, sovereign: null, status: high-seas}}\nevents: [{id: a, date: 2023, kind: "
    "attack-on-craft, by: RUS, on: EST, place: here}]",
    "open: [invasion, request]\nevents: [{id: a, date: 2023, kind: ceasefire, by: RUS}]",
    "period: {from: 2024, to: 2023}\nevents: [{id: a, date: 2023, kind: coup}]",
    "period: {to: unknown}\nevents: [{id: a, date: 2023, kind: invasion, by: RUS, on: EST}]",
    "instruments: []\nevents: [{id: a, date: 2023, kind: invasion, by: RUS, on: EST}]",
    "facts: {government-of-EST: [{until: 2020, value: x}, {since: 2010, contested: {a: b}}]}\nevents: [{id: a, date: "
    "2023, kind: invasion, by: RUS, on: EST}]",
    "branches: {b: {from: unknown, add: [{id: a, date: 2023, kind: invasion, by: RUS, on: EST}]}}",
]


@pytest.mark.parametrize("text", ODD)
def test_an_odd_crisis_is_answered_or_refused(text):
    swallow(f"id: odd\ntitle: Odd\n{text}\n".encode())
