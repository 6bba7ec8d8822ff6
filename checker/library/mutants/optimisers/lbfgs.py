"""Mutants of L-BFGS, without a line search."""

import numpy as np

from checker.library.marks import convention
from reference.optimisers import lbfgs
from reference.optimisers._two_loops import times_inverse_hessian
from reference.optimisers.lbfgs import State, init

SETTINGS = {
    "learning_rate": 1.0,
    "max_iter": 20,
    "max_eval": None,
    "tolerance_grad": 1e-7,
    "tolerance_change": 1e-9,
    "history_size": 100,
}


def gradient_alone(closure, state, param, **settings):
    """Every step is one against the gradient: H is never used.

    By what is the gradient multiplied before the step?
    """
    return _descend(closure, state, param, settings, turn=lambda pairs, scale, grad: -grad)


def not_scaled_between_the_loops(closure, state, param, **settings):
    """Between the two loops, the direction is not multiplied by s y / y y.

    With which matrix does H begin?
    """
    return _descend(closure, state, param, settings, scaled=lambda step, change: 1.0)


def scaled_by_the_inverse(closure, state, param, **settings):
    """The direction is multiplied by y y / s y between the loops: by the curvature itself.

    Should steps be longer or shorter where the curvature is large?
    """

    def scaled(step, change):
        return np.sum(change**2) / np.sum(step * change)

    return _descend(closure, state, param, settings, scaled=scaled)


def same_order_in_both_loops(closure, state, param, **settings):
    """Both loops begin with the newest pair.

    Which pair does the second loop begin with?
    """

    def turn(pairs, scale, grad):
        direction, parts = -grad, []
        for step, change in reversed(pairs):
            parts.append(np.sum(step * direction) / np.sum(step * change))
            direction = direction - parts[-1] * change
        direction = scale * direction
        for (step, change), part in zip(reversed(pairs), parts, strict=True):
            share = np.sum(change * direction) / np.sum(step * change)
            direction = direction + (part - share) * step
        return direction

    return _descend(closure, state, param, settings, turn=turn)


def second_loop_missing(closure, state, param, **settings):
    """There is only the first of the two loops.

    Is H symmetric without the second loop?
    """

    def turn(pairs, scale, grad):
        direction = -grad
        for step, change in reversed(pairs):
            part = np.sum(step * direction) / np.sum(step * change)
            direction = direction - part * change
        return scale * direction

    return _descend(closure, state, param, settings, turn=turn)


def steps_and_changes_exchanged(closure, state, param, **settings):
    """s and y are exchanged: the matrix approximates the Hessian, not its inverse.

    Which of them is a difference of parameters, and which of gradients?
    """

    def turn(pairs, scale, grad):
        exchanged = tuple((change, step) for step, change in pairs)
        return -times_inverse_hessian(exchanged, scale, grad)

    return _descend(closure, state, param, settings, turn=turn)


def rate_left_out_of_the_step(closure, state, param, **settings):
    """s is the direction, without the length of the step.

    How far did the parameter move?
    """

    def pair(state, grad):
        return state.direction, grad - state.grad

    return _descend(closure, state, param, settings, pair=pair)


def first_step_not_shortened(closure, state, param, **settings):
    """The first step is as long as the gradient.

    What is known of the curvature before the first step?
    """
    return _descend(closure, state, param, settings, first=lambda grad: 1.0)


def every_update_starts_anew(closure, state, param, **settings):
    """The pairs are forgotten between two updates.

    What does the state have to remember?
    """
    return _descend(closure, init(param), param, settings)


def only_the_last_pair(closure, state, param, **settings):
    """Only the last pair is kept.

    How many pairs does `history_size` allow?
    """
    return _descend(closure, state, param, {**settings, "history_size": 1})


def oldest_pairs_kept(closure, state, param, **settings):
    """If the history is full, new pairs are dropped; it has to be the oldest one.

    Which pair tells most about the curvature here?
    """
    size = {**SETTINGS, **settings}["history_size"]
    return _descend(closure, state, param, settings, kept=lambda pairs: pairs[:size])


def one_gradient_for_all_iterations(closure, state, param, **settings):
    """The closure is called once in each update; every iteration needs its own gradient.

    Where are you when the second iteration begins?
    """
    seen = closure(param)
    return _descend(lambda w: seen, state, param, settings)


def one_iteration_for_an_update(closure, state, param, **settings):
    """Each update makes one iteration only.

    What does `max_iter` count?
    """
    return _descend(closure, state, param, {**settings, "max_iter": 1})


def calls_not_counted(closure, state, param, **settings):
    """The calls of the closure are not limited.

    What does `max_eval` mean if it is not given?
    """
    return _descend(closure, state, param, {**settings, "max_eval": 10**6})


@convention
def with_a_line_search(closure, state, param, **settings):
    """The length of each step is found by a line search; here it is the learning rate.

    Does the text choose the length by the strong Wolfe conditions?
    """
    settings = {**SETTINGS, **settings}
    return lbfgs.update(closure, state, param, line_search="strong_wolfe", **settings)


def _turned(pairs, scale, grad):
    return -times_inverse_hessian(pairs, scale, grad)


def _first(grad):
    return min(1.0, 1.0 / np.sum(np.abs(grad)))


def _pair(state, grad):
    return state.length * state.direction, grad - state.grad


def _scaled(step, change):
    return np.sum(step * change) / np.sum(change**2)


def _descend(
    closure,
    state,
    param,
    settings,
    *,
    turn=_turned,
    first=_first,
    pair=_pair,
    scaled=_scaled,
    kept=None,
):
    settings = {**SETTINGS, **settings}
    rate, size, tolerance = (
        settings[name] for name in ("learning_rate", "history_size", "tolerance_change")
    )
    most = settings["max_eval"] or settings["max_iter"] * 5 // 4
    (loss, grad), calls = closure(param), 1
    for left in reversed(range(settings["max_iter"])):
        if np.max(np.abs(grad)) <= settings["tolerance_grad"] or (calls > 1 and calls >= most):
            break
        pairs, scale, length = state.pairs, state.scale, rate
        if state.iterations:
            step, change = pair(state, grad)
            if np.sum(step * change) > 1e-10:
                pairs = (*pairs, (step, change))
                pairs = kept(pairs) if kept else pairs[-size:]
                scale = scaled(step, change)
            direction = turn(pairs, scale, grad)
        else:
            direction, length = -grad, first(grad) * rate
        state = State(state.iterations + 1, pairs, scale, direction, length, grad)
        if np.sum(grad * direction) > -tolerance:
            break
        param, before = param + length * direction, loss
        if left:
            (loss, grad), calls = closure(param), calls + 1
        if np.max(np.abs(length * direction)) <= tolerance or abs(loss - before) < tolerance:
            break
    return param.copy(), state
