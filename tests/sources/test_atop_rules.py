"""From ATOP's codes to rules: what each code becomes, that it is written as a file and read back, and that it is refuted."""

from __future__ import annotations

from datetime import date

import pytest

from foedera.dates import on_day
from foedera.engine.assess import assess
from foedera.engine.case import Case
from foedera.language.types import Who
from foedera.language.write import as_yaml
from foedera.panel.wars import Belligerent, War, crisis_of
from foedera.sources.atop import Clauses, Member, member_file, read_members
from foedera.sources.atop_rules import code_of, phase_file, phase_id, phase_instrument, phases

PRUSSIA, AUSTRIA, FRANCE, RUSSIA, ITALY = 255, 300, 220, 365, 325


def member(cow, since="1879-10-07", until="1918-11-03", phase=0, atopid=9999, **codes):
    begun, ended = date.fromisoformat(since), date.fromisoformat(until) if until else None
    return Member(
        atopid, cow, True, on_day(begun), on_day(ended) if ended else None, True, phase, 0, Clauses(**codes), "4.01"
    )


def pact(*cows, **codes):
    return tuple(member(cow, **codes) for cow in cows)


def war(attacker, target, *more, day="1914-08-01"):
    """A war of two, and others as (code, side, role, day)."""
    first, last = date.fromisoformat(day), date(1918, 11, 1)
    sides = [Belligerent(attacker, "a", first, last, "originator"), Belligerent(target, "b", first, last, "originator")]
    sides += [Belligerent(code, side, date.fromisoformat(when), last, role) for code, side, role, when in more]
    return War("1", "a war", first, last, frozenset([attacker]), tuple(sorted(sides, key=lambda b: b.entry)))


def held(rows, fought, registry, reading="plain"):
    """What must be done under a phase: (bearer, act, toward, enemies, holds)."""
    treaty = phase_instrument(rows, registry)
    found = assess(Case(crisis_of(fought), {treaty.id: treaty}, registry, fought.end, reading=reading))
    return {
        (f.bearer, f.act, f.toward, f.against, f.holds.name.lower()) for f in found.findings if f.modality == "must"
    }  # fmt: skip


@pytest.fixture(scope="module")
def registry(library):
    return library.registry


def test_defence_waits_for_an_attack_on_a_member(registry):
    rows = pact(PRUSSIA, AUSTRIA, defense=1)
    assert held(rows, war("RUS", "AUH"), registry) == {("DEU", "fight", "AUH", ("RUS",), "yes")}
    assert not held(rows, war("AUH", "RUS"), registry)


def test_a_named_enemy_is_the_only_one(registry):
    rows = pact(PRUSSIA, AUSTRIA, defense=1, defcoadv=1, statthr1=RUSSIA)
    assert held(rows, war("RUS", "AUH"), registry) == {("DEU", "fight", "AUH", ("RUS",), "yes")}
    assert not held(rows, war("ITA", "AUH"), registry)


def test_a_named_threat_limits_nothing_where_the_promise_is_not_conditional_on_it(registry):
    rows = pact(PRUSSIA, AUSTRIA, defense=1, defcoadv=0, statthr1=RUSSIA)
    assert held(rows, war("ITA", "AUH"), registry)


@pytest.mark.parametrize("limit", ["defcoadv", "defcoloc", "defcocon", "defcodem"])
def test_a_limit_that_the_codes_do_not_name_leaves_the_duty_open(registry, limit):
    rows = pact(PRUSSIA, AUSTRIA, defense=1, **{limit: 1})
    (found,) = held(rows, war("RUS", "AUH"), registry)
    assert found[:3] == ("DEU", "fight", "AUH") and found[4] == "unknown"
    (question,) = phase_instrument(rows, registry).questions
    assert question.startswith("defence-")
    assert {f[4] for f in held(rows, war("RUS", "AUH"), registry, f"atop-9999.{question}=yes")} == {"yes"}
    assert not held(rows, war("RUS", "AUH"), registry, f"atop-9999.{question}=no")


def test_two_adversaries_are_two(registry):
    rows = pact(200, 740, defense=1, defconum=1)
    assert not held(rows, war("RUS", "JPN"), registry)
    both = war("RUS", "JPN", ("FRA", "a", "joiner", "1914-08-02"))
    assert {f[0] for f in held(rows, both, registry)} == {"GBR"}


def test_a_named_enemy_and_a_number_are_two_promises(registry):
    rows = pact(345, 355, offense=1, offcoadv=1, offconum=1, statthr1=640)
    assert {f[0] for f in held(rows, war("BGR", "TUR"), registry)} == {"SRB"}
    assert not held(rows, war("BGR", "GRC"), registry)
    assert {f[0] for f in held(rows, war("GRC", "BGR", ("ROU", "a", "joiner", "1914-08-02")), registry)} == {"SRB"}


def test_provocation_is_open_until_somebody_states_it(registry):
    rows = pact(PRUSSIA, AUSTRIA, defense=1, defconpr=1)
    assert {f[4] for f in held(rows, war("RUS", "AUH"), registry)} == {"unknown"}
    assert {f[4] for f in held(rows, war("RUS", "AUH"), registry, "attack-by-RUS.provoked=no")} == {"yes"}
    assert not held(rows, war("RUS", "AUH"), registry, "attack-by-RUS.provoked=yes")


def test_offence_follows_a_member_into_its_own_war_but_not_against_a_member(registry):
    rows = pact(PRUSSIA, ITALY, AUSTRIA, offense=1)
    assert {f[:4] for f in held(rows, war("DEU", "FRA"), registry)} == {
        ("ITA", "fight", "DEU", ("FRA",)),
        ("AUH", "fight", "DEU", ("FRA",)),
    }
    assert not held(rows, war("DEU", "AUH"), registry)


def test_neutrality_holds_in_any_war_or_where_so_limited_under_attack_only(registry):
    always, attacked = pact(FRANCE, ITALY, neutral=1), pact(FRANCE, ITALY, neutral=1, neucoatt=1)
    began, struck = war("ITA", "TUR"), war("TUR", "ITA")
    assert {f[:3] for f in held(always, began, registry)} == {("FRA", "stay-neutral", "ITA")}
    assert not held(attacked, began, registry)
    assert {f[:3] for f in held(attacked, struck, registry)} == {("FRA", "stay-neutral", "ITA")}


def test_a_pact_made_in_a_war_about_that_war_needs_no_new_attack(registry):
    codes = {"defense": 1, "defcoadv": 1, "defcocon": 1, "statthr1": RUSSIA}
    rows = tuple(member(cow, "1915-01-01", wartime=1, **codes) for cow in (FRANCE, 640))
    began = war("TUR", "RUS")
    assert {f[:3] for f in held(rows, began, registry, "atop-9999.defence-conflict=yes")} == {("FRA", "fight", "TUR")}
    later = tuple(member(cow, "1915-01-01", wartime=0, **codes) for cow in (FRANCE, 640))
    assert not held(later, began, registry, "atop-9999.defence-conflict=yes")


def test_consultation_may_wait_for_a_request(registry):
    assert {f[1] for f in held(pact(FRANCE, RUSSIA, consul=1), war("DEU", "FRA"), registry)} == {"consult"}
    asked = {f[4] for f in held(pact(FRANCE, RUSSIA, consul=1, concoreq=1), war("DEU", "FRA"), registry)}
    assert asked == {"unknown"}


def test_members_who_promised_different_things_are_bound_to_their_own(registry):
    rows = (member(PRUSSIA, defense=1, asymm=1), member(AUSTRIA, defense=0, asymm=1))
    assert {f[0] for f in held(rows, war("RUS", "AUH"), registry)} == {"DEU"}
    assert not held(rows, war("RUS", "DEU"), registry)


def test_non_aggression_stands_between_members_only(registry):
    (rule,) = phase_instrument(pact(PRUSSIA, AUSTRIA, nonagg=1), registry).rules
    assert (rule.modality, rule.acts, rule.when) == ("must_not", ("use-force",), None)
    assert rule.who == Who("role", "party") and rule.whom == Who("role", "other-parties")


def test_defence_against_all_comers_implies_peace_among_members(registry):
    def bans(**codes):
        return [
            rule.id for rule in phase_instrument(pact(PRUSSIA, AUSTRIA, **codes), registry).rules if rule.when is None
        ]

    assert bans(defense=1) == ["good-faith"]
    assert bans(defense=1, defcoadv=1, statthr1=RUSSIA) == bans(offense=1) == bans(consul=1) == []


def test_the_age_of_the_charter_waits_for_an_armed_attack_on_the_state(registry):
    def kinds(since):
        rows = tuple(member(cow, since, None, defense=1) for cow in (2, 20))
        return phase_instrument(rows, registry).articles["defence"].rules[0].when.kinds

    assert kinds("1945-10-23") == ("resort-to-war",)
    assert kinds("1945-10-24") == ("armed-attack",)


def test_the_last_day_is_a_day_in_force(registry):
    rows = pact(PRUSSIA, AUSTRIA, defense=1, until="1914-08-01")
    assert held(rows, war("RUS", "AUH", day="1914-08-01"), registry)
    assert not held(rows, war("RUS", "AUH", day="1914-08-02"), registry)


def test_a_member_that_left_and_came_back_is_suspended_between(registry):
    rows = (member(PRUSSIA), member(AUSTRIA, until="1890-01-01"), member(AUSTRIA, since="1895-01-01"))
    told = phase_file(rows, registry)["parties"]["AUH"]
    assert told == {"until": "1918-11-04", "suspended": [{"since": "1890-01-02", "until": "1895-01-01"}]}


def test_phases_are_instruments_of_their_own(registry):
    rows = [*pact(PRUSSIA, AUSTRIA, phase=1, defense=1), *pact(PRUSSIA, AUSTRIA, phase=2, neutral=1)]
    assert list(phases(rows)) == ["atop-9999-1", "atop-9999-2"]
    assert phase_id(pact(PRUSSIA)) == "atop-9999"
    assert phase_instrument(phases(rows)["atop-9999-2"], registry).rules[0].acts == ("stay-neutral",)


def test_a_phase_is_a_file_that_says_it_is_coded(registry):
    rows = pact(PRUSSIA, AUSTRIA, defense=1, defcoadv=1, defcoloc=1, statthr1=RUSSIA, obvary=1)
    told = phase_file(rows, registry)
    assert told["checked"]["confidence"] == "coded"
    assert told["articles"]["defence"]["not_modelled"]
    assert "by:\n" in as_yaml(told) and phase_instrument(rows, registry).confidence == "coded"


def test_codes_mean_states_of_their_day(registry):
    assert code_of(345, date(1914, 1, 1), registry) == "SRB"
    assert code_of(345, date(1930, 1, 1), registry) == "YUG"
    assert code_of(99999, date(1930, 1, 1), registry) is None


def test_every_phase_of_the_real_data_is_read_back(data_dir, registry):
    folder = data_dir / "atop"
    if not folder.is_dir():
        pytest.skip("no ATOP there")
    rows = read_members(member_file(folder))
    made = {name: phase_instrument(found, registry) for name, found in phases(rows).items()}
    assert len({row.atopid for row in rows}) == 745 and len(made) == len({(r.atopid, r.phase) for r in rows})
    for name, found in phases(rows).items():
        named = [row for row in found if code_of(row.member, row.since.first, registry)]
        promised = {p for row in named for p, made_it in zip("donac", row.clauses.promises, strict=True) if made_it}
        assert len(made[name].articles) == max(len(promised), 1), name
