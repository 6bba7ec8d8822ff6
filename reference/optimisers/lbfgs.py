"""L-BFGS: quasi-Newton steps, from the last changes of the parameter and of the gradient.

    s = last step,    y = change of the gradient in it       (kept if s y > 1e-10)
    H <- (I - s y^T / s y) H (I - y s^T / s y) + s s^T / s y     for each kept pair, oldest first,
                                                             beginning with H = (s y / y y) I
    d = -H g,    w <- w + t d                                (one iteration)
    t = learning_rate, at first learning_rate min(1, 1 / sum |g|)

Here s y is a dot product. H is never stored: two loops over the last `history_size` pairs multiply
it with g (`_two_loops`). The first d is -g. With line_search "strong_wolfe", t is only the first
length that is tried, and the search finds one that lowers loss and slope enough (`_line_search`).

`update` gets a closure in place of a gradient: closure(w) returns the loss and its gradient at w,
in the type of w. One update is a `step` of PyTorch and makes up to `max_iter` iterations. It ends
sooner after `max_eval` calls of the closure (None: 5/4 of max_iter), when no entry of g is larger
than tolerance_grad, when the step t d or the change of the loss is as small as tolerance_change, or
when the slope g d is not below -tolerance_change. The state carries the pairs to the next update.
The weights of a network must be joined to one array by the caller, because H connects all of them.
A parameter without entries raises ValueError. Settings and defaults are those of PyTorch, which
calls them lr and line_search_fn. Keras has no L-BFGS.

    >>> bowl = lambda w: (np.sum(w**2), 2 * w)
    >>> update(bowl, init(np.ones(2)), np.array([3.0, -1.0]))[0].round(4) + 0.0
    array([0., 0.])

Source: Nocedal 1980; Liu and Nocedal 1989; Nocedal and Wright 2006, algorithm 7.4, eq. 7.20.
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.optimisers._line_search import Number, Point, strong_wolfe
from reference.optimisers._two_loops import Pairs, dot, times_inverse_hessian
from reference.spec import Convention, Function, Optimiser, Range, Real, Try

LEAST_CURVATURE = 1e-10


class State(NamedTuple):
    """What the last iteration knew. Its step is `length` times `direction`."""

    iterations: int
    pairs: Pairs  # of a step and the change of the gradient in it, oldest first
    scale: Number  # of H before the pairs
    direction: Real
    length: Number
    grad: Real


def init(param: Real) -> State:
    return State(0, (), 1.0, np.zeros_like(param), 0.0, np.zeros_like(param))


def update(
    closure: Function,
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((1.0, 0.5)), Range(0.1, 1)] = 1.0,
    max_iter: Shaped[int, Try((3, 1, 8)), Range(1, 8)] = 20,
    max_eval: Shaped[int | None, Try((None, 1, 4, 30))] = None,
    tolerance_grad: Shaped[float, Try((1e-7, 0.1)), Range(1e-8, 0.5)] = 1e-7,
    tolerance_change: Shaped[float, Try((1e-9, 0.01)), Range(1e-9, 0.1)] = 1e-9,
    history_size: Shaped[int, Try((100, 1, 2)), Range(1, 5)] = 100,
    line_search: Shaped[str | None, Convention((None, "strong_wolfe"))] = None,
) -> tuple[Real, State]:
    most = max_iter * 5 // 4 if max_eval is None else max_eval
    (loss, grad), count = _seen(closure, param), 1
    param = param.copy()
    if _largest(grad) <= tolerance_grad:
        return param, state
    for left in reversed(range(max_iter)):
        state = _turned(state, grad, learning_rate, history_size)
        slope, before = dot(grad, state.direction), loss
        if slope > -tolerance_change:
            break
        if line_search:
            start = Point(0.0, loss, grad, slope)
            point, seen = _searched(closure, param, state, start, tolerance_change, most - count)
            loss, grad, count = point.loss, point.grad, count + seen
            state = state._replace(length=point.length)
        step = state.length * state.direction
        param = param + step
        if left and not line_search:
            (loss, grad), count = _seen(closure, param), count + 1
        small = _largest(step) <= tolerance_change or abs(loss - before) < tolerance_change
        if count >= most or _largest(grad) <= tolerance_grad or small:
            break
    return param, state


def _turned(state: State, grad: Real, learning_rate: float, history_size: int) -> State:
    """The next direction and the length to begin with. The last step joins the pairs."""
    if not state.iterations:
        length = min(1.0, 1.0 / np.sum(np.abs(grad))) * learning_rate
        return State(1, (), 1.0, -grad, length, grad)
    pairs, scale = state.pairs, state.scale
    step, change = state.length * state.direction, grad - state.grad
    curvature = dot(step, change)
    if curvature > LEAST_CURVATURE:
        pairs = (*pairs, (step, change))[-history_size:]
        scale = curvature / dot(change, change)
    direction = -times_inverse_hessian(pairs, scale, grad)
    return State(state.iterations + 1, pairs, scale, direction, learning_rate, grad)


def _searched(
    closure: Function, param: Real, state: State, start: Point, tolerance: float, most: int
) -> tuple[Point, int]:
    def at(length: Number) -> Point:
        loss, grad = _seen(closure, param + length * state.direction)
        return Point(length, loss, grad, dot(grad, state.direction))

    size = _largest(state.direction)
    return strong_wolfe(at, start, state.length, size=size, tolerance=tolerance, most=most)


def _seen(closure: Function, param: Real) -> tuple[Number, Real]:
    loss, grad = closure(param)
    return loss, grad.copy()  # a closure may return the array that it was given


def _largest(x: Real) -> Number:
    return np.max(np.abs(x))


def starts_with_the_gradient(f, closure, state, param, **settings):
    """The first iteration is a step against the gradient, whose entries move by 1 at most."""
    settings = {**settings, "max_iter": 1, "line_search": None}
    settings |= {"tolerance_grad": 0.0, "tolerance_change": 0.0}
    grad = closure(param)[1]
    rate = settings["learning_rate"] * min(1.0, 1.0 / max(np.sum(np.abs(grad)), 1e-9))
    return f(closure, state, param, **settings)[0], param - rate * grad


def two_iterations_are_enough_for_a_round_bowl(f, closure, state, param, **settings):
    """If all curvatures are equal, the second iteration ends in the minimum."""
    settings = {**settings, "max_iter": 2, "max_eval": 50, "learning_rate": 1.0}
    settings |= {"tolerance_grad": 0.0, "tolerance_change": 0.0}
    lowest = -2 - 3 * np.abs(param)
    return f(_bowl(0.5, lowest), state, param, **settings)[0], lowest


def the_line_search_finds_the_minimum_of_a_parabola(f, closure, state, param, **settings):
    """A first step that goes too far is replaced by one to the minimum along the line."""
    settings = {**settings, "max_iter": 1, "max_eval": 5, "learning_rate": 1.0}
    settings |= {"line_search": "strong_wolfe", "tolerance_grad": 0.0, "tolerance_change": 0.0}
    far = 1.0 / (2.0 * param.size)
    lowest = param - far * np.ones_like(param)
    return f(_bowl(4.0, lowest), state, param, **settings)[0], lowest


def updates_continue_each_other(f, closure, state, param, **settings):
    """Two updates of two iterations are one of four: the state remembers everything."""
    settings = {**settings, "max_eval": 200, "tolerance_grad": 0.0, "tolerance_change": 0.0}
    whole, _ = f(closure, state, param, **{**settings, "max_iter": 4})
    half, state = f(closure, state, param, **{**settings, "max_iter": 2})
    return f(closure, state, half, **{**settings, "max_iter": 2})[0], whole


def blind_to_the_height_of_the_loss(f, closure, state, param, **settings):
    """Adding a number to the loss changes nothing."""

    def higher(w):
        loss, grad = closure(w)
        return loss + 2.0, grad

    settings = {**settings, "max_iter": 2, "max_eval": 20}
    return f(higher, state, param, **settings)[0], f(closure, state, param, **settings)[0]


def moves_with_the_loss(f, closure, state, param, **settings):
    """If loss and start are moved to another place, so is the path."""
    settings = {**settings, "max_iter": 2, "max_eval": 20}
    moved, _ = f(lambda w: closure(w - 1.0), state, param + 1.0, **settings)
    return moved - 1.0, f(closure, state, param, **settings)[0]


def _bowl(curvature, lowest):
    """A closure of half the curvature times the squared distance from the lowest point."""
    return lambda w: (curvature * np.sum((w - lowest) ** 2) / 2, curvature * (w - lowest))


def _torch(torch, params, *, learning_rate, line_search, **settings):
    return torch.optim.LBFGS(params, lr=learning_rate, line_search_fn=line_search, **settings)


def possible(param, line_search, **_):
    """Whether the search sees differences: in float32, two large losses are often the same."""
    return not np.any(np.abs(param) > (25 if line_search else 1e9))


def _terms(param, learning_rate, max_iter, **_):
    """After short steps, as the first one is, y is the difference of nearly equal gradients."""
    largest = 1 + np.max(np.abs(param), initial=0)
    return max_iter * param.size * largest**2 / learning_rate


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(
        starts_with_the_gradient,
        two_iterations_are_enough_for_a_round_bowl,
        the_line_search_finds_the_minimum_of_a_parabola,
        updates_continue_each_other,
        blind_to_the_height_of_the_loss,
        moves_with_the_loss,
    ),
    possible=possible,
    closure=True,
    terms=_terms,
)
