"""Symbolic swell: symbolic differentiation swells and fails at a branch, automatic does neither.

The function is a nest of parabolas, x <- 4 x (1 - x), as in a loop. Counted are the symbols of the
nested expression, the symbols of its derivative, and the nodes of the graph that automatic
differentiation goes through. A function with an `if` cannot be called with a symbol at all, since a
symbol is neither above nor below a number. The graph records the branch that was taken.

Source: Lamurias (000), "Computing derivatives"; Griewank and Walther 2008, chapter 1.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from reference.autodiff import Symbol, Variable, derivative, gradients, size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEPTHS = tuple(range(1, 9))
START = 0.3


class Result(NamedTuple):
    """For each depth: symbols of the function and of its derivative, and nodes of the graph.

    `branch` is the derivative of `branching` at START, and `refused` what symbols answer to it.
    """

    expression: list[int]
    derivative: list[int]
    graph: list[int]
    branch: float
    refused: str


def nested(x: Any, depth: int) -> Any:
    for _ in range(depth):
        x = 4 * x * (1 - x)
    return x


def branching(x: Any) -> Any:
    """x squared, multiplied by itself until it is below 1/1000."""
    y = x * x
    while y > 1e-3:
        y = y * y
    return y


def run() -> Result:
    expressions = [nested(Symbol("x"), depth) for depth in DEPTHS]
    x = Variable(START)
    (slope,) = gradients(branching(x), [x])
    return Result(
        [size(each) for each in expressions],
        [size(derivative(each, "x")) for each in expressions],
        [_nodes(nested(Variable(START), depth)) for depth in DEPTHS],
        float(slope),
        _refused(),
    )


def _nodes(output: Variable) -> int:
    found, waiting = {id(output)}, [output]
    while waiting:
        for parent, _ in waiting.pop().parents:
            if id(parent) not in found:
                found.add(id(parent))
                waiting.append(parent)
    return len(found)


def _refused() -> str:
    try:
        branching(Symbol("x"))
    except TypeError as error:
        return str(error)
    return ""


def sentence(result: Result) -> str:
    return (
        f"After {DEPTHS[-1]} rounds of a loop, the derivative has {result.derivative[-1]} symbols "
        f"as an expression, and the graph has {result.graph[-1]} nodes. A function that loops "
        "until its value is small cannot be called with a symbol, but its automatic derivative at "
        f"{START:g} is {result.branch:.3g}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {
        "derivative": (DEPTHS, result.derivative),
        "expression": (DEPTHS, result.expression),
        "graph": (DEPTHS, result.graph),
    }
    return line_chart(curves, x="rounds of the loop", title="symbols, or nodes", log=True)
