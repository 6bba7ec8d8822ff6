"""Mean squared error with a weight for each example.

    c_i = (1/k) sum_j (p_ij - y_ij)^2                      (the cost of example i, k outputs)
    weights    L = sum_i w_i c_i / sum_i w_i               (forward)
    examples   L = sum_i w_i c_i / n
    dL/dp_ij = dL/dc_i 2 (p_ij - y_ij) / k                 (backward)

Predictions and targets both have shape (n, k), and weights have shape (n,). The first form is that
of PyTorch, the second that of Keras; `weighted_mean` explains both. In the first form, leaving out
an example of weight zero changes nothing. In the second form it counts as an example of cost zero.

    >>> float(forward(np.array([[3, 0, 0], [0, 6, 0]]), np.zeros((2, 3)), np.array([2, 1])))
    6.0

Source: Bishop 2006, exercise 3.3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.losses import mse, weighted_mean
from reference.losses.weighted_mean import Over
from reference.spec import Between, Given, Gradients, Real, Spec


def forward(
    prediction: Shaped[Real, "n k"],
    target: Shaped[Real, "n k", Given()],
    weight: Shaped[Real, "n", Between(0, 3), Given()],
    *,
    over: Over = "weights",
) -> Shaped[Real, ""]:
    costs = mse.forward(prediction, target, reduction="none").mean(axis=1)
    return weighted_mean.forward(costs, weight, over=over)


def backward(
    grad: Real, prediction: Real, target: Real, weight: Real, *, over: str = "weights"
) -> Gradients:
    (each,) = weighted_mean.backward(grad, weight, weight, over=over)
    outputs = prediction.shape[1]
    return mse.backward(each[:, None] / outputs, prediction, target, reduction="none")


def equal_weights_of_one(f, prediction, target, weight, over):
    """If every weight is one, the result is the mean squared error."""
    return f(prediction, target, 0 * weight + 1, over=over), mse.forward(prediction, target)


def weight_zero_is_absence(f, prediction, target, weight, over):
    """Divided by the sum of the weights, an example of weight zero has no influence."""
    ones = 0 * weight + 1
    with_a_miss = np.concatenate([target[:1] + 9, prediction])
    all_but_it = np.concatenate([0 * ones[:1], ones])
    ours = f(with_a_miss, np.concatenate([target[:1], target]), all_but_it, over="weights")
    return ours, f(prediction, target, ones, over="weights")


def _torch(torch, prediction, target, weight, over):
    each = weight[:, None].expand_as(prediction)
    loss = torch.nn.functional.mse_loss(prediction, target, weight=each)
    return loss if over == "weights" else loss * weight.mean()


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(equal_weights_of_one, weight_zero_is_absence),
    possible=lambda prediction, target, weight, over: float(weight.sum()) > 0,
)
