"""The perceptron: a neuron that fires or does not.

    y_n = 1 where sum_j x_nj w_j + b > 0,  at_zero where it is 0,  0 elsewhere

The step has no slope to follow, so the weights are learned by a rule of their own, the
`perceptron_rule`. The lectures leave the answer at 0 open; 1 is the answer of a neuron that fires
when it reaches its threshold.

Source: Rosenblatt 1958; Brajard (003); Sennblad (004).
"""

from typing import Annotated as Shaped

from reference.activations import step
from reference.activations._margin import clear_of_zero
from reference.spec import Procedure, Real, Try


def run(
    x: Shaped[Real, "n d"],
    weight: Shaped[Real, "d"],
    bias: Shaped[Real, ""],
    *,
    at_zero: Shaped[float, Try((1.0, 0.0))] = 1.0,
) -> Shaped[Real, "n"]:
    return step.forward(x @ weight + bias, at_zero=at_zero)


def blind_to_size(f, x, weight, bias, at_zero):
    """Weights and bias four times as large decide alike."""
    larger = f(x, 4 * weight, 4 * bias, at_zero=at_zero)
    return larger, f(x, weight, bias, at_zero=at_zero)


def opposite_weights_decide_oppositely(f, x, weight, bias, at_zero):
    """Turning the sign of weights and bias exchanges the two answers."""
    opposite = f(x, -weight, -bias, at_zero=1 - at_zero)
    return opposite, 1 - f(x, weight, bias, at_zero=at_zero)


def bias_alone_decides_without_weights(f, x, weight, bias, at_zero):
    """With all weights zero the bias decides, and decides alike for every example."""
    return f(x, 0 * weight, bias, at_zero=at_zero), 0 * (x @ weight) + step.forward(
        bias, at_zero=at_zero
    )


def _torch(torch, x, weight, bias, at_zero):
    return torch.heaviside(x @ weight + bias, x.new_tensor(at_zero))


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(blind_to_size, opposite_weights_decide_oppositely, bias_alone_decides_without_weights),
    source="Rosenblatt 1958",
    possible=lambda x, weight, bias, at_zero: clear_of_zero(x, weight, bias),
)
