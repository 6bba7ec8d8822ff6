"""Rosenblatt's perceptron learning rule: one pass over the examples, in order.

    y = 1 where x_n . w + b >= 0,  else 0
    w <- w + rate (t_n - y) x_n,   b <- b + rate (t_n - y)     for n = 1, 2, ...

The weights change only when an answer is wrong. Each example is classified with the weights that
the examples before it left, and no derivative is needed. If a line separates the classes, the rule
makes only a finite number of mistakes over any number of passes, whatever the order (Novikoff);
otherwise it never stops making mistakes. Targets are 0 and 1; with targets -1 and 1, as in other
texts, each step is twice as long. An empty batch returns the weights and the bias unchanged.

    >>> import numpy as np
    >>> [a.tolist() for a in run(np.array([[1, 0], [1, 1]]), np.array([0, 1]), np.zeros(2), 0)]
    [[0.0, 1.0], 0.0]

Source: Rosenblatt 1958; Novikoff 1962; Sennblad (004), "Perceptron".
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.activations._margin import clear_of_zero
from reference.linear import perceptron
from reference.spec import Below, Example, Index, Named, Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n d"],
    target: Shaped[Index, "n", Below("2")],
    weight: Shaped[Real, "d"],
    bias: Shaped[Real, ""],
    *,
    rate: Shaped[float, Try((1.0, 0.5)), Range(0, math.inf)] = 1.0,
) -> tuple[Shaped[Real, "d", Named("weight")], Shaped[Real, "", Named("bias")]]:
    wanted = target.astype(x.dtype)
    for n in range(len(x)):
        mistake = wanted[n] - perceptron.run(x[n : n + 1], weight, bias)[0]
        weight, bias = weight + rate * mistake * x[n], bias + rate * mistake
    return weight, bias


def _decided(x, target, weight, bias, rate):
    """Whether every example is so far from the boundary that rounding cannot change its answer."""
    sizes = np.abs(weight), np.abs(bias)
    for n in range(len(x)):
        row = x[n : n + 1]
        if not clear_of_zero(row, weight, bias, sizes):
            return False
        learned = run(row, target[n : n + 1], weight, bias, rate=rate)
        # What is added and later taken away again leaves its rounding behind.
        steps = np.abs(learned[0] - weight), np.abs(learned[1] - bias)
        sizes = sizes[0] + steps[0], sizes[1] + steps[1]
        weight, bias = learned
    return True


def content_when_right(f, x, target, weight, bias, rate):
    """If every answer is right, the weights and the bias stay the same."""
    answers = perceptron.run(x, weight, bias)
    return f(x, answers, weight, bias, rate=rate), (weight, bias)


def rate_is_only_a_unit(f, x, target, weight, bias, rate):
    """Starting from zero, doubling the rate doubles the weights and the bias."""
    weight, bias = 0 * weight, 0 * bias
    slow = f(x, target, weight, bias, rate=rate)
    return f(x, target, weight, bias, rate=2 * rate), tuple(2 * each for each in slow)


def one_pass_after_another(f, x, target, weight, bias, rate):
    """A pass over the first examples and then one over the others is a pass over all of them."""
    first = f(x[:2], target[:2], weight, bias, rate=rate)
    return f(x[2:], target[2:], *first, rate=rate), f(x, target, weight, bias, rate=rate)


def _torch(torch, x, target, weight, bias, rate):
    for row, wanted in zip(x, target, strict=True):
        mistake = wanted - (row @ weight + bias >= 0).to(x.dtype)
        weight, bias = torch.add(weight, row * mistake, alpha=rate), bias + rate * mistake
    return weight, bias


SPEC = Procedure(
    run=run,
    torch=_torch,
    terms=lambda x, target, weight, bias, rate, **_: rate * max(1.0, np.abs(x).max(initial=0)),
    properties=(content_when_right, rate_is_only_a_unit, one_pass_after_another),
    examples=(
        Example(
            inputs={
                "x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]],
                "target": [0, 0, 0, 1],
                "weight": [0.0, 0.0],
                "bias": 0.0,
            },
            prints={"run": (None, None)},
            source="the text, learning to say and",
        ),
    ),
    possible=_decided,
)
