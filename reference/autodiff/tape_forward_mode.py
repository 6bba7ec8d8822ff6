"""Forward mode on a tape: the derivative of the result along one direction of the inputs.

    d_k = sum over the operands i of    dx_k/dx_i d_i

Each number is computed together with its derivative, so nothing has to be stored for a second pass.
The direction (1, 0, 0) gives the derivative with respect to the first input; a gradient takes one
pass for each input. PyTorch calls this `torch.func.jvp`. An unknown step raises KeyError.

    >>> run([2.0, 3.0, 5.0], [1.0, 0.0, 2.0], tape=(("multiply", 0, 1), ("add", 3, 2)))
    5.0

Source: Wengert 1964; Griewank and Walther 2008, chapter 3.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.autodiff._tape import INPUTS, TAPES, Tape, in_torch, record, slopes
from reference.spec import Between, Procedure, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)],
    direction: Shaped[Real, "3"],
    *,
    tape: Shaped[Tape, Try(TAPES)],
) -> Shaped[Real, ""]:
    moves = [direction[k] for k in range(INPUTS)]
    for (_, *operands), own in zip(tape, slopes(tape, record(tape, inputs)), strict=True):
        moves.append(sum(slope * moves[i] for i, slope in zip(operands, own, strict=True)))
    result: Real = moves[-1]
    return result


def linear_in_the_direction(f, inputs, direction, tape):
    """Tripling the direction triples the derivative."""
    return f(inputs, 3 * direction, tape=tape), 3 * f(inputs, direction, tape=tape)


def standing_still(f, inputs, direction, tape):
    """The derivative along a direction of zeros is zero."""
    return f(inputs, 0 * direction, tape=tape), 0.0


def product_rule(f, inputs, direction, tape):
    """The derivative of the squared result is twice the result times its derivative."""
    last = len(tape) + 2
    squared = f(inputs, direction, tape=(*tape, ("multiply", last, last)))
    return squared, 2 * record(tape, inputs)[-1] * f(inputs, direction, tape=tape)


def _terms(inputs, direction, tape):
    """The sizes of the contributions of all operands, which may cancel."""
    moves = list(np.abs(direction))
    for (_, *operands), own in zip(tape, slopes(tape, record(tape, inputs)), strict=True):
        moves.append(sum(abs(s) * moves[i] for i, s in zip(operands, own, strict=True)))
    return moves[-1]


def _torch(torch, inputs, direction, tape):
    def last(inputs):
        return in_torch(torch, tape, inputs)[-1]

    return torch.func.jvp(last, (inputs,), (direction,))[1]


SPEC = Procedure(
    run=run,
    torch=_torch,
    terms=_terms,
    properties=(linear_in_the_direction, standing_still, product_rule),
)
