"""Dropout as first published: kept entries stay the same in training, and all shrink in testing.

    y = x m                in training                 (forward, m = 1 for what is kept, else 0)
    y = x (1 - rate)       in testing
    dL/dx = g m   or   g (1 - rate)                    (backward, g = dL/dy)

In testing, the inputs are multiplied by the probability of being kept, so that the output of a
neuron equals its average output in training. Lecture 001 says that outputs are scaled down by the
dropout rate, which is a mistake: the two agree only at a rate of 1/2. PyTorch and Keras use
`dropout_inverted`.

    >>> import numpy as np
    >>> forward(np.array([1.0, 2.0, 4.0]), np.array([1, 0, 1]), rate=0.25, training=False)
    array([0.75, 1.5 , 3.  ])

Source: Srivastava et al. 2014, section 4; Vanschoren (001), "Dropout".
"""

from typing import Annotated as Shaped

from reference.regularisation import dropout_inverted
from reference.spec import Below, Gradients, Index, Range, Real, Spec, Try


def forward(
    x: Shaped[Real, "..."],
    mask: Shaped[Index, "...", Below("2")],
    *,
    rate: Shaped[float, Try((0.5, 0.0, 0.3)), Range(0, 1)] = 0.5,
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "..."]:
    return x * mask.astype(x.dtype) if training else (1 - rate) * x


def backward(
    grad: Real, x: Real, mask: Index, *, rate: float = 0.5, training: bool = True
) -> Gradients:
    return (forward(grad, mask, rate=rate, training=training),)


def training_is_testing_on_average(f, x, mask, rate, training):
    """The average of kept and dropped, weighted by their chances, is the testing output."""
    kept = f(x, 1 + 0 * mask, rate=rate, training=True)
    dropped = f(x, 0 * mask, rate=rate, training=True)
    return (1 - rate) * kept + rate * dropped, f(x, mask, rate=rate, training=False)


def inverted_dropout_with_smaller_numbers(f, x, mask, rate, training):
    """The output is that of inverted dropout times 1 - rate, in training and in testing."""
    inverted = dropout_inverted.forward(x, mask, rate=rate, training=training)
    return f(x, mask, rate=rate, training=training), (1 - rate) * inverted


def dropping_twice_is_dropping_once(f, x, mask, rate, training):
    """In training, applying the same mask twice is the same as applying it once."""
    once = f(x, mask, rate=rate, training=True)
    return f(once, mask, rate=rate, training=True), once


def _torch(torch, x, mask, rate, training):
    return x.masked_fill(mask == 0, 0.0) if training else torch.lerp(x, 0 * x, rate)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        training_is_testing_on_average,
        inverted_dropout_with_smaller_numbers,
        dropping_twice_is_dropping_once,
    ),
)
