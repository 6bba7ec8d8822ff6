"""Muon: the mean of recent gradients of a matrix, with all singular values brought close to 1.

    M <- momentum M + (1 - momentum) g
    X = momentum M + (1 - momentum) g                       (nesterov; otherwise X = M)
    X <- X / max(|X|, epsilon)                              (the Frobenius norm)
    X <- a X + (b A + c A^2) X with A = X X^T               (ns_steps times: Newton-Schulz)
    W <- (1 - learning_rate weight_decay) W - learning_rate scale X
    scale = sqrt(max(1, m / n))                             (original)
    scale = 0.2 sqrt(max(m, n))                             (match_rms_adamw)

W has shape (m, n); any other number of axes raises ValueError. Muon is meant for the weights of
hidden layers. Each iteration maps every singular value s to a s + b s^3 + c s^5 and keeps the
singular vectors. The default coefficients lift small values fast, and leave all between 0.7 and
1.1 or so. With (1.875, -1.25, 0.375) they converge to 1. The scale depends on the shape: the first
form is that of Jordan, the second gives steps of the size of those of AdamW.

The settings and defaults are those of PyTorch (adjust_lr_fn is `adjustment`, lr is
`learning_rate`). PyTorch computes the iterations in bfloat16, whatever the type of the gradient,
and refuses 100 steps or more. Its manual has M <- momentum M + g, and g + momentum M with Nesterov:
both only multiply X by 1 / (1 - momentum), which the norm removes. Keras adds epsilon to the norm,
has match_rms_adamw alone (rms_rate), and uses AdamW for all other shapes.

    >>> grad = np.array([[3.0, 0.0], [0.0, -1.0]])
    >>> settings = {"weight_decay": 0.0, "ns_coefficients": (1.875, -1.25, 0.375), "ns_steps": 9}
    >>> update(grad, init(grad), np.zeros((2, 2)), learning_rate=1.0, **settings)[0].round(4) + 0.0
    array([[-1.,  0.],
           [ 0.,  1.]])

Source: Jordan 2024, "Muon"; Bernstein and Newhouse 2024; Liu et al. 2025, section 2 (the scale).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try

TUNED = (3.4445, -4.775, 2.0315)
CONVERGENT = (1.875, -1.25, 0.375)


class State(NamedTuple):
    mean: Real


def init(param: Real) -> State:
    return State(np.zeros_like(param))


def update(
    grad: Shaped[Real, "m n"],
    state: State,
    param: Shaped[Real, "m n"],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.001)), Range(0, 1)] = 0.001,
    weight_decay: Shaped[float, Try((0.1, 0.0)), Range(0, 0.5)] = 0.1,
    momentum: Shaped[float, Try((0.95, 0.5)), Range(0, 1)] = 0.95,
    nesterov: Shaped[bool, Convention((True, False))] = True,
    ns_coefficients: Shaped[tuple[float, ...], Convention((TUNED, CONVERGENT))] = TUNED,
    epsilon: Shaped[float, Try((1e-7, 0.01)), Range(1e-8, 0.1)] = 1e-7,
    ns_steps: Shaped[int, Try((5, 1, 2)), Range(0, 6)] = 5,
    adjustment: Shaped[str, Convention(("original", "match_rms_adamw"))] = "original",
) -> tuple[Real, State]:
    scale = _scale(param.shape, adjustment)
    mean = momentum * state.mean + (1 - momentum) * grad
    ahead = momentum * mean + (1 - momentum) * grad if nesterov else mean
    direction = orthogonalised(ahead, ns_coefficients, ns_steps, epsilon)
    shrunk = param * (1 - learning_rate * weight_decay)
    return shrunk - learning_rate * scale * direction, State(mean)


def _scale(shape: tuple[int, ...], adjustment: str) -> float:
    m, n = shape
    return math.sqrt(max(1, m / n)) if adjustment == "original" else 0.2 * math.sqrt(max(m, n))


def orthogonalised(
    matrix: Real, coefficients: tuple[float, ...], steps: int, epsilon: float
) -> Real:
    """The matrix with the same singular vectors, and singular values near 1."""
    a, b, c = coefficients
    x = matrix / np.maximum(np.sqrt(np.sum(matrix**2)), epsilon)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x  # so that A is the smaller of both products
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if tall else x


def blind_to_scale(f, grad, state, param, epsilon, **settings):
    """Multiplying all gradients by 4 changes nothing if epsilon is small enough."""
    once, other = f(grad, state, param, epsilon=1e-200, **settings)
    twice, _ = f(1 - grad, other, once, epsilon=1e-200, **settings)
    large, other = f(4 * grad, state, param, epsilon=1e-200, **settings)
    return f(4 * (1 - grad), other, large, epsilon=1e-200, **settings)[0], twice


def nesterov_starts_like_the_mean(f, grad, state, param, epsilon, nesterov, **settings):
    """In the first step, Nesterov's form only multiplies X, which the norm removes."""
    ahead, _ = f(grad, state, param, epsilon=1e-200, nesterov=True, **settings)
    return ahead, f(grad, state, param, epsilon=1e-200, nesterov=False, **settings)[0]


def one_singular_value(f, grad, state, param, ns_coefficients, ns_steps, **settings):
    """If the gradient is a column times a row, its one singular value follows the polynomial."""
    settings = {**settings, "weight_decay": 0.0, "epsilon": 1e-200}
    column, row = 1 + abs(grad[:, :1]), 2 + grad[:1] ** 2
    unit = column * row / np.sqrt(np.sum(column**2) * np.sum(row**2))
    (a, b, c), s = ns_coefficients, np.sqrt(np.sum(unit**2))
    for _ in range(ns_steps):
        s = a * s + b * s**3 + c * s**5
    settings |= {"ns_coefficients": ns_coefficients, "ns_steps": ns_steps}
    step = f(column * row, state, 0 * param, **settings)[0]
    adjusted = f(unit, state, 0 * param, **{**settings, "ns_steps": 0})[0]
    return step, s * adjusted


def matrices_can_be_transposed(f, grad, state, param, adjustment, **settings):
    """The transposed gradient gives the transposed step, if the scale is the same."""
    settings = {**settings, "adjustment": "match_rms_adamw"}
    turned, _ = f(grad.T, init(param.T), param.T, **settings)
    return turned.T, f(grad, state, param, **settings)[0]


def rows_can_be_mixed(f, grad, state, param, weight_decay, **settings):
    """Turning the rows of the gradient into each other turns the step in the same way."""
    settings = {**settings, "weight_decay": 0.0}
    turned, _ = f(_turned(grad), state, 0 * param, **settings)
    return turned, _turned(f(grad, state, 0 * param, **settings)[0])


def _turned(x):
    """A rotation in the plane of the first and the last row."""
    if len(x) < 2:
        return -x
    first, last = x[:1], x[-1:]
    return np.concatenate([(3 * first - 4 * last) / 5, x[1:-1], (4 * first + 3 * last) / 5])


def longer_where_there_are_more_rows(f, grad, state, param, **settings):
    """Nine copies by four make a matrix 9/4 as high as wide: 3/2 as long a step, 1/6 for each."""
    settings |= {"weight_decay": 0.0, "epsilon": 1e-200, "adjustment": "original"}
    size = min(*grad.shape, 2)  # a small square is enough
    square = 1 + grad[:size, :size]
    tiled = np.tile(square, (9, 4))
    step, _ = f(square, init(square), 0 * square, **settings)
    longer, _ = f(tiled, init(tiled), 0 * tiled, **settings)
    return 4 * longer[:size, :size], step


def decay_shrinks_the_parameter(f, grad, state, param, weight_decay, **settings):
    """Weight decay subtracts learning_rate weight_decay W, whatever the scale of the step."""
    plain, _ = f(grad, state, param, weight_decay=0.0, **settings)
    decayed, _ = f(grad, state, param, weight_decay=weight_decay, **settings)
    return decayed, plain - settings["learning_rate"] * weight_decay * param


def _torch(torch, params, *, learning_rate, epsilon, adjustment, **settings):
    return torch.optim.Muon(
        params, lr=learning_rate, eps=epsilon, adjust_lr_fn=adjustment, **settings
    )


def _terms(param, learning_rate, adjustment, ns_steps, **_):
    """In each iteration, small entries are sums of products of entries up to 1."""
    return learning_rate * _scale(param.shape, adjustment) * (1 + ns_steps)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(
        blind_to_scale,
        nesterov_starts_like_the_mean,
        one_singular_value,
        matrices_can_be_transposed,
        rows_can_be_mixed,
        longer_where_there_are_more_rows,
        decay_shrinks_the_parameter,
    ),
    inside="bfloat16",
    terms=_terms,
)
