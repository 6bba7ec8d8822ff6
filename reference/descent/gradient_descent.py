"""Gradient descent: step after step against the gradient, in any number of dimensions.

    w <- w - learning_rate grad(w)

All partial derivatives are taken at the old point. Lecture 004 lists the update weight by weight,
and one of its formulas mixes old and new names: read so, later weights would see earlier ones
moved already.

`descend` follows any gradient and returns the path, start included. What is checked is its path on
the bowl 1/2 |A w - b|^2, whose gradient is A^T (A w - b).

Source: Cauchy 1847; Sennblad (004), "Gradient descent"; Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Function, Procedure, Real, Try


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
    learning_rate: Shaped[float, Try((0.1, 0.5))] = 0.1,
    steps: Shaped[int, Try((4, 0, 1))] = 100,
) -> Shaped[Real, "t d"]:
    return descend(
        lambda w: matrix.T @ (matrix @ w - target), start, learning_rate=learning_rate, steps=steps
    )


def rests_in_the_minimum(f, start, matrix, target, **settings):
    """Where the gradient is zero the path stays."""
    path = f(start, matrix, matrix @ start, **settings)
    return path, np.broadcast_to(start, path.shape)


def goes_on_from_where_it_is(f, start, matrix, target, learning_rate, steps):
    """A path is its first step and the path from there: nothing else is remembered."""
    whole = f(start, matrix, target, learning_rate=learning_rate, steps=steps + 1)
    rest = f(whole[1], matrix, target, learning_rate=learning_rate, steps=steps)
    return whole[1:], rest


def all_at_the_old_point(f, start, matrix, target, learning_rate, steps):
    """The weights have no order: renumbered, they take the same path."""
    settings = {"learning_rate": learning_rate, "steps": steps}
    renumbered = f(start[::-1], matrix[:, ::-1], target, **settings)
    return renumbered[:, ::-1], f(start, matrix, target, **settings)


def one_dimension(f, start, matrix, target, learning_rate, steps):
    """In one dimension, each step leaves 1 - learning_rate curvature of the way to the minimum."""
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
    laws=(rests_in_the_minimum, goes_on_from_where_it_is, all_at_the_old_point, one_dimension),
    source="Sennblad (004); Brajard (003)",
)
