"""The products of a convolutional LSTM: those with the images of all times, and those with h.

Convolution has the channels of an image after the examples, and the gates of an LSTM have them at
the end. All images are one batch, and their product with W_ih is one convolution.
"""

from typing import Any

import numpy as np

from reference.recurrent import lstm
from reference.recurrent._recurrence import State
from reference.spec import Real
from reference.windows import _windows, convolution
from reference.windows._windows import Lengths, Pads


def pads_of(lengths: Lengths, size: Lengths, stride: Any, dilation: Any, same: bool) -> Pads:
    """The zeros before and after each axis that make `same` outputs; else none."""
    steps = _windows.each("stride", stride, len(size))
    spans = _windows.reach(size, _windows.each("dilation", dilation, len(size)))
    around = [
        max((-(-length // step) - 1) * step + span - length, 0) * same
        for length, step, span in zip(lengths, steps, spans, strict=True)
    ]
    return tuple((total // 2, total - total // 2) for total in around)


def gates_of(
    x: Real, w_ih: Real, bias: Real | None, stride: Any, dilation: Any, same: bool
) -> tuple[Real, Real, Pads]:
    """What the images add to the gates of all times, channels last; the padded images; the pads."""
    if not len(x) or w_ih.ndim + 1 != x.ndim or len(w_ih) % 4:
        raise ValueError(f"no times, or images of {x.shape} for a kernel of {w_ih.shape}")
    pads = pads_of(x.shape[3:], w_ih.shape[2:], stride, dilation, same)
    image = _windows.padded(np.reshape(x, (len(x) * x.shape[1], *x.shape[2:])), pads)
    y = last(convolution.forward(image, w_ih, bias, stride=stride, dilation=dilation))
    return np.reshape(y, (*x.shape[:2], *y.shape[1:])), image, pads


def run(
    gates: Real, h0: Real | None, c0: Real | None, w_hh: Real, step: Any = lstm.step
) -> tuple[list[Real], State, list[Real], list[State]]:
    """The outputs, the last state, the h before each time, and what the cell keeps of each."""
    zeros = np.zeros_like(gates[0, ..., : gates.shape[-1] // 4])
    state = tuple(zeros if s is None else last(s) for s in (h0, c0))
    outputs, starts, everything = [], [], []
    for now in gates:
        starts.append(state[0])
        recurrent = convolution.forward(first(state[0]), w_hh, None, padding="same")
        state, kept = step(now, last(recurrent), state)
        outputs.append(state[0])
        everything.append(kept)
    return outputs, state, starts, everything


def first(image: Real) -> Real:
    """The image with its channels after the examples, as convolution has them."""
    return np.moveaxis(image, -1, 1)


def last(image: Real) -> Real:
    """The image with its channels at the end, as the gates of an LSTM have them."""
    return np.moveaxis(image, 1, -1)
