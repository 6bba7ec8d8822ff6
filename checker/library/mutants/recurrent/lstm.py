"""Mutants of a long short-term memory (LSTM)."""

import numpy as np

from checker.library.marks import convention
from reference.activations import sigmoid, tanh
from reference.recurrent import lstm
from reference.recurrent._recurrence import Cell, backward_of, forward_of
from reference.recurrent.lstm import quarters


def gates_in_another_order(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The gates are taken in the order i, f, o, g; here it is i, f, g, o.

    Which rows of the weights belong to the gate with the tanh?
    """

    def step(inputs, recurrent, state):
        i, f, o, g = quarters(inputs + recurrent)
        return _next(i, f, g, o, state)

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def forget_and_input_exchanged(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The forget gate and the input gate have changed places.

    Which of the two decides what is left of the cell?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        return _next(f, i, g, o, state)

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def never_forgets(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The cell is kept as it is: the forget gate is not used, as in the paper of 1997.

    How can the network get rid of what it has stored?
    """

    def step(inputs, recurrent, state):
        i, _, g, o = quarters(inputs + recurrent)
        c = state[1] + sigmoid.forward(i) * np.tanh(g)
        return (sigmoid.forward(o) * np.tanh(c), c), ()

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def sigmoid_for_the_candidate(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The new content g goes through a sigmoid like the gates; it has a tanh.

    Can your cell ever become smaller than what its forget gate leaves of it?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = map(sigmoid.forward, quarters(inputs + recurrent))
        c = f * state[1] + i * g
        return (o * np.tanh(c), c), ()

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def cell_shown_without_tanh(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The output is the cell times its gate: the tanh of the cell is missing.

    Between which bounds does the output of a unit lie?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        (_, c), _ = _next(i, f, g, o, state)
        return (sigmoid.forward(o) * c, c), ()

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def cell_shown_too_late(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The output shows the cell as it was before this time.

    Which is computed first, the new cell or the output?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        (_, c), _ = _next(i, f, g, o, state)
        return (sigmoid.forward(o) * np.tanh(state[1]), c), ()

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def output_not_fed_back(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The gates see the input alone: the output of the time before does not enter.

    What does W_hh multiply?
    """

    def step(inputs, recurrent, state):
        return _next(*quarters(inputs), state)

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def gates_not_squashed(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The gates i, f and o are used without their sigmoid.

    How far can a gate be open?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        c = f * state[1] + i * np.tanh(g)
        return (o * np.tanh(c), c), ()

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


@convention
def forget_gate_opened_by_one(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """1 is added to the forget gate, as the cell of TensorFlow 1 does; here the bias has it all.

    What is your forget gate where all weights and biases are 0?
    """

    def step(inputs, recurrent, state):
        i, f, g, o = quarters(inputs + recurrent)
        return _next(i, f + 1, g, o, state)

    return _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size)


def cut_at_the_output(grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """No gradient goes from the gates back to the output of the time before.

    On which two ways does one time influence the next?
    """

    def unstep(dstate, kept):
        dgates, _, before = lstm.unstep(dstate, kept)
        return dgates, 0 * dgates, before

    return _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def cut_at_the_cell(grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """No gradient goes from the cell back to the cell of the time before.

    On which two ways does one time influence the next?
    """

    def unstep(dstate, kept):
        dgates, _, (dh, dc) = lstm.unstep(dstate, kept)
        return dgates, dgates, (dh, 0 * dc)

    return _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def output_does_not_reach_the_cell(
    grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0
):
    """The gradient of the output reaches its gate only, and not the cell that it shows.

    Of which two factors is the output the product?
    """

    def unstep(dstate, kept):
        (dh, dc), (gates, before, c) = dstate, kept
        i, f, g, o = quarters(gates)
        return _joined(dh * np.tanh(c), dc, i, f, g, o, before)

    return _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def slope_of_the_shown_cell_forgotten(
    grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0
):
    """On the way from the output to the cell, the slope of tanh is missing.

    What happens to the cell before it is multiplied with the output gate?
    """

    def unstep(dstate, kept):
        (dh, dc), (gates, before, c) = dstate, kept
        i, f, g, o = quarters(gates)
        return _joined(dh * np.tanh(c), dc + dh * sigmoid.forward(o), i, f, g, o, before)

    return _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def forget_gate_with_the_new_cell(
    grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0
):
    """The gradient of the forget gate uses the cell after this time; it multiplied the one before.

    By which number did the forget gate enter the new cell?
    """

    def unstep(dstate, kept):
        gates, _, c = kept
        return lstm.unstep(dstate, (gates, c, c))

    return _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def slopes_of_the_gates_forgotten(
    grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0
):
    """The slopes of the sigmoids and of the tanh of the gates are missing.

    Are the gates in your formula the values before or after their sigmoid?
    """

    def unstep(dstate, kept):
        (dh, dc), (gates, before, c) = dstate, kept
        i, f, g, o = quarters(gates)
        dc = dc + tanh.backward(dh * sigmoid.forward(o), c)[0]
        parts = [dc * np.tanh(g), dc * before, dc * sigmoid.forward(i), dh * np.tanh(c)]
        dgates = np.concatenate(parts, axis=-1)
        return dgates, dgates, (0, dc * sigmoid.forward(f))

    return _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def final_states_forgotten(grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The upstream gradients of the final states are not used.

    What if the loss looks at the last state only?
    """
    grad = (grad[0], 0 * grad[1], 0 * grad[2])
    return _backward(lstm.unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)


def weights_averaged_over_time(
    grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0
):
    """The gradients of the weights are averaged over the times; they are sums.

    The same weights are used at every time. How do their contributions combine?
    """
    results = _backward(lstm.unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size)
    return *results[:3], *(None if r is None else r / len(x) for r in results[3:])


def _next(i, f, g, o, state):
    c = sigmoid.forward(f) * state[1] + sigmoid.forward(i) * np.tanh(g)
    return (sigmoid.forward(o) * np.tanh(c), c), ()


def _joined(do, dc, i, f, g, o, before):
    """The gradients of the gates, of those that reach them."""
    parts = [
        sigmoid.backward(dc * np.tanh(g), i)[0],
        sigmoid.backward(dc * before, f)[0],
        tanh.backward(dc * sigmoid.forward(i), g)[0],
        sigmoid.backward(do, o)[0],
    ]
    dgates = np.concatenate(parts, axis=-1)
    return dgates, dgates, (0, dc * sigmoid.forward(f))


def _blocks(weights, proj_size):
    w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh = (*weights, None, None)[:6]
    return w_ih0, w_ih, w_hh, w_hr[:, :proj_size], b_ih, b_hh


def _forward(step, x, h0, c0, weights, layers, bidirectional, proj_size):
    cell = Cell(4, step, lstm.unstep)
    return forward_of(cell, x, (h0, c0), _blocks(weights, proj_size), layers, bidirectional)


def _backward(unstep, grad, x, h0, c0, weights, layers, bidirectional, proj_size):
    cell, blocks = Cell(4, lstm.step, unstep), _blocks(weights, proj_size)
    return backward_of(cell, grad, x, (h0, c0), blocks, layers, bidirectional)
