"""Inverted dropout: kept entries are enlarged in training, and nothing changes in testing.

    y = x m / (1 - rate)   in training                 (forward, m = 1 for what is kept, else 0)
    y = x                  in testing
    dL/dx = g m / (1 - rate)   or   g                  (backward, g = dL/dy)

PyTorch and Keras use this form. `rate` is the probability that an entry is dropped. The entries of
the mask are sampled independently and are 1 with probability 1 - rate, so the number of kept
entries varies; lecture 002 speaks of a fixed proportion. A rate of 1 gives nan (0 / 0); PyTorch
returns zeros. A dropped infinity gives nan, because inf times 0 is nan.

    >>> import numpy as np
    >>> forward(np.array([1.0, 2.0, 3.0]), np.array([1, 0, 1]), rate=0.5)
    array([2., 0., 6.])

Source: Srivastava et al. 2014, section 10; Vanschoren (001), "Dropout".
"""

from typing import Annotated as Shaped

from reference.spec import Below, Gradients, Index, Range, Real, Spec, Try


def forward(
    x: Shaped[Real, "..."],
    mask: Shaped[Index, "...", Below("2")],
    *,
    rate: Shaped[float, Try((0.5, 0.0, 0.3)), Range(0, 1)] = 0.5,
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "..."]:
    return x * mask.astype(x.dtype) / (1 - rate) if training else 1 * x


def backward(
    grad: Real, x: Real, mask: Index, *, rate: float = 0.5, training: bool = True
) -> Gradients:
    return (forward(grad, mask, rate=rate, training=training),)


def training_is_testing_on_average(f, x, mask, rate, training):
    """The average of kept and dropped, weighted by their chances, is the testing output."""
    kept = f(x, 1 + 0 * mask, rate=rate, training=True)
    dropped = f(x, 0 * mask, rate=rate, training=True)
    return (1 - rate) * kept + rate * dropped, f(x, mask, rate=rate, training=False)


def testing_is_blind_to_the_mask(f, x, mask, rate, training):
    """In testing nothing is dropped, whatever the mask is."""
    return f(x, mask, rate=rate, training=False), x


def a_mask_and_its_complement(f, x, mask, rate, training):
    """In training, a mask's output plus its complement's output is x / (1 - rate)."""
    both = f(x, mask, rate=rate, training=True) + f(x, 1 - mask, rate=rate, training=True)
    return both * (1 - rate), x


def _torch(torch, x, mask, rate, training):
    if not training:
        return torch.nn.functional.dropout(x, rate, training=False)
    return x.masked_fill(mask == 0, 0.0) / (1 - rate)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        training_is_testing_on_average,
        testing_is_blind_to_the_mask,
        a_mask_and_its_complement,
    ),
)
