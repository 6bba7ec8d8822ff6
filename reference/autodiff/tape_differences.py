"""Central differences on a tape: the derivative with respect to each input, from values alone.

    (f(x + h e_i) - f(x - h e_i)) / 2h        error h^2 f'''/6

The inputs are changed one at a time, and each takes two evaluations of the tape. The result serves
to check gradients, but is too slow for training. `h` has no default; h = 0 gives nan. An unknown
step raises KeyError.

    >>> run(np.array([2.0, 3.0, 5.0]), h=0.5, tape=(("multiply", 0, 0), ("multiply", 3, 0)))
    array([12.25,  0.  ,  0.  ])

Source: lecture 000; Nocedal and Wright 2006, section 8.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.autodiff._tape import TAPES, Tape, in_torch, record, stacked
from reference.spec import Between, Procedure, Range, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)],
    *,
    h: Shaped[float, Try((0.5, 0.25)), Range(0.1, 1)],
    tape: Shaped[Tape, Try(TAPES)],
) -> Shaped[Real, "3"]:
    steps = [np.where(np.arange(3) == k, h, 0.0).astype(inputs.dtype) for k in range(3)]
    differences = [(_end(tape, inputs + e) - _end(tape, inputs - e)) / (2 * h) for e in steps]
    return stacked(differences, inputs.dtype)


def _end(tape: Tape, inputs: Real) -> Real:
    value: Real = record(tape, inputs)[-1]
    return value


def exact_for_squares(f, inputs, h, tape):
    """The central difference of a square is its derivative, without any error."""
    found = f(inputs, h=h, tape=(("multiply", 1, 1),))
    return found, stacked([0.0, 2 * inputs[1], 0.0], inputs.dtype)


def backwards_is_forwards(f, inputs, h, tape):
    """Changing the sign of h changes nothing."""
    return f(inputs, h=-h, tape=tape), f(inputs, h=h, tape=tape)


def linear_in_the_result(f, inputs, h, tape):
    """Doubling the result of the tape doubles the differences."""
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
    terms=lambda inputs, h, tape: 10 / h,  # of the two values that are subtracted
    properties=(exact_for_squares, backwards_is_forwards, linear_in_the_result),
)
