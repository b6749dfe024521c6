"""The one door: opens the library's folders, reads a file only when it is asked for.

Parsed files (never answers, never pickle) are cached as JSON under a name made of their content's
hash, so a changed file is simply another file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from foedera.language.checks import check_crisis, check_treaty
from foedera.language.crisis_form import read_crisis
from foedera.language.nodes import MAX_BYTES, Entry, Node, parse, read_bytes
from foedera.language.registry_form import read_registry, scoped_to
from foedera.language.shapes import Reader, suggest
from foedera.language.store import dump, load
from foedera.language.treaty_form import read_change, read_treaty
from foedera.language.types import Change, Crisis, Treaty
from foedera.problems import Problem, Refused, in_order, whole_file
from foedera.states.registry import Registry

HERE = Path(__file__).parent
FORMAT = "1"
T = TypeVar("T")


@dataclass(slots=True)
class Shelf(Mapping[str, T], Generic[T]):
    """Files of one sort by id, each read at its first use; a bad file raises `Refused` then."""

    paths: Mapping[str, Path]
    read: Callable[[Path, str], T]
    hashes: dict[str, str] = field(default_factory=dict)
    _read: dict[str, T] = field(default_factory=dict)

    def __getitem__(self, name: str) -> T:
        if name not in self._read:
            path = self.paths[name]
            self._read[name] = self.read(path, name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.paths))

    def __len__(self) -> int:
        return len(self.paths)


@dataclass(frozen=True, slots=True)
class Library:
    """All instruments and crises, and the registry they speak of."""

    registry: Registry
    treaties: Mapping[str, Treaty]
    crises: Mapping[str, Crisis]
    folders: tuple[Path, ...]


@cache
def registry() -> Registry:
    """The registry of states, organisations, organs and places."""
    return _checked(lambda reader: read_registry(_node(HERE / "states.yaml"), _node(HERE / "places.yaml"), reader), Reader())


def library(*extra: Path) -> Library:
    """The library that ships, with folders of one's own added; a file there takes the place of one with its id."""
    folders = (HERE, *extra)
    for folder in extra:
        if not folder.is_dir():
            shown = str(folder)
            raise Refused((Problem("Y001", whole_file(shown), f"there is no folder `{shown}`", "name a folder of treaties"),))
    known = registry()
    treaties = Shelf(_files(folders, "treaties"), lambda path, _: read_treaty_file(path, known))
    crises = Shelf(_files(folders, "crises"), lambda path, _: read_crisis_file(path, known, treaties))
    return Library(known, treaties, crises, folders)


def _files(folders: tuple[Path, ...], sort: str) -> dict[str, Path]:
    return {path.stem: path for folder in folders for path in sorted((folder / sort).glob("*.yaml"))}


def shown_name(path: Path) -> str:
    """A path as a person would write it: from the library's folder, or as given."""
    try:
        return str(path.relative_to(HERE))
    except ValueError:
        return str(path)


def read_treaty_file(path: Path, known: Registry) -> Treaty:
    """A treaty from a file, or `Refused` with all that is wrong."""
    treaty = _checked(lambda reader: read_treaty(_node(path), reader), scoped_to(known))
    _refuse(check_treaty(treaty, known))
    return treaty


def read_crisis_file(path: Path, known: Registry, treaties: Mapping[str, Treaty]) -> Crisis:
    """A crisis from a file, or `Refused` with all that is wrong."""
    crisis = _checked(lambda reader: read_crisis(_node(path), reader), scoped_to(known))
    _refuse(check_crisis(crisis, known, treaties, treaties, lambda name: treaties[name] if name in treaties else None))
    return crisis


def _refuse(problems: Iterable[Problem]) -> None:
    found = in_order(problems)
    if found:
        raise Refused(found)


def _checked(read: Callable[[Reader], T | None], reader: Reader) -> T:
    value = read(reader)
    if value is None or reader.problems:
        raise Refused(in_order(reader.problems))
    return value


def _node(path: Path) -> Node:
    """The nodes of a file, from the cache when its content is known there."""
    shown = shown_name(path)
    content = read_bytes(path, shown)
    if isinstance(content, Problem):
        raise Refused((content,))
    name = _cache_folder() / f"{hashlib.sha256(content + FORMAT.encode()).hexdigest()}.json"
    try:
        return load(json.loads(name.read_bytes()), shown)
    except (OSError, ValueError, LookupError, TypeError):
        node, problems = parse(content, shown)
        if node is None or problems:
            raise Refused(in_order(problems)) from None
        _keep(name, node)
        return node


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "foedera"


def _keep(name: Path, node: Node) -> None:
    """Writes the nodes; where that cannot be done, the file is parsed again next time."""
    try:
        name.parent.mkdir(parents=True, exist_ok=True)
        fresh = name.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(dump(node), separators=(",", ":"), ensure_ascii=False), "utf-8")
        fresh.replace(name)
    except OSError:
        return


def open_crisis(named: str, known: Library) -> Crisis:
    """A crisis by its library id or by the path of a file."""
    if named in known.crises:
        return known.crises[named]
    path = Path(named)
    if path.suffix in (".yaml", ".yml") or path.exists() or os.sep in named:
        return read_crisis_file(path, known.registry, known.treaties)
    fix = suggest(named, known.crises) if known.crises else "name a file"
    raise Refused((Problem("Y001", whole_file(named), f"there is no crisis `{named}`", fix),))


def bundle_changes(crisis: Crisis, treaties: Mapping[str, Treaty]) -> dict[str, dict[str, Change]]:
    """What the crisis's own readings change, by reading and treaty; `Refused` when a path names no rule."""
    reader = Reader(resolve=lambda text: text if text.isupper() else None)
    found: dict[str, dict[str, Change]] = {}
    for name, bundle in crisis.readings.items():
        for path, node in bundle.change.items():
            treaty_id, _, rest = path.partition("/")
            if treaty_id not in treaties:
                reader.report("N003", node.span, f"there is no instrument `{treaty_id}`", "name one of the library")
                continue
            change = _bundle_change(rest, node, treaties[treaty_id], reader)
            if change is not None:
                known = found.setdefault(name, {}).get(treaty_id, Change({}, {}))
                found[name][treaty_id] = Change({**known.rules, **change.rules}, {**known.own, **change.own})
    if reader.problems:
        raise Refused(in_order(reader.problems))
    return found


def _bundle_change(rest: str, node: Node, treaty: Treaty, reader: Reader) -> Change | None:
    table: dict[str, Entry] = {rest or "this": Entry(node.span, node)}
    return read_change(Node(node.span, table), treaty, reader)



def receipt(files: Iterable[str]) -> dict[str, str]:
    """The hash of each file that an answer rests on, by the name it is shown under."""
    found = {}
    for file in sorted(set(files)):
        path = HERE / file if (HERE / file).is_file() else Path(file)
        if path.is_file():
            found[file] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    return found


def source_lines(file: str) -> list[str]:
    """The lines of a file by the name it is shown under; none where it cannot be read."""
    path = HERE / file if (HERE / file).is_file() else Path(file)
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def is_treaty_file(path: Path) -> bool:
    """Whether a file is a treaty by its keys (a crisis has no `articles`)."""
    try:
        node = _node(path)
    except Refused:
        return False
    return isinstance(node.value, dict) and "articles" in node.value
