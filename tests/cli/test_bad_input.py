"""Whatever a person gives it, the command line answers with a message, a place and a way out, and never with a traceback.

Each command runs in a process of its own with a bound on its memory and its time.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
MEMORY, SECONDS = 1_000_000_000, 20

TREATY = """\
id: river-pact-1921
title: Pact of the River
in_force: 1921-03-01
ends: open
parties: {FRA: {}, BEL: {}}
sources: [{title: Gazette of the River 3}]
checked: {on: 2026-11-24, confidence: unsure}
articles:
  "1":
    says: Each helps the other.
"""
CRISIS = """\
id: river-1925
title: The river crisis
instruments: [un-charter]
events:
  - {id: crossing, date: 1925-05-01, kind: invasion, by: DEU, on: BEL}
"""


class Run:
    """A finished command."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    """A cache for all of these commands, so that each library file is parsed once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def foedera(tmp_path, cache):
    """Runs the command in an empty folder; anything that it leaves there beside its cache is a failure."""
    work = tmp_path / "work"
    work.mkdir()

    def run(*words: str, **files: str | bytes) -> Run:
        for name, content in files.items():
            path = work / name.replace("__", "/").replace("_yaml", ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        before = _tree(work)
        done = subprocess.run(
            [sys.executable, "-m", "foedera", *words],
            cwd=work, env=_environment(cache), stdin=subprocess.DEVNULL, capture_output=True, timeout=3 * SECONDS,
            preexec_fn=_bounded, check=False,
        )  # fmt: skip
        assert _tree(work) == before, "something was written"
        return Run(done)

    run.folder = work
    return run


def _environment(cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")}
    return {
        **kept,
        "PYTHONPATH": str(SOURCE),
        "XDG_CACHE_HOME": str(cache),
        "HOME": str(cache),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _tree(folder: Path) -> list[tuple[str, int]]:
    return sorted(
        (str(path.relative_to(folder)), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    )


def refused(run: Run, code: str, place: str, *words: str) -> None:
    """Exit 3, nothing on stdout, and on stderr the code, the place, the words and where to read more."""
    assert run.code == 3, run.err
    assert run.out == ""
    assert "Traceback" not in run.err
    assert f"error[{code}]" in run.err
    assert f"--> {place}" in run.err
    assert f"foedera explain {code}" in run.err
    assert re.search(r"^\d+ problems?$", run.err, re.MULTILINE)
    for word in words:
        assert word in run.err
    assert max(map(len, run.err.splitlines())) < 2500


def misused(run: Run, *words: str) -> None:
    """Exit 2 with the usage on stderr."""
    assert run.code == 2, run.err
    assert run.out == ""
    assert "Traceback" not in run.err
    assert "Usage:" in run.err
    for word in words:
        assert word in run.err


# --- files that are no files of ours --------------------------------------------------------------------------------


def test_a_missing_file_is_refused_with_its_name(foedera):
    refused(
        foedera("assess", "none.yaml"), "Y001", "none.yaml:1:1", "there is no file `none.yaml`", "check the spelling"
    )


def test_a_crisis_of_no_name_is_answered_with_the_nearest(foedera):
    refused(
        foedera("assess", "niger-2032"),
        "Y001",
        "niger-2032:1:1",
        "there is no crisis `niger-2032`",
        "did you mean `niger-2023`?",
    )


@pytest.mark.parametrize("command", ["assess", "check", "test", "show"])
def test_a_name_longer_than_any_file_may_have_is_refused(foedera, command):
    run = foedera(command, f"{'9' * 400}.yaml")
    assert "file name too long" in run.err
    assert run.code == (1 if command == "check" else 3)


def test_a_crisis_of_a_name_longer_than_any_file_may_have_is_refused(foedera):
    refused(foedera("assess", "9" * 400), "Y001", "9" * 400, "there is no crisis")


def test_a_folder_is_no_crisis(foedera):
    (foedera.folder / "folder").mkdir()
    refused(foedera("assess", "folder"), "Y001", "folder:1:1", "`folder` is a folder", "name a file in it")


def test_a_binary_file_is_refused(foedera):
    refused(foedera("assess", "a.yaml", a_yaml=bytes(range(256)) * 40), "Y003", "a.yaml:", "save the file as UTF-8")


def test_text_with_null_bytes_is_refused_at_the_first(foedera):
    refused(
        foedera("assess", "a.yaml", a_yaml=b"id: a\ntitle: \x00\n"),
        "Y003",
        "a.yaml:2:8",
        "a control character",
        "delete it",
    )


def test_a_file_of_fifty_megabytes_is_refused_unread(foedera):
    with (foedera.folder / "big.yaml").open("wb") as stream:
        stream.truncate(50_000_000)
    refused(foedera("assess", "big.yaml"), "Y002", "big.yaml:1:1", "larger than 1 MB", "split it")


def test_a_device_without_end_is_refused(foedera):
    refused(foedera("assess", "/dev/zero"), "Y002", "/dev/zero:1:1", "larger than 1 MB")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(foedera):
    (foedera.folder / "a.yaml").write_text(CRISIS)
    (foedera.folder / "a.yaml").chmod(0)
    refused(foedera("assess", "a.yaml"), "Y001", "a.yaml:1:1", "permission denied")


# --- YAML that the format refuses -----------------------------------------------------------------------------------


def test_a_hundred_thousand_brackets_are_one_message(foedera):
    refused(
        foedera("assess", "a.yaml", a_yaml="id: " + "[" * 100_000),
        "Y007",
        "a.yaml:1:",
        "too deeply nested",
        "at most 40 levels",
    )


def test_two_hundred_nested_mappings_are_one_message(foedera):
    text = "".join("  " * level + "a:\n" for level in range(200))
    refused(foedera("assess", "a.yaml", a_yaml=text), "Y007", "a.yaml:41:81", "too deeply nested")


def test_an_alias_bomb_does_not_go_off(foedera):
    bomb = 'a: &a ["lol", "lol"]\n' + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    refused(
        foedera("assess", "a.yaml", a_yaml=bomb),
        "Y009",
        "a.yaml:1:4",
        "an anchor, `&a`",
        "an alias, `*a`",
        "write the value out",
    )


def test_a_tag_runs_nothing(foedera):
    text = CRISIS + "says: !!python/object/apply:os.system [touch owned]\n"
    refused(foedera("assess", "a.yaml", a_yaml=text), "Y009", "a.yaml:6:7", "a tag")


def test_a_tab_is_refused_at_its_place(foedera):
    refused(
        foedera("assess", "a.yaml", a_yaml="id: a\n\ttitle: b\n"), "Y004", "a.yaml:2:1", "a tab", "indent with spaces"
    )


def test_two_documents_are_refused_at_the_second(foedera):
    refused(foedera("assess", "a.yaml", a_yaml=CRISIS + "---\n" + CRISIS), "Y008", "a.yaml:6:1", "a second document")


def test_an_empty_file_is_refused(foedera):
    refused(foedera("assess", "a.yaml", a_yaml=""), "Y005", "a.yaml:1:1", "the file is empty")


def test_all_syntax_errors_are_told_at_once(foedera):
    run = foedera("assess", "a.yaml", a_yaml="id: a: b\ntitle: @x\nevents: [1, 2\nzzz: 1\n")
    refused(run, "Y006", "a.yaml:1:6", "--> a.yaml:2:8", "--> a.yaml:3:9")


# --- files of ours with a mistake -----------------------------------------------------------------------------------


def test_thirty_february_is_refused_with_the_length_of_the_month(foedera):
    run = foedera("assess", "a.yaml", a_yaml=CRISIS.replace("1925-05-01", "1925-02-30"))
    refused(run, "D001", "a.yaml:5:26", "February 1925 has 28 days")


def test_an_exit_before_the_entry_is_refused(foedera):
    text = (
        CRISIS
        + "treaties:\n  p:\n"
        + "".join(f"    {line}\n" for line in TREATY.splitlines() if not line.startswith("id:"))
    )
    run = foedera("assess", "a.yaml", a_yaml=text.replace("BEL: {}", "BEL: {since: 1937-01-01, until: 1936-03-06}"))
    refused(run, "D002", "a.yaml:11:", "`BEL` leaves (1936-03-06) before it enters (1937-01-01)")


def test_a_state_that_did_not_exist_that_day_is_refused_with_its_dates(foedera):
    refused(
        foedera("assess", "a.yaml", a_yaml=CRISIS.replace("on: BEL", "on: SVK")),
        "D003",
        "a.yaml:5:",
        "`SVK` did not exist on 1925-05-01",
        "1993-01-01",
    )


def test_an_unknown_kind_is_answered_with_the_nearest(foedera):
    refused(
        foedera("assess", "a.yaml", a_yaml=CRISIS.replace("invasion", "invazion")),
        "F004",
        "a.yaml:5:44",
        "did you mean `invasion`?",
    )


def test_an_unknown_key_is_answered_with_the_nearest(foedera):
    refused(
        foedera("assess", "a.yaml", a_yaml=CRISIS.replace("events:", "evnts:")),
        "F001",
        "a.yaml:4:1",
        "unknown key `evnts`",
        "did you mean `events`?",
    )


def test_all_mistakes_are_told_at_once(foedera):
    text = CRISIS.replace("invasion", "invazion").replace("DEU", "GER").replace("title", "titel")
    run = foedera("assess", "a.yaml", a_yaml=text)
    refused(run, "F004", "a.yaml:5:44", "error[N001]", "error[F001]", "error[F002]", "4 problems")


def test_check_finds_problems_and_exits_with_one(foedera):
    for form, sign in (
        ("concise", "a.yaml:5:44: F004 `invazion` is not a kind of event"),
        ("github", "::error file=a.yaml,line=5,col=44,title=F004::"),
    ):
        run = foedera("check", "--format", form, "a.yaml", a_yaml=CRISIS.replace("invasion", "invazion"))
        assert (run.code, "Traceback" in run.err) == (1, False)
        assert sign in run.out
    run = foedera("check", "--format", "json", "a.yaml")
    assert run.code == 1
    assert [(row["code"], row["line"], row["column"]) for row in json.loads(run.out)] == [("F004", 5, 44)]


def test_check_survives_every_kind_of_bad_file_in_a_folder(foedera):
    run = foedera(
        "check",
        "--format",
        "concise",
        "bad",
        bad__a_yaml=b"\xff\xfe\x00",
        bad__b_yaml="",
        bad__c_yaml="[" * 5000,
        bad__d_yaml="a: &a b\n",
        bad__e_yaml=TREATY.replace("ends: open\n", ""),
        bad__f_yaml=CRISIS,
    )
    assert (run.code, "Traceback" in run.err) == (1, False)
    assert [re.search(r"bad/(.)\.yaml:\d+:\d+: (....)", line).groups() for line in run.out.splitlines()] == [
        ("a", "Y003"), ("b", "Y005"), ("c", "Y007"), ("d", "Y009"), ("e", "F002"),
    ]  # fmt: skip
    assert "6 files, 5 problems" in run.err


# --- questions that name nothing ------------------------------------------------------------------------------------


def test_an_unknown_branch_is_answered_with_those_there_are(foedera):
    refused(
        foedera("assess", "niger-2023", "--branch", "invazion"),
        "X003",
        "crises/niger-2023.yaml:",
        "no branch `invazion`",
        "did you mean `invasion`?",
    )


def test_an_unknown_reading_is_answered_with_the_nearest(foedera):
    refused(
        foedera("assess", "niger-2023", "--reading", "jnuta"),
        "X003",
        "crises/niger-2023.yaml:",
        "no reading `jnuta`",
        "did you mean `junta`?",
    )


def test_an_unknown_option_of_a_reading_is_refused(foedera):
    refused(
        foedera("assess", "niger-2023", "--reading", "aes-2023.harm=none"),
        "X003",
        "crises/niger-2023.yaml:",
        "no reading `aes-2023.harm=none`",
    )


def test_an_unknown_state_is_refused(foedera):
    refused(
        foedera("why", "niger-2023", "Ruritania", "assist", "NER"),
        "N001",
        "the question:1:1",
        "nobody is called `Ruritania`",
    )
    refused(foedera("if", "GER", "attacks", "BEL"), "N001", "the question:1:1", "`GER`")


def test_a_state_that_is_no_more_cannot_be_attacked(foedera):
    refused(
        foedera("if", "FRA", "attacks", "CSK", "--on", "2020-01-01"),
        "D003",
        "the question:1:1",
        "`CSK` did not exist on 2020-01-01",
    )


def test_a_state_cannot_attack_itself(foedera):
    refused(foedera("if", "RUS", "attacks", "URS"), "N006", "the question:1:1", "cannot attack itself")


def test_an_unknown_place_treaty_article_or_code_is_refused(foedera):
    refused(
        foedera("if", "RUS", "attacks", "EST", "--at", "atlantis"),
        "N004",
        "the question:1:1",
        "there is no place `atlantis`",
    )
    refused(foedera("assess", "xqzzy"), "Y001", "xqzzy:1:1", "one of afghanistan-1979, ")
    refused(foedera("show", "aes-2032"), "N003", "the question:1:1", "did you mean `aes-2023`?")
    refused(foedera("show", "aes-2023/99"), "N003", "treaties/aes-2023.yaml:", "has no article `99`")
    refused(foedera("explain", "Z999"), "F004", "the question:1:1", "there is no code `Z999`")


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday", "2023-13", "", "16.9.2023"])
def test_a_bad_date_is_a_misuse_and_says_how_one_is_written(foedera, day):
    misused(foedera("assess", "niger-2023", "--on", day), "--on", "is no date")


@pytest.mark.parametrize(
    "words",
    [
        ["assess"], ["assess", "niger-2023", "--brnch", "x"], ["conquer"], ["why", "niger-2023", "MLI", "asist", "NER"],
        ["if", "RUS", "invades", "EST"], ["check"], ["schema", "pact"],
    ],
)  # fmt: skip
def test_a_wrong_command_is_a_misuse(foedera, words):
    misused(foedera(*words))


# --- a library of one's own -----------------------------------------------------------------------------------------


def test_a_library_folder_that_is_not_there_is_refused(foedera):
    refused(foedera("treaties", "--library", "none"), "Y001", "none:1:1", "there is no folder `none`")


def test_a_library_that_is_a_file_is_refused(foedera):
    refused(
        foedera("treaties", "--library", "a.yaml", a_yaml=TREATY), "Y001", "a.yaml:1:1", "there is no folder `a.yaml`"
    )


@pytest.mark.parametrize("words", [["treaties"], ["assess", "niger-2023"]])
def test_a_broken_treaty_in_a_library_of_ones_own_is_refused_at_its_place(foedera, words):
    broken = TREATY.replace("ends: open", "ends: opne")
    run = foedera(*words, "--library", "mine", mine__treaties__broken_yaml=broken)
    refused(run, "D001", "mine/treaties/broken.yaml:4:7", "`opne` is no end")


def test_a_broken_crisis_of_ones_own_library_does_not_stop_another(foedera):
    run = foedera("treaties", "aes", "--library", "mine", mine__crises__broken_yaml="id: a: b")
    assert (run.code, "aes-2023" in run.out) == (0, True)
    refused(
        foedera("assess", "broken", "--library", "mine"),
        "Y006",
        "mine/crises/broken.yaml:1:6",
        "a colon inside unquoted text",
    )


def test_a_crisis_read_with_a_library_is_refused_without_it(foedera):
    text = CRISIS.replace("[un-charter]", "[river-pact-1921]")
    (foedera.folder / "mine/treaties").mkdir(parents=True)
    (foedera.folder / "mine/treaties/river-pact-1921.yaml").write_text(TREATY)
    assert foedera("assess", "a.yaml", "--library", "mine", a_yaml=text).code == 0
    refused(foedera("assess", "a.yaml"), "N003", "a.yaml:", "there is no instrument `river-pact-1921`")


def test_facts_about_a_treaty_of_ones_own_library_are_refused_without_it(foedera):
    (foedera.folder / "mine/treaties").mkdir(parents=True)
    (foedera.folder / "mine/treaties/river-pact-1921.yaml").write_text(TREATY)
    text = CRISIS + "facts: {river-pact-1921.in-force: null}\n"
    assert foedera("assess", "a.yaml", "--library", "mine", a_yaml=text).code == 0
    refused(foedera("assess", "a.yaml"), "N008", "a.yaml:6:", "`river-pact-1921` is neither an event nor an instrument")


# --- places that cannot be written ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("option", "place"), [("--svg", "none/map.svg"), ("--html", "."), ("--svg", "/proc/map.svg")])
def test_a_place_that_cannot_be_written_is_refused(foedera, option, place):
    run = foedera("assess", "niger-2023", "--on", "2023-09-18", option, place)
    assert run.code == 3, run.err
    assert "Traceback" not in run.err
    assert f"error[Y012]: `{place}`:" in run.err
    assert "name a file that can be written" in run.err


def test_nothing_is_printed_when_the_map_cannot_be_written(foedera):
    assert foedera("assess", "niger-2023", "--on", "2023-09-18", "--svg", "none/map.svg").out == ""


# --- expectations about nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ("{branch: clam, who: FRA, must: assist, holds: no}", "there is no branch `clam`"),
        ("{reading: opendoor, who: FRA, must: assist, holds: no}", "has no reading `opendoor`"),
        ("{who: FRA, must: assist, holds: no, under: river-pact-1291}", "there is no instrument `river-pact-1291`"),
        ("{who: FRA, must: assist, holds: no, under: un-charter/999}", "`un-charter` has no article or rule `999`"),
        ("{who: FRA, must: assist, holds: no, missing: luck}", "`luck` is no condition that can be missing"),
        ("{dilemma: FRA, between: [un-charter, no-pact], holds: no}", "there is no instrument `no-pact`"),
        ("{holds: no}", "the expectation asks about nobody and nothing"),
    ],
)
def test_an_expectation_about_nothing_fails_with_its_own_message(foedera, expect, says):
    text = f"{CRISIS}expect:\n  - {{who: FRA, must: fight, holds: no}}\n  - {expect}\n"
    run = foedera("test", "a.yaml", a_yaml=text)
    assert run.code == 1, run.err
    assert "Traceback" not in run.err
    assert "FAILED a.yaml:8:5" in run.out
    assert says in run.out
    assert run.out.rstrip().endswith("1 passed, 1 failed")
    checked = foedera("check", "--format", "concise", "a.yaml")
    assert checked.code == 1
    assert re.fullmatch(r"a\.yaml:8:\d+: X00\d .*" + re.escape(says) + r"\n", checked.out)


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ("{who: FRA, must: assist, holds: depends, hinges_on: nothing-real}", "nothing-real"),
        ("{who: FRA, must: fight, whom: BEL, under: un-charter/2(4)/no-such-rule, holds: no}", "no-such-rule"),
    ],
)
def test_a_hinge_or_a_rule_that_is_not_there_never_passes(foedera, expect, says):
    run = foedera("test", "a.yaml", a_yaml=f"{CRISIS}expect:\n  - {expect}\n")
    assert (run.code, says in run.out, "Traceback" in run.err) == (1, True, False)


def test_a_bad_file_among_tested_ones_is_refused_and_the_others_are_run(foedera):
    good = CRISIS + "expect:\n  - {who: FRA, must: assist, holds: no}\n"
    run = foedera("test", "mine", mine__a_yaml=good, mine__b_yaml="id: [")
    assert run.code == 3
    assert "1 passed, 0 failed" in run.out
    assert "error[Y006]" in run.err


def test_a_named_pipe_is_refused_and_not_waited_for(foedera):
    os.mkfifo(foedera.folder / "pipe.yaml")
    refused(foedera("assess", "pipe.yaml"), "Y001", "pipe.yaml:1:1", "is a pipe", "name a file")


def test_an_expectation_that_names_nothing_real_fails_with_its_own_message_and_the_others_run(foedera):
    expect = (
        "expect:\n  - {who: GBX, must: assist, whom: BEL}\n  - {who: GBR, must: asist, whom: BEL}\n"
        "  - {who: DEU, must_not: use-force, whom: BEL, holds: no}\n"
    )
    run = foedera("test", "c.yaml", c_yaml=CRISIS + expect)
    assert run.code == 1, run.err
    assert "nobody is called `GBX`" in run.out and "`asist` is no act: did you mean `assist`?" in run.out
    assert "1 passed, 2 failed" in run.out
    told = foedera("check", "c.yaml")
    assert told.code == 1 and "c.yaml:7:11" in told.err and "c.yaml:8:22" in told.err
