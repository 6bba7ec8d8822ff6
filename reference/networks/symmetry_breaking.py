"""Symmetry breaking: how far apart the hidden units of a network are while it learns.

    h = tanh(x W1),   o = h w2,   L = 1/(2n) sum_n (o_n - t_n)^2
    g_n = (o_n - t_n) / n,   dL/dw2 = h^T g,   dL/dW1 = x^T (g w2^T * (1 - h^2))
    apart = max over inputs of (largest - smallest weight from this input to any hidden unit)

The distance is measured before the first step of gradient descent and after each step, so the
result has shape (steps + 1,). Units that start with the same incoming and outgoing weights get
equal gradients and stay equal, so that any number of them has the effect of one. Random initial
weights set them apart. Biases may start equal, and this network has none. Three equal units:

    >>> run(np.ones((2, 1)), np.zeros(2), np.full((1, 3), 0.5), np.ones(3), steps=1).round(4)
    array([0., 0.])

Source: Goodfellow, Bengio, Courville 2016, section 8.4; lecture 000, "Initialization"; Vanschoren
(001), "weight initialization".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import tanh
from reference.spec import Between, Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n d", Between(-2, 2)],
    target: Shaped[Real, "n", Between(-2, 2)],
    w1: Shaped[Real, "d h", Between(-1, 1)],
    w2: Shaped[Real, "h", Between(-1, 1)],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.5)), Range(0, 1)] = 0.1,
    steps: Shaped[int, Try((2, 1, 3, 0)), Range(0, 6)] = 100,
) -> Shaped[Real, "t"]:
    path = [_apart(w1)]
    for _ in range(steps):
        sums = x @ w1
        h = tanh.forward(sums)
        gap = (h @ w2 - target) / len(x)
        # In a saturated unit 1 - h^2 has no digits left, and what it is multiplied by may be large.
        dw1 = x.T @ tanh.backward(gap[:, None] * w2, sums)[0]
        w1, w2 = w1 - learning_rate * dw1, w2 - learning_rate * (h.T @ gap)
        path.append(_apart(w1))
    return np.stack(path)


def _apart(w1: Real) -> Real:
    largest: Real = w1.max(axis=1) + (-w1).max(axis=1)
    return largest.max()


def twins_stay_twins(f, x, target, w1, w2, **settings):
    """Units that start with equal weights stay equal, whatever the data is."""
    alike = 0 * w1 + w1[:, :1]
    path = f(x, target, alike, 0 * w2 + w2[0], **settings)
    return path, 0 * path


def zeros_never_move(f, x, target, w1, w2, **settings):
    """If all weights are zero, all gradients are zero and no unit moves."""
    path = f(x, target, 0 * w1, 0 * w2, **settings)
    return path, 0 * path


def units_have_no_order(f, x, target, w1, w2, **settings):
    """Renumbering the hidden units does not change how far apart they are."""
    renumbered = f(x, target, w1[:, ::-1], w2[::-1], **settings)
    return renumbered, f(x, target, w1, w2, **settings)


def mirrored_units_do_the_same(f, x, target, w1, w2, **settings):
    """Changing the sign of all weights does not change how far apart the units are."""
    return f(x, target, -w1, -w2, **settings), f(x, target, w1, w2, **settings)


def _torch(torch, x, target, w1, w2, learning_rate, steps):
    weights = [w1.clone().requires_grad_(), w2.clone().requires_grad_()]
    optimiser, path = torch.optim.SGD(weights, lr=learning_rate), []
    for step in range(steps + 1):
        first = weights[0].detach()
        path.append((first.amax(dim=1) - first.amin(dim=1)).max())
        if step < steps:
            optimiser.zero_grad()
            # tanh, whose slope keeps its digits here, where that of torch.tanh is rounded to 0.
            hidden = 2 * torch.nn.functional.logsigmoid(2 * (x @ weights[0])).exp() - 1
            answer = hidden @ weights[1]
            (torch.nn.functional.mse_loss(answer, target) / 2).backward()
            optimiser.step()
    return torch.stack(path)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        twins_stay_twins,
        zeros_never_move,
        units_have_no_order,
        mirrored_units_do_the_same,
    ),
)
