"""Long short-term memory (LSTM): gates decide what a cell forgets, takes in and shows.

    (i, f, g, o) = x W_ih^T + b_ih + h W_hh^T + b_hh                   (forward, time by time)
    c <- s(f) c + s(i) tanh(g),   h <- s(o) tanh(c)                    (s = sigmoid)
    h <- h W_hr^T                                                      (with a projection)
    dc += dh s(o) tanh'(c),   do = dh tanh(c) s'(o)                    (backward, last time first)
    di = dc tanh(g) s'(i),   df = dc c_before s'(f),   dg = dc s(i) tanh'(g)
    dc_before = dc s(f),   dh_before = (di, df, dg, do) W_hh

The sequence x has shape (times, batch, inputs). The results are the outputs h of the last layer at
all times and, for every layer and direction, the last h and the last c. All three have upstream
gradients. The four gates are stacked in the order i, f, g, o in the rows of the weights, as in
PyTorch; Keras has the same order and calls g c. `w_ih0` belongs to the first layer and `w_ih` to
the further ones, whose inputs have another width. Without h0 or c0 it starts at zeros. PyTorch has
two biases, which are simply added, and Keras has one, whose forget part starts at 1. With proj_size
0 there is no projection and `w_hr` is empty. A proj_size that is not smaller than the number of
units raises ValueError, and so does a sequence without times, as in PyTorch.

The gates f and o let c pass unchanged if they are open, and dc with it: this is why gradients
survive more times than in a plain recurrent layer. The paper of 1997 had no forget gate.

The setting batch_first of PyTorch is left out: exchange the first two axes of x and of the outputs.
Dropout between the layers is left out too: run the layers one after another, with the operation
`dropout_inverted` in between.

    >>> weights = np.zeros((1, 4, 1)), np.zeros((0, 4, 1)), np.zeros((1, 4, 1)), np.zeros((1, 0, 1))
    >>> [r.round(3).item() for r in forward(np.ones((1, 1, 1)), None, np.ones((1, 1, 1)), *weights)]
    [0.231, 0.231, 0.5]

Source: Hochreiter and Schmidhuber 1997; Gers, Schmidhuber, Cummins 2000; Sak, Senior, Beaufays
2014, eq. 1-7 (projection); Graves and Schmidhuber 2005 (both directions).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import sigmoid, tanh
from reference.recurrent._recurrence import (
    Blocks,
    Cell,
    State,
    backward_of,
    forward_of,
    run,
    weights_of,
)
from reference.spec import Maybe, Named, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "t n i"],
    h0: Shaped[Real | None, "layers*(1+bidirectional) n (proj_size or k)", Maybe()],
    c0: Shaped[Real | None, "layers*(1+bidirectional) n k+proj_size", Maybe()],
    w_ih0: Shaped[Real, "1+bidirectional 4*(k+proj_size) i"],
    w_ih: Shaped[
        Real,
        "(layers-1)*(1+bidirectional) 4*(k+proj_size) (1+bidirectional)*(proj_size or k)",
    ],
    w_hh: Shaped[Real, "layers*(1+bidirectional) 4*(k+proj_size) (proj_size or k)"],
    w_hr: Shaped[Real, "layers*(1+bidirectional) proj_size k+proj_size"],
    b_ih: Shaped[Real | None, "layers*(1+bidirectional) 4*(k+proj_size)", Maybe()] = None,
    b_hh: Shaped[Real | None, "layers*(1+bidirectional) 4*(k+proj_size)", Maybe()] = None,
    *,
    layers: Shaped[int, Try((1, 2)), Range(1, 3)] = 1,
    bidirectional: Shaped[bool, Try((False, True))] = False,
    proj_size: Shaped[int, Try((0, 2)), Range(0, 3)] = 0,
) -> tuple[
    Shaped[Real, "t n (1+bidirectional)*(proj_size or k)", Named("outputs")],
    Shaped[Real, "layers*(1+bidirectional) n (proj_size or k)", Named("h_n")],
    Shaped[Real, "layers*(1+bidirectional) n k+proj_size", Named("c_n")],
]:
    weights = _blocks(w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, proj_size)
    outputs, h_n, c_n = forward_of(CELL, x, (h0, c0), weights, layers, bidirectional)
    return outputs, h_n, c_n


@settings_of(forward)
def backward(
    grad: State,
    x: Real,
    h0: Real | None,
    c0: Real | None,
    w_ih0: Real,
    w_ih: Real,
    w_hh: Real,
    w_hr: Real,
    b_ih: Real | None = None,
    b_hh: Real | None = None,
    *,
    layers: int,
    bidirectional: bool,
    proj_size: int,
) -> tuple[Real | None, ...]:
    weights = _blocks(w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, proj_size)
    return backward_of(CELL, grad, x, (h0, c0), weights, layers, bidirectional)


def _blocks(
    w_ih0: Real,
    w_ih: Real,
    w_hh: Real,
    w_hr: Real,
    b_ih: Real | None,
    b_hh: Real | None,
    proj_size: int,
) -> Blocks:
    if proj_size and not 0 < 4 * proj_size < w_hh.shape[1]:
        raise ValueError("proj_size has to be smaller than the number of units, and not below 0")
    return w_ih0, w_ih, w_hh, w_hr[:, :proj_size], b_ih, b_hh


def step(inputs: Real, recurrent: Real, state: State) -> tuple[State, State]:
    gates, before = inputs + recurrent, state[1]
    i, f, _, o = quarters(sigmoid.forward(gates))
    c = f * before + i * np.tanh(quarters(gates)[2])
    return (o * np.tanh(c), c), (gates, before, c)


def unstep(dstate: State, kept: State) -> tuple[Real, Real, State]:
    (dh, dc), (gates, before, c) = dstate, kept
    i, f, _, o = quarters(sigmoid.forward(gates))
    g = quarters(gates)[2]
    dc = dc + tanh.backward(dh * o, c)[0]
    reached = [dc * np.tanh(g), dc * before, dc, dh * np.tanh(c)]
    (dgates,) = sigmoid.backward(np.concatenate(reached, axis=-1), gates)
    quarters(dgates)[2][...] = tanh.backward(dc * i, g)[0]  # the one gate that is no sigmoid
    return dgates, dgates, (0, dc * f)


def quarters(gates: Real) -> tuple[Real, Real, Real, Real]:
    k = gates.shape[-1] // 4
    return gates[..., :k], gates[..., k : 2 * k], gates[..., 2 * k : 3 * k], gates[..., 3 * k :]


CELL = Cell(4, step, unstep)


def examples_are_separate(f, x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, **settings):
    """Each example has states of its own: reversing the batch reverses every result."""
    weights = w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh
    turned = [None if s is None else s[:, ::-1] for s in (h0, c0)]
    left = f(x[:, ::-1], *turned, *weights, **settings)
    return tuple(r[:, ::-1] for r in left), f(x, h0, c0, *weights, **settings)


def open_gates_keep_the_cell(f, x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, **settings):
    """Where nothing is forgotten and nothing taken in, the cells are as they were."""
    gates = np.repeat([-1e4, 1e4, 1.0, 0.0], w_hh.shape[1] // 4)
    zeros = (0 * w for w in (w_ih0, w_ih, w_hh))
    kept = f(x, h0, c0, *zeros, w_hr, 0 * w_hh.sum(axis=-1) + gates, None, **settings)[2]
    return kept, 0 * kept if c0 is None else c0


def layers_follow_one_another(f, x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, **settings):
    """The outputs of one layer are the inputs of the next."""
    both, states, outputs = 1 + settings["bidirectional"], [], x
    for k in range(0, len(w_hh), both):
        first = w_ih[k - both : k] if k else w_ih0
        h, c, *rest = (
            w if w is None else w[k : k + both] for w in (h0, c0, w_hh, w_hr, b_ih, b_hh)
        )
        outputs, *last = f(outputs, h, c, first, w_ih[:0], *rest, **{**settings, "layers": 1})
        states.append(last)
    joined = map(np.concatenate, zip(*states, strict=True))
    whole = f(x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, **settings)
    return whole, (outputs, *joined)


def a_sequence_can_be_continued(f, x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, **settings):
    """Reading forwards twice in a row is reading once more from the states at the end."""
    both = 1 + settings["bidirectional"]
    start = [None if s is None else s[::both] for s in (h0, c0)]
    biases = [None if b is None else b[::both] for b in (b_ih, b_hh)]
    further = w_ih[::both, :, : w_hh.shape[2]]
    weights = w_ih0[::both], further, w_hh[::both], w_hr[::both], *biases
    settings = {**settings, "bidirectional": False}
    first, *states = f(x, *start, *weights, **settings)
    again, *states = f(x, *states, *weights, **settings)
    twice = f(np.concatenate([x, x]), *start, *weights, **settings)
    return twice, (np.concatenate([first, again]), *states)


def _torch(torch, x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, **settings):
    layers, both, proj_size = settings["layers"], settings["bidirectional"], settings["proj_size"]
    count, rows, shown = w_hh.shape
    h0 = x.new_zeros(count, x.shape[1], shown) if h0 is None else h0
    c0 = x.new_zeros(count, x.shape[1], rows // 4) if c0 is None else c0
    b_ih, b_hh = (x.new_zeros(count, rows) if b is None else b for b in (b_ih, b_hh))
    weights = []
    for k, w in enumerate([*w_ih0, *w_ih]):
        weights += [w, w_hh[k], b_ih[k], b_hh[k]] + ([w_hr[k]] if proj_size else [])
    return torch.lstm(x, (h0, c0), weights, True, layers, 0.0, False, both, False)


def _terms(x, h0, c0, w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, layers, bidirectional, proj_size):
    """The cells: what is left of them and what is added may cancel."""
    blocks = _blocks(w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh, proj_size)
    weights = weights_of(blocks, layers, bidirectional)
    _, traces = run(CELL, x, (h0, c0), weights, bidirectional)
    cells = np.array([c for trace in traces for _, _, c in trace.kept])
    return 1 + np.abs(cells).max(initial=0)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        examples_are_separate,
        open_gates_keep_the_cell,
        layers_follow_one_another,
        a_sequence_can_be_continued,
    ),
    terms=_terms,
)
