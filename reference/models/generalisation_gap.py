"""What two loss curves say of a network: where it was best, and by how much it overfits at the end.

    best = argmin_t validation[t], counted from 1        gap = validation[last] - train[last]

A gap near zero with a high loss means too little capacity; a gap that grows while the training loss
falls means that training examples are learned by heart.

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
    """A curve compared with itself has no gap."""
    return f(train, train)[1], 0 * train[-1]


def best_where_the_bottom_is(f, train, validation):
    """A curve that falls to its end is best there."""
    falling = -np.arange(1.0, len(train) + 1)
    return f(train, falling)[0], len(train)


def both_raised_alike(f, train, validation):
    """A constant added to both curves changes neither number."""
    return f(train + 4, validation + 4), f(train, validation)


def _torch(torch, train, validation):
    return torch.argmin(validation) + 1, validation[-1] - train[-1]


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(no_gap_between_equals, best_where_the_bottom_is, both_raised_alike),
    source="Vanschoren (001)",
)
