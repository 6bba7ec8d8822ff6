"""Channel shuffle: the channels of several groups take turns, so that groups see each other.

    y[n, k groups + m] = x[n, m c + k]          (forward, for group m and k below c)
    dL/dx[n, m c + k] = g[n, k groups + m]      (backward, g = dL/dy)

c is the number of channels of one group: first comes the first channel of each group, then the
second of each. Each number is moved, none is changed. The image has shape (n, groups c, *axes), as
in PyTorch, where it stands between two convolutions with groups; Keras has no such layer. A number
of channels that `groups` does not divide raises ValueError.

    >>> forward(np.array([[1, 2, 3, 10, 20, 30]]), groups=2)
    array([[ 1, 10,  2, 20,  3, 30]])

Source: Zhang, Zhou, Lin, Sun 2018, section 3.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n groups*c *h"],
    *,
    groups: Shaped[int, Try((2, 3)), Range(1, 4)],
) -> Shaped[Real, "n groups*c *h"]:
    return _transposed(x, groups)


@settings_of(forward)
def backward(grad: Real, x: Real, *, groups: int) -> Gradients:
    return (_transposed(grad, x.shape[1] // groups),)


def _transposed(x: Real, groups: int) -> Real:
    """The channels as a table with a row for each group, read by columns."""
    channels = x.shape[1]
    if channels and (groups < 1 or channels % groups):
        raise ValueError(f"{channels} channels do not divide into {groups} groups")
    table = np.reshape(x, (len(x), groups, channels // max(groups, 1), *x.shape[2:]))
    return np.reshape(table.swapaxes(1, 2).copy(), x.shape)


def as_many_groups_as_channels_of_one_undo_it(f, x, *, groups):
    """A shuffle of c groups, with c channels in one group before, gives the image back."""
    return f(f(x, groups=groups), groups=x.shape[1] // groups), x


def neighbours_are_of_other_groups(f, x, *, groups):
    """The first channels of the result are the first ones of each group."""
    return f(x, groups=groups)[:, :groups], x[:, :: x.shape[1] // groups]


def one_group_stays(f, x, *, groups):
    """A single group stays as it is."""
    return f(x, groups=1), x


def _torch(torch, x, groups):
    return torch.nn.functional.channel_shuffle(x, groups)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        as_many_groups_as_channels_of_one_undo_it,
        neighbours_are_of_other_groups,
        one_group_stays,
    ),
)
