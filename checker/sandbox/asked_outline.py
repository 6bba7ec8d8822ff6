"""Where a submission computes what a task asks for by several lines.

The lines are followed from each result back to the functions and methods of the file. Inside of a
class, `self.x` is read as a name of the class, "Linear.x", which all its methods share.
"""

import ast
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import chain

from checker.sandbox import argument_writes
from checker.sandbox.outline import Function, Outline, Place, Reader

Asked = tuple[str, list[str], str]  # a task, its arguments, and the lines


def outlines(statements: list[ast.stmt], asked: Sequence[Asked]) -> dict[str, Outline]:
    """The outline of each task, as if it were a function of the file."""
    functions: dict[str, Function] = {}
    for statement in statements:
        match statement:
            case ast.FunctionDef(name):
                functions[name] = statement
            case ast.ClassDef(name, body=body):
                functions |= dict(_methods(name, body))
    reader = Reader(functions)
    return {
        task: _Lines(reader, functions, parameters, text).outline()
        for task, parameters, text in asked
    }


def _methods(name: str, body: list[ast.stmt]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for statement in body:
        if isinstance(statement, ast.FunctionDef) and statement.args.args:
            own = statement.args.args[0].arg
            method = _Renamed({own: name}).visit(deepcopy(statement))
            del method.args.args[0]
            yield f"{name}.{method.name}", method


class _Renamed(ast.NodeTransformer):
    """Makes a name of each attribute of an object, with that of its class in front."""

    def __init__(self, classes: dict[str, str]) -> None:
        self._classes = classes

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        match node:
            case ast.Attribute(ast.Name(name), attribute) if name in self._classes:
                renamed = ast.Name(f"{self._classes[name]}.{attribute}", node.ctx)
                return ast.copy_location(renamed, node)
        self.generic_visit(node)
        return node


class _Lines:
    """Follows the lines of one task."""

    def __init__(
        self, reader: Reader, functions: dict[str, Function], parameters: list[str], text: str
    ) -> None:
        body = ast.parse(text).body
        made = {
            target.id: called
            for statement in body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name) and (called := _called(statement.value))
        }
        objects = {name: called for name, called in made.items() if called[:1].isupper()}
        own = [_Renamed(objects).visit(statement) for statement in body]
        self._lines = own
        self._parameters = parameters
        self._reader, self._functions = reader, functions
        self._behind: dict[str, set[Place]] = {}
        self._made: dict[str, str] = {}  # a name -> the function that returned it

    def outline(self) -> Outline:
        results: list[list[Place]] = []
        nodes = [node for statement in self._lines for node in ast.walk(statement)]
        for statement in nodes:
            self._follow(statement)
            match statement:
                case ast.Return(ast.Tuple(parts)):
                    results = [sorted(self._places(part)) for part in parts]
                case ast.Return(ast.Call() as call):
                    results = self._rows(call)
                case ast.Return(ast.expr() as value):
                    results = [sorted(self._places(value))]
        used = [name for node in nodes for name in self._own(node)]
        loops = chain.from_iterable(self._reader.outline(name).loops for name in used)
        writes = argument_writes.of_body(self._parameters, self._lines, self._reader.writes_of)
        return Outline(results, list(writes), list(dict.fromkeys(loops)))

    def _follow(self, statement: ast.AST) -> None:
        match statement:
            case ast.Assign([ast.Tuple(parts)], ast.Call() as call):
                rows = self._rows(call)
                for at, part in enumerate(parts):
                    several = len(rows) != len(parts)
                    row = set(chain.from_iterable(rows)) if several else set(rows[at])
                    self._made_by(part, call, row)
            case ast.Assign([target], value) | ast.For(target, value):
                self._made_by(target, value, self._places(value))
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name)), arguments)):
                inside = set[Place]().union(*map(self._places, arguments))
                self._behind[name] = self._behind.get(name, set()) | inside

    def _made_by(self, target: ast.expr, value: ast.expr, places: set[Place]) -> None:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                self._behind[node.id] = places
                self._made.pop(node.id, None)
                for name in self._own(value):
                    self._made[node.id] = name

    def _rows(self, call: ast.Call) -> list[list[Place]]:
        """The places behind each result of a call, and behind what it is given."""
        given = set[Place]().union(*map(self._places, call.args))
        return [
            sorted({*row, *given}) for name in self._own(call) for row in self._reader.rows(name)
        ] or [sorted(given)]

    def _places(self, value: ast.AST) -> set[Place]:
        match value:
            case ast.Name(name) if "." in name:
                return self._reader.attribute(name)
            case ast.Name(name):
                return self._behind.get(name, set())
            case ast.Call():
                return set(chain.from_iterable(self._rows(value)))
            case ast.Subscript(ast.Name(name), ast.Constant(str(key))) if name in self._made:
                return self._reader.entry(self._made[name], key) or self._behind[name]
        return set[Place]().union(*map(self._places, ast.iter_child_nodes(value)))

    def _own(self, node: ast.AST) -> list[str]:
        """The function or method of the file that a call is one of."""
        name = _called(node)
        found = [each for each in (name, f"{name}.__init__") if each in self._functions]
        return found[:1]


def _called(node: ast.AST) -> str:
    match node:
        case ast.Call(ast.Name(name)):
            return name
    return ""
