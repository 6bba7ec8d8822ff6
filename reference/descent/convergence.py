"""Convergence: stop where the loss has all but stopped changing.

    stop after the first epoch t with |loss_t - loss_(t-1)| < tolerance

A loss that rises by more than that goes on as well: unlike early stopping, this asks for rest and
not for improvement. Lecture 002 measures it on validation examples; the loop in lecture 001 has it
with tolerance 1e-6 and its `break` one level too far out, where it ends the loop over optimisers.

Source: lecture 002, "stopping criterion"; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Example, Procedure, Real, Try


def run(
    losses: Shaped[Real, "n"], *, tolerance: Shaped[float, Try((2.0, 1.0, 0.5, 0.0))] = 1e-6
) -> int:
    """How many epochs are trained."""
    for epoch in range(1, len(losses)):
        if abs(losses[epoch] - losses[epoch - 1]) < tolerance:
            return epoch + 1
    return len(losses)


def rest_ends_it(f, losses, tolerance):
    """Two equal losses end it, unless the tolerance is zero, which nothing is below."""
    steep = 3.0 ** np.arange(len(losses))
    curve = np.concatenate([steep, steep[-1:], 4 * steep[-1:]])
    return f(curve, tolerance=tolerance), len(curve) - (1 if tolerance > 0 else 0)


def up_or_down_alike(f, losses, tolerance):
    """Only the size of a change counts."""
    return f(-losses, tolerance=tolerance), f(losses, tolerance=tolerance)


def in_the_units_of_the_loss(f, losses, tolerance):
    """Loss and tolerance in other units: the same epoch."""
    return f(4 * losses, tolerance=4 * tolerance), f(losses, tolerance=tolerance)


def ended_is_ended(f, losses, tolerance):
    """What the losses would have been later on changes nothing."""
    trained = f(losses, tolerance=tolerance)
    return f(losses[:trained], tolerance=tolerance), trained


SPEC = Procedure(
    run=run,
    torch="torch has no training loop to stop",
    laws=(rest_ends_it, up_or_down_alike, in_the_units_of_the_loss, ended_is_ended),
    source="lecture 002; Vanschoren (001)",
    examples=tuple(
        Example(
            inputs={"losses": (5, 3, 3.5, 3.4, 3.39, 3.39), "tolerance": tolerance},
            prints={"run": (None,)},
            source="the text",
        )
        for tolerance in (1.0, 0.5, 0.05, 0.0)
    ),
)
