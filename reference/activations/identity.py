"""Identity, the linear activation.

    y = x                       (forward)
    dL/dx = g                   (backward, g = dL/dy)

Every value passes unchanged, including infinite values and nan. Keras calls this activation
"linear", PyTorch `torch.nn.Identity`. A neuron with this activation is linear regression. Any
number of layers with this activation is together one affine map. The code of lecture 001 computes
the derivative as X / X, which is nan at 0.

    >>> forward(-2.5)
    -2.5

Source: Brajard (003); Sennblad (004).
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    return 1 * x


def backward(grad: Real, x: Real) -> Gradients:
    return (grad + 0,)


def additive(f, x):
    """The output for the sum of two inputs is the sum of their outputs."""
    return f(x + x), f(x) + f(x)


def idempotent(f, x):
    """Applying the function twice gives the same result as applying it once."""
    return f(f(x)), f(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.nn.Identity()(x),
    properties=(additive, idempotent),
)
