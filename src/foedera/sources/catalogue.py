"""Which sources there are: name, what it is, how its file is known, which release the reader was made for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from foedera.problems import Problem, Refused, suggest, whole_file
from foedera.sources import atop, capabilities, commitments, disputes, dyads, shapes, systems, wars
from foedera.sources.citations import bibtex
from foedera.sources.table import Format, first_line, header_of, lacking


class Source(Struct, frozen=True):
    """A data set by its name; `release` is the one the reader was made for, `home` where it is published.

    `citation` holds keys of `citations`, with a space between them. `versions` is a pattern of the versions that its files
    name themselves, where the columns of two sources are the same.
    """

    name: str
    title: str
    release: str
    citation: str
    home: str
    form: Format | None
    read: Callable[[Path], object]
    versions: str = ".*"


_ATOP, _COW = "http://www.atopdata.org", "https://correlatesofwar.org/data-sets"
_GML, _GMLS = "https://internationalconflict.ua.edu", "(gml-.*)?"
_CODED = "the article's replication files (Research & Politics 5(2)), in the columns of docs/benchmark.md"
_SHAPES = "https://icr.ethz.ch/data/cshapes"
SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        Source("atop-members", "ATOP, member level", "4.01", "atop2002", _ATOP, atop.MEMBER_LEVEL, atop.read_members),
        Source("atop-alliances", "ATOP, alliance level", "4.01", "atop2002", _ATOP, atop.ALLIANCE_LEVEL, atop.read_alliances),
        Source("atop-dyad-years", "ATOP, directed dyad-years", "5.1", "atop2002", _ATOP, atop.DIRECTED_YEARS,
               atop.read_directed_years),
        Source("cow-states", "COW state system membership", "2016", "cowstates2017", _COW, systems.COW_STATES,
               systems.read_cow_states),
        Source("cow-majors", "COW major powers", "2016", "cowstates2017", _COW, systems.COW_MAJORS, systems.read_cow_majors),
        Source("gw-states", "Gleditsch and Ward, independent states", "2017", "gw1999", "http://ksgleditsch.com/statelist.html",
               systems.GW_STATES, systems.read_gw_states),
        Source("cow-wars", "COW interstate wars, dyad-years", "4.0", "cowwars2010", _COW, wars.COW_WARS,
               wars.read_cow_wars),
        Source("cow-belligerents", "COW interstate wars, participants", "4.0", "cowwars2010", _COW, wars.BELLIGERENTS,
               wars.read_belligerents),
        Source("iwd", "Interstate War Data", "1.1", "iwd2016", "the article's replication files (JCR 60(5))", wars.IWD,
               wars.read_iwd),
        Source("commitments", "Alliance commitments in war, coded", "2018", "bf2018 llm2000",
               _CODED, commitments.COMMITMENTS,
               commitments.read_commitments),
        Source("mid-disputes", "COW militarized disputes (MIDA)", "5.0", "mid2022", _COW, disputes.MID_DISPUTES,
               disputes.read_mid_disputes, r"[\d.]+"),
        Source("mid-participants", "COW dispute participants (MIDB)", "5.0", "mid2022", _COW, disputes.MID_PARTICIPANTS,
               disputes.read_mid_participants, r"[\d.]+"),
        Source("gml-disputes", "GML disputes", "2.2.1", "gml2016", _GML, disputes.DISPUTES, disputes.read_disputes, _GMLS),
        Source("gml-participants", "GML dispute participants", "2.2.1", "gml2016", _GML, disputes.PARTICIPANTS,
               disputes.read_participants, _GMLS),
        Source("gml-dispute-years", "GML directed dispute-years", "2.2.1", "gml2016", _GML,
               disputes.DISPUTE_YEARS, disputes.read_dispute_years),
        Source("cow-capabilities", "COW national material capabilities", "7.0", "nmc1972", _COW, capabilities.CAPABILITIES,
               capabilities.read_capabilities),
        Source("cow-contiguity", "COW direct contiguity", "3.2", "contiguity2002", _COW, dyads.CONTIGUITY, dyads.read_contiguity),
        Source("distances", "Minimum distances from CShapes 2.0", "peacesciencer 1.2.9", "cshapes2022", _SHAPES, dyads.DISTANCE,
               lambda path: sum(1 for _ in dyads.stream_distances(path))),
        Source("rivalries", "Strategic rivalries", "2012", "rivalries2012", "a printed book", dyads.RIVALRIES,
               dyads.read_rivalries),
        Source("cshapes-cow", "CShapes, COW codes", "2.0", "cshapes2022", _SHAPES, None, shapes.read_shapes),
        Source("cshapes-gw", "CShapes, Gleditsch and Ward codes", "2.0", "cshapes2022", _SHAPES, None, shapes.read_shapes),
    )
}  # fmt: skip


def source_named(name: str) -> Source:
    """A source by its name, or `Refused` (T004) with what is near."""
    if name not in SOURCES:
        raise Refused(
            (Problem("T004", whole_file("the sources"), f"there is no source `{name}`", suggest(name, SOURCES)),)
        )
    return SOURCES[name]


def recognise(path: Path) -> str | None:
    """The name of the source whose file this is, by its columns (shapes: by its name); None for any other file."""
    if ".topojson" in path.name:
        return next((f"cshapes-{key}" for key in ("cow", "gw") if f"cshapes_2_{key}" in path.name), None)
    try:
        header = header_of(path)
    except Refused:
        return None
    fits = [
        source
        for source in SOURCES.values()
        if source.form and not lacking(header, source.form) and _of_it(source, path)
    ]
    # A table may hold all columns of a poorer one; the richest format that fits is its own.
    return max(fits, key=lambda source: len(source.form.columns) if source.form else 0).name if fits else None


def version_of(source: Source, path: Path) -> str:
    """The version that the file names itself, or that it names none."""
    said = _said(path) if source.form else ""
    try:
        said = f"{float(said):.2f}".rstrip("0").rstrip(".")
    except ValueError:
        said = said.removeprefix("gml-")
    return said or f"not said in the file; made for {source.release}"


def _said(path: Path) -> str:
    return next((cell.strip() for column, cell in first_line(path).items() if column.lower() == "version"), "")


def _of_it(source: Source, path: Path) -> bool:
    """Whether a file with this source's columns is of it, by the version that it names."""
    return not source.form or re.fullmatch(source.versions, _said(path)) is not None


def check_source(source: Source, path: Path) -> None:
    """Reads the whole file once; `Refused` with all that is wrong, or with the source it seems to be."""
    try:
        source.read(path)
        if _of_it(source, path):
            return
        named = f"`{path}` is not {source.title}: its version is {_said(path) or 'not said'}"
        problems: tuple[Problem, ...] = (Problem("T003", whole_file(str(path)), named, "name another file"),)
    except Refused as refused:
        problems = refused.problems
    other = recognise(path)
    if other is None or other == source.name:
        raise Refused(problems)
    found = f"`{path}` is not {source.title}: it looks like {SOURCES[other].title}"
    raise Refused((Problem("T003", problems[0].span, found, f"foedera data add {other} {path}"),))


def cite(*names: str) -> str:
    """The BibTeX of the sources named (all without names), and of Foedera itself.

    >>> print(cite("gw-states").count("@"))
    2
    """
    return bibtex(cited(*names))


def cited(*names: str) -> list[str]:
    """The keys of their entries in `CITATIONS`, sorted, each once."""
    return sorted({"foedera", *(key for name in names or SOURCES for key in source_named(name).citation.split())})


def known_sources(config: Path, folder: Path | None) -> dict[str, Path]:
    """Where the sources are: those remembered, or, where a folder is given, those found in it (and its folders)."""
    if folder is not None:
        found: dict[str, Path] = {}
        for path in _tables_in(folder):
            name = recognise(path)
            if name is not None:
                found.setdefault(name, path)
        return dict(sorted(found.items()))
    return {name: path for name, path in sorted(_remembered(config).items()) if name in SOURCES}


def remember(config: Path, name: str, path: Path) -> None:
    """Writes down where a source is; `Refused` (T005) where that cannot be written."""
    told = {**{key: str(value) for key, value in _remembered(config).items()}, name: str(path.resolve())}
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(json.dumps(dict(sorted(told.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused((_config_problem(config, (error.strerror or "cannot be written").lower()),)) from None


def _remembered(config: Path) -> dict[str, Path]:
    try:
        told = json.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Refused((_config_problem(config, str(error)),)) from None
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise Refused((_config_problem(config, "it is not names and paths"),))
    return {str(name): Path(value) for name, value in told.items()}


def _config_problem(config: Path, why: str) -> Problem:
    fix = "write it again with `foedera data add NAME PATH`, after removing it"
    return Problem("T005", whole_file(str(config)), f"`{config}`, which remembers where data are: {why}", fix)


def _tables_in(folder: Path) -> Iterator[Path]:
    """Files that may be tables, in the folder and the folders in it, sorted."""
    for pattern in ("*", "*/*"):
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and {".csv", ".topojson"} & set(path.suffixes):
                yield path
