"""The code of the tests of random operations and trainings, without the rest of their modules.

Where no result is the right one, tests judge what is returned. So whoever has a published course
has the functions in `properties` of such an operation, and everything that these use: functions,
constants and imports, found by their names. Nothing else of a module is taken. An operation whose
tests use an answer that is asked for, or a function that such an answer uses, cannot be published.
"""

import ast
import builtins
import symtable
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from checker.cases.provenance import ROOT
from checker.course import code
from checker.handout.statements import NotAloneError
from reference import catalogue

FOLDER = "reference/tests"
TESTS = ("properties", "by_luck")  # in a declaration
KNOWN = ("reference.spec", "reference.arguments")  # modules that students have
ANSWERS = ("run", "forward", "backward", "init", "update")  # in a declaration
ALWAYS = {*dir(builtins), "__name__"}

Place = tuple[str, str]  # a module, and a name in it


@dataclass(frozen=True)
class Source:
    """What a module defines and imports at its top level, by name."""

    module: str
    statements: list[ast.stmt]
    defined: dict[str, ast.stmt] = field(default_factory=dict)
    imported: dict[str, Place] = field(default_factory=dict)  # with no name: a module itself


def files(names: Collection[str], asked: Collection[str]) -> dict[str, bytes]:
    """The modules with the tests of these operations, of a course that asks for the others, too.

    Raises NotAloneError where they cannot be had without an answer, or without another package.
    """
    if not names:
        return {}
    answers = {place for name in asked for place in _answers(name)}
    secret = _functions_of(answers)
    taken: dict[str, set[str]] = {}
    for name in names:
        waiting = [(catalogue.names()[name], test) for test in tests(name)]
        while waiting:
            place = waiting.pop()
            module, wanted = place
            if place in answers:
                raise NotAloneError(f"its tests use {wanted} of {module}, which is an answer")
            if place in secret:
                raise NotAloneError(
                    f"its tests use {wanted} of {module}, as an answer does: "
                    "give the tests a function of their own"
                )
            if wanted not in taken.setdefault(module, set()):
                taken[module].add(wanted)
                waiting += _uses(module, wanted)
    written = {f"{FOLDER}/{_flat(m)}.py": _text(m, wanted) for m, wanted in taken.items()}
    return {f"{FOLDER}/__init__.py": b""} | written if written else {}


def module(name: str) -> str:
    """The published module with the tests of an operation."""
    return f"{FOLDER.replace('/', '.')}.{_flat(catalogue.names()[name])}"


def tests(name: str) -> list[str]:
    """Which of TESTS an operation declares. They are names in the published module, too."""
    whole = catalogue.names()[name]
    found = [test for test in TESTS if test in _read(whole).defined]
    if "properties" not in found:
        raise NotAloneError(f"{whole} has no line SPEC = ... with properties=... in it")
    return found


def _flat(name: str) -> str:
    return f"_{name.partition('.')[2].replace('.', '__')}"


def _answers(name: str) -> Iterator[Place]:
    spec = catalogue.operation(name)
    for part in ANSWERS:
        if function := getattr(spec, part, None):
            yield function.__module__, getattr(function, "__name__", "")


def _functions_of(answers: Collection[Place]) -> set[Place]:
    """The functions of our modules that these answers use, and those that they use in turn."""
    found, waiting = set(answers), list(answers)
    while waiting:
        module, name = waiting.pop()
        with suppress(NotAloneError):  # which is raised after all that is used
            for place in _uses(module, name):
                if place not in found:
                    found.add(place)
                    waiting.append(place)
    return {place for place in found if _is_function(*place)}


def _is_function(module: str, name: str) -> bool:
    defined = _read(module).defined.get(name)
    return isinstance(defined, ast.FunctionDef | ast.ClassDef)


@cache
def _source(module: str, text: str) -> Source:
    """The source of a module. The tests of its declaration are names in it."""
    found = Source(module, ast.parse(text).body)
    for statement in list(found.statements):
        match statement:
            case ast.Import(aliases):
                for alias in aliases:
                    local = alias.asname or alias.name.partition(".")[0]
                    found.imported[local] = alias.name, ""
            case ast.ImportFrom():
                origin = _absolute(statement, module)
                for alias in statement.names:
                    found.imported[alias.asname or alias.name] = _place(origin, alias.name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.defined[name] = statement
            case _:
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        found.defined[node.id] = statement
    for test, value in _declared(found.defined.get("SPEC")).items():
        statement = ast.Assign([ast.Name(test, ast.Store())], value, lineno=0)
        found.statements.append(statement)
        found.defined[test] = statement
    return found


def _declared(spec: ast.stmt | None) -> dict[str, ast.expr]:
    """The tests in a declaration, as expressions."""
    match spec:
        case ast.Assign(value=ast.Call() as call) | ast.AnnAssign(value=ast.Call() as call):
            return {each.arg: each.value for each in call.keywords if each.arg in TESTS}
    return {}


def _read(module: str) -> Source:
    file = _file(module)
    if file is None:
        raise NotAloneError(f"there is no file of {module}")
    return _source(module, file.read_text(encoding="utf-8"))


def _file(module: str) -> Path | None:
    return code.file(module) or code.source(ROOT.joinpath(*module.split(".")))


def _ours(module: str) -> bool:
    return module.partition(".")[0] in ("reference", code.PACKAGE) and module not in KNOWN


def _absolute(statement: ast.ImportFrom, module: str) -> str:
    if not statement.level:
        return statement.module or ""
    package = ".".join(module.split(".")[: -statement.level])
    return f"{package}.{statement.module}" if statement.module else package


def _place(module: str, name: str) -> Place:
    """The module of this name, or else the name in the module."""
    whole = f"{module}.{name}"
    return (whole, "") if whole in KNOWN or (_ours(whole) and _file(whole)) else (module, name)


@cache
def _names(statement: ast.stmt) -> set[str]:
    """The names that a statement takes from its module."""
    tables = [symtable.symtable(ast.unparse(statement), "", "exec")]
    found = {each.get_name() for each in tables[0].get_symbols() if each.is_referenced()}
    while tables:
        tables += (table := tables.pop()).get_children()
        found |= {each.get_name() for each in table.get_symbols() if each.is_global()}
    return found


def _uses(module: str, name: str) -> Iterator[Place]:
    """What a statement of a module uses of our modules, this one included.

    After all of it, NotAloneError is raised if the statement also uses what students do not have.
    """
    source = _read(module)
    if name in source.imported:
        target, member = source.imported[name]
        if _ours(target):
            yield target, member
        return
    statement = source.defined.get(name)
    if statement is None:
        raise NotAloneError(f"nothing in {module} says what {name} is")
    problems = []
    for used in sorted(_names(statement) - ALWAYS):
        target, member = source.imported.get(used, (module, used))
        if used in source.defined or not source.imported.get(used):
            yield module, used
        elif not _ours(target):
            problems += _missing(target, module)
        elif member:
            yield target, member
        else:
            attributes, whole = _attributes(statement, used)
            yield from ((target, each) for each in attributes)
            problems += [f"{module} uses {used} as a whole"] if whole else []
    for target in _imports_inside(statement, module):
        inside = f"{module} imports {target} inside of {name}"
        problems += [inside] if _ours(target) else _missing(target, module)
    if problems:
        raise NotAloneError(problems[0])


def _attributes(statement: ast.stmt, used: str) -> tuple[list[str], bool]:
    """What a statement takes from a module of ours, and whether it uses the module as a whole."""
    found = [
        node.attr
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == used
    ]
    times = sum(isinstance(n, ast.Name) and n.id == used for n in ast.walk(statement))
    return sorted(set(found)), len(found) < times


def _imports_inside(statement: ast.stmt, module: str) -> Iterator[str]:
    """The modules that a statement imports."""
    for inner in ast.walk(statement):
        match inner:
            case ast.Import(aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom():
                yield _absolute(inner, module)


def _missing(target: str, module: str) -> list[str]:
    """What is wrong with an import: students have numpy and what comes with Python."""
    package = target.partition(".")[0]
    here = package == "numpy" or package in sys.stdlib_module_names or target in KNOWN
    return [] if here else [f"{module} imports {target}, which students do not have"]


def _text(module: str, wanted: set[str]) -> bytes:
    """The module as far as it is wanted."""
    source = _read(module)
    kept = [s for s in source.statements if any(source.defined.get(name) is s for name in wanted)]
    used = wanted.union(*map(_names, kept)) - source.defined.keys()
    imported = sorted(used & source.imported.keys())
    imports = [_import(local, *source.imported[local]) for local in imported]
    return "\n\n".join(["\n".join(imports), *map(ast.unparse, kept)]).encode() + b"\n"


def _import(local: str, target: str, member: str) -> str:
    if _ours(target):
        folder, file = FOLDER.replace("/", "."), _flat(target)
        target, member = (f"{folder}.{file}", member) if member else (folder, file)
    if member:
        return f"from {target} import {member} as {local}"
    named = "" if local == target.partition(".")[0] else f" as {local}"
    return f"import {target}{named}"
