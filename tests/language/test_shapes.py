"""A form names all that is wrong in a file at once, each at its exact place, with the nearest right word."""

from __future__ import annotations

import pytest

from foedera.language.nodes import parse
from foedera.language.shapes import (
    BAD,
    Code,
    Day,
    Either,
    Ident,
    Key,
    Length,
    Many,
    Null,
    Number,
    Reader,
    Record,
    Table,
    Text,
    Word,
    YesNo,
)  # fmt: skip

RESOLVE = {"FRA": "FRA", "URS": "RUS", "RUS": "RUS", "nato": "nato"}.get


def read(shape, text: str, **scope: frozenset[str]):
    """The value of the key `v`, and the problems as (code, line:column, message, fix)."""
    node, problems = parse(f"v: {text}\n".encode(), "f.yaml")
    assert problems == ()
    reader = Reader(scope, RESOLVE)
    value = shape.read(node.value["v"].node, reader)
    assert value is not BAD or reader.problems
    assert reader.problems or not reader.unread
    return value, [(p.code, f"{p.span.line}:{p.span.column}", p.message, p.fix) for p in reader.problems]


def value_of(shape, text: str, **scope: frozenset[str]):
    value, problems = read(shape, text, **scope)
    assert problems == []
    return value


def problem_of(shape, text: str, **scope: frozenset[str]):
    _, (problem,) = read(shape, text, **scope)
    return problem


# --- one value ------------------------------------------------------------------------------------------------------


def test_text_is_folded_to_one_line():
    assert value_of(Text(), '"  a   b\n\n  c "') == "a b c"


@pytest.mark.parametrize("text", ["", "''", "'  '", "[a]", "{a: b}"])
def test_text_is_never_empty_a_list_or_a_mapping(text):
    assert problem_of(Text(), text)[0] == "F003"


def test_a_word_near_a_known_one_is_answered_with_it():
    shape = Word("an act", ("assist", "fight"))
    assert problem_of(shape, "asist") == ("F004", "1:4", "`asist` is not an act", "did you mean `assist`?")


def test_a_word_near_nothing_is_answered_with_the_list():
    shape = Word("an act", ("assist", "fight"))
    assert problem_of(shape, "zzz") == ("F004", "1:4", "`zzz` is not an act", "one of assist, fight")


def test_a_word_of_a_vocabulary_keeps_its_case():
    assert problem_of(Word("an act", ("assist",)), "Assist")[0] == "F004"


def test_a_word_may_be_one_that_the_file_declares():
    shape = Word("an organ", ("bearer",), scope="organs", code="N003")
    assert value_of(shape, "nac", organs=frozenset({"nac"})) == "nac"
    assert value_of(shape, "bearer", organs=frozenset({"nac"})) == "bearer"
    assert problem_of(shape, "nax", organs=frozenset({"nac"}))[0] == "N003"


@pytest.mark.parametrize("text", ["aes-2023", "a", "2023", "x-1-y"])
def test_small_letters_digits_and_single_hyphens_are_an_id(text):
    assert value_of(Ident(), text) == text


@pytest.mark.parametrize("text", ["AES", "a_b", "a--b", "-a", "a-", "a b", "é", "[a]", "null"])
def test_anything_else_is_no_id(text):
    assert problem_of(Ident(), text)[0] == "F005"


def test_thirty_february_is_no_date_and_the_length_of_the_month_is_said():
    assert problem_of(Day(), "2023-02-30") == ("D001", "1:4", "`2023-02-30` is no date", "February 2023 has 28 days")


def test_a_period_that_cannot_be_counted_is_no_period():
    code, place, message, fix = problem_of(Length(), "soon")
    assert (code, place, message) == ("D004", "1:4", "`soon` is no period")
    assert "`6 months`" in fix


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("-89.5", -89.5), ("0", 0), ("23.44", 23.44)])
def test_a_number_in_range_is_read(text, value):
    assert value_of(Number(-90, 90), text) == value


@pytest.mark.parametrize("text", ["91", "-91", "1e1", "0x1", "nan", "inf", "1_0", "2/3", "", "[1]", "9" * 400])
def test_a_number_out_of_range_or_in_another_writing_is_refused(text):
    assert problem_of(Number(-90, 90), text)[0] == "F006"


def test_a_majority_is_a_fraction_or_a_whole_number():
    assert value_of(Number(fraction=True), "2/3") == (2, 3)
    assert value_of(Number(fraction=True), "5") == 5
    assert problem_of(Number(fraction=True), "2/0")[0] == "F006"


@pytest.mark.parametrize("text", ["true", "false", "Yes", "on", "null", "1", "[yes]"])
def test_only_yes_and_no_are_yes_and_no(text):
    assert problem_of(YesNo(), text)[0] == "F004"


def test_yes_and_no_are_read():
    assert (value_of(YesNo(), "yes"), value_of(YesNo(), "no")) == (True, False)


def test_null_is_read_where_it_is_allowed_and_else_refused():
    assert value_of(Null(Day()), "null") is None
    assert problem_of(Day(), "null")[0] == "D001"


# --- names ----------------------------------------------------------------------------------------------------------


def test_an_alias_is_answered_with_the_id():
    assert value_of(Code(), "URS") == "RUS"


def test_an_actor_of_the_file_stands_before_a_state():
    assert value_of(Code(), "URS", actors=frozenset({"URS"})) == "URS"


def test_a_code_near_a_known_one_is_answered_with_it():
    problem = problem_of(Code(), "FRO", codes=frozenset({"FRA"}))
    assert problem == ("N001", "1:4", "nobody is called `FRO`", "did you mean `FRA`?")


def test_a_name_of_nobody_is_answered_with_where_to_find_one():
    assert "foedera states" in problem_of(Code(), "Ruritania", codes=frozenset({"FRA"}))[3]


# --- lists and mappings ---------------------------------------------------------------------------------------------


def test_one_item_stands_for_a_list_of_one():
    assert value_of(Many(Ident()), "a") == value_of(Many(Ident()), "[a]") == ("a",)


def test_a_list_that_must_be_a_list_does_not_take_one_item():
    assert problem_of(Many(Ident(), only_list=True), "a")[0] == "F003"


def test_every_bad_item_of_a_list_is_named_at_its_place():
    _, problems = read(Many(Ident()), "[a, B, c, D]")
    assert [(p[0], p[1]) for p in problems] == [("F005", "1:8"), ("F005", "1:14")]


def test_a_table_keeps_its_order_and_names_bad_keys_and_bad_values():
    assert list(value_of(Table(Ident(), Ident()), "{b: x, a: y}").items()) == [("b", "x"), ("a", "y")]
    _, problems = read(Table(Ident(), Ident()), "{B: x, a: Y, C: Z}")
    assert [p[1] for p in problems] == ["1:5", "1:14", "1:17", "1:20"]


def test_a_value_of_the_wrong_shape_is_told_what_it_may_be():
    shape = Either("an end", text=Day(), mapping=Table(Ident(), Day()))
    assert problem_of(shape, "[a]") == ("F003", "1:4", "an end is wanted here, not a list", "write text or a mapping")


# --- records --------------------------------------------------------------------------------------------------------

PERSON = Record(
    "a person", dict,
    {"name": Key(Text(), required=True), "born": Key(Day(), "birth"), "height": Key(Number(0, 3), default=1.7)},
    spots=True,
)  # fmt: skip


def test_a_record_fills_what_was_left_out_and_knows_where_each_value_stands():
    value = value_of(PERSON, "{name: Ann, born: 1990}")
    assert (value["name"], str(value["birth"]), value["height"]) == ("Ann", "1990", 1.7)
    assert str(value["at"]) == "f.yaml:1:4"
    assert {key: str(span) for key, span in value["spots"].items()} == {"name": "f.yaml:1:11", "born": "f.yaml:1:22"}


def test_a_record_names_all_that_is_wrong_at_once():
    _, problems = read(PERSON, "{nam: Ann, born: 1990-13, height: 4, zip: 1}")
    assert [(p[0], p[1], p[2]) for p in sorted(problems, key=lambda p: int(p[1].split(":")[1]))] == [
        ("F002", "1:4", "a person needs the key `name`"),
        ("F001", "1:5", "unknown key `nam` in a person"),
        ("D001", "1:21", "`1990-13` is no date"),
        ("F006", "1:38", "`4` is not a number that fits here"),
        ("F001", "1:41", "unknown key `zip` in a person"),
    ]


def test_an_unknown_key_is_answered_with_the_nearest_or_with_all_that_are_allowed():
    _, problems = read(PERSON, "{name: Ann, brn: 1990, zip: 1}")
    assert [p[3] for p in problems] == ["did you mean `born`?", "one of born, height, name"]


def test_two_keys_that_exclude_each_other_are_shown_at_both_places():
    shape = Record("a choice", dict, {"must": Key(Text()), "may": Key(Text())}, one_of=("must", "may"))
    node, _ = parse(b"v: {may: a, must: b}\n", "f.yaml")
    reader = Reader()
    assert shape.read(node.value["v"].node, reader) is BAD
    (problem,) = reader.problems
    assert problem.code == "F007"
    assert {str(problem.span), *(str(label.span) for label in problem.labels)} == {"f.yaml:1:5", "f.yaml:1:13"}


def test_a_choice_that_is_not_made_is_a_missing_key():
    shape = Record("a choice", dict, {"must": Key(Text()), "may": Key(Text())}, one_of=("must", "may"))
    assert problem_of(shape, "{}")[:3] == ("F002", "1:4", "a choice needs one of `must`, `may`")


def test_a_record_that_is_no_mapping_says_how_one_begins():
    assert problem_of(PERSON, "[a]") == (
        "F003", "1:4", "a person is a mapping, not a list", "write `name: …`, `born: …`, `height: …`",
    )  # fmt: skip
