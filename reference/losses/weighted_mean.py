"""The weighted mean of the costs of examples (sample weights).

    weights    L = sum_i w_i c_i / sum_i w_i,   dL/dc_i = g w_i / sum_j w_j
    examples   L = sum_i w_i c_i / n,           dL/dc_i = g w_i / n

c_i is the cost of one example, from any loss with the reduction "none". Costs and weights both have
shape (n,). With the first form, doubling all weights leaves the loss the same; PyTorch uses it in
`mse_loss`, and for the class weights of `cross_entropy` and `nll_loss`. With the second form,
doubling all weights doubles the loss; PyTorch uses it in `binary_cross_entropy`, and Keras uses it
by default. Weights whose sum is 0 give nan in the first form and 0 in the second. An empty batch
gives nan.

    >>> float(forward(np.array([1.0, 4.0]), np.array([2.0, 1.0])))
    2.0

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
    """If every weight is one, the result is the mean."""
    return f(cost, 0 * weight + 1, over=over), cost.mean()


def doubled_weights(f, cost, weight, over):
    """Doubling all weights doubles the loss, unless it is divided by their sum."""
    twice = f(cost, 2 * weight, over=over)
    return twice, (1 if over == "weights" else 2) * f(cost, weight, over=over)


def a_weight_is_a_repetition(f, cost, weight, over):
    """Divided by the sum of the weights, an example of weight two counts as two examples."""
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
    properties=(equal_weights_of_one, doubled_weights, a_weight_is_a_repetition),
    possible=lambda cost, weight, over: over == "examples" or float(weight.sum()) > 0,
)
