"""National Material Capabilities of Correlates of War, with the composite index (CINC).

Singer, Bremer and Stuckey, "Capability Distribution, Uncertainty, and Major Power War, 1820–1965", in Russett (ed.),
1972; Singer, International Interactions 14, 1987, 115–132.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from foedera.sources.table import Line, read_table, wants


class Capabilities(Struct, frozen=True):
    """A state in a year; None is missing, zero is zero.

    Military spending in thousands (pounds to 1913, dollars from 1914), soldiers in thousands, iron and steel in
    thousand tons, energy in thousand coal-ton equivalents, total and urban population in thousands; `cinc` is the mean
    of its six shares of the world, 0 to 1 (the shares of a year need not sum to 1).
    """

    state: int
    year: int
    military_spending: float | None
    soldiers: float | None
    iron_and_steel: float | None
    energy: float | None
    population: float | None
    urban_population: float | None
    cinc: float | None


CAPABILITIES = wants(
    "COW national material capabilities", "ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc"
)


def read_capabilities(path: Path) -> tuple[Capabilities, ...]:
    """National material capabilities, one row per state and year."""
    return read_table(path, CAPABILITIES, _capabilities)


def _capabilities(line: Line) -> Capabilities:
    return Capabilities(
        line.whole("ccode", 1), line.whole("year", 1700, 2200), _measured(line, "milex"), _measured(line, "milper"),
        _measured(line, "irst"), _measured(line, "pec"), _measured(line, "tpop"), _measured(line, "upop"),
        _measured(line, "cinc", 1),
    )  # fmt: skip


def _measured(line: Line, column: str, most: float = float("inf")) -> float | None:
    """The project's own files write a missing value as -9."""
    number = line.maybe_number(column, most=most)
    return None if number is None or number < 0 else number
