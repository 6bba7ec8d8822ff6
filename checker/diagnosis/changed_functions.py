"""Change a function of the reference in one place, or in all places of the same kind.

The changed functions are compiled into a namespace of their own, so that the reference stays as it
is. Functions of the same module that it calls are changed as well.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any

from checker.diagnosis.formula_words import Words
from checker.diagnosis.small_changes import small_changes
from checker.diagnosis.source_changes import changes

# Where a change is made, at the end of its words.
PLACE = re.compile(r" in (?='|one )| at one point")
SIZES = ("ndim", "shape", "size", "dtype")  # of which array, says nothing of a formula


@dataclass(frozen=True)
class Edit:
    """A new value for a field of a node, in words."""

    text: str
    owner: ast.AST
    field: str
    value: Any


@lru_cache(maxsize=128)
def changed(function: Any, known: frozenset[str]) -> list[tuple[str, FunctionType]]:
    """All changes of a function and of the functions of its module that it calls, in words."""
    module = sys.modules[function.__module__]
    used = _used(module, function.__name__)
    if any(map(_adds_in_place, used.values())):
        return []
    found = []
    for name, tree in used.items():
        others = [n for n in used if n != name]
        for words, code in _variants(tree, Words(known, tree)):
            space = dict(vars(module))
            for other in others:
                space[other] = _copy(vars(module)[other], space)
            exec(code, space)
            space[name].__kwdefaults__ = getattr(vars(module)[name], "__kwdefaults__", None)
            found.append((words, space[function.__name__]))
    return found


def _copy(function: Any, space: dict[str, Any]) -> Any:
    """The same function, which calls the functions of another namespace."""
    if not isinstance(function, FunctionType):
        return function
    copied = FunctionType(
        function.__code__, space, function.__name__, function.__defaults__, function.__closure__
    )
    copied.__kwdefaults__ = function.__kwdefaults__
    return copied


def _adds_in_place(tree: ast.FunctionDef) -> bool:
    """Whether it calls a method like `np.add.at`, which ends the process if shapes do not fit."""
    return any(isinstance(node, ast.Attribute) and node.attr == "at" for node in ast.walk(tree))


def _used(module: ModuleType, name: str) -> dict[str, ast.FunctionDef]:
    """The functions of a module that a function reaches, without annotations, and itself."""
    trees = {n.name: n for n in _parsed(module).body if isinstance(n, ast.FunctionDef)}
    found: dict[str, ast.FunctionDef] = {}
    left = [name]
    while left:
        tree = trees.get(left.pop())
        if tree is not None and tree.name not in found:
            found[tree.name] = _bare(tree)
            left += [n.id for n in ast.walk(tree) if isinstance(n, ast.Name)]
    return found


def _parsed(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _bare(tree: ast.FunctionDef) -> ast.FunctionDef:
    """Without annotations, docstring and decorators."""
    arguments = tree.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    tree.returns = None
    tree.decorator_list = []
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:] or [ast.Pass()]
    return tree


def _variants(tree: ast.FunctionDef, words: Words) -> Iterator[tuple[str, Any]]:
    """Every change of one function as compiled code, first in one place, then in all like it."""
    found = list(_edits(tree, words))
    kinds: dict[str, list[Edit]] = {}
    for edit in found:
        kinds.setdefault(PLACE.split(edit.text)[0], []).append(edit)
    together = [group for group in kinds.values() if _separate(group)]
    for group in (*([edit] for edit in found), *together):
        code = _compiled(tree, group)
        if code is not None:
            places = " in all places" if len(group) > 1 else ""
            text = PLACE.split(group[0].text)[0] if places else group[0].text
            yield words.explained(text + places), code


def _separate(group: list[Edit]) -> bool:
    """Whether several changes can be made at the same time: each has a place of its own."""
    places = {(id(edit.owner), edit.field) for edit in group}
    return 1 < len(group) == len(places)


def _compiled(tree: ast.FunctionDef, group: list[Edit]) -> Any:
    before = [getattr(edit.owner, edit.field) for edit in group]
    for edit in group:
        setattr(edit.owner, edit.field, edit.value)
    try:
        return compile(ast.Module([tree], []), "<changed>", "exec")
    except (SyntaxError, ValueError, TypeError):
        return None
    finally:
        for edit, value in zip(group, before, strict=True):
            setattr(edit.owner, edit.field, value)


def _edits(tree: ast.FunctionDef, words: Words) -> Iterator[Edit]:
    nodes = list(ast.walk(tree))
    names = _exchangeable(tree, nodes, words)
    said = {id(n) for error in nodes if isinstance(error, ast.Raise) for n in ast.walk(error)}
    said |= {id(n) for n in ast.walk(tree.args)}
    said |= {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr in SIZES}
    parents = {
        id(child): (parent, field)
        for parent in nodes
        for field, value in ast.iter_fields(parent)
        for child in (value if isinstance(value, list) else [value])
        if isinstance(child, ast.AST)
    }
    changed = [node for node in nodes if id(node) not in said]
    found = [(node, *change) for node in changed for change in changes(node, names, words)]
    found += [(node, *change) for node in changed for change in small_changes(node, words)]
    for node, text, field, value in found:
        if field == "id" and _is_passed_twice(parents[id(node)][0], value):
            continue
        owner, where = (node, field) if field != "*" else parents[id(node)]
        before = getattr(owner, where)
        new = value
        if field == "*" and isinstance(before, list):
            new = [value if child is node else child for child in before]
        _locate(new, node)
        yield Edit(text, owner, where, new)


def _is_passed_twice(owner: ast.AST, name: object) -> bool:
    """Whether a helper of the reference would get one array in two places.

    The one of them says how the other is shaped, of which a student knows nothing.
    """
    match owner:
        case ast.Call(ast.Name(helper), given) if helper.startswith("_"):
            return any(isinstance(each, ast.Name) and each.id == name for each in given)
    return False


def _locate(value: Any, near: ast.AST) -> None:
    """Give new nodes the line of the node that they replace: the compiler asks for one."""
    for child in value if isinstance(value, list) else [value]:
        if isinstance(child, ast.AST) and not hasattr(child, "lineno"):
            ast.copy_location(child, near)
            for _, inner in ast.iter_fields(child):
                _locate(inner, near)


def _exchangeable(
    tree: ast.FunctionDef, nodes: list[ast.AST], words: Words
) -> tuple[tuple[str, ...], ...]:
    """The names that may stand for one another: data and what is computed from it, and settings.

    A list is none of them: numpy would look for ever for the end of a list in itself.
    """
    stored = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    lists = {
        target.id
        for n in nodes
        if isinstance(n, ast.Assign | ast.AnnAssign)
        for value, target in _assigned(n)
        if isinstance(value, ast.List) and isinstance(target, ast.Name)
    }
    data = dict.fromkeys([*(a.arg for a in tree.args.args), *stored])
    settings = [a.arg for a in tree.args.kwonlyargs if a.arg in words.known]
    return tuple(name for name in data if name not in lists), tuple(settings)


def _assigned(node: ast.Assign | ast.AnnAssign) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    """The values of an assignment, each with the name that it gets."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        yield from zip(node.value.elts, target.elts, strict=False)
    else:
        yield node.value, target
