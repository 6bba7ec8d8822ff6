"""A tape: a computation on three numbers, written as a list of steps in order of execution.

    (("multiply", 0, 1), ("sin", 3))        x3 = x0 x1, then x4 = sin x3

Numbers 0, 1 and 2 are the inputs. Each step computes the next number from earlier ones, and the
last number is the result. Griewank and Walther call this an evaluation trace; it is also known as a
Wengert list.

Source: Wengert 1964; Griewank and Walther 2008, chapter 2; lecture 000, "The computational graph
and AutoDiff".
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference.spec import Real

INPUTS = 3
Step = tuple[Any, ...]
Tape = tuple[Step, ...]

STEPS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
    "maximum": np.maximum,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
}

# The derivatives of each step with respect to its operands; y is its value.
SLOPES: dict[str, Callable[..., tuple[Any, ...]]] = {
    "add": lambda y, a, b: (1.0, 1.0),
    "subtract": lambda y, a, b: (1.0, -1.0),
    "multiply": lambda y, a, b: (b, a),
    "divide": lambda y, a, b: (1 / b, -y / b),
    "power": lambda y, a, b: (b * a ** (b - 1), y * np.log(a)),
    "maximum": lambda y, a, b: (_share(a, b), _share(b, a)),
    "exp": lambda y, a: (y,),
    "log": lambda y, a: (1 / a,),
    "sin": lambda y, a: (np.cos(a),),
    "cos": lambda y, a: (-np.sin(a),),
}

TAPES: tuple[Tape, ...] = (
    *((step,) for step in (("add", 0, 1), ("subtract", 1, 0), ("multiply", 0, 2))),
    *((step,) for step in (("divide", 1, 2), ("power", 0, 1), ("maximum", 0, 2))),
    *((step,) for step in (("exp", 1), ("log", 0), ("sin", 2), ("cos", 0))),
    (("add", 0, 0),),  # the same number as both operands
    (("multiply", 1, 1), ("multiply", 3, 0)),
    (("multiply", 0, 1), ("add", 3, 2), ("sin", 4)),  # a neuron
    (("exp", 0), ("multiply", 3, 3), ("add", 3, 4), ("multiply", 5, 0)),  # paths that meet
    (("exp", 0), ("multiply", 1, 2)),  # a step that the result does not use
    (("sin", 0), ("cos", 3), ("exp", 4), ("multiply", 5, 3), ("log", 5), ("subtract", 6, 7)),
    (("sin", 1), ("sin", 3), ("sin", 4), ("sin", 5), ("sin", 6), ("sin", 7)),
    (("divide", 0, 1), ("power", 3, 2), ("maximum", 4, 0), ("divide", 5, 3)),
    (("multiply", 0, 1), ("multiply", 1, 0), ("maximum", 3, 4)),  # the maximum of equal numbers
    (  # the same step twice, and with its operands exchanged
        *(("subtract", 0, 1), ("subtract", 1, 0), ("divide", 1, 2), ("divide", 2, 1)),
        *(("power", 0, 1), ("power", 1, 0), ("subtract", 0, 1), ("multiply", 3, 9)),
    ),
    (("log", 2), ("subtract", 3, 0), ("multiply", 4, 4), ("cos", 5), ("add", 6, 4)),
    (  # negative numbers on the way
        *(("add", 0, 1), ("subtract", 0, 3), ("maximum", 4, 2), ("exp", 4)),
        *(("divide", 4, 5), ("sin", 4), ("multiply", 7, 4)),
    ),
)


def record(tape: Tape, inputs: Any) -> list[Any]:
    """All numbers on the tape: the inputs, then the value of each step."""
    values = [inputs[k] for k in range(INPUTS)]
    for name, *operands in tape:
        values.append(STEPS[name](*(values[k] for k in operands)))
    return values


def slopes(tape: Tape, values: list[Any]) -> list[tuple[Any, ...]]:
    """The derivatives of each step with respect to its operands, in the order of the operands."""
    return [
        SLOPES[name](values[INPUTS + k], *(values[i] for i in operands))
        for k, (name, *operands) in enumerate(tape)
    ]


def in_torch(torch: Any, tape: Tape, inputs: Any) -> list[Any]:
    values = [inputs[k] for k in range(INPUTS)]
    for name, *operands in tape:
        values.append(getattr(torch, name.replace("power", "pow"))(*(values[k] for k in operands)))
    return values


def stacked(values: list[Any], dtype: Any) -> Real:
    """The values as an array; Python's numbers get the dtype."""
    found: Real = np.stack([np.asarray(v, dtype) if type(v) is float else v for v in values])
    return found


def _share(own: Any, other: Any) -> float:
    """The derivative of a maximum by one operand: 1 for the larger, 1/2 for each of two equals."""
    return 1.0 - float(own < other) - 0.5 * float(own == other)
