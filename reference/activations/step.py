"""Step (Heaviside) activation, the perceptron's.

    y = 1 where x > 0,  at_zero where x = 0,  0 elsewhere      (forward)
    dL/dx = 0                                                  (backward)

The derivative is 0 wherever there is one, so no gradient ever reaches the layers below: that is
why a perceptron cannot be stacked and trained. The lectures leave the value at 0 open; 1 is the
common choice (a neuron fires when it reaches its threshold), 1/2 the symmetric one.

Source: Rosenblatt 1958; Sennblad (004).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Try


def forward(
    x: Shaped[Real, "..."], *, at_zero: Shaped[float, Try((0.0, 0.5, 1.0))] = 1.0
) -> Shaped[Real, "..."]:
    return np.where(x.real > 0, 1.0, np.where(x.real == 0, at_zero, 0.0)).astype(x.dtype)


def backward(grad: Real, x: Real, *, at_zero: float = 1.0) -> Gradients:
    return (0 * grad,)


def blind_to_size(f, x, at_zero):
    """Only the sign of the input matters."""
    return f(7 * x, at_zero=at_zero), f(x, at_zero=at_zero)


def complementary(f, x, at_zero):
    """An input and its opposite share one unit between them."""
    return f(x, at_zero=at_zero) + f(-x, at_zero=1 - at_zero), 1 + 0 * x


def _torch(torch, x, at_zero):
    # heaviside is outside of autograd; the sign, whose gradient is zero, puts it inside.
    return torch.heaviside(x.detach(), x.new_tensor(at_zero)) + 0 * torch.sign(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    laws=(blind_to_size, complementary),
    source="Sennblad (004)",
)
