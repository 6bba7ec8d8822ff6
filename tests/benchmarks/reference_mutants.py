"""How many small changes of the reference the proof notices.

python tests/benchmarks/reference_mutants.py [OPERATION ...]    counts them, prints what it misses

Up to MOST changes of each operation, of the kinds that mutants.py makes of solutions, in what its
answers come from: not in its properties. Each is proven in a process of its own, with all the
oracles. What is missed should change no answer: a length taken of another array, what an error
says, two forms that are equal where they meet.
"""

import ast
import copy
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import torch
from mutants import changes

from checker.proof import verify
from reference import catalogue

ROOT = Path(catalogue.__file__).parents[1]
MOST = 5
SECONDS = 60  # of processor time
MEMORY = 12 << 30
NOTICED, MISSED = 0, 1
ASKED = ("forward", "backward", "run", "init", "update")


def answering(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions that the answers come from."""
    functions = {f.name: f for f in tree.body if isinstance(f, ast.FunctionDef)}
    found = [name for name in ASKED if name in functions]
    for name in found:  # which grows meanwhile
        nodes = list(ast.walk(functions[name]))
        used = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        used -= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        used -= {n.arg for n in nodes if isinstance(n, ast.arg)}
        found += [other for other in functions if other in used and other not in found]
    return [functions[name] for name in found]


def mutants(path: Path) -> Iterator[tuple[str, str]]:
    """In words, and the file."""
    text = path.read_text()
    for number, function in enumerate(answering(ast.parse(text))):
        nodes = list(ast.walk(function))
        inside = {n for statement in function.body for n in ast.walk(statement)}
        inside -= {n for error in nodes if isinstance(error, ast.Raise) for n in ast.walk(error)}
        stored = [n for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        arguments = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
        names = sorted({*arguments, *(n.id for n in stored)})
        for place, node in enumerate(nodes):
            for words, field, value in changes(node, names) if node in inside else ():
                tree = ast.parse(text)
                mine = list(ast.walk(answering(tree)[number]))
                setattr(mine[place], field, copy.deepcopy(value))
                shown = f"{path.stem}.{function.name}, line {node.lineno}: {ast.unparse(node)}"
                yield f"{shown}: {words}", ast.unparse(ast.fix_missing_locations(tree))


def proven(name: str, code: str) -> bool:
    """Whether every oracle agrees with this in the place of the operation."""
    module = ModuleType(catalogue.names()[name])
    module.__file__ = catalogue.module(name).__file__
    sys.modules[module.__name__] = module
    exec(compile(code, str(module.__file__), "exec"), module.__dict__)
    return all(row.passed for row in verify.verify({name: module.SPEC}))


def alone(name: str, code: str) -> int:
    """The process that proves it. Whatever ends it, a limit too, is notice taken."""
    if child := os.fork():
        return child
    code_of = NOTICED
    with suppress(BaseException):
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with Path(os.devnull).open("w") as sys.stderr:
            code_of = MISSED if proven(name, code) else NOTICED
    os._exit(code_of)


def main() -> None:
    torch.set_num_threads(1)  # a child has no other threads than the one that forks
    wanted, start = sys.argv[1:] or list(catalogue.names()), time.perf_counter()
    rng, waiting = random.Random(0), []
    for name in wanted:
        path = ROOT / f"{catalogue.names()[name].replace('.', '/')}.py"
        each = list(mutants(path))
        waiting += [(name, *one) for one in rng.sample(each, min(MOST, len(each)))]
    count, missed, running = len(waiting), [], {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            name, words, code = waiting.pop()
            running[alone(name, code)] = words
        child, status = os.wait()
        words = running.pop(child)
        if os.waitstatus_to_exitcode(status) == MISSED:
            missed.append(words)
            print(words, flush=True)
    spent = time.perf_counter() - start
    print(f"\n{count - len(missed)} of {count} noticed, in {spent:.0f} s")


if __name__ == "__main__":
    main()
