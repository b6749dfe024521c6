"""Mutants of the engine: which conformance case catches one that no other case catches.

python scripts/mutants/engine.py [FILE…]       turns every place (of these files), and says what each case alone noticed
python scripts/mutants/engine.py --own         turns the places in conformance/own-mutants.txt: fails unless each case has
                                               one, which it catches and no other case does
python scripts/mutants/engine.py --record      first that, then finds an own mutant for each case without one, and writes it

One place in the code of src/foedera/engine, or in the tables of kinds and acts that it reads, is turned at a time; each
mutant runs, in a process of its own, the cases that run its line.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import multiprocessing
import os
import re
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from foedera.library import library, open_crisis

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "src" / "foedera" / "engine"
TABLES = ROOT / "src" / "foedera" / "language" / "vocabulary.py"
OWN = ROOT / "conformance" / "own-mutants.txt"
FILES = [path.name for path in (*sorted(ENGINE.glob("*.py")), TABLES)]
SECONDS = 60
ENOUGH = 4  # so many failing cases: nobody's own mutant, nor nearly

OTHER = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OTHER_NAME = {"YES": "NO", "NO": "YES", "UNKNOWN": "NO", "any": "all", "all": "any", "min": "max", "max": "min",
              "both": "either", "either": "both", "TRUE": "FALSE", "FALSE": "TRUE"}  # fmt: skip
NOTHING = ast.Expr(ast.Constant(None))


class Mutant(NamedTuple):
    """One place turned: in which file and function, and how (`#2`: the second place there that reads the same)."""

    file: str
    function: str
    turned: str

    def __str__(self) -> str:
        return "  ".join(self)


class Place(NamedTuple):
    """Where a mutant's new code goes, and the lines that a case must run to notice it (none: all cases run it)."""

    parent: ast.AST
    field: str
    index: int | None
    new: ast.AST
    lines: range


def mutants(tree: ast.Module, file: str) -> Iterator[tuple[Mutant, Place]]:
    """Every mutant of a module."""
    seen: Counter[tuple[str, str]] = Counter()
    for function, lines, node, parent, field, index in _nodes(tree, "", range(0)):
        for says, new in turns(node):
            seen[function, says] += 1
            count = seen[function, says]
            turned = says if count == 1 else f"{says}  #{count}"
            yield Mutant(file, function or "-", turned), Place(parent, field, index, new, lines)


def _nodes(node: ast.AST, function: str, lines: range) -> Iterator[tuple]:
    """Everything below a node that may be turned, with its function and lines; no annotations, text or formatted strings."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "slice", "type_params"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or isinstance(child, (ast.JoinedStr, ast.Assert)) or _is_text(child):
                continue
            inside, span = function, lines
            if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                inside = f"{function}.{child.name}".strip(".")
            if isinstance(child, ast.stmt) and function and not isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                body = getattr(child, "body", None)
                span = range(child.lineno, body[0].lineno if body else child.end_lineno + 1)
            yield inside, span, child, node, field, index
            yield from _nodes(child, inside, span)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def turns(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """How a place may be turned, in words, with the code that replaces it."""
    text = " ".join(ast.unparse(node).split()) if isinstance(node, ast.expr) else ""
    match node:
        case ast.Compare(ops=[op, *rest]) if type(op) in OTHER:
            yield _to(text, ast.Compare(node.left, [OTHER[type(op)](), *rest], node.comparators))
        case ast.BoolOp():
            yield _to(text, ast.BoolOp(OTHER[type(node.op)](), node.values))
            for at, part in enumerate(node.values):
                left = [*node.values[:at], *node.values[at + 1 :]]
                yield f"{text}, without {ast.unparse(part)}", left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        case ast.BinOp() if type(node.op) in OTHER:
            yield _to(text, ast.BinOp(node.left, OTHER[type(node.op)](), node.right))
        case ast.Name(ctx=ast.Load()) if node.id in OTHER_NAME:
            yield _to(text, ast.Name(OTHER_NAME[node.id], node.ctx))
        case ast.UnaryOp(op=ast.Not()):
            yield _to(text, node.operand)
        case ast.Constant(value=bool()):
            yield _to(text, ast.Constant(not node.value))
        case ast.Constant(value=int()):
            yield _to(text, ast.Constant(node.value + 1))
        case ast.Tuple() | ast.List() | ast.Set() if len(node.elts) > 1 and isinstance(
            getattr(node, "ctx", None), (ast.Load, type(None))
        ):
            for at, part in enumerate(node.elts):
                left = [*node.elts[:at], *node.elts[at + 1 :]]
                yield f"without {ast.unparse(part)}", type(node)(left, *([node.ctx] if hasattr(node, "ctx") else []))
        case ast.Dict():
            for at, key in enumerate(node.keys):
                keys, values = [*node.keys[:at], *node.keys[at + 1 :]], [*node.values[:at], *node.values[at + 1 :]]
                yield f"without {ast.unparse(key) if key else ast.unparse(node.values[at])}", ast.Dict(keys, values)
        case ast.Call():
            yield from _turned_call(node)
        case ast.comprehension(ifs=[_, *_]):
            tests = " if ".join(ast.unparse(test) for test in node.ifs)
            yield f"if {tests} => always", ast.comprehension(node.target, node.iter, [], 0)
        case ast.If() | ast.While():
            for value in (False, True):
                whole = type(node)(ast.Constant(value), node.body, node.orelse)
                yield f"if {ast.unparse(node.test)} => {'always' if value else 'never'}", ast.copy_location(whole, node)
        case ast.IfExp():
            yield _to(text, node.orelse)
            yield _to(text, node.body)
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield f"without {ast.unparse(node)}", ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
        case ast.Expr() | ast.AugAssign() | ast.Continue() | ast.Break() | ast.Return(value=None):
            yield f"without {ast.unparse(node)}", NOTHING


def _to(text: str, new: ast.expr) -> tuple[str, ast.expr]:
    return f"{text} => {' '.join(ast.unparse(ast.fix_missing_locations(new)).split())}", new


def _turned_call(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    """A call without one of its named arguments, or with two of its names changing places."""
    name = ast.unparse(node.func)
    for at, given in enumerate(node.keywords):
        if given.arg in ("at", "strict"):  # where a proof stands in the file; an alarm
            continue
        left = [*node.keywords[:at], *node.keywords[at + 1 :]]
        yield f"{name}(…) without {ast.unparse(given)}", ast.Call(node.func, node.args, left)
    for at, (one, two) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if isinstance(one, (ast.Name, ast.Attribute)) and isinstance(two, (ast.Name, ast.Attribute)):
            args = [*node.args[:at], two, one, *node.args[at + 2 :]]
            yield f"{name}(… {ast.unparse(two)}, {ast.unparse(one)} …)", ast.Call(node.func, args, node.keywords)


def turned(mutant: Mutant) -> ast.Module:
    """The module with one place turned; an error where the place is no more."""
    tree = parsed(mutant.file)
    place = next((place for other, place in mutants(tree, mutant.file) if other == mutant), None)
    if place is None:
        raise LookupError(f"no such place: {mutant}")
    old = getattr(place.parent, place.field)
    if place.index is None:
        setattr(place.parent, place.field, place.new)
    else:
        old[place.index] = place.new
    return ast.fix_missing_locations(tree)


def path_of(file: str) -> Path:
    return TABLES if file == TABLES.name else ENGINE / file


def parsed(file: str) -> ast.Module:
    return ast.parse(path_of(file).read_text("utf-8"))


class Turned(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module of the engine as a mutant has it."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.tree = mutant, turned(mutant)

    def find_spec(self, name, path=None, target=None):
        if name == f"foedera.engine.{self.mutant.file.removesuffix('.py')}":
            return importlib.machinery.ModuleSpec(name, self, origin=str(path_of(self.mutant.file)))
        return None

    def exec_module(self, module) -> None:
        exec(compile(self.tree, str(path_of(self.mutant.file)), "exec"), vars(module))


def load(mutant: Mutant) -> None:
    """Before the engine is loaded: one of its modules, or its tables, will be the mutant's."""
    if mutant.file == TABLES.name:
        exec(compile(turned(mutant), str(TABLES), "exec"), vars(importlib.import_module("foedera.language.vocabulary")))
    else:
        sys.meta_path.insert(0, Turned(mutant))


def cases() -> dict[str, object]:
    """The cases, read before the engine is loaded: what is read does not depend on it."""
    known = library()
    paths = sorted((ROOT / "conformance").rglob("*.yaml"))
    return {str(path.relative_to(ROOT / "conformance")): open_crisis(str(path), known) for path in paths}


def passes(name: str) -> bool:
    from foedera.answers.expect import run_expectations

    try:
        return all(outcome.passed for outcome in run_expectations(CASES[name], KNOWN))
    except Exception:
        return False


def in_child(work) -> str | None:
    """What a process of its own says: the lines that `work` yields; None where it never came to an end."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        try:
            os.write(write_end, "\n".join(work()).encode() + b"\n.")
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        told = stream.read().decode()
    os.waitpid(child, 0)
    return told.removesuffix(".") if told.endswith(".") else None


def lines_run(name: str) -> tuple[str, dict[str, set[int]]]:
    """The lines of the engine's files that a case runs, those of loading them left out."""

    def work() -> Iterator[str]:
        import foedera.answers.expect  # noqa: F401

        seen: set[tuple[str, int]] = set()

        def trace(frame, event, _):
            if not frame.f_code.co_filename.startswith(str(ENGINE)):
                return None
            seen.add((frame.f_code.co_filename, frame.f_lineno))
            return trace

        sys.settrace(trace)
        passes(name)
        sys.settrace(None)
        for path, line in seen:
            yield f"{Path(path).name} {line}"

    found: dict[str, set[int]] = defaultdict(set)
    for line in (in_child(work) or "").splitlines():
        file, _, number = line.partition(" ")
        found[file].add(int(number))
    return name, found


def caught(job: tuple[Mutant, tuple[str, ...], int]) -> tuple[Mutant, list[str] | None]:
    """The first cases of these that fail with the mutant; None where loading or running it came to no end."""
    mutant, names, enough = job

    def work() -> Iterator[str]:
        load(mutant)
        failing = 0
        for name in names:
            if failing < enough and not passes(name):
                failing += 1
                yield name

    told = in_child(work)
    return mutant, None if told is None else told.split()


def jobs(files: Iterable[str], run: dict[str, dict[str, set[int]]]) -> Iterator[tuple[Mutant, tuple[str, ...], int]]:
    """Each mutant of these files with the cases that run its lines."""
    for file in files:
        for mutant, place in mutants(parsed(file), file):
            everywhere = not place.lines or file == TABLES.name
            names = CASES if everywhere else [n for n in CASES if not run[n][file].isdisjoint(place.lines)]
            yield mutant, tuple(names), ENOUGH


def recorded() -> dict[str, Mutant]:
    """The own mutant of each case, as the file has it."""
    lines = OWN.read_text("utf-8").splitlines() if OWN.exists() else []
    rows = (re.split(r"  +", line, maxsplit=3) for line in lines if line and not line.startswith("#"))
    return {row[0]: Mutant(*row[1:]) for row in rows}


def own(pool) -> dict[str, Mutant]:
    """The recorded mutants that still are what they are said to be; says which are not, and why."""
    kept = {}
    todo, places = [], {}
    for name, mutant in recorded().items():
        if mutant.file not in places:
            places[mutant.file] = {other for other, _ in mutants(parsed(mutant.file), mutant.file)}
        if name not in CASES or mutant not in places[mutant.file]:
            print(f"{name}: no such case, or no such place: {mutant}")
        else:
            todo.append((mutant, (name, *(other for other in CASES if other != name)), 2))
    for (_, names, _), (mutant, failing) in zip(todo, work_through(pool, caught, todo), strict=True):
        if failing == [names[0]]:
            kept[names[0]] = mutant
        else:
            print(f"{names[0]}: caught by {', '.join(failing or ()) or 'nobody'}: {mutant}")
    return kept


def record(pool, known: dict[str, Mutant]) -> dict[str, Mutant]:
    """The same with a mutant for each case that has none, the shortest to say, where there is one."""
    bare = [name for name in CASES if name not in known]
    run = dict(work_through(pool, lines_run, list(CASES)))
    todo = [job for job in jobs(FILES, run) if not set(bare).isdisjoint(job[1])]
    found: dict[str, list[Mutant]] = defaultdict(list)
    for mutant, failing in work_through(pool, caught, todo):
        if failing is not None and len(failing) == 1:
            found[failing[0]].append(mutant)
    return known | {name: min(found[name], key=lambda m: (len(m.turned), m)) for name in bare if name in found}


def write(known: dict[str, Mutant]) -> None:
    rows = [f"{name}  {known[name]}" for name in CASES if name in known]
    OWN.write_text("\n".join([*HEAD, *rows, ""]), "utf-8")


HEAD = (
    "# One mutant of the engine for each case, which that case catches and no other: the case, the file (of src/foedera/engine,",
    "# or its tables of kinds and acts), the function, what is turned; #2 is the second place there that reads the same.",
    "# `python scripts/mutants/engine.py --own` tries them all; with `--record` it also looks for one where a case has none.",
    "",
)


def work_through(pool, work, todo: list) -> Iterator:
    """What comes of each job, in order, with a word on how far it is."""
    for done, result in enumerate(pool.imap(work, todo), 1):
        if done % 100 == 0:
            print(f"{done}/{len(todo)}", file=sys.stderr, flush=True)
        yield result


def survey(pool, files: list[str]) -> None:
    """Turns everything, and says what nobody noticed and what each case alone did."""
    run = dict(work_through(pool, lines_run, list(CASES)))
    todo = list(jobs(files, run))
    alone: Counter[str] = Counter()
    noticed = 0
    for mutant, failing in work_through(pool, caught, todo):
        noticed += failing is None or bool(failing)
        if failing == []:
            print(f"no case noticed  {mutant}")
        elif failing is not None and len(failing) < ENOUGH:
            print(f"caught by {', '.join(failing)} alone  {mutant}")
            alone += Counter(failing if len(failing) == 1 else ())
    print(*(f"{alone[name]:4} mutants caught by {name} alone" for name in CASES), sep="\n")
    print(f"{noticed} of {len(todo)} mutants of the engine noticed; {len(alone)} of {len(CASES)} cases catch their own")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--record", action="store_true")
    told = parser.parse_args()
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        if not told.own and not told.record:
            survey(pool, told.files)
            return 0
        known = own(pool)
        if told.record:
            known = record(pool, known)
            write(known)
    bare = [name for name in CASES if name not in known]
    print(*(f"{name}: no mutant of its own" for name in bare), sep="\n")
    print(f"{len(known)} of {len(CASES)} cases catch a mutant that no other case catches")
    return int(bool(bare) or known != recorded())


if __name__ == "__main__":
    KNOWN, CASES = library(), cases()
    sys.exit(main())
