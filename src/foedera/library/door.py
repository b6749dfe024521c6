"""The one door: opens the library's folders, reads a file only when it is asked for.

What files say is kept under the hash of their content (`cache`). The readers of YAML are imported only
when something has to be read afresh.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from foedera.language.types import Change, Crisis, Event, Reading, Treaty
from foedera.library.cache import Lazy, decode, encode, kept, key_of
from foedera.library.outline import Outline, outline
from foedera.problems import Problem, Refused, in_order, near_word, whole_file
from foedera.states.registry import Registry

if TYPE_CHECKING:
    from foedera.language.node import Node
    from foedera.language.shapes import Reader

HERE = Path(__file__).parent
T = TypeVar("T")


class Shelf(Mapping[str, T], Generic[T]):
    """Files of one sort by id, each read at its first use; a bad file raises `Refused` then."""

    def __init__(self, paths: Mapping[str, Path], read: Callable[[Path], T]) -> None:
        self.paths = paths
        self.read = read
        self._read: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._read:
            self._read[name] = self.read(self.paths[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.paths))

    def __len__(self) -> int:
        return len(self.paths)

    def __contains__(self, name: object) -> bool:
        return name in self.paths

    @cached_property
    def mark(self) -> bytes:
        """A mark of which files there are and what they say; each is read once for it."""
        mark = hashlib.sha256()
        for name in self:
            mark.update(name.encode() + _content(self.paths[name]))
        return mark.digest()


class Library(Struct, frozen=True):
    """All instruments and crises, and the registry they speak of.

    `treaties` leave out the examples beside their rules, which only tests need: `whole` has them.
    """

    registry: Registry
    treaties: Shelf[Treaty]
    crises: Shelf[Crisis]

    def whole(self, name: str) -> Treaty:
        """A treaty with its examples, read from its file."""
        return read_treaty_file(self.treaties.paths[name], self.registry)

    def outlines(self) -> Mapping[str, Outline]:
        """Whom each instrument may concern, without reading it; kept under the hash of all files."""
        raw = kept(
            key_of(b"outlines", _registry_bytes(), self.treaties.mark),
            lambda: {n: outline(self.treaties[n]).row() for n in self.treaties},
        )
        return {name: Outline.of(row) for name, row in raw.items()}


@cache
def _registry_bytes() -> bytes:
    return (HERE / "states.yaml").read_bytes() + (HERE / "places.yaml").read_bytes()


@cache
def registry() -> Registry:
    """The registry of states, organisations, organs and places."""
    raw = kept(key_of(b"registry", _registry_bytes()), lambda: _registry_tables(_fresh_registry()))
    return Registry(
        Lazy(raw["states"]),
        Lazy(raw["organisations"]),
        Lazy(raw["organs"]),
        Lazy(raw["regions"]),
        Lazy(raw["places"]),
        raw["aliases"],
    )


def _registry_tables(known: Registry) -> dict[str, dict[str, object]]:
    names = ("states", "organisations", "organs", "regions", "places", "aliases")
    return {name: {key: encode(value) for key, value in getattr(known, name).items()} for name in names}


def _fresh_registry() -> Registry:
    from foedera.language.registry_form import read_registry
    from foedera.language.shapes import Reader

    states, places = _node(HERE / "states.yaml"), _node(HERE / "places.yaml")
    return _checked(lambda reader: read_registry(states, places, reader), Reader())


def library(*extra: Path) -> Library:
    """The library that ships, with folders of one's own added; a file there takes the place of one with its id."""
    for folder in extra:
        if not os.path.isdir(folder):
            shown = str(folder)
            raise Refused(
                (Problem("Y001", whole_file(shown), f"there is no folder `{shown}`", "name a folder of treaties"),)
            )
    folders = (HERE, *extra)
    known = registry()
    treaties = Shelf(_files(folders, "treaties"), lambda path: _lean_treaty(path, known))
    crises: Shelf[Crisis] = Shelf(_files(folders, "crises"), lambda path: read_crisis_file(path, known, treaties))
    return Library(known, treaties, crises)


def _files(folders: tuple[Path, ...], sort: str) -> dict[str, Path]:
    return {path.stem: path for folder in folders for path in sorted((folder / sort).glob("*.yaml"))}


def shown_name(path: Path) -> str:
    """A path as a person would write it: from the library's folder, or as given."""
    try:
        return str(path.relative_to(HERE))
    except ValueError:
        return str(path)


def _shown_path(file: str) -> Path:
    """The path of a file by the name it is shown under."""
    return HERE / file if os.path.isfile(HERE / file) else Path(file)


def _content(path: Path) -> bytes:
    """The bytes of a file, or `Refused`."""
    from foedera.library.reading import read_bytes

    content = read_bytes(path, shown_name(path))
    if isinstance(content, Problem):
        raise Refused((content,))
    return content


def _lean_treaty(path: Path, known: Registry) -> Treaty:
    """A treaty without its examples and without the nodes that a crisis's readings change."""
    name = key_of(shown_name(path).encode(), _registry_bytes(), _content(path))
    treaty: Treaty = decode(kept(name, lambda: encode(_lean(read_treaty_file(path, known)))))
    return treaty


def _lean(treaty: Treaty) -> Treaty:
    articles = {
        key: replace(article, rules=tuple(replace(rule, examples={}) for rule in article.rules))
        for key, article in treaty.articles.items()
    }
    readings = {name: _lean_reading(reading) for name, reading in treaty.readings.items()}
    return replace(treaty, articles=articles, readings=readings, rule_nodes={})


def _lean_reading(reading: Reading) -> Reading:
    options = {}
    for name, option in reading.options.items():
        rules = {path: rule and replace(rule, examples={}) for path, rule in option.change.rules.items()}
        options[name] = replace(option, change=replace(option.change, rules=rules))
    return replace(reading, options=options)


def read_treaty_file(path: Path, known: Registry) -> Treaty:
    """A treaty from a file, examples and all, or `Refused` with all that is wrong."""
    from foedera.language.registry_form import scoped_to

    return _checked(lambda reader: treaty_in_part(path, known, reader), scoped_to(known))


def treaty_in_part(path: Path, known: Registry, reader: Reader) -> Treaty | None:
    """What could be read of a treaty file, checked; the reader gets all that is wrong. Whole if that is nothing."""
    from foedera.language.checks import check_treaty
    from foedera.language.treaty_form import read_treaty

    treaty = read_treaty(_node(path), reader)
    if treaty is not None:
        reader.check(check_treaty(treaty, known))
    return treaty


def read_crisis_file(path: Path, known: Registry, treaties: Mapping[str, Treaty]) -> Crisis:
    """A crisis from a file, or `Refused` with all that is wrong."""
    # a crisis is checked against the instruments that there are
    seen = treaties.mark if isinstance(treaties, Shelf) else b""
    name = key_of(shown_name(path).encode(), _registry_bytes(), _content(path), seen)
    crisis: Crisis = decode(kept(name, lambda: encode(_fresh_crisis(path, known, treaties))))
    return crisis


def _fresh_crisis(path: Path, known: Registry, treaties: Mapping[str, Treaty]) -> Crisis:
    from foedera.language.registry_form import scoped_to

    return _checked(lambda reader: crisis_in_part(path, known, treaties, reader), scoped_to(known))


def crisis_in_part(path: Path, known: Registry, treaties: Mapping[str, Treaty], reader: Reader) -> Crisis | None:
    """What could be read of a crisis file, checked; the reader gets all that is wrong. Whole if that is nothing."""
    from foedera.language.checks import check_crisis
    from foedera.language.crisis_form import read_crisis

    node = _node(path)
    crisis = read_crisis(node, reader)
    if crisis is not None:
        try:
            reader.check(check_crisis(crisis, known, treaties, treaties, lambda name: treaties.get(name, None), node))
        except Refused as refused:  # an instrument that it names has problems of its own
            reader.problems += refused.problems
    return crisis


def _checked(read: Callable[[Reader], T | None], reader: Reader) -> T:
    value = read(reader)
    if value is None or reader.problems:
        raise Refused(in_order(reader.problems))
    return value


def _node(path: Path) -> Node:
    """The nodes of a file, or `Refused` with all that is wrong with its YAML."""
    return _parsed(_content(path), shown_name(path))


def _parsed(content: bytes, shown: str) -> Node:
    from foedera.language.nodes import parse

    node, problems = parse(content, shown)
    if node is None or problems:
        raise Refused(in_order(problems))
    return node


def template(sort: str, name: str) -> str:
    """A file to start from (`treaty` or `crisis`) with this id; it passes `check` as it is."""
    return (HERE / "templates" / f"{sort}.yaml").read_text(encoding="utf-8").replace("\nid: ID\n", f"\nid: {name}\n", 1)


def is_treaty_file(path: Path) -> bool:
    """Whether a file is a treaty by its keys (`articles`, `parties`), which no crisis has."""
    try:
        node = _node(path)
    except Refused:
        return False
    return isinstance(node.value, dict) and bool({"articles", "parties", "in_force", "signed"} & set(node.value))


def open_crisis(named: str, known: Library) -> Crisis:
    """A crisis by its library id or by the path of a file."""
    if named in known.crises:
        return known.crises[named]
    path = Path(named)
    if path.suffix in (".yaml", ".yml") or os.path.exists(path) or os.sep in named:
        return read_crisis_file(path, known.registry, known.treaties)
    near = near_word(named.lower(), known.crises)
    fix = f"did you mean `{near}`?" if near else "one of " + ", ".join(known.crises) + "; or the path of a file"
    raise Refused((Problem("Y001", whole_file(named), f"there is no crisis `{named}`", fix),))


def bundle_changes(crisis: Crisis, library: Library) -> dict[str, dict[str, Change]]:
    """What the crisis's own readings change, by reading and treaty; `Refused` when a path names no rule."""
    if not any(bundle.change for bundle in crisis.readings.values()):
        return {}
    from foedera.library.bundles import changes

    return changes(crisis, library.whole, library.treaties)


def receipt(files: Iterable[str]) -> dict[str, str]:
    """The hash of each file that an answer rests on, by the name it is shown under."""
    found = {}
    for file in sorted(set(files)):
        path = _shown_path(file)
        if os.path.isfile(path):
            found[file] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    return found


def source_lines(file: str) -> list[str]:
    """The lines of a file by the name it is shown under; none where it cannot be read, or is packed."""
    path = _shown_path(file)
    try:
        if path.is_fifo():  # read already, or it would be waited for
            return []
        with path.open("rb") as stream:
            content = stream.read(1_000_000)
    except (OSError, ValueError):
        return []
    return [] if b"\0" in content else content.decode("utf-8", errors="replace").splitlines()


def read_event(told: Mapping[str, object], crisis: Crisis, known: Library) -> Event:
    """An event from plain values, as a crisis file would hold it, or `Refused` with all that is wrong."""
    from foedera.language.crisis_form import read_move
    from foedera.language.registry_form import scoped_to
    from foedera.language.write import as_yaml

    node = _parsed(as_yaml(dict(told)).encode(), "the move")
    return _checked(lambda reader: read_move(node, crisis, reader), scoped_to(known.registry))


def problems_of(crisis: Crisis, known: Library) -> tuple[Problem, ...]:
    """What is wrong with a crisis as a whole that was put together, not read: names that mean nothing, states of another time."""
    from foedera.language.checks import check_crisis

    treaties = known.treaties
    return in_order(check_crisis(crisis, known.registry, treaties, treaties, lambda name: treaties.get(name, None)))


def source_plain(crisis: Crisis) -> dict[str, Any]:
    """What a crisis's file says, as plain values; `Refused` for one that came from no file."""
    from foedera.language.write import plain

    told = plain(_node(_shown_path(crisis.at.file)))
    return told if isinstance(told, dict) else {}


def written(told: Mapping[str, object]) -> str:
    """Plain values as the text of a file."""
    from foedera.language.write import as_yaml

    return as_yaml(dict(told))
