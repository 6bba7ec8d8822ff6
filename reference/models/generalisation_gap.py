"""Best epoch and generalisation gap, read off the curves of training and validation loss.

    best = argmin_t validation[t], counted from 1        gap = validation[last] - train[last]

Both curves have shape (t,), one loss for each epoch; the first of equal minima counts. A gap near
zero with a high loss means too little capacity (underfitting). A gap that grows while the training
loss falls means that the network memorises training examples (overfitting). Empty curves raise
ValueError.

    >>> [float(v) for v in run(np.array([4.0, 2.0, 1.0]), np.array([4.0, 3.0, 3.5]))]
    [2.0, 2.5]

Source: Vanschoren (001), "Regularization and memorization capacity"; Goodfellow, Bengio and
Courville 2016, section 5.2.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Named, Procedure, Real


def run(
    train: Shaped[Real, "t"], validation: Shaped[Real, "t"]
) -> tuple[Shaped[int, "", Named("best")], Shaped[Real, "", Named("gap")]]:
    return int(np.argmax(-validation)) + 1, validation[-1] - train[-1]


def no_gap_between_equals(f, train, validation):
    """If both curves are the same, the gap is zero."""
    return f(train, train)[1], 0 * train[-1]


def best_where_the_bottom_is(f, train, validation):
    """If the validation loss falls until the end, the last epoch is the best."""
    falling = -np.arange(1.0, len(train) + 1)
    return f(train, falling)[0], len(train)


def both_raised_alike(f, train, validation):
    """Adding a constant to both curves changes neither number."""
    return f(train + 4, validation + 4), f(train, validation)


def _torch(torch, train, validation):
    return torch.argmin(validation) + 1, validation[-1] - train[-1]


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(no_gap_between_equals, best_where_the_bottom_is, both_raised_alike),
)
