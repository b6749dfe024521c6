"""Were alliances put to the test in a war, and kept? The coding of Leeds, Long and Mitchell, and of Berkemeier and Fuhrmann.

Leeds, Long and Mitchell, "Reevaluating Alliance Reliability", Journal of Conflict Resolution 44(5), 2000. Berkemeier and
Fuhrmann, "Reassessing the Fulfillment of Alliance Commitments in War", Research & Politics 5(2), 2018. Columns are those
of the Casus Foederis Benchmark, one row an alliance in a war. These are labels: nothing that judges may read them.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from foedera.sources.table import Line, read_table, wants


class Commitment(Struct, frozen=True):
    """An alliance in a war: whether its case arose, and whether it was kept; None where not coded.

    `applies`, `kept`: after Leeds, Long and Mitchell's rules; `applies_bf`, `kept_bf`: the second coding; `kept_by_any`: one
    member that honours it is enough. `kept` is None where it does not apply. `why_not` are the coders' reasons: `nonagg`
    (non-aggression, and the allies did not fight each other), `consul` (consultation only), `cfna` (the case did not arise).
    Promises are those of the coders' file. `early` marks the first sample, wars 1816–1944.
    """

    row_id: str
    atopid: int
    war: str
    war_year: int
    multilateral: bool | None
    defense: bool | None
    offense: bool | None
    neutral: bool | None
    nonagg: bool | None
    consul: bool | None
    applies: bool
    kept: bool | None
    why_not: tuple[str, ...]
    applies_bf: bool | None
    kept_bf: bool | None
    kept_by_any: bool | None
    early: bool | None


COMMITMENTS = wants(
    "coded alliance commitments in war", "row_id", "atopid", "war_id", "war_start", "multilateral", "bf_defense", "bf_offense",
    "bf_neutral", "bf_nonagg", "bf_consul", "applies", "kept", "why_not_applicable", "applies_bf", "kept_bf",
    "kept_any_member", "sample_1816_1944",
)  # fmt: skip


def read_commitments(path: Path) -> tuple[Commitment, ...]:
    """The coded commitments, one row an alliance in a war."""
    return read_table(path, COMMITMENTS, _commitment)


def _commitment(line: Line) -> Commitment:
    start = line.words("war_start")
    if not start[:4].isdigit():
        line.refuse("war_start", f"is {start!r}", "a day or a year is expected")
    return Commitment(
        line.words("row_id"), line.whole("atopid", 1), line.words("war_id"), int(start[:4]) if start[:4].isdigit() else 0,
        line.maybe_flag("multilateral"), line.maybe_flag("bf_defense"), line.maybe_flag("bf_offense"),
        line.maybe_flag("bf_neutral"), line.maybe_flag("bf_nonagg"), line.maybe_flag("bf_consul"), line.flag("applies"),
        line.maybe_flag("kept"), tuple((line.text("why_not_applicable") or "").replace("+", " ").split()),
        line.maybe_flag("applies_bf"), line.maybe_flag("kept_bf"), line.maybe_flag("kept_any_member"),
        line.maybe_flag("sample_1816_1944"),
    )  # fmt: skip
