"""A room sees only what stands left of it (design page, section 2)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "foedera"
DESIGN = ROOT.parent / "shared" / "DESIGN.md"
LINE = (
    "{problems | truth | dates} → states → language → {library | engine | draw | sources} → answers → panel → forecast → "
    "news → web → cli"
)
LEFTMOST, RIGHTMOST = ("version",), ("__init__", "__main__")


def groups(line: str) -> list[list[str]]:
    return [[room.strip() for room in part.strip(" {}").split("|")] for part in line.split("→")]


ORDER = {room: place for place, group in enumerate([list(LEFTMOST), *groups(LINE), list(RIGHTMOST)]) for room in group}


def room_of(module: str) -> str:
    """The room of `foedera.x.y`; the package itself stands rightmost."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def is_module(dotted: str) -> bool:
    base = SOURCE.joinpath(*dotted.split(".")[1:])
    return base.with_suffix(".py").is_file() or (base / "__init__.py").is_file()


def imports(path: Path, tree: ast.AST) -> list[tuple[int, str]]:
    """Every module imported anywhere in a file, with its line; relative ones made absolute."""
    package = ["foedera", *path.relative_to(SOURCE).parent.parts]
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, name.name) for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(
                [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
                if node.level
                else [node.module or ""]
            )
            base = base.rstrip(".")
            for name in node.names:
                inner = f"{base}.{name.name}"
                found.append((node.lineno, inner if base.startswith("foedera") and is_module(inner) else base))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "__import__"):
            word = node.args[0] if node.args else None
            text = (
                "".join(v.value for v in word.values if isinstance(v, ast.Constant))
                if isinstance(word, ast.JoinedStr)
                else ""
            )
            text = word.value if isinstance(word, ast.Constant) else text
            found.append((node.lineno, str(text).rstrip(".")))
    return found


FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
IMPORTS = {path: imports(path, tree) for path, tree in TREES.items()}


def home_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def test_the_line_of_rooms_is_that_of_the_design_page():
    if not DESIGN.is_file():
        pytest.skip("../shared/DESIGN.md is not here")
    assert f"`{LINE}`" in DESIGN.read_text("utf-8")


def test_every_file_stands_in_a_room_of_the_line():
    assert FILES
    strangers = {home_of(path) for path in FILES} - set(ORDER)
    assert not strangers


def test_a_room_sees_only_what_stands_left_of_it():
    wrong = []
    for path, found in IMPORTS.items():
        home = home_of(path)
        for line, module in found:
            if module.split(".")[0] != "foedera":
                continue
            other = room_of(module)
            if other != home and ORDER.get(other, 99) >= ORDER[home]:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {home} imports {module}")
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_check_of_rooms_can_fail():
    tree = ast.parse(
        "from foedera import answers\nfrom foedera.cli.talk import tell\nfrom ..library import library\nimport foedera"
    )
    found = [room_of(module) for _, module in imports(SOURCE / "engine" / "x.py", tree)]
    assert found == ["answers", "cli", "library", "__init__"]
    assert all(ORDER[room] >= ORDER["engine"] for room in found)


def test_the_engine_imports_of_language_only_the_types_and_the_closed_words():
    wrong = [
        f"{path.name}:{line}: {module}"
        for path, found in IMPORTS.items() if home_of(path) == "engine"
        for line, module in found
        if room_of(module) == "language" and module not in ("foedera.language.types", "foedera.language.vocabulary")
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


READS = (
    "os",
    "io",
    "pathlib",
    "sys",
    "json",
    "yaml",
    "tempfile",
    "shutil",
    "glob",
    "importlib",
    "subprocess",
    "socket",
    "time",
    "random",
)


def test_the_engine_reads_no_file_no_clock_and_no_dice():
    wrong = []
    for path, tree in TREES.items():
        if home_of(path) != "engine":
            continue
        wrong += [f"{path.name}:{line}: {module}" for line, module in IMPORTS[path] if module.split(".")[0] in READS]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in ("open", "eval", "exec", "input", "print") or name.endswith((".today", ".now")):
                    wrong.append(f"{path.name}:{node.lineno}: {name}()")
    assert not wrong, "\n".join(wrong)


def only_in(package: str, rooms: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path, found in IMPORTS.items() if home_of(path) not in rooms
        for line, module in found if module.split(".")[0] == package
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("yaml", ("language",)),
        ("click", ("cli",)),
        ("rich", ("cli",)),
        ("polars", ("sources", "panel", "forecast")),
        ("starlette", ("web",)),
        ("uvicorn", ("web",)),
        ("jinja2", ("web",)),
    ],
)
def test_a_package_is_imported_only_in_its_room(package, rooms):
    assert not only_in(package, rooms)


def test_yaml_and_click_are_imported_somewhere_so_that_the_check_means_something():
    assert only_in("yaml", ()) and only_in("click", ())


def test_the_engine_knows_no_treaty_by_name():
    ids = {path.stem for path in (SOURCE / "library" / "treaties").glob("*.yaml")}
    assert "aes-2023" in ids
    wrong = [
        f"{path.name}:{node.lineno}: {node.value[:40]!r}"
        for path, tree in TREES.items() if home_of(path) == "engine"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and any(name in node.value for name in ids)
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_a_room_marked_later_is_no_empty_folder():
    for folder in sorted(path for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"):
        files = [path for path in folder.rglob("*.py") if path.name != "__init__.py"]
        assert files, folder.name
