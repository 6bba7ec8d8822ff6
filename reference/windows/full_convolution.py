"""Convolution of two signals: each entry of the one brings a copy of the other.

    z[i] = sum_k w[k] x[i - k]               (forward)
    dL/dx[j] = sum_k w[k] g[j + k]           (g = dL/dz)
    dL/dw[k] = sum_j x[j] g[j + k]

x counts as 0 beyond its ends, and every place counts where the two overlap, so that m numbers and k
numbers give m + k - 1. This is the convolution of mathematics and signal processing: beside
cross-correlation, the kernel is flipped. Either of the two may be called the kernel. These are also
the coefficients of a product of two polynomials. NumPy has it as `convolve`.

    >>> forward(np.array([1, 2, 4]), np.array([10, 1]))
    array([10, 21, 42,  4])

Source: Goodfellow, Bengio, Courville 2016, eq. 9.3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "m"], kernel: Shaped[Real, "k"]) -> Shaped[Real, "m+k-1"]:
    count = max(0, len(x) + len(kernel) - 1)
    z = np.zeros_like(x, shape=count, dtype=np.result_type(x, kernel))
    for k, weight in enumerate(kernel):
        z[k : k + len(x)] += x * weight
    return z


def backward(grad: Real, x: Real, kernel: Real) -> Gradients:
    if len(grad) != max(0, len(x) + len(kernel) - 1):
        raise ValueError(f"{len(grad)} upstream gradients are not one for each output")
    dtype = np.result_type(grad, x, kernel)
    dx, dkernel = np.zeros_like(x, dtype=dtype), np.zeros_like(kernel, dtype=dtype)
    for k, weight in enumerate(kernel):
        met = grad[k : k + len(x)]
        dx += met * weight
        dkernel[k] = (x * met).sum()
    return dx, dkernel


def commutes(f, x, kernel):
    """The signal and the kernel may be exchanged."""
    return f(x, kernel), f(kernel, x)


def sums_are_multiplied(f, x, kernel):
    """The sum of the outputs is the sum of the signal times that of the kernel."""
    return f(x, kernel).sum(), x.sum() * kernel.sum()


def moves_with_the_signal(f, x, kernel):
    """A zero before the signal moves the outputs by one place."""
    return f(np.concatenate([0 * x[:1], x]), kernel)[1:], f(x, kernel)


def _torch(torch, x, kernel):
    copies = torch.nn.functional.pad(kernel[:, None] * x, (0, len(kernel)))
    count = max(0, len(x) + len(kernel) - 1)  # each row is one place further to the right
    return copies.reshape(-1)[: len(kernel) * count].reshape(len(kernel), count).sum(dim=0)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(commutes, sums_are_multiplied, moves_with_the_signal),
)
