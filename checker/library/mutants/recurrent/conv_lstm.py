"""Mutants of a convolutional long short-term memory (LSTM)."""

from typing import Any

import numpy as np

from checker.library.marks import convention
from reference.activations import sigmoid, tanh
from reference.recurrent import lstm
from reference.recurrent._convolutions import first, gates_of, last, run
from reference.recurrent.conv_lstm import backward, forward
from reference.recurrent.lstm import quarters
from reference.spec import settings_of
from reference.windows import _windows, convolution


def _with(step, x, h0, c0, w_ih, w_hh, bias, *, return_sequences, go_backwards, **settings):
    """The layer with another cell."""
    gates, _, _ = gates_of(x[::-1] if go_backwards else x, w_ih, bias, **settings)
    outputs, (h, c), _, _ = run(gates, h0, c0, w_hh, step)
    shown = np.moveaxis(np.stack(outputs), -1, 2)
    return shown if return_sequences else shown[-1], first(h), first(c)


def _next(i, f, g, o, before):
    c = sigmoid.forward(f) * before + sigmoid.forward(i) * np.tanh(g)
    return (sigmoid.forward(o) * np.tanh(c), c), ()


def _flipped(w):
    """The kernel or image with its axes the other way round."""
    return np.flip(w, tuple(range(2, w.ndim)))


@settings_of(forward)
def gates_in_another_order(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gates are taken in the order i, f, o, g; here it is i, f, g, o.

    Which outputs of the convolution belong to the gate with the tanh?
    """

    def step(inputs, recurrent, state):
        i, f, o, g = quarters(inputs + recurrent)
        return _next(i, f, g, o, state[1])

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def forget_and_input_exchanged(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The forget gate and the input gate have changed places.

    Which of the two decides what is left of the cell?
    """

    def step(inputs, recurrent, state):
        f, i, g, o = quarters(inputs + recurrent)
        return _next(i, f, g, o, state[1])

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def never_forgets(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The cell is kept as it is: the forget gate is not used.

    How can a place get rid of what it has stored?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        return _next(i, np.full_like(f, 1e4), g, o, state[1])

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def sigmoid_for_the_candidate(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The new content g goes through a sigmoid like the gates; it has a tanh.

    Can your cell ever become smaller than what its forget gate leaves of it?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = map(sigmoid.forward, quarters(inputs + recurrent))
        c = f * state[1] + i * g
        return (o * np.tanh(c), c), ()

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def cell_shown_without_tanh(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The output is the cell times its gate: the tanh of the cell is missing.

    Between which bounds does an output lie?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        (_, c), _ = _next(i, f, g, o, state[1])
        return (sigmoid.forward(o) * c, c), ()

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def cell_shown_too_late(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The output shows the cell as it was before this time.

    Which is computed first, the new cell or the output?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        (_, c), _ = _next(i, f, g, o, state[1])
        return (sigmoid.forward(o) * np.tanh(state[1]), c), ()

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def output_not_fed_back(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gates see the image alone: the output of the time before does not enter.

    What does W_hh go over?
    """

    def step(inputs, recurrent, state):
        return _next(*quarters(inputs), state[1])

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def gates_not_squashed(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gates i, f and o are used without their sigmoid.

    How far can a gate be open?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        c = f * state[1] + i * np.tanh(g)
        return (o * np.tanh(c), c), ()

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@convention
@settings_of(forward)
def hard_sigmoid_for_the_gates(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gates have the hard sigmoid, as in older versions of Keras; here they have the sigmoid.

    Can a gate be closed altogether?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        i, f, o = (np.clip(0.2 * gate + 0.5, 0, 1) for gate in (i, f, o))
        c = f * state[1] + i * np.tanh(g)
        return (o * np.tanh(c), c), ()

    return _with(step, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def each_place_sees_itself_only(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """W_hh has an effect on its own place only; the product with h is a convolution too.

    What can a place know of its neighbours at the time before?
    """
    centre = tuple((k - 1) // 2 for k in w_hh.shape[2:])
    alone = np.zeros_like(w_hh)
    alone[..., *centre] = w_hh[..., *centre]
    return forward(x, h0, c0, w_ih, alone, bias, **settings)


@settings_of(forward)
def kernel_of_h_flipped(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The kernel W_hh is flipped; neither of the two is.

    Which entry of the kernel meets the first entry of a window?
    """
    return forward(x, h0, c0, w_ih, _flipped(w_hh), bias, **settings)


@settings_of(forward)
def kernel_of_x_flipped(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The kernel W_ih is flipped; neither of the two is.

    Which entry of the kernel meets the first entry of a window?
    """
    return forward(x, h0, c0, _flipped(w_ih), w_hh, bias, **settings)


@settings_of(forward)
def bias_twice(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The bias is added to both products.

    How often does the bias stand in the formula?
    """
    return forward(x, h0, c0, w_ih, w_hh, None if bias is None else 2 * bias, **settings)


@settings_of(forward)
def starts_at_zero(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The states that are given are not used: it starts at zeros.

    How can a sequence be continued?
    """
    return forward(x, None, None, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def first_output_shown(x, h0, c0, w_ih, w_hh, bias=None, *, return_sequences, **settings):
    """Without return_sequences, the output is that of the first time; it is that of the last.

    Which output has seen all images?
    """
    outputs, *states = forward(x, h0, c0, w_ih, w_hh, bias, return_sequences=True, **settings)
    return outputs if return_sequences else outputs[0], *states


@settings_of(forward)
def outputs_turned_back(
    x, h0, c0, w_ih, w_hh, bias=None, *, return_sequences, go_backwards, **settings
):
    """With go_backwards, outputs are in the order of the images; here in the order of reading.

    Which output is the first one that the layer computes?
    """
    settings |= {"return_sequences": return_sequences, "go_backwards": go_backwards}
    output, *states = forward(x, h0, c0, w_ih, w_hh, bias, **settings)
    return output[::-1] if return_sequences and go_backwards else output, *states


@settings_of(forward)
def more_zeros_before(x, h0, c0, w_ih, w_hh, bias=None, *, same, **settings):
    """With `same`, the odd zero is before the image; it is after it.

    With a kernel of two entries, which window does the first output see?
    """
    if not same:
        return forward(x, h0, c0, w_ih, w_hh, bias, same=same, **settings)
    h0, c0 = (None if s is None else _flipped(s) for s in (h0, c0))
    turned = np.flip(x, tuple(range(3, x.ndim)))
    w_ih, w_hh = _flipped(w_ih), _flipped(w_hh)
    found = forward(turned, h0, c0, w_ih, w_hh, bias, same=same, **settings)
    return tuple(np.flip(r, tuple(range(3 - x.ndim, 0))) for r in found)


def _gradients(
    grad,
    x,
    h0,
    c0,
    w_ih,
    w_hh,
    bias,
    *,
    unstep=lstm.unstep,
    product=convolution.backward,
    return_sequences,
    go_backwards,
    **settings,
):
    """The gradients, with another way back through a cell or through the product with h."""
    x = x[::-1] if go_backwards else x
    gates, image, pads = gates_of(x, w_ih, bias, **settings)
    outputs, _, starts, everything = run(gates, h0, c0, w_hh)
    dshown, dh, dc = grad[0], last(grad[1]), last(grad[2])
    dgates, dw_hh = list[Any](), 0
    for t in reversed(range(len(outputs))):
        if return_sequences or t == len(outputs) - 1:
            dh = dh + last(dshown[t] if return_sequences else dshown)
        da, _, (_, dc) = unstep((dh, dc), everything[t])
        dgates.insert(0, first(da))
        dstart, dw = product(first(da), first(starts[t]), w_hh, None, padding="same")[:2]
        dh, dw_hh = last(dstart), dw_hh + dw
    given = {name: settings[name] for name in ("stride", "dilation")}
    dimage, dw_ih, db = convolution.backward(np.concatenate(dgates), image, w_ih, bias, **given)
    dx = _windows.unpadded(dimage, pads).reshape(x.shape)
    dh0, dc0 = (None if s is None else first(d) for s, d in ((h0, dh), (c0, dc)))
    return dx[::-1] if go_backwards else dx, dh0, dc0, dw_ih, dw_hh, db


@settings_of(forward)
def not_through_the_output(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """What reaches a time through the outputs after it is missing: dh is not passed back.

    On which later outputs does the first h have an effect?
    """

    def product(*arguments, **padding):
        dstart, dw, _ = convolution.backward(*arguments, **padding)
        return 0 * dstart, dw

    return _gradients(grad, x, h0, c0, w_ih, w_hh, bias, product=product, **settings)


@settings_of(forward)
def not_through_the_cell(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """What reaches a time through the cells after it is missing: dc is not passed back.

    Why do gradients survive more times than in a plain recurrent layer?
    """

    def unstep(dstate, kept):
        da, dr, (_, dc) = lstm.unstep(dstate, kept)
        return da, dr, (0, 0 * dc)

    return _gradients(grad, x, h0, c0, w_ih, w_hh, bias, unstep=unstep, **settings)


@settings_of(forward)
def forget_gate_left_open(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """dc is passed back as it is; it goes through the forget gate.

    By what is the cell before multiplied?
    """

    def unstep(dstate, kept):
        (dh, dc), (gates, _, c) = dstate, kept
        da, dr, _ = lstm.unstep(dstate, kept)
        o = sigmoid.forward(quarters(gates)[3])
        return da, dr, (0, dc + tanh.backward(dh * o, c)[0])

    return _gradients(grad, x, h0, c0, w_ih, w_hh, bias, unstep=unstep, **settings)


@settings_of(forward)
def slope_of_the_shown_cell_missing(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """On the way from h to c, the slope of tanh is missing.

    What does the output show of the cell?
    """

    def unstep(dstate, kept):
        (dh, dc), (gates, before, c) = dstate, kept
        o = sigmoid.forward(quarters(gates)[3])
        there = dc + dh * o - tanh.backward(dh * o, c)[0]
        return lstm.unstep((dh, there), (gates, before, c))

    return _gradients(grad, x, h0, c0, w_ih, w_hh, bias, unstep=unstep, **settings)


@settings_of(forward)
def output_gate_missing(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The output gate gets no gradient.

    On which gates does the output depend?
    """

    def unstep(dstate, kept):
        da, dr, before = lstm.unstep(dstate, kept)
        quarters(da)[3][...] = 0
        return da, dr, before

    return _gradients(grad, x, h0, c0, w_ih, w_hh, bias, unstep=unstep, **settings)


@settings_of(forward)
def way_back_through_a_flipped_kernel(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """dh goes back through a kernel that is flipped once too often.

    From which places does an entry of h take part in a gate?
    """

    def product(up, start, kernel, *others, **padding):
        dstart = convolution.backward(up, start, _flipped(kernel), *others, **padding)[0]
        return dstart, convolution.backward(up, start, kernel, *others, **padding)[1]

    return _gradients(grad, x, h0, c0, w_ih, w_hh, bias, product=product, **settings)


@settings_of(forward)
def kernel_gradient_flipped(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gradient of the kernel W_ih is flipped.

    Which entry of the image meets the first entry of the kernel?
    """
    *before, dw_ih, dw_hh, db = backward(grad, x, h0, c0, w_ih, w_hh, bias, **settings)
    return *before, _flipped(dw_ih), dw_hh, db


@settings_of(forward)
def final_states_forgotten(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The upstream gradients of the final states do not arrive.

    Which of the results can the loss depend on?
    """
    grad = grad[0], 0 * grad[1], 0 * grad[2]
    return backward(grad, x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def outputs_forgotten(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The upstream gradient of the outputs does not arrive.

    Which of the results can the loss depend on?
    """
    return backward((0 * grad[0], *grad[1:]), x, h0, c0, w_ih, w_hh, bias, **settings)


@settings_of(forward)
def bias_averaged_over_the_places(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gradient of the bias is averaged over the places; it is a sum.

    At how many places is the bias added?
    """
    *others, db = backward(grad, x, h0, c0, w_ih, w_hh, bias, **settings)
    return *others, None if db is None else db / np.prod(grad[1].shape[2:])


@settings_of(forward)
def images_not_turned_back(grad, x, h0, c0, w_ih, w_hh, bias=None, *, go_backwards, **settings):
    """With go_backwards, the gradient of the images is in the order of reading.

    To which image does the gradient of the last time that is read belong?
    """
    settings["go_backwards"] = go_backwards
    dx, *others = backward(grad, x, h0, c0, w_ih, w_hh, bias, **settings)
    return dx[::-1] if go_backwards else dx, *others


@settings_of(forward)
def at_the_first_time(grad, x, h0, c0, w_ih, w_hh, bias=None, *, return_sequences, **settings):
    """Without return_sequences, the upstream gradient arrives at the first time.

    Which output is the one that is returned?
    """
    if not return_sequences:
        shown = np.zeros((len(x), *grad[0].shape))
        shown[0] = grad[0]
        grad = shown, *grad[1:]
    return backward(grad, x, h0, c0, w_ih, w_hh, bias, return_sequences=True, **settings)
