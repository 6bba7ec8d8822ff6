"""Slopes on a tape: the derivatives of each step with respect to its own operands.

    (a + b)' : 1, 1            (a - b)' : 1, -1             (a b)' : b, a
    (a / b)' : 1/b, -a/b^2     (a^b)' : b a^(b-1), a^b log a
    max(a, b)' : 1 for the larger, 0 for the other, 1/2 each where they are equal
    exp(a)' : exp a            log(a)' : 1/a                sin(a)' : cos a     cos(a)' : -sin a

The result has one row for each step and two columns; a step with one operand has 0 in the second
column. PyTorch and JAX split the slope of a maximum in the same way at a tie. An unknown step
raises KeyError, and a tape without steps raises ValueError.

    >>> run(np.array([2.0, 3.0, 5.0]), tape=(("multiply", 0, 1), ("maximum", 0, 0)))
    array([[3. , 2. ],
           [0.5, 0.5]])

Source: Griewank and Walther 2008, table 2.3; lecture 000, "The computational graph and AutoDiff".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.autodiff._tape import TAPES, Tape, in_torch, record, slopes, stacked
from reference.spec import Between, Procedure, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)], *, tape: Shaped[Tape, Try(TAPES)]
) -> Shaped[Real, "s 2"]:
    rows = slopes(tape, record(tape, inputs))
    return np.stack([stacked([*row, 0.0][:2], inputs.dtype) for row in rows])


def sums_and_differences(f, inputs, tape):
    """A sum has the slopes 1 and 1, and a difference 1 and -1, for any operands."""
    found = f(inputs, tape=(*tape, ("add", 0, 1), ("subtract", 0, 1)))
    return found[-2:], np.array([[1.0, 1.0], [1.0, -1.0]])


def products_and_quotients(f, inputs, tape):
    """In (a / b) b, the slope of a / b by a, times that of the product by a / b, is one."""
    found = f(inputs, tape=(*tape, ("divide", 0, 1), ("multiply", 3 + len(tape), 1)))
    return found[-2, 0] * found[-1, 0], np.float64(1.0)


def powers_and_logarithms(f, inputs, tape):
    """The power a^b has the same slopes as exp(b log a)."""
    found = f(inputs, tape=(*tape, ("power", 0, 1), ("log", 0)))
    value = inputs[0] ** inputs[1]
    return found[-2], stacked(
        [value * inputs[1] * found[-1, 0], value * np.log(inputs[0])], inputs.dtype
    )


def _torch(torch, inputs, tape):
    values = [v.detach().requires_grad_() for v in in_torch(torch, tape, inputs)]
    rows = []
    for name, *operands in tape:
        own = [values[k].detach().clone().requires_grad_() for k in operands]
        y = getattr(torch, name.replace("power", "pow"))(*own)
        rows.append(torch.stack([*torch.autograd.grad(y, own), torch.zeros_like(y)][:2]))
    return torch.stack(rows).detach()


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(sums_and_differences, products_and_quotients, powers_and_logarithms),
)
