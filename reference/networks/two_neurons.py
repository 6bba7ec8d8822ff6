"""Two sigmoid neurons in a row, the worked example of lecture 004: the forward pass.

    z1 = w1 x + b1,   a1 = sigmoid(z1)
    z2 = w2 a1 + b2,  a2 = sigmoid(z2)                     (forward: z1, a1, z2, a2)

All arguments and results are numbers. `backward` takes one upstream gradient for each of the four
results. The gradient of an intermediate number is the sum over all paths: z1, for example, affects
the result z1 itself, and the other results through a1.

    >>> [round(float(v), 3) for v in forward(0.05, 0.1, -0.1, 0.3, 0.3)]
    [-0.095, 0.476, 0.443, 0.609]

Source: Sennblad (004), "Back propagation - Forward pass".
"""

from typing import Annotated as Shaped

from reference.activations import sigmoid
from reference.spec import Example, Given, Gradients, Named, Real, Spec


def forward(
    x: Shaped[Real, "", Given()],
    w1: Shaped[Real, ""],
    b1: Shaped[Real, ""],
    w2: Shaped[Real, ""],
    b2: Shaped[Real, ""],
) -> tuple[
    Shaped[Real, "", Named("z1")],
    Shaped[Real, "", Named("a1")],
    Shaped[Real, "", Named("z2")],
    Shaped[Real, "", Named("a2")],
]:
    z1 = w1 * x + b1
    a1 = sigmoid.forward(z1)
    z2 = w2 * a1 + b2
    return z1, a1, z2, sigmoid.forward(z2)


def backward(grad: Gradients, x: Real, w1: Real, b1: Real, w2: Real, b2: Real) -> Gradients:
    z1, a1, z2, _ = forward(x, w1, b1, w2, b2)
    dz1, da1, dz2, da2 = grad
    dz2 = dz2 + sigmoid.backward(da2, z2)[0]
    dz1 = dz1 + sigmoid.backward(da1 + dz2 * w2, z1)[0]
    return dz1 * x, dz1, dz2 * a1, dz2


def _torch(torch, x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * torch.sigmoid(z1) + b2
    return z1, torch.sigmoid(z1), z2, torch.sigmoid(z2)


def bias_alone_for_zero_weights(f, x, w1, b1, w2, b2):
    """If both weights are zero, z1 and z2 are the biases b1 and b2."""
    z1, _, z2, _ = f(x, 0 * w1, b1, 0 * w2, b2)
    return (z1, z2), (b1, b2)


def one_product(f, x, w1, b1, w2, b2):
    """Doubling the input gives the same results as doubling the first weight."""
    return f(2 * x, w1, b1, w2, b2), f(x, 2 * w1, b1, w2, b2)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(bias_alone_for_zero_weights, one_product),
    examples=(
        Example(
            inputs={"x": 0.05, "w1": 0.1, "b1": -0.1, "w2": 0.3, "b2": 0.3},
            prints={"forward": ("-0.095", "0.476", "0.443", "0.609")},
            source="Sennblad (004), forward pass",
        ),
    ),
)
