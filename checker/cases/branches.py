"""Which sides of its decisions a reference reaches: of comparisons, conditions and loops.

The module of an operation is run again with a recorder in each decision. A comparison has three
sides: below, equal and above. So has a maximum, a minimum and a sign. Where two numbers are
compared again and again, it counts at which comparison they are equal. A condition is true or
false, and a loop runs never, once, twice, a few times or often.
"""

import ast
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases.forms import ConfiguredOperation
from reference import catalogue

RECORDER = "__recorder__"  # a name that no module has
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
CHOICES = ("maximum", "minimum", "fmax", "fmin")
OFTEN = 8  # turns of a loop
LATEST = 5  # comparison that is told from those after it

Side = tuple[int, str, str]  # the line of a decision, its code, and what happened there


class Recorder:
    """The sides that were reached since the last `take`."""

    def __init__(self) -> None:
        self._reached: set[Side] = set()
        self._compared: Counter[tuple[int, str]] = Counter()

    def take(self) -> frozenset[Side]:
        """The sides that were reached, which are then forgotten."""
        reached, self._reached = frozenset(self._reached), set()
        self._compared.clear()
        return reached

    def compared(self, place: tuple[int, str], left: Any, right: Any) -> None:
        if not (_is_number(left) and _is_number(right)):
            return
        for side, holds in (
            ("below", operator.lt),
            ("equal", operator.eq),
            ("above", operator.gt),
        ):
            if np.any(holds(left, right)):
                self._reached.add((*place, side))
        self._compared[place] += 1
        if np.ndim(left) == np.ndim(right) == 0 and left == right:
            at = min(self._compared[place], LATEST)
            self._reached.add((*place, f"equal at comparison {at}"))

    def comparison(self, place: tuple[int, str], kind: str, left: Any, right: Any) -> Any:
        self.compared(place, left, right)
        return COMPARISONS[getattr(ast, kind)](left, right)

    def choice(self, place: tuple[int, str], function: Any, left: Any, *others: Any) -> Any:
        self.compared(place, left, others[0] if others else 0)
        return function(left, *others)

    def condition(self, place: tuple[int, str], value: Any) -> Any:
        self._reached.add((*place, "true" if value else "false"))
        return value

    def loop(self, place: tuple[int, str], items: Iterable[Any]) -> Iterator[Any]:
        turns = 0
        try:
            for item in items:
                turns += 1
                yield item
        finally:  # a loop may be left early
            few = ("never", "once", "twice")
            words = few[turns] if turns < len(few) else "often" if turns >= OFTEN else "a few times"
            self._reached.add((*place, words))


class _Decisions(ast.NodeTransformer):
    """Puts a call of the recorder into each decision of a module.

    It leaves out the functions in `others`, and what only `fixed` settings decide.
    """

    def __init__(self, others: set[str], fixed: set[str]) -> None:
        self.others, self.fixed = others, fixed

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        if node.name not in self.others:
            self.generic_visit(node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        place = _place(node)
        self.generic_visit(node)
        if len(node.ops) != 1 or type(node.ops[0]) not in COMPARISONS:
            return node
        kind = ast.Constant(type(node.ops[0]).__name__)
        return _call("comparison", place, kind, node.left, node.comparators[0])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        place = _place(node)
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        count = 2 if name in CHOICES else 1 if name == "sign" else None
        recorded = len(node.args) == count and not node.keywords
        return _call("choice", place, node.func, *node.args) if recorded else node

    def visit_If(self, node: ast.If) -> ast.stmt:
        return self._condition(node)

    def visit_While(self, node: ast.While) -> ast.stmt:
        return self._condition(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        return self._condition(node)

    def visit_For(self, node: ast.For) -> ast.stmt:
        place = _place(node.iter)
        self.generic_visit(node)
        node.iter = _call("loop", place, node.iter)
        return node

    def _condition(self, node: Any) -> Any:
        place = _place(node.test)
        names = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
        self.generic_visit(node)
        if names <= self.fixed:
            return node
        node.test = _call("condition", place, node.test)
        return node


def recorded(spec: ConfiguredOperation) -> tuple[ConfiguredOperation, Recorder]:
    """The same operation with a recorder in each decision of its module."""
    module = catalogue.module(spec.operation.name)
    path = Path(str(module.__file__))
    recorder = Recorder()
    properties = {claim.__name__ for claim in spec.operation.properties}
    decisions = _Decisions(properties, set(spec.fixed))
    tree = ast.fix_missing_locations(decisions.visit(ast.parse(path.read_text("utf-8"))))
    namespace = {**vars(module), RECORDER: recorder}
    exec(compile(tree, str(path), "exec"), namespace)
    return ConfiguredOperation(namespace["SPEC"], spec.arguments, spec.fixed), recorder


def _place(node: ast.expr) -> ast.expr:
    return ast.Tuple([ast.Constant(node.lineno), ast.Constant(ast.unparse(node))], ast.Load())


def _call(method: str, *arguments: ast.expr) -> ast.expr:
    function = ast.Attribute(ast.Name(RECORDER, ast.Load()), method, ast.Load())
    return ast.Call(function, list(arguments), [])


def _is_number(value: Any) -> bool:
    return np.asarray(value).dtype.kind in "fiub"
