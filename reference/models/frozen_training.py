"""Transfer learning: the first layer keeps its given weights, the second layer is trained.

    h = s(X W1 + b1) once;    twice: W2 <- W2 - rate dL/dW2,  b2 <- b2 - rate db2
    L = mean over all entries of (h W2 + b2 - Y)^2

Frozen weights keep every bit: no gradient, no momentum and no weight decay changes them. PyTorch
freezes weights with requires_grad = False, Keras with trainable = False before compile. An empty
batch changes nothing.

    >>> run(np.eye(1), np.eye(1), *map(np.zeros, [(1, 2), 2, (2, 1), 1]), learning_rate=0.5)
    (array([[0., 0.]]), array([0., 0.]), array([[0.25],
           [0.25]]), array([0.5]))

Source: Vanschoren (001), "Transfer learning"; Yosinski, Clune, Bengio and Lipson 2014.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations.sigmoid import forward as sigmoid
from reference.spec import Named, Procedure, Range, Real, Try

STEPS = 2


def run(
    x: Shaped[Real, "n d"],
    y: Shaped[Real, "n k"],
    w1: Shaped[Real, "d h"],
    b1: Shaped[Real, "h"],
    w2: Shaped[Real, "h k"],
    b2: Shaped[Real, "k"],
    *,
    learning_rate: Shaped[float, Try((0.5, 0.01)), Range(0, 1)] = 0.01,
) -> tuple[
    Shaped[Real, "d h", Named("w1")],
    Shaped[Real, "h", Named("b1")],
    Shaped[Real, "h k", Named("w2")],
    Shaped[Real, "k", Named("b2")],
]:
    hidden = sigmoid(x @ w1 + b1)
    for _ in range(STEPS):
        error = 2 * (hidden @ w2 + b2 - y) / y.size
        w2, b2 = w2 - learning_rate * (hidden.T @ error), b2 - learning_rate * error.sum(axis=0)
    return w1.copy(), b1.copy(), w2, b2


def frozen_to_the_bit(f, x, y, w1, b1, w2, b2, learning_rate):
    """The weights of the first layer are returned unchanged."""
    return f(x, y, w1, b1, w2, b2, learning_rate=learning_rate)[:2], (w1, b1)


def rests_at_rate_zero(f, x, y, w1, b1, w2, b2, learning_rate):
    """With a learning rate of zero, the second layer does not change either."""
    return f(x, y, w1, b1, w2, b2, learning_rate=0.0), (w1, b1, w2, b2)


def nothing_to_learn(f, x, y, w1, b1, w2, b2, learning_rate):
    """If the outputs already equal the targets, no weight changes."""
    answers = np.zeros(y.shape) + b2
    still = f(x, answers, w1, b1, 0 * w2, b2, learning_rate=learning_rate)
    return still, (w1, b1, 0 * w2, b2)


def _torch(torch, x, y, w1, b1, w2, b2, learning_rate):
    head = [w2.clone().requires_grad_(), b2.clone().requires_grad_()]
    optimiser = torch.optim.SGD(head, lr=learning_rate)
    for _ in range(2):
        optimiser.zero_grad()
        answers = torch.sigmoid(x @ w1 + b1) @ head[0] + head[1]
        torch.nn.functional.mse_loss(answers, y).backward()
        optimiser.step()
    return w1, b1, head[0].detach(), head[1].detach()


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(frozen_to_the_bit, rests_at_rate_zero, nothing_to_learn),
)
