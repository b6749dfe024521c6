"""Every command: data to stdout, talk to stderr, exit codes, JSON, colours, folders of one's own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from foedera.cli import COMMANDS, cli
from foedera.language.codes import CODES
from foedera.language.schema import SCHEMAS
from foedera.problems import Refused
from foedera.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
CASE = ("niger-2023", "--branch", "invasion", "--on", "2023-09-18")
ESCAPE = "\x1b["


def run(*args, env=None, code=0):
    """A command inside this process, as a script would see it."""
    result = CliRunner().invoke(cli, list(args), env=env, catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def shell(*args, env=None, cwd=None):
    """A command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **(env or {})}
    return subprocess.run(
        [sys.executable, "-m", "foedera", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=cwd,
        check=False,
    )


def parsed(*args, **keys):
    result = run(*args, "--json", **keys)
    return json.loads(result.stdout)


# one's own folder ----------------------------------------------------------------------------------------------------

PACT = """id: own-pact
title: A Pact of One's Own
in_force: 2000-01-01
ends: open
withdrawal: {notice: 6 months}
parties: {MLI: {}, NER: {}}
sources: [{title: made up}]
checked: {on: 2026-11-24, confidence: unsure}
articles:
  "1":
    says: Each helps the other.
    rules:
      help:
        when: {event: armed-attack, on: party}
        who: other-parties
        must: assist
        examples:
          fires: {given: [{kind: armed-attack, by: FRA, on: NER}], then: {who: MLI, whom: NER}}
          silent:
            given: [{kind: threat-of-force, by: FRA, on: NER}]
            then: {who: MLI, whom: NER, holds: no, missing: armed-attack}
          boundary:
            on: 1999-12-31
            given: [{kind: armed-attack, by: FRA, on: NER}]
            then: {who: MLI, whom: NER, holds: no, missing: in-force}
"""
CRISIS = """id: own-crisis
title: A crisis of one's own
events:
  - {id: blow, date: 2001-05-01, kind: armed-attack, by: FRA, on: NER}
expect:
  - {who: MLI, must: assist, whom: NER, under: own-pact}
"""


@pytest.fixture
def folder(tmp_path):
    for part, name, text in (("treaties", "own-pact", PACT), ("crises", "own-crisis", CRISIS)):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def bad(folder, text, name="bad.yaml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


# what all commands share ---------------------------------------------------------------------------------------------


def test_every_command_has_help_with_a_sentence():
    listed = run("--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^\s+{name}\s", listed, re.MULTILINE), name
        assert len(run(name, "--help").stdout.splitlines()) > 3


def test_the_commands_of_the_design_page_that_exist_are_all_there():
    assert {
        "assess", "why", "if", "compare", "cascade", "timeline", "show", "treaties", "ties", "states", "check", "explain", "test",
        "compare-clauses", "cite", "new", "draft",
    } <= set(COMMANDS)  # fmt: skip


def test_the_version():
    assert run("--version").stdout.strip().endswith(VERSION)


@pytest.mark.parametrize(
    "args",
    [
        ("no-such-command",), ("assess",), ("assess", "niger-2023", "--no-such-option"),
        ("assess", "niger-2023", "--on", "2023-02-30"),
        ("why", "niger-2023", "MLI", "dance", "NER"), ("if", "RUS", "hugs", "EST"),
        ("schema", "poem"), ("check",), ("check", "x", "--format", "poem"),
        ("if", "RUS", "attacks", "EST", "--provoked", "maybe"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_exit_2_with_a_message_on_stderr(args):
    result = run(*args, code=2)
    assert result.stdout == "" and result.stderr.strip()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("assess", "niger-2032"), "Y001", "there is no crisis `niger-2032`"),
        (("assess", "niger-2023", "--branch", "invasian"), "X00", "has no branch `invasian`"),
        (("assess", "niger-2023", "--reading", "elect"), "X00", "has no reading `elect`"),
        (("assess", "no/such/file.yaml"), "Y001", "no/such/file.yaml"),
        (("assess", "niger-2023", "--library", "no/such/folder"), "Y001", "there is no folder `no/such/folder`"),
        (("why", "niger-2023", "Atlantis", "assist", "NER"), "N001", "nobody is called `Atlantis`"),
        (("if", "RUS", "attacks", "ESP1"), "N001", "there is no state `ESP1`"),
        (("if", "RUS", "attacks", "RUS"), "N006", "cannot attack itself"),
        (("if", "SUN", "attacks", "CSK", "--on", "2001-01-01"), "D003", "`CSK` did not exist on 2001-01-01"),
        (("if", "RUS", "attacks", "EST", "--at", "narnia"), "N004", "there is no place `narnia`"),
        (("show", "nato-1950"), "N003", "there is no instrument `nato-1950`"),
        (("show", "nato-1949/55"), "N003", "`nato-1949` has no article `55`"),
        (("ties", "Atlantis"), "N001", "there is no state `Atlantis`"),
        (("explain", "F999"), "F004", "there is no code `F999`"),
        (("assess", "niger-2023", "--known-to", "friends"), "N001", "`friends`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)  # fmt: skip
def test_bad_input_is_exit_3_and_a_message_without_a_traceback(args, code, words):
    done = shell(*args)
    assert done.returncode == 3, done.stderr
    assert done.stdout == ""
    assert f"error[{code}" in done.stderr and words in done.stderr
    assert "Traceback" not in done.stderr
    assert "1 problem" in done.stderr.splitlines()[-1]


def test_a_file_that_is_not_there_cannot_be_tested():
    done = shell("test", "no/such/file.yaml")
    assert done.returncode == 3 and "error[Y001]" in done.stderr and "Traceback" not in done.stderr


def test_a_misspelt_name_is_suggested():
    assert "did you mean `niger-2023`" in shell("assess", "niger-2032").stderr
    assert "did you mean `invasion`" in shell("assess", "niger-2023", "--branch", "invasian").stderr
    assert "did you mean `nato-1949`" in shell("show", "nato-1950").stderr


JSON = {
    "assess": ("assess", *CASE), "why": ("why", "niger-2023", "MLI", "assist", "NER", *CASE[1:]), "if": ("if",
    "RUS", "attacks", "EST", "--on", "2026-11-23"),
    "show": ("show", "aes-2023"), "show-article": ("show",
    "aes-2023/6"), "treaties": ("treaties",), "ties": ("ties", "NER", "--on", "2023-09-18"),
    "cascade": ("cascade", *CASE), "timeline": ("timeline", "niger-2023", "--branch", "called"), "states": ("states",),
    "compare": ("compare", "niger-2023", "--branch", "invasion", "--branch", "peaceful", "--on",
    "2023-09-18"), "explain": ("explain", "F001"), "clauses": ("compare-clauses", "nato-1949/5", "teu-42-7/42(7)"),
    "show-crisis": ("show", "niger-2023"),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_is_all_there_is_on_stdout(name):
    result = run(*JSON[name], "--json")
    assert json.loads(result.stdout)
    assert ESCAPE not in result.stdout


@pytest.mark.parametrize("name", JSON)
def test_data_goes_to_stdout_and_no_colour_off_a_terminal(name):
    result = run(*JSON[name])
    assert result.stdout.strip()
    assert ESCAPE not in result.stdout + result.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals on this system")
@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal_unless_no_color_is_set(env, coloured):
    text = on_a_terminal("assess", *CASE, env=env)
    assert "Niger, 2023" in text
    assert (ESCAPE in text) is coloured


def on_a_terminal(*args, env):
    """What a command writes to a terminal."""
    import pty

    master, slave = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", "COLUMNS": "100", **env}
    process = subprocess.Popen(
        [sys.executable, "-m", "foedera", *args],
        stdout=slave,
        stderr=slave,
        stdin=slave,
        env=environment,
        close_fds=True,
    )
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(master)
    assert process.wait() == 0
    return b"".join(parts).decode("utf-8", "replace")


def test_a_closed_pipe_is_no_crash():
    command = f'"{sys.executable}" -m foedera states | head -1'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


# assess, why, if -----------------------------------------------------------------------------------------------------


def test_assess_answers_the_founding_question():
    text = run("assess", *CASE).stdout
    assert "Burkina Faso and Mali → assist Niger against Benin, Côte d’Ivoire, Nigeria and Senegal" in text
    assert text.rstrip().splitlines()[-1].startswith("why:  foedera why niger-2023")


def test_the_next_step_that_assess_names_works():
    line = run("assess", *CASE).stdout.rstrip().splitlines()[-1]
    words = line.removeprefix("why:").split()
    assert words[0] == "foedera"
    assert ".yaml:" in run(*words[1:]).stdout


def test_assess_json_is_accepted_by_the_schema_that_schema_prints():
    schema = json.loads(run("schema", "answer").stdout)
    answer = parsed("assess", *CASE)
    jsonschema.Draft202012Validator(schema).validate(answer)
    assert (answer["crisis"], answer["branch"], answer["on"], answer["known_to"], answer["reading"]) == (
        "niger-2023",
        "invasion",
        "2023-09-18",
        None,
        None,
    )


def test_assess_takes_a_path_as_well_as_an_id(folder):
    path = str(folder / "crises" / "own-crisis.yaml")
    assert parsed("assess", path, "--library", str(folder))["crisis"] == "own-crisis"


def test_the_options_of_assess_change_the_answer():
    full = parsed("assess", *CASE)
    one = parsed("assess", *CASE, "--who", "MLI")
    assert {f["bearer"] for f in one["findings"]} == {"MLI"} != {f["bearer"] for f in full["findings"]}
    reading = parsed("assess", *CASE, "--reading", "aes-2023.gate=unanimous-decision")
    assert reading["reading"] == "aes-2023.gate=unanimous-decision"
    mali = [
        f
        for f in reading["findings"]
        if (f["bearer"], f["treaty"], f["act"], f["toward"]) == ("MLI", "aes-2023", "assist", "NER")
    ]
    assert not mali
    assert parsed("assess", *CASE, "--known-to", "public")["known_to"] == "public"
    assert parsed("assess", "niger-2023")["on"] == "2024-03-31"
    assert len(run("assess", *CASE, "--all").stdout) > len(run("assess", *CASE).stdout)


def test_a_bearer_may_be_named_by_an_alias_or_a_name():
    assert {f["bearer"] for f in parsed("assess", *CASE, "--who", "Mali")["findings"]} == {"MLI"}


def test_a_bearer_that_does_not_exist_is_bad_input():
    done = shell("assess", *CASE, "--who", "Atlantis")
    assert done.returncode == 3 and "nobody is called `Atlantis`" in done.stderr


def test_assess_writes_pages_where_it_is_told_and_says_so_on_stderr(tmp_path):
    page, drawing = tmp_path / "page.html", tmp_path / "map.svg"
    result = run("assess", *CASE, "--html", str(page), "--svg", str(drawing), "--md")
    assert page.read_text("utf-8").startswith("<!doctype html>") and drawing.read_text("utf-8").lstrip().startswith("<")
    assert "<svg" in drawing.read_text("utf-8")
    assert result.stdout.startswith("# Niger, 2023: invasion")
    assert str(page) in result.stderr and str(page) not in result.stdout


def test_a_place_that_cannot_be_written_is_bad_input(tmp_path):
    done = shell("assess", *CASE, "--html", str(tmp_path / "none" / "page.html"))
    assert done.returncode == 3 and "error[Y012]" in done.stderr


def test_why_prints_the_proof_with_files_and_lines():
    text = run("why", "niger-2023", "MLI", "assist", "NER", *CASE[1:]).stdout
    for part in (
        r"treaties/aes-2023\.yaml:\d+",
        r"crises/niger-2023\.yaml:\d+",
        "Mali is a party to (the )?AES Charter",
    ):
        assert re.search(part, text), part


def test_why_takes_names_and_aliases_and_says_what_lacks():
    text = run("why", "niger-2023", "Togo", "assist", "niger", *CASE[1:]).stdout
    assert "Togo need not assist Niger" in text and "requested_by" in text
    missing = parsed("why", "niger-2023", "TGO", "assist", "NER", *CASE[1:])
    assert missing["findings"] == [] and missing["not_bound"]


def test_a_name_means_the_state_that_bore_it_on_the_day_asked_about():
    day = ("--on", "1914-08-12")
    assert "for Austria-Hungary" in run("why", "july-1914", "Germany", "assist", "Austria", *day).stdout
    assert "Austria-Hungary" in run("assess", "july-1914", "--who", "Austria", *day).stdout
    alone, all_of_it = ("--known-to", "Austria"), ("--known-to", "AUH")
    assert run("assess", "july-1914", *day, *alone).stdout == run("assess", "july-1914", *day, *all_of_it).stdout
    assert "for Austria" not in run("why", "munich-1938", "Germany", "assist", "Austria").stdout


def test_a_state_that_did_not_exist_has_no_ties():
    told = run("ties", "AUH", "--on", "1990-01-01")
    assert told.stdout == "" and "Austria-Hungary did not exist on 1 January 1990" in told.stderr


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("UK", "the United Kingdom"),
        ("Britain", "the United Kingdom"),
        ("US", "the United States"),
    ],
)
def test_a_state_is_understood_as_people_write_it(said, name):
    assert run("if", "Russia", "attacks", said, "--on", "2024-01-01").stdout.startswith(f"Russia attacks {name} ")


def test_why_without_whom_shows_every_finding_that_matches():
    whole = parsed("why", "niger-2023", "MLI", "assist", *CASE[1:])
    one = parsed("why", "niger-2023", "MLI", "assist", "NER", *CASE[1:])
    assert len(whole["findings"]) >= len(one["findings"]) > 0


def test_if_needs_no_file():
    answer = parsed("if", "RUS", "attacks", "EST", "--on", "2026-11-23")
    helpers = {
        f["bearer"]
        for f in answer["findings"]
        if f["treaty"] == "nato-1949" and f["act"] == "assist" and f["holds"] == "yes"
    }
    assert {"FIN", "SWE", "USA"} <= helpers and "UKR" not in helpers
    jsonschema.Draft202012Validator(SCHEMAS["answer"]()).validate(answer)


def test_if_reads_the_bonds_of_the_day_and_the_place():
    early = parsed("if", "RUS", "attacks", "NOR", "--on", "2020-01-01")
    assert "FIN" not in {f["bearer"] for f in early["findings"] if f["treaty"] == "nato-1949" and f["act"] == "assist"}
    outside = parsed("if", "CHN", "attacks", "USA", "--at", "guam", "--on", "2026-01-01")
    assert not [
        f for f in outside["findings"] if f["treaty"] == "nato-1949" and f["act"] == "assist" and f["holds"] == "yes"
    ]


def test_if_takes_names_aliases_and_markdown():
    assert run("if", "Russia", "attacks", "Estonia", "--on", "2026-11-23", "--md").stdout.startswith(
        "# Russia attacks Estonia"
    )
    assert parsed("if", "SUN", "attacks", "NOR", "--on", "1985-01-01")["crisis"] == "rus-attacks-nor"


def test_if_asks_today_when_no_day_is_given():
    from datetime import date

    before = date.today()
    answer = parsed("if", "RUS", "attacks", "EST")
    assert before.isoformat() <= answer["on"] <= date.today().isoformat()


# cascade, compare, timeline ------------------------------------------------------------------------------------------


def test_cascade_goes_round_by_round():
    text = run("cascade", *CASE).stdout
    assert text.startswith("Round 1\n")
    assert "Burkina Faso and Mali assist Niger against Nigeria" in text
    assert parsed("cascade", *CASE)
    nobody = run("cascade", "niger-2023", "--branch", "peaceful", "--on", "2023-09-18", "--reading", "plain").stdout
    assert "against Nigeria" not in nobody


def test_the_helpers_blows_are_answers_and_call_nobody_else_in():
    assert not re.search(r"(assist|fight for) (Nigeria|Senegal|Benin|Côte)", run("cascade", *CASE).stdout)


def test_compare_shows_what_differs_between_two_branches_days_or_readings():
    branches = run("compare", "niger-2023", "--branch", "invasion", "--branch", "peaceful", "--on", "2023-09-18")
    assert "A  Niger, 2023: invasion" in branches.stdout and "B  Niger, 2023: peaceful" in branches.stdout
    assert "Burkina Faso and Mali must assist Niger" in branches.stdout  # told once for all whom it concerns
    assert "Mali must not use force on" not in re.sub("Burkina Faso and Mali", "", branches.stdout)
    assert max(map(len, branches.stdout.splitlines())) <= 100
    assert "differences" in branches.stderr and "differences" not in branches.stdout
    at_the_end = " ".join(run("compare", "niger-2023", "--branch", "invasion", "--branch", "peaceful").stdout.split())
    assert "Burkina Faso and Mali must not use force on Benin, Côte d’Ivoire, Nigeria and Senegal (AU" in at_the_end
    assert "must assist Niger against Nigeria (AES Charter, 6) A: yes, owed B: depends, owed" in at_the_end
    assert "ECOWAS (AES Charter, 6)" not in at_the_end  # against it the same in both, whoever else is an enemy
    days = parsed("compare", *CASE[:3], "--on", "2023-09-15", "--on", "2023-09-18")
    assert any("Mali" in row["says"] and row["first"] != row["second"] for row in days)
    same = parsed("compare", "niger-2023", "--branch", "invasion", "--branch", "invasion", "--on", "2023-09-18")
    assert same == []
    readings = parsed("compare", *CASE, "--reading", "plain", "--reading", "aes-2023.gate=unanimous-decision")
    assert any(
        "Mali must assist Niger" in row["says"] or "Burkina Faso must assist Niger" in row["says"] for row in readings
    )


def test_why_tells_what_is_sure_before_what_depends():
    text = run("why", "niger-2023", "MLI", "assist", "NER", "--branch", "invasion").stdout
    assert 0 < text.index("yes, since 17 September") < text.index("against ECOWAS: depends")


@pytest.mark.parametrize(
    "args",
    [("compare", "niger-2023"), ("compare", "niger-2023", *(["--branch", "invasion"] * 3))],
    ids=["none", "three"],
)
def test_compare_wants_two(args):
    assert run(*args, code=2).stderr


def test_timeline_is_in_the_order_of_days():
    text = run("timeline", "niger-2023", "--branch", "called", "--reading", "junta").stdout
    days = re.findall(r"^(\d{4}-\d\d-\d\d) ", text, re.MULTILINE)
    assert days and days == sorted(days)
    assert re.search(r"2023-09-17 +begins +.*assist Niger", text)
    assert parsed("timeline", "niger-2023", "--branch", "called", "--reading", "junta")


# show, treaties, ties, states ----------------------------------------------------------------------------------------


def test_show_prints_sentences_sources_and_open_questions():
    text = run("show", "aes-2023").stdout
    for part in ("Charter of Liptako-Gourma", "one-is-all", "not modelled", "16 September 2023"):
        assert part in text or part.replace("16 September 2023", "2023-09-16") in text, part
    article = run("show", "aes-2023/6").stdout
    assert "each other party must assist the one" in " ".join(article.split())
    assert len(article) < len(text)
    assert json.loads(run("show", "aes-2023/6", "--json").stdout)["article"] == "6"


def test_treaties_are_found_by_id_title_party_and_year():
    every = [row["id"] for row in parsed("treaties")]
    assert every == sorted(every) and {"aes-2023", "nato-1949"} <= set(every)
    for text, wanted in (
        ("aes-2023", "aes-2023"),
        ("liptako", "aes-2023"),
        ("NER", "aes-2023"),
        ("1949", "nato-1949"),
        ("ner", "aes-2023"),
    ):
        found = [row["id"] for row in parsed("treaties", text)]
        assert wanted in found and len(found) < len(every), text
    assert parsed("treaties", "no such treaty at all") == []
    assert "instruments" in run("treaties").stderr


def test_ties_are_those_of_the_day():
    ties = {row["treaty"]: row for row in parsed("ties", "NER", "--on", "2023-09-18")}
    assert ties["aes-2023"]["with"] == ["BFA", "MLI"]
    assert "aes-2023" not in {
        row["treaty"] for row in parsed("ties", "NER", "--on", "2023-09-15") if row["status"] == "in force"
    }
    assert "Burkina Faso and Mali" in run("ties", "Niger", "--on", "2023-09-18").stdout


def test_a_tie_that_nobody_uses_any_more_says_since_when():
    row = next(row for row in parsed("ties", "FRA", "--on", "1960-05-16") if row["treaty"] == "locarno-1925")
    assert row["idle_since"] == "1936-03-07"
    assert "(idle since 1936-03-07)" in run("ties", "FRA", "--on", "1960-05-16").stdout


def test_a_state_without_ties_is_told_on_stderr():
    result = run("ties", "CHE", "--on", "1850-01-01")
    assert result.stdout == "" and result.stderr.strip()
    assert parsed("ties", "CHE", "--on", "1850-01-01") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("NER", "NER"), ("SUN", "RUS"), ("Prussia", "DEU"), ("255", "DEU"), ("niger", "NER"), ("SN", "SEN")],
)
def test_states_are_found_by_id_alias_former_name_and_code(text, code):
    assert code in {row["id"] for row in parsed("states", text)}


def test_all_states_are_listed_with_their_codes_and_days():
    rows = {row["id"]: row for row in parsed("states")}
    assert list(rows) == sorted(rows) and len(rows) > 200
    assert rows["DDR"]["exists"] == [{"since": "1949-10-07", "until": "1990-10-03"}]
    assert rows["NER"]["cow"] == ["436"]


# check, explain, schema ----------------------------------------------------------------------------------------------


def test_check_is_silent_and_exit_0_where_all_is_well(folder):
    result = run("check", str(folder / "treaties"), "--library", str(folder))
    assert result.stdout == "" and "1 file, 0 problems" in result.stderr


BROKEN = PACT.replace("must: assist", "mst: assist").replace("in_force: 2000-01-01", "in_force: 2000-02-30")


def test_check_finds_all_problems_at_once_with_their_places(tmp_path):
    path = bad(tmp_path, BROKEN)
    result = run("check", path, code=1)
    assert result.stdout == ""
    assert "error[F001]" in result.stderr and "error[D001]" in result.stderr
    line = BROKEN.splitlines().index("        mst: assist") + 1
    assert f"{path}:{line}:9" in result.stderr
    assert "        mst: assist" in result.stderr and "^^^" in result.stderr
    assert "did you mean `must`" in result.stderr
    assert "foedera explain F001" in result.stderr


def test_check_prints_one_line_each_for_tools(tmp_path):
    path = bad(tmp_path, BROKEN)
    concise = run("check", path, "--format", "concise", code=1).stdout.splitlines()
    assert concise and all(re.fullmatch(rf"{re.escape(path)}:\d+:\d+: [A-Z]\d{{3}} .+", line) for line in concise)
    github = run("check", path, "--format", "github", code=1).stdout.splitlines()
    assert len(github) == len(concise)
    assert all(line.startswith(f"::error file={path},line=") for line in github)
    rows = json.loads(run("check", path, "--format", "json", code=1).stdout)
    assert len(rows) == len(concise)
    assert all({"code", "file", "line", "column", "message", "fix"} <= set(row) for row in rows)
    places = [(row["file"], row["line"], row["column"]) for row in rows]
    assert places == sorted(places)


def test_check_in_json_of_a_good_file_is_an_empty_list(folder):
    assert json.loads(run("check", str(folder / "treaties" / "own-pact.yaml"), "--format", "json").stdout) == []


def test_check_advises_the_drafter_as_a_warning_and_exits_1(tmp_path):
    path = bad(tmp_path, PACT.replace("withdrawal: {notice: 6 months}\n", ""))
    told = run("check", path, code=1).stderr
    assert "warning[L007]: `own-pact` has neither a term nor a way out" in told and "error[" not in told
    assert run("check", path, "--format", "github", code=1).stdout.startswith("::warning file=")
    assert [row["level"] for row in json.loads(run("check", path, "--format", "json", code=1).stdout)] == ["warning"]


def test_check_takes_files_and_folders(folder):
    bad(folder / "treaties", BROKEN, "worse.yaml")
    result = run("check", str(folder / "treaties"), code=1)
    assert "2 files" in result.stderr


def test_check_of_a_file_that_is_not_there_is_a_problem(tmp_path):
    result = run("check", str(tmp_path / "none.yaml"), code=1)
    assert "Y001" in result.stderr


def test_check_reports_an_expectation_that_names_nothing(folder):
    text = (
        CRISIS.replace("under: own-pact", "under: own-pcat")
        + "  - {branch: none, who: MLI, must: assist, whom: NER}\n  - {reading: none, who: MLI, must: assist, whom: NER}\n"
    )
    result = run("check", bad(folder, text), "--library", str(folder), "--format", "concise", code=1)
    assert [re.search(r": (X\d+) ", line)[1] for line in result.stdout.splitlines()] == ["X003", "X001", "X002"]


def test_check_asks_for_three_examples_and_a_source(folder):
    text = PACT.replace("sources: [{title: made up}]\n", "")
    text = text[: text.index("          silent:")]
    result = run("check", bad(folder, text), "--format", "concise", code=1)
    assert {"S001", "S002"} <= set(re.findall(r": ([A-Z]\d{3}) ", result.stdout))


def test_explain_lists_all_codes_and_explains_each():
    listed = run("explain").stdout
    for code in CODES:
        assert code in listed
        page = run("explain", code).stdout
        assert page.startswith(f"{code}: ") and len(page.splitlines()) >= 3
    assert run("explain", "f001").stdout == run("explain", "F001").stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_prints_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", name).stdout))


# test ----------------------------------------------------------------------------------------------------------------


def test_test_closes_with_how_many_passed_and_failed(folder):
    result = run("test", str(folder / "crises" / "own-crisis.yaml"), "--library", str(folder))
    assert result.stdout.splitlines()[-1] == "1 passed, 0 failed"


def test_test_runs_examples_of_treaties_by_path_and_by_id(folder):
    for name in (str(folder / "treaties" / "own-pact.yaml"), "own-pact"):
        assert run("test", name, "--library", str(folder)).stdout.splitlines()[-1] == "3 passed, 0 failed"
    assert (
        run("test", "own-pact", "own-crisis", "--library", str(folder)).stdout.splitlines()[-1] == "4 passed, 0 failed"
    )


def test_a_failed_expectation_is_exit_1_with_place_wanted_and_got(folder):
    text = CRISIS.replace("under: own-pact}", "under: own-pact, holds: no}")
    path = bad(folder, text)
    result = run("test", path, "--library", str(folder), code=1)
    line = text.splitlines().index("  - {who: MLI, must: assist, whom: NER, under: own-pact, holds: no}") + 1
    assert f"FAILED {path}:{line}:" in result.stdout
    assert "expected" in result.stdout and "got" in result.stdout and "MLI must assist NER" in result.stdout
    assert result.stdout.splitlines()[-1] == "0 passed, 1 failed"


def test_test_in_json_gives_place_wanted_and_got(folder):
    path = bad(folder, CRISIS.replace("under: own-pact}", "under: own-pact, holds: no}"))
    result = run("test", path, "own-pact", "--library", str(folder), "--json", code=1)
    whole = json.loads(result.stdout)
    assert (whole["passed"], whole["failed"]) == (3, 1)
    row = whole["expectations"][0]
    assert row["passed"] is False and row["at"].startswith(path) and row["got"] and "holds: no" in row["wanted"]


def test_test_lists_what_no_expectation_decides(folder):
    text = PACT.replace(
        "when: {event: armed-attack, on: party}",
        "when: {event: armed-attack, on: party}\n        unless: [{consent_of: target}]",
    )
    (folder / "treaties" / "loose-pact.yaml").write_text(text.replace("own-pact", "loose-pact"), "utf-8")
    result = run("test", "loose-pact", "--library", str(folder))
    assert "no expectation decides loose-pact/1/help: the exception `consent_of`" in result.stdout
    assert "no expectation decides own-pact/" not in run("test", "own-pact", "--library", str(folder)).stdout


def test_a_treaty_file_need_not_be_in_a_library_to_be_tested(folder):
    """`foedera test PATH` while one writes it."""
    path = bad(folder, PACT.replace("own-pact", "draft-pact"), "draft-pact.yaml")
    assert run("test", path).stdout.splitlines()[-1] == "3 passed, 0 failed"


def test_a_refused_file_is_exit_3_even_beside_good_ones(folder):
    path = bad(folder, BROKEN)
    done = shell("test", path, "own-pact", "--library", str(folder))
    assert done.returncode == 3 and "error[F001]" in done.stderr
    assert "3 passed, 0 failed" in done.stdout


def test_test_of_a_folder_without_files_is_bad_input(tmp_path):
    with pytest.raises(Refused):
        run("test", str(tmp_path))


# folders of one's own ------------------------------------------------------------------------------------------------


def test_a_folder_of_ones_own_adds_treaties_and_crises(folder):
    answer = parsed("assess", "own-crisis", "--library", str(folder))
    assert "own-pact" in {f["treaty"] for f in answer["findings"]}
    assert [row["id"] for row in parsed("treaties", "own-pact", "--library", str(folder))] == ["own-pact"]
    assert "own-pact" in {
        row["treaty"] for row in parsed("ties", "NER", "--on", "2001-01-01", "--library", str(folder))
    }


def test_the_environment_names_folders_too(folder, tmp_path_factory):
    more = tmp_path_factory.mktemp("more")
    (more / "treaties").mkdir()
    (more / "treaties" / "other-pact.yaml").write_text(PACT.replace("own-pact", "other-pact"), "utf-8")
    done = shell("treaties", "pact", "--json", env={"FOEDERA_LIBRARY": os.pathsep.join([str(folder), str(more)])})
    assert {"own-pact", "other-pact"} <= {row["id"] for row in json.loads(done.stdout)}
    assert json.loads(run("treaties", "own-pact", "--json", env={"FOEDERA_LIBRARY": str(folder)}).stdout)
    assert run("show", "own-pact", env={"FOEDERA_LIBRARY": str(folder)}).stdout


def test_a_folder_in_the_environment_may_have_a_space_in_its_name(folder):
    spaced = folder / "my treaties"
    (spaced / "treaties").mkdir(parents=True)
    (spaced / "treaties" / "other-pact.yaml").write_text(PACT.replace("own-pact", "other-pact"), "utf-8")
    done = shell("treaties", "other-pact", "--json", env={"FOEDERA_LIBRARY": str(spaced)})
    assert done.returncode == 0, done.stderr
    assert [row["id"] for row in json.loads(done.stdout)] == ["other-pact"]


def test_a_file_of_ones_own_takes_the_place_of_the_librarys(folder):
    (folder / "treaties" / "aes-2023.yaml").write_text(
        PACT.replace("own-pact", "aes-2023").replace("A Pact of One's Own", "Mine"), "utf-8"
    )
    assert [row["title"] for row in parsed("treaties", "aes-2023", "--library", str(folder))] == ["Mine"]


def test_python_dash_m_works_and_says_the_same():
    done = shell("states", "niger")
    assert done.returncode == 0 and done.stdout == run("states", "niger").stdout


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [("Prussia", "1866-06-20", "DEU"), ("Austria", "1866-06-20", "AUH"), ("Austria", "1955-05-16", "AUT"),
     ("soviet union", "1955-05-16", "RUS"), ("the Netherlands", "1955-05-16", "NLD")],
)  # fmt: skip
def test_a_state_is_meant_by_the_name_it_had(name, day, code):
    assert run("ties", name, "--on", day).stdout == run("ties", code, "--on", day).stdout


def test_a_name_that_is_near_nobodys_leads_to_the_list():
    assert "`foedera states TEXT`" in shell("ties", "Zzzzz").stderr
    assert "did you mean `Estonia`?" in shell("if", "RUS", "attacks", "Estonai").stderr
