"""Identity, the linear activation.

    y = x                       (forward)
    dL/dx = g                   (backward, g = dL/dy)

A neuron with this activation is linear regression; any depth of such layers is one affine map.

Source: Brajard (003); Sennblad (004).
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
    return x + 0


def backward(grad: Real, x: Real) -> Gradients:
    return (grad + 0,)


def additive(f, x):
    """The answer for a sum is the sum of the answers."""
    return f(x + x), f(x) + f(x)


def idempotent(f, x):
    """Applying it twice is applying it once."""
    return f(f(x)), f(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.nn.Identity()(x),
    laws=(additive, idempotent),
    source="Sennblad (004)",
)
