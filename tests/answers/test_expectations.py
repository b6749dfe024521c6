"""Expectations can fail: every key of every expectation that passes is turned, and each turn is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from foedera.answers.ask import make_case
from foedera.answers.expect import run_expectations
from foedera.dates import When, on_day
from foedera.engine.assess import assess
from foedera.language.types import Crisis, Expect
from foedera.library import open_crisis

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "conformance" / "niger").glob("*.yaml"))
NOBODY = "JPN"  # a state that none of these crises touches
LONG_AGO = on_day(date(1900, 1, 1))
STATUSES = ("owed", "invoked", "performed", "breached", "waived", "lapsed", "respected", "open", "used")


def asks_a_yes(expect: Expect) -> bool:
    return not expect.nothing and not expect.dilemma and expect.holds != "no"


def others(value: str | None, all_of: tuple[str, ...]) -> list[str]:
    return [word for word in all_of if word != value]


def turns(expect: Expect, key: str) -> Iterator[Expect]:
    """The expectation with one key turned so that it must fail."""
    positive = asks_a_yes(expect)
    modality = next((name for name in ("must", "may", "must_not") if getattr(expect, name)), "")
    if key == "holds" and not expect.nothing:
        for word in others(expect.holds or "yes", ("yes", "no") if expect.dilemma else ("yes", "no", "depends")):
            plain = {} if word == "no" or not positive else {"hinges_on": ()}
            yield replace(expect, holds=word, missing=(), **plain)
    elif key in ("who", "whom", "against") and positive and getattr(expect, key):
        if key != "against" and modality != "must" and (expect.under or "un-charter").startswith("un-charter"):
            return  # the Charter speaks of every state
        yield replace(expect, **{key: (*getattr(expect, key), NOBODY)})
    elif key == "modality" and positive and modality:
        for other in others(modality, ("must", "may", "must_not")):
            yield replace(expect, **{modality: (), other: ("give-passage",)})
    elif key == "act" and positive and modality:
        yield replace(expect, **{modality: ("give-passage",)})
    elif key == "under" and positive and expect.under:
        yield replace(expect, under="nato-1949")
    elif key == "on" and positive:
        yield replace(expect, on=LONG_AGO)
    elif key == "binding" and positive:
        for word in others(expect.binding or "legal", ("legal", "political", "moral")):
            if expect.under or word == "moral":
                yield replace(expect, binding=word)
    elif key == "since" and expect.since:
        day = date.fromordinal(expect.since.first.toordinal() + 1)
        yield replace(expect, since=When(day, day))
    elif key == "status" and expect.status:
        for word in others(expect.status, STATUSES):
            yield replace(expect, status=word)
    elif key == "missing" and expect.missing:
        for word in ("jointly", "supported_by", "airspace-violation"):
            yield replace(expect, missing=(*expect.missing, word))
    elif key == "hinges_on" and expect.hinges_on:
        yield replace(expect, hinges_on=(*expect.hinges_on, "provoked"))
    elif key == "dilemma" and expect.dilemma and expect.holds != "no":
        yield replace(expect, dilemma=(*expect.dilemma, NOBODY))
    elif key == "between" and expect.between and expect.holds != "no":
        yield replace(expect, between=(*expect.between[:1], "nato-1949"))
    elif key == "severity" and expect.severity:
        for word in others(expect.severity, ("collision", "crossed", "narrowed")):
            yield replace(expect, severity=word)
    elif key == "branch" and expect.branch:
        yield replace(expect, branch="no-such-branch")
    elif key == "reading" and expect.reading:
        yield replace(expect, reading="no-such-reading")


KEYS = (
    "holds", "who", "whom", "against", "modality", "act", "under", "on", "binding", "since", "status", "missing", "hinges_on",
    "dilemma", "between", "severity", "branch", "reading",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_expectations_pass_as_they_are(path, library):
    crisis = open_crisis(str(path), library)
    failed = [f"{o.expect.at}: {o.wanted}: {o.got}" for o in run_expectations(crisis, library) if not o.passed]
    assert crisis.expect and not failed, "\n".join(failed)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_is_turned_fails(key, library):
    deaf, count = [], 0
    for path in FILES:
        crisis = open_crisis(str(path), library)
        turned = tuple(mutant for expect in crisis.expect for mutant in turns(expect, key))
        count += len(turned)
        outcomes = run_expectations(replace(crisis, expect=turned), library)
        deaf += [f"{o.expect.at}: {key}: {o.wanted}" for o in outcomes if o.passed]
        assert all(o.got for o in outcomes if not o.passed)
    assert count, "no expectation has this key"
    assert not deaf, "\n".join(deaf)


def test_nothing_fails_for_one_who_owes(library):
    tried = 0
    for path in FILES:
        crisis = open_crisis(str(path), library)
        for expect in crisis.expect:
            if not expect.nothing or expect.whom:
                continue
            answer = assess(
                make_case(
                    crisis, library, branch=expect.branch, on=expect.on and expect.on.last, reading=expect.reading
                )
            )
            owing = sorted(
                {
                    f.bearer
                    for f in answer.findings
                    if f.modality == "must" and not f.standing and f.treaty.binding == "legal"
                }
            )
            if owing:
                tried += 1
                (outcome,) = run_expectations(
                    replace(crisis, expect=(replace(expect, nothing=(*expect.nothing, owing[0])),)), library
                )
                assert not outcome.passed, f"{expect.at}: {owing[0]}"
    assert tried


# keys that the Niger cases do not use, and names that mean nothing ---------------------------------------------------


def niger(library) -> Crisis:
    return library.crises["niger-2023"]


def base(library, **keys) -> Expect:
    """The founding answer: Mali must assist Niger."""
    found = next(
        e
        for e in niger(library).expect
        if e.branch == "invasion" and e.under == "aes-2023/6" and e.who == ("MLI", "BFA") and e.holds is None
    )
    return replace(found, **keys)


def run(library, expect: Expect):
    (outcome,) = run_expectations(replace(niger(library), expect=(expect,)), library)
    return outcome


def test_the_founding_expectation_passes(library):
    assert run(library, base(library)).passed


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"branch": "invasian"}, "there is no branch `invasian`"),
        ({"reading": "elect"}, "`niger-2023` has no reading `elect`"),
        ({"reading": "aes-2023.harm=no-such"}, "has no reading `aes-2023.harm=no-such`"),
        ({"reading": "government-of-NER=nobody-at-all"}, "has no reading"),
        ({"who": ("ZZZ",)}, "nobody is called `ZZZ`"),
        ({"whom": ("ZZZ",)}, "nobody is called `ZZZ`"),
        ({"against": ("ZZZ",)}, "nobody is called `ZZZ`"),
        ({"under": "aes-2024/6"}, "there is no instrument `aes-2024`"),
        ({"under": "aes-2023/66"}, "`aes-2023` has no article or rule `66`"),
        ({"under": "aes-2023/6/none"}, "`aes-2023` has no article or rule `6/none`"),
        ({"missing": ("armed-atack",)}, "`armed-atack` is no condition that can be missing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("holds", [None, "no", "depends"])
def test_a_name_that_means_nothing_never_passes_and_says_so(keys, message, holds, library):
    outcome = run(library, base(library, holds=holds, **keys))
    assert not outcome.passed
    assert message in " ".join(outcome.got)


@pytest.mark.parametrize(
    "keys", [{"nothing": ("ZZZ",)}, {"dilemma": ("ZZZ",)}, {"dilemma": ("BFA",), "between": ("aes-2023/6", "no-such")}]
)
def test_names_in_nothing_and_dilemma_must_exist_too(keys, library):
    outcome = run(library, base(library, who=(), must=(), whom=(), against=(), under=None, **keys))
    assert not outcome.passed
    assert "nobody is called" in outcome.got[0] or "there is no instrument" in outcome.got[0]


def test_an_expectation_that_asks_nothing_never_passes(library):
    outcome = run(library, base(library, who=(), must=(), whom=(), against=(), under=None))
    assert not outcome.passed and "nobody and nothing" in outcome.got[0]


@pytest.mark.parametrize("word", ["no-such-event.provoked", "aes-2023.no-such-question", "no-such-event"])
@pytest.mark.parametrize("holds", ["no", "depends"])
def test_a_hinge_that_names_nothing_never_passes(word, holds, library):
    """Also where nothing is owed: an expectation that names an event that does not exist never passes."""
    expect = base(library, who=("RUS",), against=(), holds=holds, hinges_on=(word,))
    assert not run(library, expect).passed


@pytest.mark.parametrize("keys", [{"missing": ("armed-attack",)}, {"missing": ("party",)}])
def test_what_holds_misses_nothing(keys, library):
    assert not run(library, base(library, **keys)).passed


def test_an_assist_is_met_by_fighting_but_not_the_other_way_round(library):
    assert run(library, base(library, must=("assist",))).passed
    assert not run(library, base(library, must=("fight",))).passed


def test_every_code_in_against_must_be_among_the_findings(library):
    assert run(library, base(library, against=("NGA", "SEN"))).passed
    assert not run(library, base(library, against=("NGA", "GHA"))).passed


def test_a_word_left_out_matches_any(library):
    for key in ("against", "whom", "who", "must"):
        assert run(library, base(library, **{key: ()})).passed, key
    assert run(library, base(library, under=None)).passed


def test_under_may_name_the_treaty_the_article_or_the_rule(library):
    for path in ("aes-2023", "aes-2023/6", "aes-2023/6/one-is-all"):
        assert run(library, base(library, under=path)).passed
    for path in ("aes-2023/5", "aes-2023/8/no-force"):
        assert not run(library, base(library, under=path)).passed


def test_what_the_public_did_not_know_is_not_owed(library):
    event = next(e for e in niger(library).branches["invasion"].add if e.id == "invasion")
    branch = niger(library).branches["invasion"]
    hidden = replace(
        branch, add=tuple(replace(e, known_since=on_day(date(2023, 12, 1))) if e is event else e for e in branch.add)
    )
    crisis = replace(niger(library), branches={**niger(library).branches, "invasion": hidden})
    asked = base(library, against=("SEN",))  # it has no sanctions running
    outcomes = run_expectations(
        replace(
            crisis, expect=(asked, replace(asked, known_to="public"), replace(asked, known_to="public", holds="no"))
        ),
        library,
    )
    assert [o.passed for o in outcomes] == [True, False, True]


def test_a_label_can_be_expected(library):
    path = ROOT / "conformance" / "niger" / "ns11-drone.yaml"
    crisis = open_crisis(str(path), library)
    bare = dict.fromkeys(("who", "whom", "against", "must", "may", "must_not", "missing", "hinges_on"), ())
    keys = {"counts_as": ("armed-attack",), "under": "aes-2023/7/craft", "reading": "plain"}
    craft = replace(crisis.expect[0], status=None, since=None, **bare, **keys)
    held = {
        holds: run_expectations(replace(crisis, expect=(replace(craft, holds=holds),)), library)[0].passed
        for holds in ("yes", "no", "depends")
    }
    assert sorted(held.values()) == [False, False, True]
    hung = replace(craft, holds=max(held, key=held.__getitem__), hinges_on=("no-such-hinge",))
    assert not run_expectations(replace(crisis, expect=(hung,)), library)[0].passed
    other = replace(craft, holds="yes", counts_as=("annexation",))
    assert not run_expectations(replace(crisis, expect=(other,)), library)[0].passed


@pytest.mark.parametrize(("word", "passed"), [("party", True), ("place", False), ("not-a-response", False)])
def test_what_a_label_lacks_is_judged_too(word, passed, library):
    crisis = open_crisis(str(ROOT / "conformance" / "niger" / "ns11-drone.yaml"), library)
    bare = dict.fromkeys(("whom", "against", "must", "may", "must_not", "hinges_on"), ())
    keys = {"counts_as": ("armed-attack",), "under": "aes-2023/7/craft", "reading": "plain", "holds": "no"}
    turned = replace(crisis.events[0], by=("MLI",), on=("DZA",))
    expect = replace(crisis.expect[0], status=None, since=None, **bare, **keys, who=("MLI",), missing=(word,))
    outcome = run_expectations(replace(crisis, events=(turned,), branches={}, expect=(expect,)), library)[0]
    assert outcome.passed is passed, outcome.got


def test_what_settles_a_dilemma_can_be_expected(library):
    row = base(
        library,
        who=(),
        must=(),
        whom=(),
        against=(),
        under=None,
        dilemma=("BFA",),
        between=("aes-2023/6", "un-charter"),
    )
    assert run(library, row).passed
    assert run(library, replace(row, resolved_by="subject to un-charter")).passed
    assert not run(library, replace(row, resolved_by="a coin")).passed


def test_a_passed_expectation_says_nothing_and_a_failed_one_says_what_came(library):
    assert run(library, base(library)).got == ()
    failed = run(library, base(library, holds="no"))
    assert (
        "MLI must assist NER" in failed.got[0]
        and "holds: yes" in failed.got[0]
        and "aes-2023/6/one-is-all" in failed.got[0]
    )
    assert "holds: no" in failed.wanted and "branch: invasion" in failed.wanted
