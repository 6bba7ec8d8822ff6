"""Repeat vector: the features of each example, again and again along a new axis of times.

    y[n, t, d] = x[n, d]   for t = 1, ..., times                        (forward)
    dL/dx[n, d] = sum_t g[n, t, d]                                      (backward, g = dL/dy)

It stands between an encoder, which makes one vector of a sequence, and a decoder, which reads the
same vector at each time. x is a matrix with a row for each example. Keras has it as a layer, whose
argument is `n`; in PyTorch it is x[:, None].expand(-1, times, -1). Fewer than one time, or an x
that is no matrix, raise ValueError.

    >>> forward(np.array([[1, 2], [3, 4]]), times=2)
    array([[[1, 2],
            [1, 2]],
    <BLANKLINE>
           [[3, 4],
            [3, 4]]])

Source: the layer RepeatVector of Keras; Cho et al. 2014, section 2.2 (each time reads the summary).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n d"], *, times: Shaped[int, Try((3, 1, 2)), Range(1, 7)]
) -> Shaped[Real, "n times d"]:
    if x.ndim != 2 or times < 1:
        raise ValueError(f"a matrix is repeated at least once, not {x.shape} for {times} times")
    return np.repeat(x[:, None], times, axis=1)


@settings_of(forward)
def backward(grad: Real, x: Real, *, times: int) -> Gradients:
    return (grad.sum(axis=1),)


def every_time_is_the_same(f, x, times):
    """The vectors of all times are equal, so reversing the times changes nothing."""
    return f(x, times=times)[:, ::-1], f(x, times=times)


def each_time_has_the_example(f, x, times):
    """The sum over all times is x, as often as it is repeated."""
    return f(x, times=times).sum(axis=1), times * x


def a_further_time(f, x, times):
    """One more repetition is one more copy at the end."""
    longer = np.concatenate([f(x, times=times), x[:, None]], axis=1)
    return f(x, times=times + 1), longer


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, times: x[:, None].expand(-1, times, -1),
    properties=(every_time_is_the_same, each_time_has_the_example, a_further_time),
)
