"""Step (Heaviside) activation, used by the perceptron.

    y = 1 where x > 0,  at_zero where x = 0,  0 elsewhere      (forward)
    dL/dx = 0                                                  (backward)

The derivative is 0 wherever it exists, so no gradient reaches the layers below. For this reason
perceptrons cannot be stacked and trained by gradient descent. The lectures do not define the value
at 0. The common choice is 1 (a neuron fires when it reaches its threshold) and the default here;
1/2 is the symmetric choice. `torch.heaviside` has no default and requires the value at 0. -inf and
nan give 0.

    >>> forward(np.array([-2.0, 0.0, 3.0]))
    array([0., 1., 1.])

Source: Rosenblatt 1958; Sennblad (004).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try


def forward(
    x: Shaped[Real, "..."], *, at_zero: Shaped[float, Try((0.0, 0.5, 1.0)), Range(0, 1)] = 1.0
) -> Shaped[Real, "..."]:
    steps = np.where(x > 0, 1.0, np.where(x == 0, at_zero, 0.0))
    return steps.astype(np.result_type(x, 0.0))


def backward(grad: Real, x: Real, *, at_zero: float = 1.0) -> Gradients:
    return (0 * grad,)


def blind_to_size(f, x, at_zero):
    """Multiplying the input by a positive number changes nothing."""
    return f(7 * x, at_zero=at_zero), f(x, at_zero=at_zero)


def complementary(f, x, at_zero):
    """The outputs at x and -x add up to one, if the second has the value 1 - at_zero at 0."""
    return f(x, at_zero=at_zero) + f(-x, at_zero=1 - at_zero), 1 + 0 * x


def _torch(torch, x, at_zero):
    # autograd does not support heaviside; adding 0 * sign(x) gives it a gradient of zero.
    return torch.heaviside(x.detach(), x.new_tensor(at_zero)) + 0 * torch.sign(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(blind_to_size, complementary),
    by_convention=lambda x, at_zero: (x == 0,),
)
