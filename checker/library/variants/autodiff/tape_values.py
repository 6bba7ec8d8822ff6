"""Right ways to run a tape."""

import math
import operator
from typing import Any

import numpy as np

RUN: dict[str, Any] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": pow,
    "maximum": max,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
}


def with_plain_numbers(inputs, *, tape):
    values = [float(x) for x in inputs]
    for name, *operands in tape:
        values.append(RUN[name](*(values[k] for k in operands)))
    return values


def by_the_names_in_numpy(inputs, *, tape):
    values = np.empty(len(inputs) + len(tape))
    values[: len(inputs)] = inputs
    for k, (name, *operands) in enumerate(tape, len(inputs)):
        values[k] = getattr(np, name)(*values[list(operands)])
    return values


def in_single_precision(inputs, *, tape):
    values = list(np.asarray(inputs, dtype=np.float32))
    for name, *operands in tape:
        values.append(getattr(np, name)(*(values[k] for k in operands)))
    return np.array(values)
