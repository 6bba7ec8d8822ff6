"""Forward mode on a tape: how the last number moves when the inputs move in one direction.

    d_k = sum over the operands i of    dx_k/dx_i d_i

Each number carries its derivative along, so nothing has to be kept. With the direction (1, 0, 0) it
is the derivative by the first input; a gradient takes as many walks as there are inputs.

Source: Wengert 1964; Griewank and Walther 2008, chapter 3.1.
"""

from typing import Annotated as Shaped

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
    """Three times as far the same way: three times the change."""
    return f(inputs, 3 * direction, tape=tape), 3 * f(inputs, direction, tape=tape)


def standing_still(f, inputs, direction, tape):
    """Nothing moves where no input moves."""
    return f(inputs, 0 * direction, tape=tape), 0.0


def product_rule(f, inputs, direction, tape):
    """The square of the result moves by twice the result times what the result moves by."""
    last = len(tape) + 2
    squared = f(inputs, direction, tape=(*tape, ("multiply", last, last)))
    return squared, 2 * record(tape, inputs)[-1] * f(inputs, direction, tape=tape)


def _torch(torch, inputs, direction, tape):
    def last(inputs):
        return in_torch(torch, tape, inputs)[-1]

    return torch.func.jvp(last, (inputs,), (direction,))[1]


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(linear_in_the_direction, standing_still, product_rule),
    source="Wengert 1964",
)
