"""Cross-correlation of a signal: a kernel slides along it, and each place gives a weighted sum.

    y[j] = sum_k w[k] x[j + k]               (forward)
    dL/dx[i] = sum_k w[k] g[i - k]           (g = dL/dy, which is 0 beyond its ends)
    dL/dw[k] = sum_j g[j] x[j + k]

This is what networks call a convolution: the kernel is not flipped. The kernel is only laid where
it meets the signal with all its entries, so that the result has the shape (m - k + 1,) for m
numbers and a kernel of k. The gradient of the signal is the full convolution of g and the kernel,
and that of the kernel is the cross-correlation of the signal and g. NumPy calls the forward
correlate.

A kernel longer than the signal raises ValueError.

    >>> forward(np.array([1, 2, 4, 8]), np.array([-1, 1]))
    array([1, 2, 4])

Source: Goodfellow, Bengio, Courville 2016, eq. 9.6 and 9.11.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "n+k-1"], kernel: Shaped[Real, "k"]) -> Shaped[Real, "n"]:
    count = len(x) - len(kernel) + 1
    if count < 1:
        raise ValueError(f"a kernel of {len(kernel)} is longer than a signal of {len(x)}")
    return sum(x[k : k + count] * weight for k, weight in enumerate(kernel))


def backward(grad: Real, x: Real, kernel: Real) -> Gradients:
    count = len(x) - len(kernel) + 1
    if len(grad) != count:
        raise ValueError(f"there are {count} outputs, but {len(grad)} upstream gradients")
    dtype = np.result_type(grad, x, kernel)
    dx, dkernel = np.zeros_like(x, dtype=dtype), np.zeros_like(kernel, dtype=dtype)
    for k, weight in enumerate(kernel):
        dx[k : k + count] += grad * weight
        dkernel[k] = (grad * x[k : k + count]).sum()
    return dx, dkernel


def moves_with_the_signal(f, x, kernel):
    """What stands before the signal moves the outputs and changes none of them."""
    later = f(np.concatenate([x[:1], x]), kernel)
    return later[1:], f(x, kernel)


def last_entry_copies(f, x, kernel):
    """A kernel that is 1 in its last place and 0 elsewhere copies the signal from there on."""
    unit = 0 * kernel + (np.arange(len(kernel)) == len(kernel) - 1)
    return f(x, unit), x[len(kernel) - 1 :]


def mirrored(f, x, kernel):
    """The mirrored signal and the mirrored kernel give the mirrored outputs."""
    return f(x[::-1], kernel[::-1])[::-1], f(x, kernel)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, kernel: torch.nn.functional.conv1d(x[None, None], kernel[None, None])[
        0, 0
    ],
    properties=(moves_with_the_signal, last_entry_copies, mirrored),
)
