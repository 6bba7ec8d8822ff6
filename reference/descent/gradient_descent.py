"""Gradient descent: repeated steps against the gradient, in any number of dimensions.

    w <- w - learning_rate grad(w)

All partial derivatives are taken at the old point. Lecture 004 lists the update for each weight
separately, and one of its formulas mixes old and new names. Read literally, it would compute later
weights from earlier ones that have already moved.

`descend` follows any gradient and returns the path, including the start. The checks use its path on
the quadratic function 1/2 |A w - b|^2, whose gradient is A^T (A w - b). A `start` of shape (d,)
gives a path of shape (steps + 1, d). In PyTorch this is `torch.optim.SGD` without momentum.

    >>> run(np.array([1.0, 5.0]), np.array([[2.0, 0.0]]), np.array([4.0]), steps=2).round(4)
    array([[1.  , 5.  ],
           [1.4 , 5.  ],
           [1.64, 5.  ]])

Source: Cauchy 1847; Sennblad (004), "Gradient descent"; Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Function, Procedure, Range, Real, Try


def descend(gradient: Function, start: Real, *, learning_rate: float, steps: int) -> Real:
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.stack(path)


def run(
    start: Shaped[Real, "d", Between(-5, 5)],
    matrix: Shaped[Real, "n d", Between(-1, 1)],
    target: Shaped[Real, "n", Between(-5, 5)],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.5)), Range(0, 1)] = 0.1,
    steps: Shaped[int, Try((4, 0, 1)), Range(0, 10)] = 100,
) -> Shaped[Real, "t d"]:
    return descend(
        lambda w: matrix.T @ (matrix @ w - target), start, learning_rate=learning_rate, steps=steps
    )


def rests_in_the_minimum(f, start, matrix, target, **settings):
    """A path that starts where the gradient is zero stays there."""
    path = f(start, matrix, matrix @ start, **settings)
    return path, np.broadcast_to(start, path.shape)


def goes_on_from_where_it_is(f, start, matrix, target, learning_rate, steps):
    """Starting from the second point of a path gives the rest of that path."""
    whole = f(start, matrix, target, learning_rate=learning_rate, steps=steps + 1)
    rest = f(whole[1], matrix, target, learning_rate=learning_rate, steps=steps)
    return whole[1:], rest


def all_at_the_old_point(f, start, matrix, target, learning_rate, steps):
    """The weights have no order: renumbering them renumbers the path and changes nothing else."""
    settings = {"learning_rate": learning_rate, "steps": steps}
    renumbered = f(start[::-1], matrix[:, ::-1], target, **settings)
    return renumbered[:, ::-1], f(start, matrix, target, **settings)


def one_dimension(f, start, matrix, target, learning_rate, steps):
    """In one dimension, each step multiplies the distance to the minimum by the same number."""
    path = f(start[:1], np.array([[2.0]]), np.zeros(1), learning_rate=learning_rate, steps=steps)
    left = (1 - learning_rate * 4) ** np.arange(steps + 1)
    return path[:, 0], left * start[0]


def _torch(torch, start, matrix, target, learning_rate, steps):
    weights = start.clone().requires_grad_()
    optimiser = torch.optim.SGD([weights], lr=learning_rate)
    path = [start]
    for _ in range(steps):
        optimiser.zero_grad()
        ((matrix @ weights - target) ** 2 / 2).sum().backward()
        optimiser.step()
        path.append(weights.detach().clone())
    return torch.stack(path)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        rests_in_the_minimum,
        goes_on_from_where_it_is,
        all_at_the_old_point,
        one_dimension,
    ),
)
