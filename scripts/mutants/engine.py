"""Mutants of the engine: which conformance case catches one that no other case catches.

python scripts/mutants/engine.py [--every N] [FILE…]    every Nth mutant of all files of the engine, or of these

One comparison, junction, truth or step of the engine's code is turned at a time; each mutant runs all cases in a process
of its own. Cases that alone catch a mutant are listed by how many; then those that catch none of their own.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from foedera.library import library, open_crisis

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "src" / "foedera" / "engine"
SECONDS = 60
OTHER = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OTHER_NAME = {"YES": "NO", "NO": "YES", "UNKNOWN": "NO", "any": "all", "all": "any", "min": "max", "max": "min",
              "both": "either", "either": "both", "TRUE": "FALSE", "FALSE": "TRUE"}  # fmt: skip


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything in a module that a mutant may turn, outside annotations and docstrings."""
    yield from (node for node in ast.walk(tree) if _can_turn(node))


def _can_turn(node: ast.AST) -> bool:
    match node:
        case ast.Compare():
            return type(node.ops[0]) in OTHER
        case ast.BoolOp() | ast.BinOp():
            return type(node.op) in OTHER and not _is_type(node)
        case ast.Name(ctx=ast.Load()):
            return node.id in OTHER_NAME
        case ast.comprehension():
            return bool(node.ifs)
        case ast.If() | ast.IfExp() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Expr(value=ast.Yield() | ast.YieldFrom() | ast.Call()):
            return True
    return False


def _is_type(node: ast.BoolOp | ast.BinOp) -> bool:
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else ()
    return any(isinstance(side, ast.Constant) and side.value is None for side in sides)


def turn(node: ast.AST) -> None:
    """Turns one place: the other comparison, junction or name; a condition always or never true; a step left out."""
    if isinstance(node, ast.Compare):
        node.ops[0] = OTHER[type(node.ops[0])]()
    elif isinstance(node, (ast.BoolOp, ast.BinOp)):
        node.op = OTHER[type(node.op)]()
    elif isinstance(node, ast.Name):
        node.id = OTHER_NAME[node.id]
    elif isinstance(node, (ast.If, ast.IfExp)):
        node.test = ast.copy_location(ast.Constant(False), node.test)
    elif isinstance(node, ast.UnaryOp):
        node.operand = ast.copy_location(ast.UnaryOp(ast.Not(), node.operand), node.operand)
        ast.fix_missing_locations(node)
    elif isinstance(node, ast.comprehension):
        node.ifs = []
    elif isinstance(node, ast.Expr):
        empty = ast.Constant(None) if isinstance(node.value, ast.Call) else ast.YieldFrom(ast.Tuple([], ast.Load()))
        node.value = ast.copy_location(empty, node.value)
        ast.fix_missing_locations(node)


class Turned(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module of the engine with one place turned."""

    def __init__(self, file: Path, number: int) -> None:
        self.file, self.number = file, number

    def find_spec(self, name, path=None, target=None):
        if name == f"foedera.engine.{self.file.stem}":
            return importlib.machinery.ModuleSpec(name, self, origin=str(self.file))
        return None

    def exec_module(self, module) -> None:
        tree = ast.parse(self.file.read_text("utf-8"))
        turn(list(places(tree))[self.number])
        exec(compile(tree, str(self.file), "exec"), vars(module))


def cases() -> list[tuple[str, object]]:
    """The cases, read before the engine is: what is read does not depend on it."""
    known = library()
    paths = sorted((ROOT / "conformance").rglob("*.yaml"))
    return [(str(path.relative_to(ROOT / "conformance")), open_crisis(str(path), known)) for path in paths]


def caught(job: tuple[Path, int]) -> tuple[str, set[str] | None]:
    """The cases that fail with the mutant; None where the engine could not even be loaded, or never came to an end."""
    file, number = job
    place = list(places(ast.parse(file.read_text("utf-8"))))[number]
    says = f"{file.name}:{place.ifs[0].lineno if isinstance(place, ast.comprehension) else place.lineno} #{number}"
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        try:
            os.write(write_end, "\n".join(_failing(file, number)).encode() + b"\n.")
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        told = stream.read().decode()
    os.waitpid(child, 0)
    return says, set(told.split("\n")) - {"", "."} if told.endswith(".") else None


def _failing(file: Path, number: int) -> list[str]:
    sys.meta_path.insert(0, Turned(file, number))
    from foedera.answers.expect import run_expectations

    failing = []
    for name, crisis in CASES:
        try:
            passed = all(outcome.passed for outcome in run_expectations(crisis, KNOWN))
        except Exception:
            passed = False
        failing += [] if passed else [name]
        if len(failing) == 2:  # no case has it alone
            break
    return failing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    told = parser.parse_args()
    files = [ENGINE / name for name in told.files] or sorted(ENGINE.glob("*.py"))
    jobs = [(f, n) for f in files for n, _ in enumerate(places(ast.parse(f.read_text("utf-8"))))][:: told.every]
    alone: Counter[str] = Counter()
    lost, noticed = [], 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for done, (says, failing) in enumerate(pool.imap(caught, jobs), 1):
            noticed += failing is None or bool(failing)
            lost += [says] if failing is not None and not failing else []
            alone += Counter(failing) if failing is not None and len(failing) == 1 else Counter()
            if done % 50 == 0:
                print(f"{done}/{len(jobs)}", file=sys.stderr, flush=True)
    print(*(f"no case noticed {says}" for says in lost), sep="\n")
    print(*(f"{count:4} mutants caught by {name} alone" for name, count in alone.most_common()), sep="\n")
    print(*(f"   0 mutants caught by {name} alone" for name, _ in CASES if not alone[name]), sep="\n")
    print(
        f"{noticed} of {len(jobs)} mutants of the engine noticed; {len(alone)} of {len(CASES)} cases catch one of their own"
    )


if __name__ == "__main__":
    KNOWN, CASES = library(), cases()
    main()
