"""Max pooling of images: the largest entry of each square window.

    y[n, c, p, q] = max_{k, l} x[n, c, p stride + k, q stride + l]       (forward)
    dL/dx[n, c, i, j] = sum of g[n, c, p, q] over the windows that took (i, j)      (g = dL/dy)

k and l run over `size` entries. These are the values of `max_pooling`, without its indices. Images
have shape (n, c, height, width), as in PyTorch; Keras has the channels last. If entries are equal,
the first of them is taken, as in PyTorch. At such a tie every way to share the gradient out is a
subgradient; `at_tie` is that of `max_pooling`. In a window with nan the last nan is taken. A window
that is larger than the image raises ValueError.

    >>> import numpy as np
    >>> forward(np.array([[[[1, 2, 4, 0], [8, 1, 0, 0]]]]), size=2, stride=2)
    array([[[[8, 4]]]])

Source: Ranzato, Huang, Boureau, LeCun 2007; Goodfellow, Bengio, Courville 2016, section 9.3.
"""

from typing import Annotated as Shaped
from typing import Any

from reference.spec import Gradients, Range, Real, Spec, Subgradient, Try, settings_of
from reference.windows import max_pooling


def forward(
    x: Shaped[Real, "n c h+size-1 w+size-1"],
    *,
    size: Shaped[int, Try((2, 3)), Range(2, 5)] = 2,
    stride: Shaped[int, Try((1, 2, 3)), Range(1, 5)] = 2,
) -> Shaped[Real, "n c rows columns"]:
    return max_pooling.forward(x, size=size, stride=stride)[0]


@settings_of(forward)
def backward(
    grad: Real,
    x: Real,
    *,
    at_tie: Shaped[float | None, Subgradient(0.0, 1.0, conserved=True)] = None,
    **settings: Any,
) -> Gradients:
    size, stride = settings["size"], settings["stride"]
    if grad.shape[2:] != tuple((length - size) // stride + 1 for length in x.shape[2:]):
        raise ValueError(f"upstream gradients of {grad.shape} are not one for each window")
    return max_pooling.SPEC.backward(grad, x, at_tie=at_tie, **settings)


def doubles(f, x, **settings):
    """Doubling the image doubles the values."""
    return f(2 * x, **settings), 2 * f(x, **settings)


def rises_with_the_image(f, x, **settings):
    """Adding one number to the image adds it to the values."""
    return f(x + 3.0, **settings), f(x, **settings) + 3.0


def stride_leaves_out(f, x, *, stride, **settings):
    """A stride of s keeps every s-th window of a stride of 1."""
    every = f(x, stride=1, **settings)
    return f(x, stride=stride, **settings), every[..., ::stride, ::stride]


def turned(f, x, **settings):
    """The image with rows and columns exchanged gives values with them exchanged."""
    return f(x.swapaxes(2, 3), **settings).swapaxes(2, 3), f(x, **settings)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, size, stride: torch.nn.functional.max_pool2d(x, size, stride),
    properties=(doubles, rises_with_the_image, stride_leaves_out, turned),
)
