"""A crisis played turn by turn: what a move may be, and the game as a file."""

from __future__ import annotations

import pytest

from foedera import World
from foedera.answers.checks import check_file
from foedera.problems import Refused


@pytest.mark.parametrize("name", ["july-1914", "poland-1939", "karabakh-2020"])
def test_a_game_saved_half_way_is_a_file_that_reads(name, library, tmp_path):
    days = sorted(event.date.first for event in library.crises[name].events if event.date is not None)
    game = World(name, on=days[len(days) // 2], within=library)
    game.step({"kind": "statement", "by": "GBR", "stance": "opposes"})
    file = tmp_path / "game.yaml"
    file.write_text(game.save(), encoding="utf-8")
    assert [problem for problem in check_file(file, library) if problem.level == "error"] == []


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ({"kind": "coup", "on": "POL"}, "D003"),
        ({"kind": "invasion", "by": "AUH", "on": "SRB", "in_response_to": "zzz"}, "N007"),
        ({"kind": "statement", "by": "RUS", "under": "triple-1888"}, "N003"),
    ],
)
def test_a_move_that_no_file_may_hold_is_refused_and_not_made(move, code, library):
    game = World("july-1914", on="1914-07-28", within=library)
    before = game.now()
    with pytest.raises(Refused) as refused:
        game.step(move)
    assert [problem.code for problem in refused.value.problems] == [code] and game.now() == before
