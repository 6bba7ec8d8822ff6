"""How many outputs a window gives along one axis.

    count = (length + 2 padding - dilation (size - 1) - 1) // stride + 1

A window of `size` entries, `dilation` apart, spans dilation (size - 1) + 1 entries of the axis. As
many are left over as it can be moved, and it moves by `stride`; the window at the beginning is the
+ 1. `padding` is added at both ends. What is left after the last window is not used. Where no
window fits, ValueError is raised.

    >>> run(28, 5), run(28, 3, stride=2, padding=1), run(7, 3, dilation=2)
    (24, 14, 3)

Source: Dumoulin and Visin 2016, relationships 6 and 15.
"""

from typing import Annotated as Shaped

from reference.spec import Procedure, Range, Try

LENGTHS = (8, 7, 28, 5, 4, 1, 2, 3, 6, 9, 10, 32)


def run(
    length: Shaped[int, Try(LENGTHS), Range(1, 40)],
    size: Shaped[int, Try((3, 2, 1, 5, 4)), Range(1, 9)],
    *,
    stride: Shaped[int, Try((1, 2, 3, 4)), Range(1, 6)] = 1,
    padding: Shaped[int, Try((0, 1, 2, 3)), Range(0, 6)] = 0,
    dilation: Shaped[int, Try((1, 2, 3)), Range(1, 4)] = 1,
) -> Shaped[int, ""]:
    room = length + 2 * padding - dilation * (size - 1) - 1
    if room < 0:
        raise ValueError(f"a window of {size} does not fit into {length} + 2 * {padding} entries")
    return room // stride + 1


def _fits(length, size, stride, padding, dilation):
    return length + 2 * padding > dilation * (size - 1)


def one_stride_more(f, length, size, stride, **settings):
    """An axis that is longer by the stride has one output more."""
    longer = f(length + stride, size, stride=stride, **settings)
    return longer, f(length, size, stride=stride, **settings) + 1


def padding_lengthens(f, length, size, padding, **settings):
    """Padding is a longer axis."""
    longer = f(length + 2 * padding, size, padding=0, **settings)
    return f(length, size, padding=padding, **settings), longer


def dilation_lengthens(f, length, size, dilation, **settings):
    """A dilated window is one of more entries."""
    longer = f(length, dilation * (size - 1) + 1, dilation=1, **settings)
    return f(length, size, dilation=dilation, **settings), longer


def _torch(torch, length, size, stride, padding, dilation):
    layer = torch.nn.Conv1d(1, 1, size, stride, padding, dilation, device="meta")
    return torch.tensor(layer(torch.empty(1, 1, length, device="meta")).shape[-1])


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(one_stride_more, padding_lengthens, dilation_lengthens),
    possible=_fits,
    rejects_invalid=True,
)
