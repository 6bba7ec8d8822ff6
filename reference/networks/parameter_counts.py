"""Number of parameters of each layer in a fully connected network.

    (d + 1) k        from d inputs to k outputs: d k weights and k biases

`widths` are the numbers of inputs, of units in each hidden layer, and of outputs. The networks of
the lectures: 2-4-4-1 has 12 + 20 + 5 = 37 parameters, and 784-512-512-10 has
401920 + 262656 + 5130 = 669706. Keras prints these numbers in model.summary(). A single width gives
an empty array.

    >>> run((2, 4, 4, 1))
    array([12, 20,  5])

Source: lecture 000, "Keras Sequential"; Vanschoren (001), "Model summary".
"""

from itertools import pairwise
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Try

Widths = tuple[int, ...]
TRIED = ((2, 4, 4, 1), (784, 512, 512, 10), (3, 1), (1, 1, 1), (5, 2, 7), (1, 6), (4, 3, 2))


def run(
    widths: Shaped[Widths, Try(TRIED)], *, bias: Shaped[bool, Try((True, False))] = True
) -> Shaped[Index, "l"]:
    inputs, outputs = np.array(widths[:-1]), np.array(widths[1:])
    return (inputs + 1) * outputs if bias else inputs * outputs


def one_bias_for_each_neuron(f, widths, bias):
    """The biases add one parameter for each neuron that is not an input."""
    return f(widths, bias=True) - f(widths, bias=False), np.array(widths[1:])


def bias_is_the_weight_of_one(f, widths, bias):
    """In the first layer, biases add as many parameters as one more input."""
    wider = (widths[0] + 1, *widths[1:])
    return f(widths, bias=True)[0], f(wider, bias=False)[0]


def _torch(torch, widths, bias):
    layers = [torch.nn.Linear(d, k, bias=bias, device="meta") for d, k in pairwise(widths)]
    return torch.tensor([sum(p.numel() for p in layer.parameters()) for layer in layers])


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(one_bias_for_each_neuron, bias_is_the_weight_of_one),
)
