"""Mini-batch gradient descent: one update for each batch, epoch after epoch.

    g = (1/m) sum over the m examples i of the batch of x_i (x_i w - t_i)
    w <- w - learning_rate g

The model is linear, and the loss of a batch is half its mean squared error. `orders` has shape
(epochs, n): each row is the order in which one epoch takes the examples. Shuffling every epoch
means a different row for each. Rows that repeat some examples and leave out others sample with
replacement. The last batch may be smaller, and its gradient is the mean over the examples it has.
Lecture 001 sums over the batch instead, which makes the learning rate m times as large. Lecture 003
prints L(f(x_i, y_i)) three times and means L(f(x_i), y_i). `orders` without rows raises ValueError.

    >>> run(np.ones((3, 1)), np.array([2, 4, 8]), np.zeros(1), np.array([[0, 1, 2]]), size=2)
    array([[1.07]])

Source: lecture 000; Brajard (003), "Batch vs stochastic training".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.descent import gradient_descent, minibatches
from reference.spec import Below, Between, Index, Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n d", Between(-1, 1)],
    target: Shaped[Real, "n", Between(-5, 5)],
    start: Shaped[Real, "d", Between(-5, 5)],
    orders: Shaped[Index, "e n", Below("n")],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.5)), Range(0, 1)] = 0.1,
    size: Shaped[int, Try((2, 1, 3)), Range(1, 40)] = 32,
) -> Shaped[Real, "e d"]:
    """The weights at the end of each epoch."""
    weights, ends = start, []
    for order in orders:
        for batch in minibatches.run(order, size=size):
            gap = x[batch] @ weights - target[batch]
            weights = weights - learning_rate * (x[batch].T @ gap) / len(batch)
        ends.append(weights)
    return np.stack(ends)


def whole_batches_are_gradient_descent(f, x, target, start, orders, learning_rate, size):
    """If one batch holds all examples once, an epoch is one step of gradient descent."""
    once = np.broadcast_to(np.arange(len(x)), orders.shape)
    path = gradient_descent.descend(
        lambda w: x.T @ (x @ w - target) / len(x),
        start,
        learning_rate=learning_rate,
        steps=len(orders),
    )
    return f(x, target, start, once, learning_rate=learning_rate, size=len(x)), path[1:]


def epochs_go_on_from_each_other(f, x, target, start, orders, **settings):
    """Repeating all epochs continues from the weights that the first round ended with."""
    first = f(x, target, start, orders, **settings)
    twice = f(x, target, start, np.concatenate([orders, orders]), **settings)
    return twice[len(orders) :], f(x, target, first[-1], orders, **settings)


def blind_to_repetition(f, x, target, start, orders, learning_rate, size):
    """Using every example twice, in batches of twice the size, changes nothing."""
    doubled = np.repeat(orders, 2, axis=1)
    twice = f(x, target, start, doubled, learning_rate=learning_rate, size=2 * size)
    return twice, f(x, target, start, orders, learning_rate=learning_rate, size=size)


def rests_where_all_is_right(f, x, target, start, orders, **settings):
    """Weights that fit every example exactly stay the same, whatever the batches."""
    path = f(x, x @ start, start, orders, **settings)
    return path, np.broadcast_to(start, path.shape)


def _torch(torch, x, target, start, orders, learning_rate, size):
    weights = start.clone().requires_grad_()
    optimiser, ends = torch.optim.SGD([weights], lr=learning_rate), []
    for order in orders:
        for batch in torch.split(order, size):
            optimiser.zero_grad()
            (torch.nn.functional.mse_loss(x[batch] @ weights, target[batch]) / 2).backward()
            optimiser.step()
        ends.append(weights.detach().clone())
    return torch.stack(ends)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        whole_batches_are_gradient_descent,
        epochs_go_on_from_each_other,
        blind_to_repetition,
        rests_where_all_is_right,
    ),
)
