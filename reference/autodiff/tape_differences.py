"""Central differences: the derivative of a tape by each input, from values alone.

    (f(x + h e_i) - f(x - h e_i)) / 2h        error h^2 f'''/6

One input moves at a time, and each takes two runs of the tape: the yardstick for gradients, and too
slow to train with.

Source: lecture 000; Nocedal and Wright 2006, section 8.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.autodiff._tape import TAPES, Tape, in_torch, record, stacked
from reference.spec import Between, Procedure, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)],
    *,
    h: Shaped[float, Try((0.5, 0.25))],
    tape: Shaped[Tape, Try(TAPES)],
) -> Shaped[Real, "3"]:
    return stacked([(_end(tape, inputs + e) - _end(tape, inputs - e)) / (2 * h) for e in _steps(h)])


def _steps(h: float) -> list[Real]:
    return [np.where(np.arange(3) == k, h, 0.0) for k in range(3)]


def _end(tape: Tape, inputs: Real) -> Real:
    value: Real = record(tape, inputs)[-1]
    return value


def exact_for_squares(f, inputs, h, tape):
    """A parabola has no third derivative: its central difference is its derivative."""
    found = f(inputs, h=h, tape=(("multiply", 1, 1),))
    return found, stacked([0.0, 2 * inputs[1], 0.0])


def backwards_is_forwards(f, inputs, h, tape):
    """It does not matter from which side the difference is taken."""
    return f(inputs, h=-h, tape=tape), f(inputs, h=h, tape=tape)


def linear_in_the_result(f, inputs, h, tape):
    """Twice the result has twice the differences."""
    last = len(tape) + 2
    return f(inputs, h=h, tape=(*tape, ("add", last, last))), 2 * f(inputs, h=h, tape=tape)


def _torch(torch, inputs, h, tape):
    moved = [
        inputs + s * h * torch.eye(3, dtype=inputs.dtype)[k] for k in range(3) for s in (1, -1)
    ]
    ends = torch.stack([in_torch(torch, tape, each)[-1] for each in moved])
    return (ends[::2] - ends[1::2]) / (2 * h)


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(exact_for_squares, backwards_is_forwards, linear_in_the_result),
    source="lecture 000",
)
