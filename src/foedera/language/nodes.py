"""YAML text as nodes that know their place.

PyYAML's event stream (C where it is there) becomes a tree without recursion, so deep nesting is
a message and not a crash; every scalar stays text until a form says what it is, so `on:`, `NO`
and article 5.10 mean what they say. Anchors, tags, merge keys, second documents and tabs are refused.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct, field

from foedera.language.node import Entry, Node
from foedera.problems import Label, Problem, Span, whole_file

MAX_DEPTH = 40
MAX_SYNTAX_ERRORS = 8


def parse(content: bytes, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a file and everything wrong with its YAML; the tree is None when there is none."""
    text = _decode(content, file)
    if isinstance(text, Problem):
        return None, (text,)
    tabs = tuple(
        Problem("Y004", Span(file, n, row.index("\t") + 1, n, row.index("\t") + 2), "a tab", "indent with spaces")
        for n, row in enumerate(text.split("\n"), 1)
        if "\t" in row
    )
    if tabs:
        return None, tabs[:MAX_SYNTAX_ERRORS]
    builder = _Builder(file)
    error = builder.build(text)
    if error is None:
        if builder.root is None and not builder.problems:
            builder.problems.append(
                Problem(
                    "Y005",
                    whole_file(file),
                    "the file is empty",
                    "see a file that ships, such as treaties/aes-2023.yaml",
                )
            )
        return (None if builder.problems else builder.root), tuple(builder.problems)
    return None, _all_syntax_errors(text, file, error)


def _decode(content: bytes, file: str) -> str | Problem:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Problem("Y003", Span(file, line, 1, line, 2), "this is not UTF-8 text", "save the file as UTF-8")
    text = text.replace("\r\n", "\n")
    found = UNWELCOME.search(text)
    if found is not None:
        bad = found.start()
        line = text.count("\n", 0, bad) + 1
        column = bad - text.rfind("\n", 0, bad)
        return Problem("Y003", Span(file, line, column, line, column + 1), "a control character", "delete it")
    return text


# control characters, line ends that only YAML sees, halves of a character, and marks that turn the direction of writing
UNWELCOME = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def _all_syntax_errors(text: str, file: str, first: yaml.MarkedYAMLError) -> tuple[Problem, ...]:
    """libyaml stops at the first error: blank its line and read on, leaving out echoes."""
    lines, error = text.split("\n"), first
    found: list[Problem] = []
    for _ in range(MAX_SYNTAX_ERRORS):
        problem, line = _syntax_problem(error, file)
        if not found or problem.message not in {p.message for p in found[-1:]} or abs(line - found[-1].span.line) > 1:
            found.append(problem)
        if not 1 <= line <= len(lines) or not lines[line - 1].strip():
            break
        lines[line - 1] = ""
        again = _Builder(file).build("\n".join(lines))
        if again is None:
            break
        error = again
    return tuple(found)


_PHRASES = (
    ("mapping values are not allowed", "a colon inside unquoted text", "put the text in quotes, or under `>-`"),
    ("while scanning a quoted scalar", "a quote that is never closed", "close it"),
    ("could not find expected ':'", "a line that is neither `key: value` nor `- item`", "write `key: value`"),
    ("did not find expected ',' or", "a bracket that is never closed, or a missing comma", "close it, or add a comma"),
    ("did not find expected key", "this line does not line up with the keys above", "indent it as its neighbours are"),
    (
        "did not find expected '-' indicator",
        "this line does not line up with the list",
        "indent it as its neighbours are",
    ),
    ("did not find expected node content", "a value is missing here", "write the value, or take the comma away"),
    ("cannot start any token", "this character cannot start a value", "put the text in quotes"),
    ("unknown escape character", "an escape that YAML does not know", "use single quotes"),
    ("expected <block end>", "this line does not line up with the keys above", "indent it as its neighbours are"),
)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> tuple[Problem, int]:
    phrase = f"{error.context or ''} {error.problem or ''}"
    opening = ("quoted scalar" in phrase or "parsing a flow" in phrase) and error.context_mark is not None
    mark = error.context_mark if opening else error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message, fix = f"this is not YAML: {phrase.strip()}", "see the format page"
    for known, says, advice in _PHRASES:
        if known in phrase:
            message, fix = says, advice
            break
    code = "Y007" if "nesting depth" in phrase else "Y006"
    if code == "Y007":
        message, fix = "too deeply nested", f"at most {MAX_DEPTH} levels"
    return Problem(code, Span(file, line, column, line, column + 1), message, fix), line


class _Open(Struct):
    """A list or mapping that is still being read."""

    start: Any
    entries: dict[str, Entry] | None
    items: list[Node] = field(default_factory=list)
    key: tuple[str, Span] | None = None


class _Builder:
    """Turns the event stream into nodes; collects what the format refuses."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._documents = 0

    def build(self, text: str) -> yaml.MarkedYAMLError | None:
        """Reads it all; returns the syntax error that stopped it, if any."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            while loader.check_event():
                if not self._take(loader.get_event()):
                    break
        except yaml.MarkedYAMLError as error:
            return error
        except (ValueError, yaml.YAMLError):  # an escape that is no character
            self._refuse("Y006", whole_file(self.file), "an escape that is no character", "write the character itself")
        except RecursionError:  # the pure Python scanner nests; libyaml does not
            self._refuse("Y007", whole_file(self.file), "too deeply nested", f"at most {MAX_DEPTH} levels")
        finally:
            loader.dispose()
        return None

    def _span(self, start: Any, end: Any) -> Span:
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _refuse(self, code: str, span: Span, message: str, fix: str, labels: tuple[Label, ...] = ()) -> None:
        self.problems.append(Problem(code, span, message, fix, labels))

    def _take(self, event: Any) -> bool:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                span = self._span(event.start_mark, event.end_mark)
                self._refuse("Y008", span, "a second document", "one treaty or crisis a file: take `---` away")
                return False
        elif isinstance(event, yaml.AliasEvent):
            span = self._span(event.start_mark, event.end_mark)
            self._refuse("Y009", span, f"an alias, `*{event.anchor}`", "write the value out: aliases are not used")
            self._put(Node(span, ""))
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            return self._begin(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._open.pop()
            value = tuple(done.items) if done.entries is None else done.entries
            self._put(Node(self._span(done.start, event.end_mark), value))
        return True

    def _check_marks(self, event: Any) -> None:
        span = self._span(event.start_mark, event.end_mark)
        if event.anchor is not None:
            self._refuse("Y009", span, f"an anchor, `&{event.anchor}`", "write the value out: anchors are not used")
        if event.tag is not None and event.tag != "!":
            self._refuse("Y009", span, f"a tag, `{event.tag}`", "take it away: tags are not used")

    def _begin(self, event: Any) -> bool:
        self._check_marks(event)
        span = self._span(event.start_mark, event.end_mark)
        if len(self._open) >= MAX_DEPTH:
            self._refuse("Y007", span, "too deeply nested", f"at most {MAX_DEPTH} levels")
            return False
        if self._open and self._open[-1].entries is not None and self._open[-1].key is None:
            self._refuse("Y010", span, "a key that is itself a list or a mapping", "keys are words")
            return False
        self._open.append(_Open(event.start_mark, {} if isinstance(event, yaml.MappingStartEvent) else None))
        return True

    def _scalar(self, event: Any) -> None:
        self._check_marks(event)
        span = self._span(event.start_mark, event.end_mark)
        if UNWELCOME.search(event.value):
            self._refuse("Y003", span, "an escape that makes a control character", "take it away")
        top = self._open[-1] if self._open else None
        if top is not None and top.entries is not None and top.key is None:
            if event.value == "<<":
                self._refuse("Y009", span, "a merge key, `<<`", "write the keys out: merge keys are not used")
            top.key = (event.value, span)
            return
        null = event.implicit[0] and event.value in ("", "~", "null")
        self._put(Node(span, None if null else event.value))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if top.entries is None:
            top.items.append(node)
            return
        if top.key is None:  # an alias where a key should be: reported already
            top.key = ("", node.span)
            return
        key, span = top.key
        top.key = None
        if key in top.entries:
            first = Label(top.entries[key].key, "first here")
            self._refuse("Y011", span, f"`{key}` is written twice", "keep one", (first,))
            return
        top.entries[key] = Entry(span, node)
