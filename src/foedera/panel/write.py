"""A panel as a file: CSV, JSON, Parquet, Feather, labelled Stata, GraphML; beside it a codebook and the BibTeX."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from foedera.panel.columns import meaning, short
from foedera.panel.make import Panel
from foedera.problems import Problem, Refused, whole_file
from foedera.version import VERSION

FORMATS = ("csv", "json", "parquet", "feather", "dta", "graphml")
_STATA_TIME = b"01 Jan 1960 00:00"


def to_bytes(panel: Panel, form: str) -> bytes:
    """The panel in one of `FORMATS`; the same panel gives the same bytes.

    Raises `Refused`: F004 for another format, T008 where a format cannot hold this panel or needs a package.
    """
    if form == "csv":
        return panel.frame.write_csv().encode()
    if form == "json":
        return panel.frame.write_json().encode() + b"\n"
    if form == "graphml":
        return graphml(panel).encode()
    if form == "dta":
        return _stata(panel)
    stream = io.BytesIO()
    if form == "parquet":
        panel.frame.write_parquet(stream, compression="zstd", statistics=True)
    elif form == "feather":
        # Uncompressed and with plain strings, so that every Arrow reads it.
        panel.frame.write_ipc(stream, compression="uncompressed", compat_level=pl.CompatLevel.oldest())
    else:
        raise Refused((_cannot(f"there is no format `{form}`", "one of " + ", ".join(FORMATS), "F004"),))
    return stream.getvalue()


def _cannot(message: str, fix: str, code: str = "T008") -> Problem:
    return Problem(code, whole_file("the panel"), message, fix)


def _stata(panel: Panel) -> bytes:
    """Stata 14 and later (format 118), with a label on each column and each coded value.

    Words from a closed list become numbers with value labels, truths 0 and 1; missing is Stata's missing.
    """
    import tempfile

    try:
        import pyreadstat
    except ImportError:
        raise Refused(
            (_cannot("a Stata file needs the package `pyreadstat`", 'pip install "foedera[panel]"'),)
        ) from None
    frame = panel.frame
    labels: dict[str, dict[int | float, str]] = {}
    for name, kind in frame.schema.items():
        if isinstance(kind, pl.Enum) and name.rstrip("12") not in ("state", "iso"):
            words = kind.categories.to_list()
            labels[name] = {place: str(word) for place, word in enumerate(words, 1)}
            frame = frame.with_columns(pl.col(name).replace_strict(words, list(labels[name]), return_dtype=pl.Int8))
        elif kind == pl.Boolean:
            labels[name] = {0: "no", 1: "yes"}
            frame = frame.with_columns(pl.col(name).cast(pl.Int8))
        elif isinstance(kind, pl.Enum):
            frame = frame.with_columns(pl.col(name).cast(pl.String))
        elif kind == pl.UInt16:
            frame = frame.with_columns(pl.col(name).cast(pl.Int32))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.dta"
        pyreadstat.write_dta(
            frame, str(path), file_label=f"Foedera {VERSION}: {panel.unit}, {panel.origin}"[:80], version=14,
            column_labels={name: short(name, panel.unit) for name in frame.columns}, variable_value_labels=labels,
        )  # fmt: skip
        raw = path.read_bytes()
    # The header holds the minute of writing; the same panel must give the same bytes.
    mark = raw.index(b"<timestamp>") + len(b"<timestamp>") + 1
    return raw[:mark] + _STATA_TIME + raw[mark + len(_STATA_TIME) :]


def graphml(panel: Panel) -> str:
    """A directed multigraph: one node a state, one edge a pair and time with a pact, what is promised as attributes.

    Truths are 0 and 1. Of an undirected panel the edges run from the first state to the second and mean nothing by it.
    """
    if "dyad" not in panel.unit:
        raise Refused((_cannot("a graph is made of pairs", "use --unit directed-dyad-year or dyad-year"),))
    time = panel.frame.columns[0]
    who = [f"{code}{number}" for number in "12" for code in ("state", "iso", "cow", "gw")]
    linked = panel.frame.filter(pl.col("pacts") > 0)
    columns = [time, *(name for name in linked.columns if name not in (time, *who))]
    return "".join(_graph_lines(panel, linked, columns)) + "\n"


def _graph_lines(panel: Panel, linked: pl.DataFrame, columns: list[str]) -> Iterator[str]:
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in columns:
        yield f'  <key id="{name}" for="edge" attr.name="{name}" attr.type="{_graph_type(linked.schema[name])}"/>\n'
    yield '  <key id="cow" for="node" attr.name="cow" attr.type="string"/>\n'
    kind = "directed" if panel.unit.startswith("directed") else "undirected"
    yield f'  <graph id="foedera" edgedefault="{kind}">\n'
    ends = [_node_names(linked, number) for number in "12"]
    nodes = sorted({node for names in ends for node in names})
    for name, cow in nodes:
        yield f'    <node id={quoteattr(name)}><data key="cow">{escape(cow)}</data></node>\n'
    for (one, _), (two, _), values in zip(*ends, linked.select(columns).iter_rows(), strict=True):
        data = "".join(
            f'<data key="{name}">{escape(_graph_value(value))}</data>'
            for name, value in zip(columns, values, strict=True) if value is not None
        )  # fmt: skip
        yield f"    <edge source={quoteattr(one)} target={quoteattr(two)}>{data}</edge>\n"
    yield "  </graph>\n</graphml>"


def _node_names(linked: pl.DataFrame, number: str) -> list[tuple[str, str]]:
    """Each end's id with its COW code: two codes of one state (West Germany 260, Germany 255) are two nodes."""
    rows = linked.select(f"state{number}", f"cow{number}").iter_rows()
    return [(f"{state or 'cow'}-{cow}" if cow is not None else str(state), str(cow or "")) for state, cow in rows]


def _graph_type(kind: pl.DataType) -> str:
    # Truths are 0 and 1: igraph takes an absent `boolean` for false, and an absent number for missing.
    return "int" if kind.is_integer() or kind == pl.Boolean else "double" if kind.is_float() else "string"


def _graph_value(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def codebook(panel: Panel) -> str:
    """What the panel is and what each column means, with how often it is missing, as Markdown."""
    frame, first = panel.frame, panel.frame.columns[0]
    span = _range(frame[first]) if frame.height else "no rows"
    head = [
        f"# Codebook: {panel.unit}, promises from {panel.origin}", "",
        f"{frame.height:,} rows, {span}; made of {panel.made_of}, by Foedera {VERSION}.", "",
        f"The source speaks of {panel.reaches[0]} to {panel.reaches[1]}; outside that everything about pacts is "
        "missing, which is not the same as none. Within it, a pair without a pact has 0 pacts and no promise, and what "
        "describes a pact is missing.",
        *([_LIBRARY_ONLY] if panel.origin == "library" else []), "",
        "| column | meaning | values | missing |", "|---|---|---|--:|",
    ]  # fmt: skip
    rows = [
        f"| `{name}` | {meaning(name, panel.unit)} | {_values(frame[name])} | {frame[name].null_count():,} |"
        for name in frame.columns
    ]
    return "\n".join([*head, *rows, "", "Cite:", "", "```bibtex", panel.cite().rstrip(), "```", ""])


_LIBRARY_ONLY = (
    "No promise here means: none in the instruments that the library holds. It does not hold every alliance; use `--from atop` "
    "for all."
)


def _values(column: pl.Series) -> str:
    kind = column.dtype
    if isinstance(kind, pl.Enum) and len(kind.categories) <= 8:
        return ", ".join(kind.categories.to_list())
    if kind == pl.Boolean:
        return "true, false"
    if kind.is_numeric() or kind == pl.Date:
        return _range(column)
    return f"{column.n_unique():,} different"


def _range(column: pl.Series) -> str:
    column = column.round(3) if column.dtype.is_float() else column
    return f"{column.min()!s} to {column.max()!s}"
