"""Statements of a module of this package as text that needs nothing of this package.

What they use of other modules of the package is written out beside them. Annotations are left out,
except in a class.
"""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from checker.course.code import PACKAGE

OWN = ("checker", "reference", PACKAGE)

Change = tuple[int, int, str]  # from one place in a text to another, and what stands there instead


class NotAloneError(Exception):
    """The statements need the package."""


def needed(where: ModuleType, wanted: set[str]) -> list[str]:
    """The statements of a module that bind these names, with all that they need, in their order."""
    source = renamed(inspect.getsource(where), where)
    tree, used, found = ast.parse(source), wanted, list[ast.stmt]()
    while found != (found := [node for node in tree.body if binds(node) & used]):
        used = used.union(*map(names_used, found))
    texts = []
    for alias, other in _modules(where).items():
        own = {n.removeprefix(f"{alias}_") for n in used if n.startswith(f"{alias}_")}
        own_name = rf"(?<![\w.])({'|'.join(sorted(own))})\b"
        texts += [re.sub(own_name, rf"{alias}_\1", t) for t in needed(other, own) if own]
    for node in found:
        if isinstance(node, ast.Import | ast.ImportFrom):
            texts += _imports(node, used)
        else:
            texts.append(_without_annotations(source, node))
    return texts


def _modules(where: ModuleType) -> dict[str, ModuleType]:
    """The modules of this package that a module imports, by their names there."""
    modules = {name: value for name, value in vars(where).items() if inspect.ismodule(value)}
    return {name: m for name, m in modules.items() if m.__name__.partition(".")[0] in OWN}


def renamed(text: str, where: ModuleType) -> str:
    """The text with `sigmoid_forward` for `sigmoid.forward`, which is written out beside it."""
    for alias in _modules(where):
        text = re.sub(rf"\b{alias}\.(?=\w)", f"{alias}_", text)
    return text


def _imports(node: ast.Import | ast.ImportFrom, used: set[str]) -> Iterator[str]:
    """The imports of these names. What is of this package is written out instead."""
    where = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    if isinstance(node, ast.ImportFrom) and node.level:
        raise NotAloneError
    for alias in node.names:
        if (alias.asname or alias.name) in used:
            if (where or alias.name).partition(".")[0] in OWN:
                if alias.asname or not where:
                    raise NotAloneError
                yield from needed(import_module(where), {alias.name})
                continue
            name = ast.unparse(alias)
            yield f"from {where} import {name}" if where else f"import {name}"


def names_used(node: ast.AST) -> set[str]:
    """The names that a statement uses, without those in annotations; a class needs its own."""
    names = {"np"} if isinstance(node, ast.ClassDef) else set[str]()
    waiting: list[Any] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Name):
            names.add(each.id)
        annotated = isinstance(each, ast.arg | ast.FunctionDef | ast.AnnAssign)
        left_out = (getattr(each, "annotation", None), getattr(each, "returns", None))
        waiting += [c for c in ast.iter_child_nodes(each) if not annotated or c not in left_out]
    return names


def binds(node: ast.stmt) -> set[str]:
    """The names that a statement of a module binds."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {(alias.asname or alias.name).partition(".")[0] for alias in names}
        case ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)):
            return {name}
    return set()


def _without_annotations(source: str, node: ast.stmt) -> str:
    """The text of a statement. In a class the annotations stay, in words of numpy."""
    first, last = place(source, node), end(source, node)
    if isinstance(node, ast.ClassDef):
        return re.sub(r"\bReal\b", "np.ndarray", source[first:last])
    cuts: list[Change] = []
    for each in ast.walk(node):
        if isinstance(each, ast.arg) and each.annotation:
            at = place(source, each) + len(each.arg)
            cuts.append((at, end(source, each.annotation), ""))
        elif isinstance(each, ast.AnnAssign) and each.value:
            cuts.append((end(source, each.target), end(source, each.annotation), ""))
        elif isinstance(each, ast.FunctionDef) and each.returns:
            at = source.rindex(")", 0, place(source, each.returns)) + 1
            cuts.append((at, end(source, each.returns), ""))
    return changed(source, cuts, first, last)


def changed(text: str, changes: Iterable[Change], start: int, stop: int | None = None) -> str:
    """A part of a text, with changes in it."""
    pieces = []
    for first, last, words in sorted(changes):
        pieces += [text[start:first], words]
        start = last
    return "".join([*pieces, text[start:stop]])


def place(text: str, node: Any) -> int:
    """Where a node begins in the text that it was parsed from."""
    return _offset(text, node.lineno, node.col_offset)


def end(text: str, node: Any) -> int:
    """Where it ends."""
    return _offset(text, node.end_lineno, node.end_col_offset)


def _offset(text: str, line: int, column: int) -> int:
    """The place of a line and of a column in it, which Python counts in bytes."""
    lines = text.splitlines(keepends=True)
    within = lines[line - 1].encode()[:column].decode()
    return sum(map(len, lines[: line - 1])) + len(within)
