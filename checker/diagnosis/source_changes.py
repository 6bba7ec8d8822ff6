"""Change a function in one place: each change, and what it means in the words of the task.

A change replaces one field of one node of the syntax tree, or, where the field is "*", the node
itself. Its words complete the sentence "Your answers are what comes out if ...".
"""

import ast
from collections.abc import Iterator

from checker.diagnosis.formula_words import (
    AXES,
    BENDS,
    EXCHANGED,
    ORDINARY,
    SIGNS,
    Words,
    kind_of,
)

Change = tuple[str, str, object]  # in words, then a field of the node and its new value

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
Names = tuple[tuple[str, ...], ...]  # groups of names that may stand for one another

STATE = "state"  # of an optimiser, before the step
OPPOSITE = {"max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum"}
COUNTERS = ("step", "epoch", "time", "index")
SIMPLE_STATEMENTS = (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.Break, ast.Continue)


def changes(node: ast.AST, names: Names, words: Words) -> Iterator[Change]:
    """What can be changed at one node. `names` may stand for one another."""
    for kind in (_arithmetic, _decisions, _values, _calls, _statements, _ends):
        yield from kind(node, names, words)


def _arithmetic(node: ast.AST, _: Names, words: Words) -> Iterator[Change]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not _is_number(node):
        yield (
            f"the minus in front of {words.of(node.operand, 'one term')} is missing",
            "op",
            ast.UAdd(),
        )
    if isinstance(node, ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield f"there is {SIGNS[other]}= in place of {SIGNS[type(node.op)]}=", "op", other()
    if not isinstance(node, ast.BinOp):
        return
    left, right, op = node.left, node.right, type(node.op)
    if words.is_dark(node):
        return
    a, b = words.quoted(left), words.quoted(right)
    formula = words.quoted(node) or f"one {kind_of(op)}{words.about(node)}"
    for other in OPERATORS.get(op, ()):
        if not (_is_one(right) and op is ast.Add and other in (ast.Mult, ast.Div, ast.Pow)):
            yield f"there is {SIGNS[other]} in place of {SIGNS[op]} in {formula}", "op", other()
    adds, one = op in (ast.Add, ast.Sub), ast.Constant(1)
    if adds or op in (ast.Mult, ast.Div):
        what = "term" if adds else "factor" if op is ast.Mult else "division by"
        last, nothing = b or "after the sign" + words.about(right), ast.Constant(0) if adds else one
        yield f"the {what} {last} is missing in {formula}", "right", nothing
        first = a or ("before the sign" if adds else "what comes first") + words.about(left)
        gone = f"the term {first} is missing" if adds else f"{first} is replaced by 1"
        yield f"{gone} in {formula}", "left", nothing
        again = ast.BinOp(right, ast.Mult() if adds else ast.Pow(), ast.Constant(2))
        squared = b or "what comes last" + words.about(right)
        more = f"the term {last} counts twice" if adds else f"{squared} is squared"
        yield f"{more} in {formula}", "right", again
    elif op is ast.Pow:
        yield f"the power is missing in {formula}", "right", one
        positive = ast.Call(ast.Name("abs", ast.Load()), [left], [])
        yield f"the absolute value takes the place of the power in {formula}", "*", positive
    yield from _without_brackets(node, formula, words)
    if op in (ast.Sub, ast.Div, ast.MatMult, ast.Pow):
        exchanged = ast.BinOp(right, node.op, left)
        yield f"the two sides are exchanged in {formula}", "*", exchanged


def _without_brackets(node: ast.BinOp, formula: str, words: Words) -> Iterator[Change]:
    """The same symbols as Python reads them without a pair of brackets."""
    strong = not isinstance(node.op, ast.Add | ast.Sub)
    match node:
        case ast.BinOp(ast.BinOp(a, ast.Add() | ast.Sub() as inner, b), op, c) if strong:
            yield (
                f"the brackets around {words.of(node.left, 'one term')} are missing in {formula}",
                "*",
                ast.BinOp(a, inner, ast.BinOp(b, op, c)),
            )
    match node:
        case ast.BinOp(c, op, ast.BinOp(a, weak, b)) if _binds_less(weak, op):
            yield (
                f"the brackets around {words.of(node.right, 'one term')} are missing in {formula}",
                "*",
                ast.BinOp(ast.BinOp(c, op, a), weak, b),
            )


def _binds_less(inner: ast.operator, op: ast.operator) -> bool:
    """Whether brackets around a formula on the right of an operator change what is computed."""
    if isinstance(op, ast.Sub):
        return isinstance(inner, ast.Add | ast.Sub)
    if isinstance(op, ast.Div | ast.Pow):
        return isinstance(inner, ast.Add | ast.Sub | ast.Mult | ast.Div)
    return isinstance(op, ast.Mult | ast.MatMult) and isinstance(inner, ast.Add | ast.Sub)


def _is_number(node: ast.UnaryOp) -> bool:
    return isinstance(node.operand, ast.Constant)


def _is_one(node: ast.expr) -> bool:
    """Whether this is the number 1, which changes nothing as a factor or a power."""
    return isinstance(node, ast.Constant) and node.value == 1


def _decisions(node: ast.AST, _: Names, words: Words) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]):
            formula = words.quoted(node) or f"one comparison{words.about(node)}"
            for other in COMPARISONS.get(type(op), ()):
                yield (
                    f"there is {SIGNS[other]} in place of {SIGNS[type(op)]} in {formula}",
                    "ops",
                    [other()],
                )
        case ast.BoolOp(op=op):
            was, now = ("and", "or") if isinstance(op, ast.And) else ("or", "and")
            new = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"two conditions{words.about(node)} are joined by {now}, not by {was}", "op", new
        case ast.If(test=test) | ast.IfExp(test=test):
            formula = words.quoted(test) or f"the condition{words.about(test)}"
            yield f"{formula} were always true", "test", ast.Constant(True)
            yield f"{formula} were never true", "test", ast.Constant(False)
            yield f"{formula} were turned into its opposite", "test", ast.UnaryOp(ast.Not(), test)


def _values(node: ast.AST, names: Names, words: Words) -> Iterator[Change]:
    match node:
        case ast.Constant(value=bool() as value):
            yield f"there is {not value} in place of {value}", "value", not value
        case ast.Constant(value=int() | float() as value):
            others = {value + 1, value - 1, 2 * value, value / 2}
            same = int if isinstance(value, int) else float
            for number in sorted(n for n in others if n != value):
                if same is float or number == int(number):
                    text = f"there is the number {number:g} in place of {value:g}"
                    yield text, "value", same(number)
        case ast.Name(id=name, ctx=ast.Load()):
            for other in (n for group in names if name in group for n in group if n != name):
                new = words.of(ast.Name(other), "") if words.tells(other) else ""
                new = new or "another intermediate result"
                old = words.of(node, "") if words.tells(name) else ""
                old = old or "an intermediate result"
                yield f"{new} stands in the place of {old} at one point", "id", other
            if STATE in (group for names_of in names for group in names_of):
                older = ast.Attribute(ast.Name(STATE, ast.Load()), name, ast.Load())
                yield f"there is the value of '{name}' from the step before", "*", older
            if name in COUNTERS:
                for by, which in ((1, "late"), (-1, "early")):
                    later = ast.BinOp(node, ast.Add(), ast.Constant(by))
                    yield f"the number of the {name} counts from 1 too {which}", "*", later
        case ast.Attribute(attr="T"):
            yield f"{words.of(node.value, 'a matrix')} is not transposed", "*", node.value
        case ast.Attribute(value=ast.Name(id="state"), attr=attr):
            zero = ast.BinOp(ast.Constant(0), ast.Mult(), node)
            yield f"the previous {attr} is not kept from step to step", "*", zero
            newer = ast.Name(attr, ast.Load())
            yield f"there is the new '{attr}' in place of the previous one", "*", newer
        case ast.Subscript(value=value, slice=ast.Tuple(elts=parts)) if _adds_axes(parts):
            inside = [n.id for n in ast.walk(value) if isinstance(n, ast.Name)]
            whose = (words.known.issuperset(inside) and words.quoted(value)) or "an array"
            yield (
                f"{whose} is taken without a new axis, such as [:, None]",
                "*",
                value,
            )
        case ast.Slice():
            for field in ("lower", "upper", "step"):
                if getattr(node, field) is not None:
                    yield "a range of rows or columns goes on to the end", field, None
        case ast.Return(value=ast.Tuple(elts=[first, second, *rest])):
            exchanged = ast.Tuple([second, first, *rest], ast.Load())
            yield "the first two results are exchanged", "value", exchanged


def _calls(node: ast.AST, _: Names, words: Words) -> Iterator[Change]:
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("forward", "backward"):
        yield from _of_operations(node, node.func, words)
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", "")).lstrip("_")
    called = ORDINARY.get(name, f"the function {name}")
    argument = _argument(node)
    match argument:
        case ast.UnaryOp(ast.USub(), positive) if name in OPPOSITE:  # -(-x).max() is x.min()
            called, argument = ORDINARY[OPPOSITE[name]], positive
    of = f" of {words.of(argument, 'an intermediate result')}" if argument is not None else ""
    if name in ORDINARY and argument is not None:
        yield f"{called}{of} is missing", "*", argument
    for pair in EXCHANGED:
        for a, b in (pair, pair[::-1]):
            if name == a and isinstance(node.func, ast.Attribute):
                other = ast.Attribute(node.func.value, b, ast.Load())
                yield f"there is {ORDINARY.get(b, b)} in place of {called}{of}", "func", other
    for k, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:k], *node.keywords[k + 1 :]]
        if keyword.arg == "keepdims":
            yield f"{called}{of} is taken without keepdims=True", "keywords", rest
        if keyword.arg == "axis":
            for axis, where in AXES.items():
                new = [ast.keyword("axis", ast.Constant(axis)), *rest]
                yield f"{called}{of} runs over {where}", "keywords", new
    if name in ("mean", "var", "std") and argument is not None:
        text = f"{called}{of} divides by n - 1 in place of n"
        yield text, "*", _less_one(node, name, argument)
    if len(node.args) > 1:
        exchanged = [*node.args[1::-1], *node.args[2:]]
        yield f"two arguments of {called} are exchanged{words.about(node)}", "args", exchanged
    if name == "where" and len(node.args) == 3:
        for k, which in ((1, "always"), (2, "never")):
            test = words.quoted(node.args[0]) or f"a condition{words.about(node.args[0])}"
            yield f"{test} were {which} true", "*", node.args[k]


def _adds_axes(parts: list[ast.expr]) -> bool:
    """Whether an index only puts new axes beside those that are there."""
    new = [ast.unparse(part) in ("None", "np.newaxis") for part in parts]
    whole = [isinstance(p, ast.Slice) and not (p.lower or p.upper or p.step) for p in parts]
    kept = [isinstance(part, ast.Constant) and part.value is ... for part in parts]
    return any(new) and all(map(any, zip(new, whole, kept, strict=True)))


def _argument(node: ast.Call) -> ast.expr | None:
    """What a function or a method is called on."""
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        return node.func.value
    return node.args[0] if node.args else None


def _less_one(node: ast.Call, name: str, argument: ast.expr) -> ast.Call:
    """A mean, variance or standard deviation that divides by n - 1."""
    power = " ** 0.5" if name == "std" else ""
    fewer = ast.parse(f"(lambda m, n: m * (n / max(n - 1, 1)){power})", mode="eval").body
    axis = next((k.value for k in node.keywords if k.arg == "axis"), ast.Constant(None))
    length = ast.parse("(lambda v, a: v.size // v.mean(axis=a).size)", mode="eval").body
    return ast.Call(fewer, [node, ast.Call(length, [argument, axis], [])], [])


def _of_operations(node: ast.Call, func: ast.Attribute, words: Words) -> Iterator[Change]:
    """Changes of a call of another operation of the reference, such as sigmoid.forward(x)."""
    name = ast.unparse(func.value)
    of = f" of {words.of(node.args[0], 'an intermediate result')}"
    if func.attr == "backward":
        unchanged = ast.Tuple([node.args[0]], ast.Load())
        yield f"the derivative of the {name} is missing{words.about(node)}", "*", unchanged
        return
    yield f"the {name}{of} is missing", "*", node.args[0]
    if len(node.args) == 1:
        twice = ast.Call(func, [node], [])
        yield f"the {name}{of} is taken twice", "*", twice
    if name in BENDS:
        for other in (bend for bend in BENDS if bend != name):
            bent = ast.Call(ast.parse(BENDS[other], mode="eval").body, node.args, [])
            yield f"there is {other} in place of the {name}{of}", "*", bent


def _statements(node: ast.AST, _: Names, words: Words) -> Iterator[Change]:
    for field in ("body", "orelse"):
        body = getattr(node, field, None)
        if not isinstance(body, list):
            continue
        for k, statement in enumerate(body):
            if isinstance(statement, SIMPLE_STATEMENTS):
                left = [*body[:k], ast.Pass(), *body[k + 1 :]]
                yield f"{_line(statement, words)} is left out", field, left
            if k and not isinstance(statement, ast.Return):
                swapped = [*body[: k - 1], statement, body[k - 1], *body[k + 1 :]]
                order = f"{_line(statement, words)} comes one line too early"
                yield order, field, swapped


def _ends(node: ast.AST, _: Names, words: Words) -> Iterator[Change]:
    """Where a loop ends, and where a part of an array does that is counted from behind."""
    match node:
        case ast.While(test=test, body=body):
            formula = words.quoted(test) or f"a condition{words.about(test)}"
            yield f"the loop ends after one round, while {formula} may hold", "*", _once(test, body)
        case ast.Subscript(value=value, slice=ast.Slice() as part):
            for field in ("lower", "upper"):
                match getattr(part, field):
                    case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as count):
                        ends = {"lower": part.lower, "upper": part.upper, field: count}
                        new = ast.Slice(ends["lower"], ends["upper"], part.step)
                        where = ast.unparse(node) if words.quoted(value) else "a range"
                        yield f"the minus is missing in '{where}'", "slice", new


def _once(test: ast.expr, body: list[ast.stmt]) -> ast.If:
    return ast.If(test, body, [])


def _line(statement: ast.AST, words: Words) -> str:
    return f"the line{words.about(statement)}" if words.about(statement) else "one step"


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "math")
