"""The mean of costs that do not all count alike: sample weights.

    weights    L = sum_i w_i c_i / sum_i w_i,   dL/dc_i = g w_i / sum_j w_j
    examples   L = sum_i w_i c_i / n,           dL/dc_i = g w_i / n

c_i is the cost of one example, from any loss with the reduction none. Dividing by the sum of the
weights leaves the loss the same when all are doubled; torch does it in mse_loss, and with the
class weights of cross_entropy and nll_loss. Dividing by the number of examples doubles the loss;
torch does it in binary_cross_entropy, and Keras everywhere. Weights
whose sum is 0 give nan in the first form.

Source: Bishop 2006, exercise 3.3; Vanschoren (001), for the losses.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Given, Gradients, Real, Spec, Try

Over = Shaped[str, Try(("weights", "examples"))]


def forward(
    cost: Shaped[Real, "n"],
    weight: Shaped[Real, "n", Between(0, 3), Given()],
    *,
    over: Over = "weights",
) -> Shaped[Real, ""]:
    return (weight * cost).sum() / (weight.sum() if over == "weights" else len(weight))


def backward(grad: Real, cost: Real, weight: Real, *, over: str = "weights") -> Gradients:
    return (grad * weight / (weight.sum() if over == "weights" else len(weight)),)


def equal_weights_of_one(f, cost, weight, over):
    """Where every weight is one it is the mean."""
    return f(cost, 0 * weight + 1, over=over), cost.mean()


def doubled_weights(f, cost, weight, over):
    """Doubling all weights doubles the loss, unless it is divided by their sum."""
    twice = f(cost, 2 * weight, over=over)
    return twice, (1 if over == "weights" else 2) * f(cost, weight, over=over)


def a_weight_is_a_repetition(f, cost, weight, over):
    """Over the weights, counting all but the first twice is repeating them."""
    ones = 0 * weight + 1
    counts = np.concatenate([ones[:1], 2 * ones[1:]])
    repeated = np.concatenate([cost, cost[1:]])
    return f(cost, counts, over="weights"), repeated.mean()


def _torch(torch, cost, weight, over):
    total = torch.dot(weight, cost)
    return total / weight.sum() if over == "weights" else total / len(weight)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    laws=(equal_weights_of_one, doubled_weights, a_weight_is_a_repetition),
    source="Bishop 2006, exercise 3.3",
    possible=lambda cost, weight, over: over == "examples" or float(weight.sum()) > 0,
)
