"""How many small changes of a right solution are noticed: one in EVERY is tried.

python tests/benchmarks/mutants.py [ASSIGNMENT ...]    counts them, and prints what is not noticed

The solutions of tests/solutions are changed in one place at a time: an operator, a comparison, a
number, a name for another one of the same function, a call, a statement left out. Each is graded in
a worker. What is not noticed should change nothing: an initial value that is overwritten, a length
that is taken of another array, a tie that may go either way.
"""

import ast
import copy
import dataclasses
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from checker.cases import case_cache
from checker.course import assignment
from checker.diagnosis import source_changes
from checker.grading import carried_forward, pipeline
from checker.grading.submission import Submission
from checker.sandbox.worker_pool import Workers

COURSE = Path(__file__).parents[1] / "solutions"
SECONDS = 1.0
EVERY = 12
OPERATORS = source_changes.OPERATORS | {ast.Mod: (ast.FloorDiv,)}
PAIRS = (
    *(("sum", "mean"), ("max", "min"), ("maximum", "minimum"), ("argmax", "argmin")),
    *(("std", "var"), ("zeros", "ones"), ("floor", "ceil"), ("exp", "expm1"), ("log", "log1p")),
    *(("sin", "cos"), ("cumsum", "cumprod"), ("sign", "abs")),
)
OTHERS = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
EITHER_WAY = ("max", "min", "maximum", "minimum")
STATEMENTS = (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.For, ast.Break, ast.Continue)

Change = tuple[str, str, object]  # in words, then a field of the node and its new value


@dataclass(frozen=True)
class Mutant:
    """A solution with one change, in words."""

    function: str
    where: str
    code: str


def changes(node: ast.AST, names: list[str]) -> Iterator[Change]:
    """What can be changed at one node; `names` are those of the function."""
    match node:
        case ast.BinOp(op=op, right=right):
            for other in OPERATORS.get(type(op), ()):
                yield other.__name__, "op", other()
            yield "left only", "right", ast.Constant(1 if isinstance(op, ast.Mult | ast.Div) else 0)
            if isinstance(op, ast.Sub | ast.Div):
                yield "right in both places", "left", right
        case ast.AugAssign(op=op):
            for other in OPERATORS.get(type(op), ()):
                yield other.__name__, "op", other()
        case ast.Compare(ops=[op]):
            for other in source_changes.COMPARISONS.get(type(op), ()):
                yield other.__name__, "ops", [other()]
        case ast.Constant(value=bool() as value):
            yield str(not value), "value", not value
        case ast.Constant(value=int() as value):
            yield from ((str(v), "value", v) for v in (value + 1, value - 1))
        case ast.Constant(value=float() as value):
            yield str(1.01 * value), "value", 1.01 * value
        case ast.UnaryOp(op=ast.USub()):
            yield "sign", "op", ast.UAdd()
        case ast.BoolOp(op=op):
            yield "and, or", "op", ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.Attribute(attr=attr) if attr in OTHERS:
            yield OTHERS[attr], "attr", OTHERS[attr]
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield "not", "test", ast.UnaryOp(ast.Not(), test)
        case ast.Name(id=name, ctx=ast.Load()) if name in names:
            yield from ((other, "id", other) for other in names if other != name)
        case ast.Call(args=args, keywords=keywords):
            for k, keyword in enumerate(keywords):
                yield f"without {keyword.arg}", "keywords", keywords[:k] + keywords[k + 1 :]
            if len(args) > 1 and not ast.unparse(node.func).endswith(EITHER_WAY):
                yield "reversed", "args", args[::-1]
            if len(args) == 1 and not keywords:
                yield "its argument", "func", ast.parse("(lambda v: v)", mode="eval").body
        case ast.Slice():
            for field in ("lower", "upper", "step"):
                if getattr(node, field) is not None:
                    yield f"without {field}", field, None
    for field in ("body", "orelse"):
        body = getattr(node, field, None)
        for k, statement in enumerate(body if isinstance(body, list) else []):
            if isinstance(statement, STATEMENTS):
                words = f"without {ast.unparse(statement).splitlines()[0]}"
                yield words, field, [*body[:k], ast.Pass(), *body[k + 1 :]]


def mutants(code: str) -> Iterator[Mutant]:
    for function in (n for n in ast.parse(code).body if isinstance(n, ast.FunctionDef)):
        nodes = list(ast.walk(function))
        stored = [n for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        names = list(dict.fromkeys([a.arg for a in function.args.args] + [n.id for n in stored]))
        said = {n for error in nodes if isinstance(error, ast.Raise) for n in ast.walk(error)}
        for place, node in enumerate(nodes):
            for words, field, value in changes(node, names) if node not in said else ():
                tree = ast.parse(code)
                mine = next(n for n in tree.body if getattr(n, "name", "") == function.name)
                setattr(list(ast.walk(mine))[place], field, copy.deepcopy(value))
                shown = ast.unparse(node).splitlines()[0]
                line = getattr(node, "lineno", function.lineno)
                where = f"{function.name}, line {line}: {shown}: {words}"
                new = ast.unparse(ast.fix_missing_locations(tree))
                yield Mutant(function.name, where, new)


def noticed(
    found: assignment.Assignment, case_sets: dict, workers: Workers, mutant: Mutant
) -> bool:
    """Whether a task of the changed function, or of one that calls it, is no longer right."""
    code = mutant.code.encode()
    tasks = [t.function for t in found.tasks]
    if mutant.function in tasks:
        asked = (mutant.function,)
    else:
        calls = carried_forward.functions_called(code)
        asked = tuple(t for t in tasks if mutant.function in carried_forward.reached(calls, t))
    one = Submission("", "solution.py", code)
    report = pipeline.grade(found, case_sets, one, only=asked, start=workers.start)
    return any(task.verdict != "right" for task in report.tasks)


def main() -> None:
    count, missed, start = 0, [], time.perf_counter()
    with Workers() as workers, ThreadPoolExecutor(4) as pool:
        for path in sorted(COURSE.glob("[0-9]*.py")):
            name = path.stem.partition("_")[2]
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            found = dataclasses.replace(assignment.find(name), seconds=SECONDS)
            each = list(mutants(path.read_text()))[::EVERY]
            told = list(pool.map(partial(noticed, found, case_cache.load(found), workers), each))
            left = [m.where for m, was in zip(each, told, strict=True) if not was]
            print(f"{name:<16}{len(each):>6}{len(each) - len(left):>6} noticed")
            count, missed = count + len(each), missed + left
    print("", *missed, "", sep="\n")
    print(f"{count - len(missed)} of {count} noticed, in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
