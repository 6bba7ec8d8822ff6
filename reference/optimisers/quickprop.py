"""Quickprop: each weight jumps to the minimum of a parabola through its last two gradients.

    jump = d g / (g_before - g)                     d is the last step
    d <- jump                                       if the last step went too far
    d <- jump - learning_rate g                     if the descent continues along d,
    d <- longest d - learning_rate g                and the jump would be longer than this
    d <- -learning_rate g                           if the last step was 0, as at the start
    w <- w + d

The descent continues along d if d g < 0. In this case the jump would be longer than `longest` times
d, or would go backwards, if |g| > longest / (1 + longest) |g_before|. The gradient term is added
unless the last step went too far; this rule is taken from Fahlman's own program. Each weight is
treated separately, as if the Hessian were diagonal. The gradient must be that of the whole batch.
PyTorch and Keras have no Quickprop.

    >>> round(float(update(1.0, State(grad=3.0, moved=-0.4), 0.6, learning_rate=0.1)[0]), 4)
    0.3

Source: Fahlman 1988, section 3.2; named in lecture 002.
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Optimiser, Range, Real, Try


class State(NamedTuple):
    grad: Real
    moved: Real


def init(param: Real) -> State:
    return State(np.zeros_like(param), np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01)), Range(0, math.inf)] = 0.01,
    longest: Shaped[float, Try((1.75, 1.5)), Range(1, math.inf)] = 1.75,
) -> tuple[Real, State]:
    resting = state.moved == 0
    falling = state.moved * grad < 0
    limit = longest / (1 + longest)
    far = falling & (abs(grad) > limit * abs(state.grad))
    gap = np.where(resting | far, 1.0, state.grad - grad)
    jump = np.where(far, longest * state.moved, state.moved * grad / gap)
    moved = jump - np.where(resting | falling, learning_rate * grad, 0 * grad)
    return param + moved, State(1 * grad, moved)


def lands_in_the_minimum(f, grad, state, param, learning_rate, longest):
    """On a parabola, if the first step goes too far, the second lands in the minimum."""
    settings = {"learning_rate": learning_rate, "longest": longest}
    once, state = f(grad, state, param, **settings)
    # A gradient of -g/2 after the step of -rate g puts the minimum at two thirds of the step.
    return f(-0.5 * grad, state, once, **settings)[0], param - learning_rate * grad / 1.5


def never_runs_away(f, grad, state, param, learning_rate, longest):
    """If the gradient stays the same, the second step is longest + 1 times the first."""
    settings = {"learning_rate": learning_rate, "longest": longest}
    once, state = f(grad, state, param, **settings)
    twice, _ = f(grad, state, once, **settings)
    return twice - once, (longest + 1) * (once - param)


def jumps_ahead(f, grad, state, param, learning_rate, longest):
    """If a third of the gradient is left, the jump is half a step, plus the gradient term."""
    settings = {"learning_rate": learning_rate, "longest": longest}
    once, state = f(3 * grad, state, param, **settings)
    twice, _ = f(grad, state, once, **settings)
    return twice - once, 0.5 * (once - param) - learning_rate * grad


def as_far_as_it_may(f, grad, state, param, learning_rate, longest):
    """Up to longest / (1 + longest) of the last gradient it jumps; above, the jump is limited."""
    settings = {"learning_rate": learning_rate, "longest": longest}
    once, state = f(grad, state, param, **settings)
    share = longest / (1 + longest)
    inside, outside = 0.95 * share, 1 - 0.5 * (1 - share)
    near, _ = f(inside * grad, state, once, **settings)
    far, _ = f(outside * grad, state, once, **settings)
    jump = inside / (1 - inside) * (once - param) - learning_rate * inside * grad
    limit = longest * (once - param) - learning_rate * outside * grad
    return (near - once, far - once), (jump, limit)


SPEC = Optimiser(
    init=init,
    update=update,
    torch="torch has no Quickprop",
    properties=(lands_in_the_minimum, never_runs_away, jumps_ahead, as_far_as_it_may),
)
