"""Lines of a function that cannot do what their author means, whatever the task is.

What is said of such a line is true of the text alone: a loop that ends in its first round, a value
that is computed and kept nowhere. Whether it is the cause of a wrong result is for others to say.
This runs in the worker only, because even parsing a submission can kill the process.
"""

import ast
from collections.abc import Iterator
from itertools import pairwise

from checker.sandbox.steps import blocks, own

# The kinds, by whose numbers a grader knows them.
ENDS_AT_ONCE, UNREACHED, KEPT_NOWHERE, COMPARED, GIVES_NONE, ALWAYS_TRUE = range(6)
SIGN_APART, OVERWRITTEN, WHOLE_NUMBERS, KEPT_DEFAULT = range(6, 10)

Slips = Iterator[tuple[int, int]]  # a line and a kind

# Methods that change their object and give back None.
IN_PLACE = {"append", "extend", "insert", "fill", "remove"}
IN_PLACE_ALONE = {"sort", "reverse"}  # if nothing stands in the brackets
# Functions of numpy and methods of arrays that change nothing, and how many arguments they take
# before one that they write into.
PURE = {
    **dict.fromkeys(("add", "subtract", "multiply", "divide", "maximum", "minimum", "power"), 2),
    **dict.fromkeys(("matmul", "dot", "outer"), 2),
    **dict.fromkeys(("abs", "exp", "log", "sqrt", "square", "sin", "cos", "tanh", "sign"), 1),
    **dict.fromkeys(("append", "concatenate", "delete", "insert", "stack", "vstack", "hstack"), 4),
    **dict.fromkeys(("clip", "where", "reshape", "repeat", "tile", "roll", "expand_dims"), 3),
    **dict.fromkeys(("sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "cumsum"), 2),
    **dict.fromkeys(("sort", "flip", "transpose", "ravel", "squeeze", "array", "asarray"), 2),
}
PURE_METHODS = {
    *("reshape", "astype", "copy", "flatten", "ravel", "transpose", "squeeze", "tolist"),
    *("sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "clip", "round", "dot"),
    *("permutation", "permuted"),
}
PURE_BUILTINS = {"sorted", "reversed", "abs", "float", "int", "round"}
MODULES = {"np", "numpy"}
VALUES = (ast.BinOp, ast.UnaryOp, ast.Name, ast.Attribute, ast.Subscript, ast.Tuple)
MAKERS = {"zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like"}
WHOLE = {"int", "np.int64", "np.int32", "np.int_", "'int'"}


def slips(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Slips:
    """Pairs of a line and the kind of slip in it, in the order of lines for each kind."""
    statements = list(own(function.body))
    for statement in statements:
        if isinstance(statement, ast.For | ast.While) and _ends_at_once(statement):
            yield statement.lineno, ENDS_AT_ONCE
    yield from _in_block(function.body)
    for statement in statements:
        yield from _of_statement(statement)
    yield from _overwritten(function)
    yield from _whole_numbers(statements)
    for default in (*function.args.defaults, *filter(None, function.args.kw_defaults)):
        if isinstance(default, ast.List | ast.Dict | ast.Set):
            yield default.lineno, KEPT_DEFAULT


def _ends_at_once(loop: ast.For | ast.While) -> bool:
    inner = list(own(loop.body))
    return _leaves(loop.body) and not any(isinstance(each, ast.Continue) for each in inner)


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether every way through these statements leads out of a loop around them."""
    for statement in body:
        match statement:
            case ast.Return() | ast.Break() | ast.Raise():
                return True
            case ast.If(body=inner, orelse=other) if _leaves(inner) and _leaves(other):
                return True
    return False


def _in_block(body: list[ast.stmt]) -> Slips:
    """Statements that are never reached, and values that are kept nowhere."""
    for before, after in pairwise(body):
        leaves = isinstance(before, ast.Return | ast.Raise | ast.Break | ast.Continue)
        if leaves and not isinstance(after, ast.Raise | ast.Pass):  # the rest of a starter
            yield after.lineno, UNREACHED
            break
    for statement in body:
        if isinstance(statement, ast.Expr):
            if isinstance(statement.value, ast.Compare):
                yield statement.lineno, COMPARED
            elif _is_kept_nowhere(statement.value):
                yield statement.lineno, KEPT_NOWHERE
        elif not isinstance(statement, ast.Try):  # it may be computed to see whether that fails
            for _, inner in blocks(statement):
                yield from _in_block(inner)


def _is_kept_nowhere(value: ast.expr) -> bool:
    """Whether computing a value has no effect beside the value."""
    match value:
        case ast.Call(keywords=keywords) if any(each.arg == "out" for each in keywords):
            return False
        case ast.Call(ast.Name(name)):
            return name in PURE_BUILTINS
        case ast.Call(ast.Attribute(ast.Name(module), name), arguments) if module in MODULES:
            return len(arguments) <= PURE.get(name, -1)
        case ast.Call(ast.Attribute(attr=name)):
            return name in PURE_METHODS
    return isinstance(value, VALUES)


def _of_statement(statement: ast.stmt) -> Slips:
    match statement:
        case ast.Return(value) | ast.Assign(value=value) | ast.Expr(value):
            used = [value] if not isinstance(statement, ast.Expr) else []
            used += [part for each in ast.walk(value) for part in _operands(each)] if value else []
            if any(map(_gives_none, used)):
                yield statement.lineno, GIVES_NONE
        case ast.If(test) | ast.While(test):
            if any(map(_is_always_true, ast.walk(test))):
                yield statement.lineno, ALWAYS_TRUE
    match statement:
        case ast.Assign([ast.Name() as target], ast.UnaryOp(op, operand) as value):
            sign = isinstance(op, ast.UAdd | ast.USub)
            near = value.col_offset - (target.end_col_offset or 0) == len(" =")
            if sign and near and operand.col_offset - value.col_offset == len("+ "):
                yield statement.lineno, SIGN_APART


def _is_always_true(test: ast.AST) -> bool:
    """Whether a number other than 0, or a text, stands alone beside an `or`."""
    match test:
        case ast.BoolOp(ast.Or(), parts):
            return any(isinstance(part, ast.Constant) and part.value for part in parts)
    return False


def _operands(node: ast.AST) -> list[ast.expr]:
    """What an expression is computed from, where it is a call, a formula, or a list."""
    match node:
        case ast.Call(args=arguments):
            return arguments
        case ast.BinOp(left, _, right):
            return [left, right]
        case ast.List(parts) | ast.Tuple(parts):
            return parts
    return []


def _gives_none(value: ast.expr | None) -> bool:
    match value:
        case ast.Call(ast.Name("print")) | ast.Call(ast.Attribute(attr="shuffle")):
            return True
        case ast.Call(ast.Attribute(ast.Name(module))) if module in MODULES:
            return False
        case ast.Call(ast.Attribute(attr=name), arguments):
            return name in IN_PLACE or (name in IN_PLACE_ALONE and not arguments)
    return False


def _overwritten(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Slips:
    """Arguments that get a number of their own before they are used."""
    unused = {each.arg for each in (*function.args.posonlyargs, *function.args.args)}
    for statement in function.body:
        match statement:
            case ast.Assign([ast.Name(name)], ast.Constant(int() | float())) if name in unused:
                yield statement.lineno, OVERWRITTEN
        unused -= {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)}


def _whole_numbers(statements: list[ast.stmt]) -> Slips:
    """Arrays of whole numbers into which something is put."""
    filled = set()
    for statement in statements:
        match statement:
            case ast.Assign([ast.Subscript(ast.Name(name))]):
                filled.add(name)
            case ast.AugAssign(ast.Subscript(ast.Name(name))):
                filled.add(name)
    for statement in statements:
        match statement:
            case ast.Assign([ast.Name(name)], ast.Call() as call) if name in filled:
                if _is_of_whole_numbers(call):
                    yield statement.lineno, WHOLE_NUMBERS


def _is_of_whole_numbers(call: ast.Call) -> bool:
    match call:
        case ast.Call(ast.Attribute(ast.Name(module), name), arguments, keywords):
            if module not in MODULES:
                return False
            kinds = [ast.unparse(each.value) for each in keywords if each.arg == "dtype"]
            if name in MAKERS:
                return bool(kinds) and kinds[0] in WHOLE
            match arguments:
                case [ast.List(parts)] if name == "array" and parts and not kinds:
                    return all(isinstance(p, ast.Constant) and type(p.value) is int for p in parts)
    return False
