"""Convergence: stop when the loss has almost stopped changing.

    stop after the first epoch t with |loss_t - loss_(t-1)| < tolerance

Only the size of the change counts, so a loss that rises by the tolerance or more also continues.
Early stopping, by contrast, asks for improvement. If no change is small enough, all epochs are
trained. No losses give 0, and a change from or to nan never stops the training. Lecture 002 applies
the criterion to the validation loss. The loop in lecture 001 uses tolerance 1e-6, but its `break`
is one level too far out and ends the loop over optimisers.

    >>> run([5.0, 3.0, 3.5, 3.4, 3.39], tolerance=0.5)
    4

Source: lecture 002, "stopping criterion"; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Example, Procedure, Range, Real, Try


def run(
    losses: Shaped[Real, "n"],
    *,
    tolerance: Shaped[float, Try((2.0, 1.0, 0.5, 0.0)), Range(0, math.inf)] = 1e-6,
) -> int:
    """The number of epochs that are trained."""
    for epoch in range(1, len(losses)):
        if abs(losses[epoch] - losses[epoch - 1]) < tolerance:
            return epoch + 1
    return len(losses)


def rest_ends_it(f, losses, tolerance):
    """Two equal losses in a row stop the training, unless the tolerance is zero."""
    steep = (1 + tolerance) * (1.0 + np.arange(len(losses)))
    curve = np.concatenate([steep, steep[-1:], 4 * steep[-1:]])
    return f(curve, tolerance=tolerance), len(curve) - (1 if tolerance > 0 else 0)


def only_neighbours_count(f, losses, tolerance):
    """A loss that comes back to the first one after others does not end the training."""
    steep = (1 + tolerance) * (1.0 + np.arange(len(losses) + 1))
    return f(np.append(steep, steep[0]), tolerance=tolerance), len(steep) + 1


def up_or_down_alike(f, losses, tolerance):
    """Only the size of a change counts, not its sign."""
    return f(-losses, tolerance=tolerance), f(losses, tolerance=tolerance)


def in_the_units_of_the_loss(f, losses, tolerance):
    """Multiplying losses and tolerance by one positive number changes nothing."""
    return f(4 * losses, tolerance=4 * tolerance), f(losses, tolerance=tolerance)


def ended_is_ended(f, losses, tolerance):
    """Losses after the last trained epoch have no influence."""
    trained = f(losses, tolerance=tolerance)
    return f(losses[:trained], tolerance=tolerance), trained


SPEC = Procedure(
    run=run,
    torch="torch has no training loop to stop",
    properties=(
        only_neighbours_count,
        rest_ends_it,
        up_or_down_alike,
        in_the_units_of_the_loss,
        ended_is_ended,
    ),
    examples=tuple(
        Example(
            inputs={"losses": (5, 3, 3.5, 3.4, 3.39, 3.39), "tolerance": tolerance},
            prints={"run": (None,)},
            source="the text",
        )
        for tolerance in (1.0, 0.5, 0.05, 0.0)
    ),
)
