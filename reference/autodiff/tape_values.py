"""The values on a tape: the inputs, and what each step makes of the numbers before it.

    x_k = step_k(x_i, x_j)        i, j < k

This is the forward pass: whoever differentiates afterwards needs all of the values, not the last.

Source: Wengert 1964; lecture 000, "computation graphs".
"""

from typing import Annotated as Shaped

from reference.autodiff._tape import TAPES, Tape, in_torch, record, stacked
from reference.spec import Between, Procedure, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)], *, tape: Shaped[Tape, Try(TAPES)]
) -> Shaped[Real, "v"]:
    return stacked(record(tape, inputs))


def begins_with_the_inputs(f, inputs, tape):
    """The first three values are the inputs themselves."""
    return f(inputs, tape=tape)[:3], inputs


def a_step_more_changes_nothing_before(f, inputs, tape):
    """What was computed stays when another step is added at the end."""
    longer = f(inputs, tape=(*tape, ("exp", 0)))
    return longer[:-1], f(inputs, tape=tape)


def last_twice(f, inputs, tape):
    """The last number added to itself is twice that number."""
    last = len(tape) + 2
    longer = f(inputs, tape=(*tape, ("add", last, last)))
    return longer[-1], 2 * longer[-2]


SPEC = Procedure(
    run=run,
    torch=lambda torch, inputs, tape: torch.stack(in_torch(torch, tape, inputs)),
    laws=(begins_with_the_inputs, a_step_more_changes_nothing_before, last_twice),
    source="Wengert 1964; lecture 000",
)
