"""Half the squared error of the two neurons of lecture 004.

    L = 1/2 (y - a2)^2                                     (forward, a2 as in two_neurons)
    dL/dz2 = (a2 - y) a2 (1 - a2)
    dL/dw2 = dL/dz2 a1,   dL/db2 = dL/dz2
    dL/dz1 = dL/dz2 w2 a1 (1 - a1)
    dL/dw1 = dL/dz1 x,    dL/db1 = dL/dz1                  (backward: w1, b1, w2, b2)

All arguments and the loss are numbers. With the numbers of the lecture, a2 is 0.609, and dL/dw2 is
the product of a1 and two more factors, a2 (1 - a2) and a2 - y. The lecture prints 0.0679 for it,
and leaves the other three derivatives to the reader:

    >>> a2 = two_neurons.forward(0.05, 0.1, -0.1, 0.3, 0.3)[3]
    >>> round(float(a2 * (1 - a2)), 3), round(float(a2 - 0.01), 3)
    (0.238, 0.599)
    >>> [round(float(v), 6) for v in backward(1.0, 0.05, 0.1, -0.1, 0.3, 0.3, 0.01)]
    [0.000534, 0.010673, 0.067929, 0.142627]
    >>> round(float(forward(0.05, 0.1, -0.1, 0.3, 0.3, 0.01)), 4)
    0.1794

Source: Sennblad (004), "Back propagation - Backward pass".
"""

from typing import Annotated as Shaped

from reference.networks import two_neurons
from reference.spec import Example, Given, Gradients, Real, Spec


def forward(
    x: Shaped[Real, "", Given()],
    w1: Shaped[Real, ""],
    b1: Shaped[Real, ""],
    w2: Shaped[Real, ""],
    b2: Shaped[Real, ""],
    y: Shaped[Real, "", Given()],
) -> Shaped[Real, ""]:
    return (y - two_neurons.forward(x, w1, b1, w2, b2)[3]) ** 2 / 2


def backward(grad: Real, x: Real, w1: Real, b1: Real, w2: Real, b2: Real, y: Real) -> Gradients:
    a2 = two_neurons.forward(x, w1, b1, w2, b2)[3]
    nothing = 0 * grad
    return two_neurons.backward((nothing, nothing, nothing, grad * (a2 - y)), x, w1, b1, w2, b2)


def zero_when_right(f, x, w1, b1, w2, b2, y):
    """The loss is half the square of the error: an error of 2 gives a loss of 2."""
    a2 = two_neurons.forward(x, w1, b1, w2, b2)[3]
    return f(x, w1, b1, w2, b2, a2 + 2), 2 + 0 * y


def first_layer_unseen_without_w2(f, x, w1, b1, w2, b2, y):
    """If w2 is zero, the loss does not depend on w1 and b1."""
    return f(x, w1, b1, 0 * w2, b2, y), f(x, 2 * w1, b1 - 1, 0 * w2, b2, y)


def _torch(torch, x, w1, b1, w2, b2, y):
    return (y - torch.sigmoid(w2 * torch.sigmoid(w1 * x + b1) + b2)) ** 2 / 2


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(zero_when_right, first_layer_unseen_without_w2),
    examples=(
        Example(
            inputs={"x": 0.05, "w1": 0.1, "b1": -0.1, "w2": 0.3, "b2": 0.3, "y": 0.01},
            prints={"gradient": (None, None, "0.0679", None)},
            source="Sennblad (004), backward pass",
        ),
    ),
)
