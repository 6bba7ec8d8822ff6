"""Change a function a little: small numbers that are added, and numbers that are rounded.

The changes are like those in `source_changes`, and tried after them.
"""

import ast
from collections.abc import Iterator

from checker.diagnosis.formula_words import ORDINARY, Words

POWERS = range(2, 11)  # of 1/10: the small numbers
ROUNDED_PI = ("3.14", "3.1416", "3.1415", "3.142", "3.14159", "22 / 7")
ROUNDED_E = ("2.7", "2.71", "2.72", "2.718", "2.7183", "2.7182", "2.71828")
HALF_A_TANH = "2 / (1 + np.exp(-v)) - 1"


def small_changes(node: ast.AST, words: Words) -> Iterator[tuple[str, str, object]]:
    """The changes at one node: in words, then a field of the node and its new value."""
    match node:
        case ast.BinOp(op=ast.Div(), right=right):
            below = words.quoted(right)
            for k in POWERS if below else ():
                yield f"1e-{k} is added to {below}, by which is divided", "right", _more(right, k)
        case ast.Attribute(value=ast.Name(id="np" | "math"), attr="pi"):
            for text in ROUNDED_PI:
                yield f"pi is rounded to {text}", "*", _formula(text)
        case ast.Call(args=[argument]):
            yield from _of_call(node, argument, words)


def _of_call(node: ast.Call, argument: ast.expr, words: Words) -> Iterator[tuple[str, str, object]]:
    function = ast.unparse(node.func)
    name = function.removeprefix("np.").removeprefix("math.").removesuffix(".forward")
    inside = words.quoted(argument)
    if name in ("log", "sqrt") and inside:
        for k in POWERS:
            text = f"1e-{k} is added to {inside} inside {ORDINARY[name]}"
            yield text, "args", [_more(argument, k)]
    if function in ("np.exp", "math.exp", "exp"):
        for text in ROUNDED_E:
            yield f"e is rounded to {text}", "*", ast.BinOp(_formula(text), ast.Pow(), argument)
    if name == "tanh":
        text = "tanh(z) is taken as 2 sigmoid(z) - 1, which has to be 2 sigmoid(2 z) - 1"
        half = ast.Call(_formula(f"(lambda v: {HALF_A_TANH})"), [argument], [])
        yield text, "*", half


def _more(value: ast.expr, power: int) -> ast.expr:
    return ast.BinOp(value, ast.Add(), ast.Constant(10.0**-power))


def _formula(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
