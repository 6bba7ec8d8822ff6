"""Rprop, resilient propagation: steps that depend only on the signs of the gradient.

    same sign as before:     size <- min(size grow, largest),      w <- w - size sign(g)
    sign changed:            size <- max(size shrink, smallest),   and then
        minus     w <- w - size sign(g)
        iminus    w stays, and the gradient counts as 0 in the next comparison
        plus      w goes back by the last step, and the gradient counts as 0, too
    either gradient is 0:    size stays,                           w <- w - size sign(g)

Each weight has its own step size, which starts at `learning_rate`. PyTorch's Rprop is iminus, and
the defaults are those of PyTorch; Keras has no Rprop. The original paper goes back after a sign
change (plus); Igel and Hüsken compare all variants. `iplus`, which goes back only if the loss has
grown, needs the loss and is not included. The gradient must be that of the whole batch, because
noise changes its signs.

    >>> update(np.array([5.0, -0.01, 0.0]), init(np.ones(3)), np.ones(3))[0].round(4)
    array([0.99, 1.01, 1.  ])

Source: Riedmiller and Braun 1993; Igel and Hüsken 2003; named in lecture 002.
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    step: int
    sign: Real  # of the previous gradient
    size: Real
    moved: Real


def init(param: Real) -> State:
    nothing = np.zeros_like(param)
    return State(0, nothing, nothing, nothing)


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.01, 0.1)), Range(0, math.inf)] = 0.01,
    variant: Shaped[str, Convention(("iminus", "minus", "plus"))] = "iminus",
    grow: Shaped[float, Try((1.2, 2.0)), Range(1, 4)] = 1.2,
    shrink: Shaped[float, Try((0.5,)), Range(0, 1)] = 0.5,
    smallest: Shaped[float, Try((1e-6, 0.008)), Range(0, 1)] = 1e-6,
    largest: Shaped[float, Try((50.0, 0.13)), Range(0, math.inf)] = 50.0,
) -> tuple[Real, State]:
    size = state.size if state.step else state.size + learning_rate
    sign = np.sign(grad)
    turned, same = sign * state.sign < 0, sign * state.sign > 0
    size = np.where(turned, size * shrink, np.where(same, size * grow, size))
    size = np.minimum(np.maximum(size, smallest), largest)
    moved = -size * sign
    if variant != "minus":
        moved = np.where(turned, 0 * moved if variant == "iminus" else -state.moved, moved)
        sign = np.where(turned, 0 * sign, sign)
    return param + moved, State(state.step + 1, sign, size, moved)


def blind_to_length(f, grad, state, param, **settings):
    """Multiplying the gradients by positive numbers does not change the path."""
    long, other = f(5 * grad, state, param, **settings)
    once, state = f(grad, state, param, **settings)
    return f(8 * grad, other, long, **settings)[0], f(grad, state, once, **settings)[0]


def speeds_up(f, grad, state, param, **settings):
    """While the sign stays the same, each step is `grow` times as long as the previous one."""
    grow = settings["grow"]
    settings = {**settings, "largest": math.inf, "smallest": 0.0}
    once, state = f(grad, state, param, **settings)
    twice, _ = f(grad, state, once, **settings)
    return twice - once, grow * (once - param)


def sign_changes(f, grad, state, param, variant, shrink, **settings):
    """After a sign change, minus takes a shorter step back, iminus none, plus undoes the last."""
    settings = {**settings, "variant": variant, "shrink": shrink}
    settings |= {"largest": math.inf, "smallest": 0.0}
    once, state = f(grad, state, param, **settings)
    twice, _ = f(-grad, state, once, **settings)
    back = {"minus": shrink, "iminus": 0, "plus": 1}[variant]
    return twice - once, -back * (once - param)


def after_a_sign_change(f, grad, state, param, variant, grow, shrink, **settings):
    """In the step after a sign change the size does not grow, except in the variant minus."""
    settings = {**settings, "grow": grow, "shrink": shrink, "variant": variant}
    settings |= {"largest": math.inf, "smallest": 0.0}
    once, state = f(grad, state, param, **settings)
    twice, state = f(-grad, state, once, **settings)
    thrice, _ = f(-grad, state, twice, **settings)
    return thrice - twice, (grow if variant == "minus" else 1) * shrink * (param - once)


def between_its_bounds(f, grad, state, param, smallest, largest, **settings):
    """A first step that would be too long is as long as `largest`, one too short as `smallest`."""
    settings = {**settings, "smallest": smallest / 2, "largest": smallest + largest}
    long, _ = f(grad, state, param, **{**settings, "learning_rate": 2 * (smallest + largest)})
    settings = {**settings, "smallest": smallest, "largest": math.inf}
    short, _ = f(grad, state, param, **{**settings, "learning_rate": smallest / 2})
    sign = np.sign(grad)
    return (long, short), (param - (smallest + largest) * sign, param - smallest * sign)


def _torch(torch, params, learning_rate, variant, grow, shrink, smallest, largest):
    if variant != "iminus":
        return None
    return torch.optim.Rprop(
        params, lr=learning_rate, etas=(shrink, grow), step_sizes=(smallest, largest)
    )


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    properties=(
        blind_to_length,
        speeds_up,
        sign_changes,
        after_a_sign_change,
        between_its_bounds,
    ),
)
