"""The delta rule: weight changes for a network of sigmoids with one hidden layer.

    s = sigmoid(x W1 + b1),   o = sigmoid(s W2 + b2)
    D_k = (t_k - o_k) o_k (1 - o_k)                            (output neuron k)
    D_i = (sum_k D_k w_ik) s_i (1 - s_i)                       (hidden neuron i)
    change of a weight = rate * D of its target * value of its source

The changes are summed over the examples, like the gradient of half the squared error. They equal
-rate times that gradient and are added to the weights; the minus sign of gradient descent is
contained in (t - o). Lecture 000 writes the deltas with this sign. Elsewhere delta usually means
dL/dz, which has the opposite sign. The slopes o_k (1 - o_k) and s_i (1 - s_i) are those of
`sigmoid`, which keeps their digits where the sigmoid is close to 1. With one example at a time this
is the stochastic rule of the lecture. An empty batch gives changes of zero.

    >>> run(np.array([[1, 2]]), np.zeros((2, 3)), np.zeros(3), np.array([[1], [0], [-1]]),
    ...     np.zeros(1), np.array([[1]]), rate=2.0)[0]
    array([[ 0.0625,  0.    , -0.0625],
           [ 0.125 ,  0.    , -0.125 ]])

Source: lecture 000, "Backpropagation"; Rumelhart, Hinton, Williams 1986.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import sigmoid
from reference.linear import dense
from reference.losses import half_rss
from reference.spec import Named, Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n d"],
    w1: Shaped[Real, "d h"],
    b1: Shaped[Real, "h"],
    w2: Shaped[Real, "h k"],
    b2: Shaped[Real, "k"],
    target: Shaped[Real, "n k"],
    *,
    rate: Shaped[float, Try((0.1, 1.0)), Range(0, 10)] = 0.1,
) -> tuple[
    Shaped[Real, "d h", Named("change of w1")],
    Shaped[Real, "h", Named("change of b1")],
    Shaped[Real, "h k", Named("change of w2")],
    Shaped[Real, "k", Named("change of b2")],
]:
    z1 = x @ w1 + b1
    s = sigmoid.forward(z1)
    z2 = s @ w2 + b2
    (output,) = sigmoid.backward(target - sigmoid.forward(z2), z2)
    (hidden,) = sigmoid.backward(output @ w2.T, z1)
    return (
        rate * (x.T @ hidden),
        rate * hidden.sum(axis=0),
        rate * (s.T @ output),
        rate * output.sum(axis=0),
    )


def is_backpropagation(f, x, w1, b1, w2, b2, target, rate):
    """The changes are -rate times the gradient of half the squared error."""
    z1 = dense.forward(x, w1, b1)
    s = sigmoid.forward(z1)
    z2 = dense.forward(s, w2, b2)
    (do,) = half_rss.backward(np.array(1.0), sigmoid.forward(z2), target)
    (dz2,) = sigmoid.backward(do, z2)
    ds, dw2, db2 = dense.backward(dz2, s, w2, b2)
    (dz1,) = sigmoid.backward(ds, z1)
    _, dw1, db1 = dense.backward(dz1, x, w1, b1)
    changes = tuple(-rate * each for each in (dw1, db1, dw2, db2))
    return f(x, w1, b1, w2, b2, target, rate=rate), changes


def content_when_right(f, x, w1, b1, w2, b2, target, rate):
    """If the targets equal the outputs of the network, nothing changes."""
    s = sigmoid.forward(dense.forward(x, w1, b1))
    answer = sigmoid.forward(dense.forward(s, w2, b2))
    still = tuple(0 * each for each in (w1, b1, w2, b2))
    return f(x, w1, b1, w2, b2, answer, rate=rate), still


def hidden_neurons_learn_through_their_outgoing_weights(f, x, w1, b1, w2, b2, target, rate):
    """A hidden layer whose outgoing weights are all zero does not learn."""
    w1_change, b1_change, *_ = f(x, w1, b1, 0 * w2, b2, target, rate=rate)
    return (w1_change, b1_change), (0 * w1, 0 * b1)


def _torch(torch, x, w1, b1, w2, b2, target, rate):
    parameters = [each.requires_grad_() for each in (w1, b1, w2, b2)]
    answer = torch.sigmoid(torch.sigmoid(x @ w1 + b1) @ w2 + b2)
    loss = torch.nn.functional.mse_loss(answer, target, reduction="sum") / 2
    return tuple(-rate * each for each in torch.autograd.grad(loss, parameters))


def _terms(x, w1, b1, w2, b2, target, rate):
    """The slope s (1 - s) of a saturated unit is small beside s, from which it is computed."""
    return rate * (1 + np.abs(x).max(initial=0)) * (1 + np.abs(w2).max(initial=0))


SPEC = Procedure(
    run=run,
    terms=_terms,
    torch=_torch,
    properties=(
        is_backpropagation,
        content_when_right,
        hidden_neurons_learn_through_their_outgoing_weights,
    ),
)
