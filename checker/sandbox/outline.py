"""Where the functions of a file compute each result, write into an argument, and repeat.

This runs in the worker only, because even parsing a submission can kill the process.
"""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from checker.sandbox import argument_writes, slips
from checker.sandbox.steps import Step, Values, names_in, own, parts, returned_values, steps_of

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Place = tuple[int, int]  # a line and a column

# Calls that allocate, and those that copy or convert: a wrong value does not begin there.
ALLOCATIONS = {"zeros", "zeros_like", "ones", "ones_like", "empty", "empty_like"}
CONVERSIONS = {"array", "asarray", "copy", "deepcopy", "astype", "list", "float"} | ALLOCATIONS
MOST_SLIPS = 4  # of a function and those that it calls


@dataclass
class Outline:
    """The places behind each result, the lines that write into an argument, loops, and more.

    If a function has several returns, there is one list of places for all results. `writes` has
    pairs of a line and the number of the argument. `loops` has pairs of a line and whether the loop
    is a `while`, and `slips` pairs of a line and a kind of slip. `parameters` are names.
    """

    results: list[list[Place]] = field(default_factory=list)
    writes: list[tuple[int, int]] = field(default_factory=list)
    loops: list[tuple[int, bool]] = field(default_factory=list)
    slips: list[tuple[int, int]] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)


def outlines(statements: list[ast.stmt]) -> dict[str, Outline]:
    """The outline of each function of a file."""
    functions: dict[str, Function] = {}
    for statement in statements:
        match statement:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                functions[name] = statement
            case ast.Assign([ast.Name(name)], ast.Lambda() as function):
                functions[name] = function
    reader = Reader(functions)
    return {name: reader.outline(name) for name in functions}


class Reader:
    """Reads each function once. A recursive call adds nothing."""

    def __init__(self, functions: dict[str, Function]) -> None:
        self._functions = functions
        self._known: dict[str, Outline] = {}

    def outline(self, name: str) -> Outline:
        if name not in self._known:
            self._known[name] = Outline()  # for calls of itself
            function = self._functions[name]
            if isinstance(function, ast.Lambda):
                steps, returned, body = [], [function.body], []
            else:
                body = function.body
                steps, returned = list(steps_of(body, ())), list(returned_values(body))
            self._known[name] = Outline(
                self._results(returned, steps),
                list(argument_writes.lines(function, self.writes_of)),
                list(self._loops(body)),
                list(islice(dict.fromkeys(self._slips(function)), MOST_SLIPS)),
                [each.arg for each in (*function.args.posonlyargs, *function.args.args)],
            )
        return self._known[name]

    def writes_of(self, name: str) -> list[tuple[int, int]]:
        return self.outline(name).writes if name in self._functions else []

    def rows(self, name: str) -> list[list[Place]]:
        """The places behind each result of a method, also by way of attributes of its class."""
        body = self._body(name)
        returned, steps = list(returned_values(body)), list(steps_of(body, ()))
        several = [(part,) for part in parts(returned)] if len(returned) == 1 else [tuple(returned)]
        found = []
        for values in several:
            places, names = self._followed(values, steps)
            known = {step.value for step in steps}
            behind = (self.attribute(each, known) for each in names if "." in each)
            found.append(sorted(places.union(*behind)))
        return found

    def attribute(self, name: str, without: Collection[ast.expr] = ()) -> set[Place]:
        """The places where an attribute "Class.name" is computed, but for some values."""
        of_class = f"{name.partition('.')[0]}."
        found = set[Place]()
        for method in self._functions:
            if method.startswith(of_class):
                steps = list(steps_of(self._body(method), ()))
                made = [s for s in steps if name in s.targets and s.value not in without]
                for step in made:
                    found |= self._behind((step.value, *step.around), steps)
        return found

    def entry(self, name: str, key: str) -> set[Place]:
        """The places where an entry of a dictionary is computed that a function returns."""
        body = self._body(name)
        steps = list(steps_of(body, ()))
        names = set().union(*map(names_in, returned_values(body)))
        found = set[Place]()
        dictionaries = [s.value for s in steps if s.targets & names]
        for value in [*dictionaries, *chain.from_iterable(map(ast.walk, returned_values(body)))]:
            if isinstance(value, ast.Dict):
                for each, part in zip(value.keys, value.values, strict=True):
                    if isinstance(each, ast.Constant) and each.value == key:
                        found |= self._behind((part,), steps)
        for statement in own(body):
            match statement:
                case ast.Assign([ast.Subscript(ast.Name(target), ast.Constant(text))], value):
                    if target in names and text == key:
                        found |= self._behind((value,), steps)
        return found

    def _body(self, name: str) -> list[ast.stmt]:
        function = self._functions.get(name)
        return function.body if isinstance(function, ast.FunctionDef) else []

    def _results(self, returned: list[ast.expr], steps: list[Step]) -> list[list[Place]]:
        if len(returned) == 1:
            return [sorted(self._behind((part,), steps)) for part in parts(returned)]
        return [sorted(self._behind(tuple(returned), steps))]

    def _behind(self, values: Values, steps: list[Step]) -> set[Place]:
        """The places where these values are computed, directly or by way of other names."""
        return self._followed(values, steps)[0]

    def _followed(self, values: Values, steps: list[Step]) -> tuple[set[Place], set[str]]:
        """The same, and all names on the way."""
        places = set(chain.from_iterable(map(self._computing, values)))
        places |= {(value.lineno, value.col_offset) for value in values if _is_made_here(value)}
        names = set(chain.from_iterable(map(names_in, values)))
        while used := [step for step in steps if step.targets & names]:
            steps = [step for step in steps if not step.targets & names]
            for value in chain.from_iterable((step.value, *step.around) for step in used):
                places |= self._computing(value)
                names |= names_in(value)
        return places, names

    def _computing(self, value: ast.expr) -> set[Place]:
        """The place of a value, and those inside the functions of the file that it calls."""
        own = self._functions_in(value)
        places = {place for name in own for row in self.outline(name).results for place in row}
        if _is_plain(value) or (isinstance(value, ast.Call) and _passes_names(value, own)):
            return places
        return {(value.lineno, value.col_offset), *places}

    def _loops(self, body: list[ast.stmt]) -> Iterator[tuple[int, bool]]:
        for statement in own(body):
            if isinstance(statement, ast.For | ast.While):
                yield statement.lineno, isinstance(statement, ast.While)
        for statement in body:
            for name in self._functions_in(statement):
                yield from self.outline(name).loops

    def _slips(self, function: Function) -> Iterator[tuple[int, int]]:
        """Those of a function, and of the functions of the file that it calls."""
        if not isinstance(function, ast.Lambda):
            yield from slips.slips(function)
            for name in self._functions_in(ast.Module(function.body, [])):
                yield from self.outline(name).slips

    def _functions_in(self, node: ast.AST) -> list[str]:
        """The functions of the file that are called in a node."""
        calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
        names = dict.fromkeys(func.id for func in calls if isinstance(func, ast.Name))
        return [name for name in names if name in self._functions]


def _called(value: ast.AST) -> str:
    """The name of the function or method that a call calls."""
    match value:
        case ast.Call(ast.Name(name)) | ast.Call(ast.Attribute(attr=name)):
            return name
    return ""


def _passes_names(call: ast.Call, functions: list[str]) -> bool:
    """Whether a call only passes names on to one of these functions."""
    own = isinstance(call.func, ast.Name) and call.func.id in functions
    return own and all(isinstance(argument, ast.Name) for argument in call.args)


def _is_made_here(value: ast.expr) -> bool:
    """Whether a value is returned without being computed from anything."""
    return isinstance(value, ast.Constant) or _called(value) in ALLOCATIONS


def _is_plain(value: ast.expr) -> bool:
    """Whether a value is a name, a constant, a shape, a slice of them, or only converted."""
    match value:
        case ast.Name() | ast.Constant() | ast.Slice():
            return True
        case ast.Tuple(parts) | ast.List(parts):
            return all(map(_is_plain, parts))
        case ast.Attribute(inner, name):
            return name == "shape" and _is_plain(inner)
        case ast.Call(ast.Attribute(inner), arguments) if _called(value) in CONVERSIONS:
            return all(map(_is_plain, (inner, *arguments)))
        case ast.Call(ast.Name(), arguments) if _called(value) in CONVERSIONS:
            return all(map(_is_plain, arguments))
    return False
