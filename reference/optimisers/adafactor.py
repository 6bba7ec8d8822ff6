"""Adafactor: steps like those of Adam, with one mean square per row and column, not per weight.

    weight = t^beta2_decay,    rho = min(learning_rate, 1 / sqrt(t))    (t = 1 at the first step)
    alpha = max(epsilon2, rms(w)) rho                                   (rms: root of mean square)
    R <- (1 - weight) R + weight mean of g^2 over each row
    C <- (1 - weight) C + weight mean of g^2 over each column
    V = R C / max(mean(R), epsilon1)                                    (two axes or more)
    V <- (1 - weight) V + weight g^2                                    (one axis or none)
    u = g / max(sqrt(V), epsilon1)
    w <- (1 - learning_rate weight_decay) w - alpha u / max(1, rms(u) / clip)

The last two axes of w are the rows and columns, and each matrix along further axes has its own R
and C. An m by n matrix needs m + n numbers instead of m n. If g^2 is the product of a column and a
row, V is exact. The relative step alpha grows with the weights, and no update u has an rms above
`clip`. Weight decay is decoupled and uses the full learning rate. `maximize` changes the sign of g.

This is PyTorch's Adafactor, with its defaults. An epsilon1 of None is the precision of the type:
2.2e-16 in float64 and 1.2e-7 in float32. In the paper and in Keras (epsilon_mode "added"), epsilon1
is added to every g^2 instead, and the two maxima with epsilon1 are left out; it is 1e-30. The paper
has no learning rate: its rho is min(0.01, 1 / sqrt(t)). Keras has the learning rate 0.001. A
parameter without entries raises ValueError, and in PyTorch ZeroDivisionError. As in PyTorch, an rms
that is nan counts as small.

    >>> grad = np.array([[1.0, -2.0], [3.0, -6.0]])
    >>> update(grad, init(np.ones((2, 2))), np.ones((2, 2)))[0].round(4)
    array([[0.99, 1.01],
           [0.99, 1.01]])

Source: Shazeer and Stern 2018, algorithms 4 to 6 and section 8; PyTorch, Adafactor.
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    step: int
    squares: Real  # mean squares of the rows, or of the entries if there are no rows
    columns: Real | None  # mean squares of the columns


def init(param: Real) -> State:
    if param.ndim < 2:
        return State(0, np.zeros_like(param), None)
    return State(0, np.zeros_like(param[..., :1]), np.zeros_like(param[..., :1, :]))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.2, 0.01)), Range(0, 1.5)] = 0.01,
    beta2_decay: Shaped[float, Try((-0.8, -0.5)), Range(-1, -0.2)] = -0.8,
    epsilon1: Shaped[float | None, Try((1e-8, 1e-3)), Range(1e-9, 0.1)] = None,
    epsilon2: Shaped[float, Try((0.001, 0.5)), Range(0, 1)] = 0.001,
    clip: Shaped[float, Try((1.0, 1.25)), Range(1, 3)] = 1.0,
    weight_decay: Shaped[float, Try((0.0, 0.1)), Range(0, 0.5)] = 0.0,
    maximize: Shaped[bool, Convention((False, True))] = False,
    epsilon_mode: Shaped[str, Convention(("largest", "added"))] = "largest",
) -> tuple[Real, State]:
    step = state.step + 1
    weight, rho = step**beta2_decay, min(learning_rate, step**-0.5)
    alpha = max(epsilon2, _rms(param)) * rho
    floor = _precision(param) if epsilon1 is None else epsilon1
    added, least = (floor, 0.0) if epsilon_mode == "added" else (0.0, floor)
    grad = -grad if maximize else grad
    new = grad**2 + added
    if state.columns is None:
        spread = _averaged(state.squares, new, weight)
        now = State(step, spread, None)
    else:
        rows = _averaged(state.squares, new.mean(axis=-1, keepdims=True), weight)
        columns = _averaged(state.columns, new.mean(axis=-2, keepdims=True), weight)
        spread = rows / np.maximum(rows.mean(axis=-2, keepdims=True), least) * columns
        now = State(step, rows, columns)
    scaled = grad / np.maximum(np.sqrt(spread), least)
    shrunk = param * (1 - learning_rate * weight_decay)
    return shrunk - alpha / max(1.0, _rms(scaled) / clip) * scaled, now


def _averaged(old: Real, new: Real, weight: float) -> Real:
    return new + (1 - weight) * (old - new)


def _rms(x: Real) -> Real:
    if not x.size:
        raise ValueError("A parameter without entries has no root mean square.")
    return np.sqrt(np.mean(x**2))


def _precision(x: Real) -> Real:
    """The distance from 1 to the next number of this type: 4/3 - 1 keeps the rounding of 4/3."""
    one = np.ones(1, dtype=x.dtype)[0]
    return abs(3 * (4 * one / 3 - 1) - 1)


def first_step_is_the_sign(f, grad, state, param, **settings):
    """In the first step, V is g^2 if g^2 is a product of rows and columns: the sign remains."""
    settings = {**settings, "epsilon1": 1e-200, "weight_decay": 0.0, "maximize": False}
    sign = np.where(grad < 0, -1.0, 1.0)
    size = 1 + abs(grad)
    if grad.ndim > 1:
        size = size[..., :1] * size[..., :1, :]
    moved, _ = f(size * sign, state, param, **settings)
    alpha = max(settings["epsilon2"], _rms(param)) * min(settings["learning_rate"], 1.0)
    return moved, param - alpha * sign


def blind_to_scale(f, grad, state, param, epsilon1, **settings):
    """Multiplying all gradients by 4 changes nothing if epsilon1 is small enough."""
    settings = {**settings, "epsilon1": 1e-200}
    once, other = f(grad, state, param, **settings)
    twice, _ = f(grad**2 - 1, other, once, **settings)
    large, other = f(4 * grad, state, param, **settings)
    return f(4 * (grad**2 - 1), other, large, **settings)[0], twice


def one_gradient_again_and_again(f, grad, state, param, **settings):
    """The averages of a constant gradient do not change, so that only alpha differs by step."""
    settings = {**settings, "weight_decay": 0.0, "learning_rate": 0.1}
    settings["epsilon2"] = 1 + 1e6 * np.max(np.abs(param))  # larger than any rms on the way
    once, state = f(grad, state, param, **settings)
    twice, state = f(grad, state, once, **settings)
    return twice - once, once - param


def matrices_can_be_transposed(f, grad, state, param, **settings):
    """Rows and columns play the same part."""
    if grad.ndim < 2:
        grad, param = np.reshape(grad, (-1, 1)), np.reshape(param, (-1, 1))
    turned = np.swapaxes(param, -1, -2)
    moved, _ = f(np.swapaxes(grad, -1, -2), init(turned), turned, **settings)
    return np.swapaxes(moved, -1, -2), f(grad, init(param), param, **settings)[0]


def decay_shrinks_the_parameter(f, grad, state, param, weight_decay, **settings):
    """Weight decay subtracts learning_rate weight_decay w and changes nothing else."""
    plain, _ = f(grad, state, param, weight_decay=0.0, **settings)
    decayed, _ = f(grad, state, param, weight_decay=weight_decay, **settings)
    return decayed, plain - settings["learning_rate"] * weight_decay * param


def maximising_is_descent_on_the_negative(f, grad, state, param, maximize, **settings):
    """`maximize` has the effect of the opposite gradient."""
    up, _ = f(grad, state, param, maximize=True, **settings)
    return up, f(-grad, state, param, maximize=False, **settings)[0]


def none_is_the_precision(f, grad, state, param, epsilon1, **settings):
    """An epsilon1 of None is the distance from 1 to the next number."""
    small = 1e-8 * grad
    default, _ = f(small, state, param, epsilon1=None, **settings)
    return default, f(small, state, param, epsilon1=_precision(param), **settings)[0]


def _torch(torch, params, *, learning_rate, epsilon1, epsilon2, clip, epsilon_mode, **settings):
    if epsilon_mode == "added":
        return None
    return torch.optim.Adafactor(
        params, lr=learning_rate, eps=(epsilon1, epsilon2), d=clip, **settings
    )


def _terms(param, learning_rate, **_):
    """A small entry may be the difference of larger ones, from earlier steps."""
    return (1 + learning_rate) * np.max(np.abs(param), initial=0)


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(
        first_step_is_the_sign,
        blind_to_scale,
        one_gradient_again_and_again,
        matrices_can_be_transposed,
        decay_shrinks_the_parameter,
        maximising_is_descent_on_the_negative,
        none_is_the_precision,
    ),
    terms=_terms,
)
