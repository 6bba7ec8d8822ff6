"""Values on a tape: the inputs, and the value of each step.

    x_k = step_k(x_i, x_j)        i, j < k

This is the forward pass. Reverse-mode differentiation needs all of these values, not only the last.
A tape of s steps has s + 3 values. An unknown step raises KeyError.

    >>> run([2.0, 3.0, 5.0], tape=(("multiply", 0, 1), ("add", 3, 2)))
    array([ 2.,  3.,  5.,  6., 11.])

Source: Wengert 1964; lecture 000, "The computational graph and AutoDiff".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.autodiff._tape import TAPES, Tape, in_torch, record
from reference.spec import Between, Procedure, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)], *, tape: Shaped[Tape, Try(TAPES)]
) -> Shaped[Real, "v"]:
    return np.stack(record(tape, inputs))


def begins_with_the_inputs(f, inputs, tape):
    """The first three values are the inputs."""
    return f(inputs, tape=tape)[:3], inputs


def a_step_more_changes_nothing_before(f, inputs, tape):
    """Appending a step does not change the values before it."""
    longer = f(inputs, tape=(*tape, ("exp", 0)))
    return longer[:-1], f(inputs, tape=tape)


def last_twice(f, inputs, tape):
    """Appending a step that adds the last value to itself doubles that value."""
    last = len(tape) + 2
    longer = f(inputs, tape=(*tape, ("add", last, last)))
    return longer[-1], 2 * longer[-2]


SPEC = Procedure(
    run=run,
    torch=lambda torch, inputs, tape: torch.stack(in_torch(torch, tape, inputs)),
    properties=(begins_with_the_inputs, a_step_more_changes_nothing_before, last_twice),
)
