"""Convolutional LSTM: a long short-term memory of images, whose products are convolutions.

    (i, f, g, o) = W_ih * x + b + W_hh * h                 (forward, time by time; * convolution)
    c <- s(f) c + s(i) tanh(g),   h <- s(o) tanh(c)        (s = sigmoid, at each place)
    dc += dh s(o) tanh'(c),   do = dh tanh(c) s'(o)        (backward, last time first)
    di = dc tanh(g) s'(i),   df = dc c_before s'(f),   dg = dc s(i) tanh'(g)
    dc_before = dc s(f),   dh_before = the gradient of W_hh * h for (di, df, dg, do)

It is `lstm` with `convolution` for its products, so that what a place remembers depends on its
surroundings. The images x have the shape (times, batch, channels, *axes) with one to three axes.
The kernels W_ih and W_hh have as many entries as each other. W_ih goes over the image with `stride`
and `dilation`; with `same`, zeros around it keep the length of each axis, divided by the stride and
rounded up, the odd one after it. W_hh keeps the size of h. The paper lets the gates see the cell
too, which neither Keras nor this does.

The results are the last output, or those of all times with `return_sequences`, and the last h and
c, which have upstream gradients too. With `go_backwards` the last image is read first, and outputs
are in the order of reading. Without h0 or c0 it starts at zeros.

Keras has the layers ConvLSTM1D to ConvLSTM3D, with batch and time exchanged, channels last, kernels
(*axes, inputs, 4 filters), a padding "valid" or "same", and no stride together with a dilation. Its
bias starts at 1 for f. It may have other functions than sigmoid and tanh, and dropout, which are
left out here. PyTorch has no such layer. The gates are in the order i, f, g, o. A sequence without
times, and shapes that do not match, raise ValueError. The code is longer than that of other
operations: its oracle and its comparison with `lstm` unroll the sequence once more.

    >>> x, w = np.array([[[[1.0, 0.0, 2.0]]], [[[0.0, 0.0, 0.0]]]]), np.ones((4, 1, 1))
    >>> forward(x, None, None, w, 0 * w, return_sequences=True)[0].round(2).ravel()
    array([0.37, 0.  , 0.61, 0.14, 0.  , 0.2 ])

Source: Shi et al. 2015, section 3.1, eq. 3; the layer ConvLSTM2D of Keras.
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.recurrent import lstm
from reference.recurrent._convolutions import first, gates_of, last, pads_of, run
from reference.recurrent._recurrence import State
from reference.spec import Each, Gradients, Maybe, Named, Range, Real, Spec, Try, settings_of
from reference.windows import _windows, convolution
from reference.windows._windows import Lengths


def forward(
    x: Shaped[Real, "t n i *h*stride+dilation*(m-1)*(1-same)"],
    h0: Shaped[Real | None, "n k *h", Maybe()],
    c0: Shaped[Real | None, "n k *h", Maybe()],
    w_ih: Shaped[Real, "4*k i *m"],
    w_hh: Shaped[Real, "4*k k *m"],
    bias: Shaped[Real | None, "4*k", Maybe()] = None,
    *,
    stride: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("m")] = 1,
    dilation: Shaped[int | Lengths, Try((1, 2)), Range(1, 3), Each("m")] = 1,
    same: Shaped[bool, Try((False, True))] = False,
    return_sequences: Shaped[bool, Try((False, True))] = False,
    go_backwards: Shaped[bool, Try((False, True))] = False,
) -> tuple[
    Shaped[Real, "...", Named("output")],
    Shaped[Real, "n k *h", Named("h_n")],
    Shaped[Real, "n k *h", Named("c_n")],
]:
    x = x[::-1] if go_backwards else x
    gates, _, _ = gates_of(x, w_ih, bias, stride, dilation, same)
    outputs, (h, c), _, _ = run(gates, h0, c0, w_hh)
    shown = np.moveaxis(np.stack(outputs), -1, 2)
    return shown if return_sequences else shown[-1].copy(), first(h).copy(), first(c).copy()


@settings_of(forward)
def backward(
    grad: State,
    x: Real,
    h0: Real | None,
    c0: Real | None,
    w_ih: Real,
    w_hh: Real,
    bias: Real | None = None,
    *,
    return_sequences: bool,
    go_backwards: bool,
    **settings: Any,
) -> Gradients:
    x = x[::-1] if go_backwards else x
    gates, image, pads = gates_of(x, w_ih, bias, **settings)
    _, _, starts, everything = run(gates, h0, c0, w_hh)
    dshown, dh, dc = grad[0], last(grad[1]), last(grad[2])
    dgates, dw_hh = list[Real](), 0
    for t in reversed(range(len(x))):
        if return_sequences or t == len(x) - 1:
            dh = dh + last(dshown[t] if return_sequences else dshown)
        found, _, (_, dc) = lstm.unstep((dh, dc), everything[t])
        dgates.append(first(found))
        of_h = convolution.backward(dgates[-1], first(starts[t]), w_hh, None, padding="same")
        dh, dw_hh = last(of_h[0]), dw_hh + of_h[1]
    up = np.concatenate(dgates[::-1])
    given = {name: settings[name] for name in ("stride", "dilation")}
    dimage, dw_ih, dbias = convolution.backward(up, image, w_ih, bias, **given)
    dx = np.reshape(_windows.unpadded(dimage, pads), x.shape)
    dstart = (None if s is None else first(d) for s, d in ((h0, dh), (c0, dc)))
    return (dx[::-1] if go_backwards else dx, *dstart, dw_ih, dw_hh, dbias)


def examples_are_separate(f, x, h0, c0, *weights, **settings):
    """Each example has states of its own: reversing the batch reverses every result."""
    batch = 1 if settings["return_sequences"] else 0
    turned = [None if s is None else s[::-1] for s in (h0, c0)]
    output, h, c = f(x[:, ::-1], *turned, *weights, **settings)
    return (np.flip(output, batch), h[::-1], c[::-1]), f(x, h0, c0, *weights, **settings)


def the_last_output_is_h(f, x, h0, c0, *weights, return_sequences, **settings):
    """The last output of a sequence is the output alone, and the h that is returned."""
    outputs, h, c = f(x, h0, c0, *weights, return_sequences=True, **settings)
    return (outputs[-1], h, c), f(x, h0, c0, *weights, return_sequences=False, **settings)


def backwards_is_the_reversed_sequence(f, x, h0, c0, *weights, go_backwards, **settings):
    """To read backwards is to read the reversed sequence."""
    other = f(x[::-1], h0, c0, *weights, go_backwards=not go_backwards, **settings)
    return other, f(x, h0, c0, *weights, go_backwards=go_backwards, **settings)


def a_sequence_can_be_continued(f, x, h0, c0, *weights, **settings):
    """Reading twice in a row is reading once more from the states at the end."""
    settings["return_sequences"] = True
    before, *states = f(x, h0, c0, *weights, **settings)
    again, *states = f(x, *states, *weights, **settings)
    twice = f(np.concatenate([x, x]), h0, c0, *weights, **settings)
    return twice, (np.concatenate([before, again]), *states)


def each_place_alone(f, x, h0, c0, w_ih, w_hh, bias, *, go_backwards, **_):
    """With kernels of one entry, each place of an image is an LSTM by itself."""
    one = (..., *[slice(1)] * (x.ndim - 3))
    settings = {"return_sequences": True, "go_backwards": go_backwards}
    found = f(x, None, None, w_ih[one], w_hh[one], bias, **settings)
    places = np.moveaxis(x, 2, -1).reshape(len(x), -1, x.shape[2])[:: -1 if go_backwards else 1]
    of_x, of_h = (np.reshape(w, (1, *w.shape[:2])) for w in (w_ih[one], w_hh[one]))
    no_layer, no_projection = np.zeros((0, 1, 1)), np.zeros((1, 0, 1))
    bias = None if bias is None else bias[None]
    theirs = lstm.forward(places, None, None, of_x, no_layer, of_h, no_projection, bias)
    ours = (np.moveaxis(r, -x.ndim + 2, -1) for r in found)
    return tuple(np.reshape(r, s.shape) for r, s in zip(ours, theirs, strict=True)), theirs


def _torch(
    torch, x, h0, c0, w_ih, w_hh, bias, stride, dilation, same, return_sequences, go_backwards
):
    convolve = getattr(torch.nn.functional, f"conv{w_ih.ndim - 2}d")

    def padded(image, weight, *settings):  # before: in its convolutions, 0 times inf is no nan
        pads = pads_of(image.shape[2:], weight.shape[2:], *settings)
        return torch.nn.functional.pad(image, [pad for pair in pads[::-1] for pad in pair])

    h, c, outputs = h0, c0, []
    for now in x.flip(0) if go_backwards else x:
        image = padded(now, w_ih, stride, dilation, same)
        gates = convolve(image, w_ih, bias, stride=stride, dilation=dilation)
        h, c = (torch.zeros_like(gates.chunk(4, dim=1)[0]) if s is None else s for s in (h, c))
        gates = gates + convolve(padded(h, w_hh, 1, 1, True), w_hh)
        i, f, g, o = gates.chunk(4, dim=1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        outputs.append(h)
    shown = torch.stack(outputs)
    return shown if return_sequences else shown[-1], h, c


def _terms(x, h0, c0, w_ih, w_hh, bias, *, return_sequences, go_backwards, **settings):
    """The cells: what is left of them and what is added may cancel."""
    gates, _, _ = gates_of(x[::-1] if go_backwards else x, w_ih, bias, **settings)
    _, _, _, everything = run(gates, h0, c0, w_hh)
    return 1 + np.abs(np.array([c for _, _, c in everything])).max(initial=0)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        examples_are_separate,
        the_last_output_is_h,
        backwards_is_the_reversed_sequence,
        a_sequence_can_be_continued,
        each_place_alone,
    ),
)
