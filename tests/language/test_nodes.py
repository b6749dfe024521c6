"""Every key and value knows its line and column; what the format refuses is named with its place."""

from __future__ import annotations

import pytest
import yaml

from foedera.language.node import Node
from foedera.language.nodes import MAX_DEPTH, parse
from foedera.library.reading import MAX_BYTES, read_bytes
from foedera.problems import Problem


def tree(text: str | bytes) -> Node:
    node, problems = parse(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    assert problems == ()
    assert node is not None
    return node


def problems_of(text: str | bytes) -> list[Problem]:
    node, problems = parse(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    assert node is None, "a file with problems gives no tree"
    return list(problems)


def places(text: str | bytes) -> list[tuple[str, str]]:
    """Code and line:column of each problem."""
    return [(p.code, f"{p.span.line}:{p.span.column}") for p in problems_of(text)]


def stretch(span: object) -> str:
    s = span
    return f"{s.line}:{s.column}-{s.end_line}:{s.end_column}"  # type: ignore[attr-defined]


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: plain(entry.node) for key, entry in node.value.items()}
    return [plain(item) for item in node.value] if isinstance(node.value, tuple) else node.value


def with_places(node: Node) -> object:
    """The tree with the stretch of every key and value."""
    if isinstance(node.value, dict):
        inner: object = {f"{k}@{stretch(e.key)}": with_places(e.node) for k, e in node.value.items()}
    else:
        inner = [with_places(item) for item in node.value] if isinstance(node.value, tuple) else node.value
    return (inner, stretch(node.span))


def key(node: Node, *path: str) -> str:
    return stretch(_entry(node, path).key)


def value(node: Node, *path: str) -> str:
    return stretch(_entry(node, path).node.span)


def _entry(node: Node, path: tuple[str, ...]):
    entry = None
    for step in path:
        assert isinstance(node.value, dict)
        entry = node.value[step]
        node = entry.node
    assert entry is not None
    return entry


# --- places ---------------------------------------------------------------------------------------------------------


def test_keys_and_values_of_nested_blocks_have_exact_places():
    node = tree("a: 1\nb:\n  long-key: value here\n")
    assert key(node, "a") == "1:1-1:2"
    assert value(node, "a") == "1:4-1:5"
    assert key(node, "b", "long-key") == "3:3-3:11"
    assert value(node, "b", "long-key") == "3:13-3:23"


def test_keys_and_values_in_flow_style_have_exact_places():
    node = tree("c: [x, {d: y}]\n")
    assert value(node, "c") == "1:4-1:15"
    items = node.value["c"].node.value
    assert stretch(items[0].span) == "1:5-1:6"
    assert stretch(items[1].span) == "1:8-1:14"
    assert stretch(items[1].value["d"].key) == "1:9-1:10"
    assert stretch(items[1].value["d"].node.span) == "1:12-1:13"


def test_an_accent_is_one_column():
    node = tree("{é: ñandú, b: œuvre}\n")
    assert value(node, "é") == "1:5-1:10"
    assert key(node, "b") == "1:12-1:13"
    assert value(node, "b") == "1:15-1:20"


def test_an_emoji_is_one_column():
    node = tree("😀: {y: 🦁, z: w}\n")
    assert key(node, "😀") == "1:1-1:2"
    assert value(node, "😀", "y") == "1:8-1:9"
    assert key(node, "😀", "z") == "1:11-1:12"


def test_windows_line_ends_change_no_place():
    unix, windows = "a: 1\nb: |\n  one\n  two\nc: x\n", b"a: 1\r\nb: |\r\n  one\r\n  two\r\nc: x\r\n"
    assert with_places(tree(windows)) == with_places(tree(unix))


def test_a_byte_order_mark_changes_no_place():
    assert with_places(tree(b"\xef\xbb\xbfa: 1\nb: {c: d}\n")) == with_places(tree("a: 1\nb: {c: d}\n"))


def test_block_text_begins_at_its_mark_and_the_next_key_keeps_its_line():
    node = tree("a: |\n  one\n  two\nb: >-\n  three\n  four\nc: x\n")
    assert plain(node) == {"a": "one\ntwo\n", "b": "three four", "c": "x"}
    assert value(node, "a").startswith("1:4-")
    assert value(node, "b").startswith("4:4-")
    assert key(node, "c") == "7:1-7:2"


def test_quoted_values_span_their_quotes():
    node = tree("a: 'x y'\nb: \"z\"\n")
    assert value(node, "a") == "1:4-1:9"
    assert value(node, "b") == "2:4-2:7"


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb:\n  c: [x, {d: y}]\n",
        "é: ñandú\n😀: {y: 🦁, z: 中文}\n",
        "a: |\n  one\n  two\nb: >-\n  three\n\n  four\nc: 'x'\n",
        "- a\n- - b\n  - c\n- d: e\n",
        "a:\nb: ~\nc: ''\n? d\n: e\n",
    ],
)
def test_the_pure_python_reader_gives_the_same_tree_and_places(text, monkeypatch):
    fast = with_places(tree(text))
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    slow = with_places(tree(text))
    assert _without_block_ends(slow) == _without_block_ends(fast)


def _without_block_ends(part: object) -> object:
    """Both agree on starts; where block collections end they may differ by blank lines."""
    inner, span = part  # type: ignore[misc]
    start = span.split("-")[0]
    if isinstance(inner, dict):
        return ({k: _without_block_ends(v) for k, v in inner.items()}, start)
    return ([_without_block_ends(v) for v in inner], start) if isinstance(inner, list) else (inner, start)


# --- YAML 1.2: words stay words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "on",
        "off",
        "yes",
        "no",
        "NO",
        "True",
        "true",
        "5.10",
        "6:1",
        "0o17",
        "017",
        "1e3",
        ".inf",
        "2023-09-16",
        "1_000",
        "=",
        "-",
    ],
)
def test_a_scalar_stays_the_text_that_was_written(word):
    if word == "-":
        word = "a-b"
    assert plain(tree(f"a: {word}\nb: [{word}]\n")) == {"a": word, "b": [word]}


@pytest.mark.parametrize("word", ["on", "NO", "5.10", "y", "2023", "1.0"])
def test_a_key_stays_the_text_that_was_written(word):
    assert plain(tree(f"{word}: x\n")) == {word: "x"}


@pytest.mark.parametrize("nothing", ["", " null", " ~"])
def test_nothing_null_and_tilde_are_nothing(nothing):
    assert plain(tree(f"a:{nothing}\nb: 1\n")) == {"a": None, "b": "1"}


@pytest.mark.parametrize("quoted", ["'null'", '"~"', "''", "Null", "NULL"])
def test_null_in_quotes_or_in_capitals_is_text(quoted):
    assert plain(tree(f"a: {quoted}\n")) == {"a": quoted.strip("'\"")}


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b"a: 1\nb: \xe9\n", [("Y003", "2:1")]),
        (b"\xff\xfea\x00", [("Y003", "1:1")]),
        ("a: 1\nb: x\x07\n", [("Y003", "2:5")]),
        ("a: \x00\n", [("Y003", "1:4")]),
        ("a: 1\rb: 2\n", [("Y003", "1:5")]),
        ("a: 1\n\tb: 1\nc:\t2\n", [("Y004", "2:1"), ("Y004", "3:3")]),
        ("", [("Y005", "1:1")]),
        ("# only a comment\n\n", [("Y005", "1:1")]),
        (b"\xef\xbb\xbf", [("Y005", "1:1")]),
        ("a: 1\n---\nb: 1\n", [("Y008", "2:1")]),
        ("a: 1\n...\n---\nb: 1\n", [("Y008", "3:1")]),
        ("a: &x 1\n", [("Y009", "1:4")]),
        ("a: &x 1\nb: *x\n", [("Y009", "1:4"), ("Y009", "2:4")]),
        ("a: &x {p: 1}\nb:\n  <<: *x\n", [("Y009", "1:4"), ("Y009", "3:3"), ("Y009", "3:7")]),
        (
            "a: !!int 1\nb: !thing {c: d}\nc: !!python/object:os.system x\n",
            [("Y009", "1:4"), ("Y009", "2:4"), ("Y009", "3:4")],
        ),
        ("*x : 1\n", [("Y009", "1:1")]),
        ("[a]: 1\n", [("Y010", "1:1")]),
        ("b: {{a: 1}: 2}\n", [("Y010", "1:5")]),
        ("? [a]\n: 1\n", [("Y010", "1:3")]),
    ],
)
def test_what_the_format_refuses_is_named_with_its_place(text, wanted):
    assert places(text) == wanted


def test_forty_levels_are_read_and_one_more_is_refused():
    assert tree("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))
    assert places("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH) == [("Y007", f"1:{3 + MAX_DEPTH}")]


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 100_000, "{a: " * 50_000, "".join("  " * i + "a:\n" for i in range(200)), "- " * 5_000]
)
def test_any_depth_is_one_message_and_no_crash(text, monkeypatch):
    assert [p.code for p in problems_of(text)] == ["Y007"]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert [p.code for p in problems_of(text)] == ["Y007"]


def test_an_alias_bomb_is_refused_where_it_is_lit():
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    found = places(bomb)
    assert found[0] == ("Y009", "1:4")
    assert {code for code, _ in found} == {"Y009"}


def test_every_problem_has_a_message_and_every_refusal_says_what_to_do():
    for text in (
        "",
        "a: &x 1\n",
        "a: 1\n---\n",
        "[a]: 1\n",
        "\ta: 1\n",
        "a: 1\na: 2\n",
        "a: b: c\n",
        "a: \x01\n",
        b"\xff",
    ):
        for problem in problems_of(text):
            assert problem.message
            assert problem.fix


@pytest.mark.parametrize("char", ["\x80", "\x9b", "\x9f"])
def test_a_control_character_above_ascii_is_a_problem_and_no_crash(char):
    assert places(f"a: 1\nb: x{char}\n") == [("Y003", "2:5")]


@pytest.mark.parametrize("escape", ["\\e[31m", "\\0", "\\x9b", "\\u200f\\u202e"])
def test_a_control_character_written_as_an_escape_is_a_problem(escape):
    assert [p.code for p in problems_of(f'a: "x{escape}"\n')] == ["Y003"]


@pytest.mark.parametrize("escape", ["\\U00110000", "\\ud800"])
def test_a_character_that_does_not_exist_is_a_problem_for_both_readers(escape, monkeypatch):
    text = f'a: "{escape}"\n'
    assert {p.code for p in problems_of(text)} in ({"Y006"}, {"Y003"})
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert {p.code for p in problems_of(text)} in ({"Y006"}, {"Y003"})


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_only_yaml_sees_is_refused_at_its_place(char):
    """Else every line number after it would be wrong."""
    (problem,) = problems_of(f"a: 'x{char}y'\nb: 1\n")
    assert (problem.code, str(problem.span)) == ("Y003", "f.yaml:1:6")


# --- a key written twice --------------------------------------------------------------------------------------------


def test_a_key_written_twice_is_shown_at_both_places():
    (problem,) = problems_of("a: 1\nb:\n  who: x\n  must: y\n  who: z\n")
    assert (problem.code, str(problem.span), problem.message) == ("Y011", "f.yaml:5:3", "`who` is written twice")
    assert [(str(label.span), label.says) for label in problem.labels] == [("f.yaml:3:3", "first here")]


def test_a_key_written_twice_in_flow_style_is_shown_at_both_places():
    (problem,) = problems_of("a: {x: 1, y: 2, x: 3}\n")
    assert str(problem.span) == "f.yaml:1:17"
    assert str(problem.labels[0].span) == "f.yaml:1:5"


def test_a_key_written_three_times_is_two_problems():
    assert places("a: 1\na: 2\na: 3\n") == [("Y011", "2:1"), ("Y011", "3:1")]


def test_quotes_do_not_hide_a_key_written_twice():
    assert places('"6": 1\n6: 2\n') == [("Y011", "2:1")]


# --- syntax errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("says: one: two\n", "1:10", "a colon inside unquoted text"),
        ("a: 'open\nb: 1\n", "1:4", "a quote that is never closed"),
        ("a: [1, 2\nb: 1\n", "1:4", "a bracket that is never closed, or a missing comma"),
        ("a: {b: 1\n", "1:4", "a bracket that is never closed, or a missing comma"),
        ("a: 1\n b: 2\n", "2:3", "a colon inside unquoted text"),
        ("a: @home\n", "1:4", "this character cannot start a value"),
        ('a: "\\q"\n', "1:4", "an escape that YAML does not know"),
        ("a:\n  - 1\n b: 2\n", "3:2", "this line does not line up with the keys above"),
        ("a:\n - 1\n g: 2\n", "3:2", "this line does not line up with the list"),
        ("a: 1\nword\nb: 2\n", "3:1", "a line that is neither `key: value` nor `- item`"),
        ("a: [1, , 2]\n", "1:8", "a value is missing here"),
    ],
)
def test_a_syntax_error_is_told_in_plain_words_at_its_place(text, place, message):
    first = problems_of(text)[0]
    assert (first.code, f"{first.span.line}:{first.span.column}", first.message) == ("Y006", place, message)
    assert first.fix


def test_several_syntax_errors_are_all_found():
    text = 'a: one: two\nb: fine\nc: three: four\nd: @x\ne: "\\q"\nf: fine\ng: [1, 2\nh: 3\n'
    found = [f"{p.span.line}" for p in problems_of(text)]
    assert found == ["1", "3", "4", "5", "7"]


def test_a_file_full_of_errors_stops_after_eight():
    assert len(problems_of("a: b: c\nd: 1\n" * 50)) <= 8


# --- reading bytes --------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_a_folder_and_a_large_file_are_problems(tmp_path):
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (tmp_path / "full.yaml").write_bytes(b"#" * MAX_BYTES)
    assert read_bytes(tmp_path / "none.yaml", "none.yaml").code == "Y001"
    assert read_bytes(tmp_path, "folder").code == "Y001"
    assert read_bytes(tmp_path / "large.yaml", "large.yaml").code == "Y002"
    assert read_bytes(tmp_path / "full.yaml", "full.yaml") == b"#" * MAX_BYTES
