"""The perceptron: a neuron with a step activation.

    y_n = 1 where sum_j x_nj w_j + b > 0,  at_zero where it is 0,  0 elsewhere

The derivative of the step is zero, so gradient descent cannot be used; `perceptron_rule` learns the
weights instead. The lectures do not define the answer at 0. With 1, the default here, a neuron
fires when it reaches its threshold.

    >>> import numpy as np
    >>> run(np.array([[0, 0], [0, 1], [1, 1]]), np.array([1, 1]), -2)
    array([0., 0., 1.])

Source: Rosenblatt 1958; Brajard (003); Sennblad (004).
"""

from typing import Annotated as Shaped

from reference.activations import step
from reference.activations._margin import clear_of_zero
from reference.spec import Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n d"],
    weight: Shaped[Real, "d"],
    bias: Shaped[Real, ""],
    *,
    at_zero: Shaped[float, Try((1.0, 0.0)), Range(0, 1)] = 1.0,
) -> Shaped[Real, "n"]:
    return step.forward(x @ weight + bias, at_zero=at_zero)


def blind_to_size(f, x, weight, bias, at_zero):
    """Multiplying weights and bias by the same positive number changes no answer."""
    larger = f(x, 4 * weight, 4 * bias, at_zero=at_zero)
    return larger, f(x, weight, bias, at_zero=at_zero)


def opposite_weights_decide_oppositely(f, x, weight, bias, at_zero):
    """Negating weights and bias, and swapping the answer at 0, swaps the answers 0 and 1."""
    opposite = f(x, -weight, -bias, at_zero=1 - at_zero)
    return opposite, 1 - f(x, weight, bias, at_zero=at_zero)


def bias_alone_decides_without_weights(f, x, weight, bias, at_zero):
    """If all weights are zero, the bias alone decides, and every example gets the same answer."""
    return f(x, 0 * weight, bias, at_zero=at_zero), 0 * (x @ weight) + step.forward(
        bias, at_zero=at_zero
    )


def _torch(torch, x, weight, bias, at_zero):
    return torch.heaviside(x @ weight + bias, x.new_tensor(at_zero))


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        blind_to_size,
        opposite_weights_decide_oppositely,
        bias_alone_decides_without_weights,
    ),
    possible=lambda x, weight, bias, at_zero: clear_of_zero(x, weight, bias),
)
