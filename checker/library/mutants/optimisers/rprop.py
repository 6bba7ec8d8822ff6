"""Mutants of a step of Rprop."""

import numpy as np

from checker.library.marks import convention

SETTINGS = {"grow": 1.2, "shrink": 0.5, "smallest": 1e-6, "largest": 50.0}


def gradient_in_the_step(grad, state, param, *, learning_rate=0.01, **settings):
    """The step is multiplied by the gradient; only its sign counts.

    Should a gradient ten times as long make the step longer?
    """
    size, turned, sign = _sizes(grad, state, learning_rate, settings)
    moved = np.where(turned, 0, -size * grad)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)


def factors_exchanged(grad, state, param, *, learning_rate=0.01, **settings):
    """The size grows where the sign changes and shrinks where it stays.

    What has happened where the sign of the gradient changes?
    """
    settings = {**SETTINGS, **settings}
    exchanged = {**settings, "grow": settings["shrink"], "shrink": settings["grow"]}
    return _step(grad, state, param, learning_rate, exchanged)


def gradient_remembered(grad, state, param, *, learning_rate=0.01, **settings):
    """After a sign change the gradient is remembered, so that the next size changes again.

    As what does the gradient count in the next comparison?
    """
    size, turned, sign = _sizes(grad, state, learning_rate, settings)
    moved = np.where(turned, 0, -size * sign)
    return param + moved, _with(state, sign, size, moved)


def zero_counts_as_same(grad, state, param, *, learning_rate=0.01, **settings):
    """The size grows where either gradient is 0; there it stays.

    Do you ask for a product above 0, or for one that is not below?
    """
    settings = {**SETTINGS, **settings}
    fresh = np.zeros_like(param) + learning_rate
    size = fresh if state.step == 0 else state.size
    sign = np.sign(grad)
    turned = sign * state.sign < 0
    size = _within(size * np.where(turned, settings["shrink"], settings["grow"]), settings)
    moved = np.where(turned, 0, -size * sign)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)


def zero_counts_as_turned(grad, state, param, *, learning_rate=0.01, **settings):
    """The size shrinks where either gradient is 0; there it stays.

    Do you ask for a product below 0, or for one that is not above?
    """
    settings = {**SETTINGS, **settings}
    size = np.zeros_like(param) + learning_rate if state.step == 0 else state.size
    sign = np.sign(grad)
    same = sign * state.sign > 0
    turned = sign * state.sign < 0
    size = _within(size * np.where(same, settings["grow"], settings["shrink"]), settings)
    moved = np.where(turned, 0, -size * sign)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)


def no_largest(grad, state, param, *, learning_rate=0.01, **settings):
    """The size has no upper limit.

    How long may a step become?
    """
    return _step(grad, state, param, learning_rate, {**settings, "largest": np.inf})


def no_smallest(grad, state, param, *, learning_rate=0.01, **settings):
    """The size has no lower limit.

    How short may a step become?
    """
    return _step(grad, state, param, learning_rate, {**settings, "smallest": 0.0})


def first_size_not_bounded(grad, state, param, *, learning_rate=0.01, **settings):
    """The first size is the learning rate, even if that is not within the limits.

    Between which two numbers has the size to be in the first step?
    """
    settings = {**SETTINGS, **settings}
    size = np.zeros_like(grad) + learning_rate if state.step == 0 else state.size
    sign = np.sign(grad)
    turned, same = sign * state.sign < 0, sign * state.sign > 0
    grown = np.minimum(size * settings["grow"], settings["largest"])
    shrunk = np.maximum(size * settings["shrink"], settings["smallest"])
    size = np.where(turned, shrunk, np.where(same, grown, size))
    moved = np.where(turned, 0, -size * sign)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)


def size_never_changes(grad, state, param, *, learning_rate=0.01, **settings):
    """The size stays what it was at first.

    What does the state remember beside the gradient?
    """
    return _step(grad, state, param, learning_rate, {**settings, "grow": 1.0, "shrink": 1.0})


def size_of_the_step_before(grad, state, param, *, learning_rate=0.01, **settings):
    """The step is taken with the old size, before it grows or shrinks.

    Which comes first: changing the size, or moving?
    """
    size, turned, sign = _sizes(grad, state, learning_rate, settings)
    before = np.zeros_like(param) + learning_rate if state.step == 0 else state.size
    moved = np.where(turned, 0, -before * sign)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)


def one_size_for_all(grad, state, param, *, learning_rate=0.01, **settings):
    """All weights share one size, which changes with the sign of the product of whole gradients.

    How many sizes are there?
    """
    settings = {**SETTINGS, **settings}
    size = np.zeros_like(param) + learning_rate if state.step == 0 else state.size
    product = np.sum(grad * state.sign)
    turned = product < 0
    factor = settings["shrink"] if turned else settings["grow"] if product > 0 else 1.0
    size = _within(size * factor, settings)
    moved = 0 * grad if turned else -size * np.sign(grad)
    return param + moved, _with(state, 0 * grad if turned else np.sign(grad), size, moved)


def grows_at_first(grad, state, param, *, learning_rate=0.01, **settings):
    """The size grows in the first step already, where there is nothing to compare with.

    As what does the gradient before the first one count?
    """
    seen = state if state.step else state._replace(sign=np.sign(grad))
    return _step(grad, seen, param, learning_rate, settings)


@convention
def moves_after_a_turn(grad, state, param, *, learning_rate=0.01, **settings):
    """After a sign change the weight moves and the gradient counts: the form called Rprop-.

    What does the text say about a weight whose gradient has changed its sign?
    """
    size, _, sign = _sizes(grad, state, learning_rate, settings)
    return param - size * sign, _with(state, sign, size, -size * sign)


@convention
def goes_back_after_a_turn(grad, state, param, *, learning_rate=0.01, **settings):
    """After a sign change the last step is taken back, as in the original paper; here w stays.

    What does the text say about a weight whose gradient has changed its sign?
    """
    size, turned, sign = _sizes(grad, state, learning_rate, settings)
    moved = np.where(turned, -state.moved, -size * sign)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)


def _sizes(grad, state, learning_rate, settings):
    settings = {**SETTINGS, **settings}
    size = np.zeros_like(grad) + learning_rate if state.step == 0 else state.size
    sign = np.sign(grad)
    turned, same = sign * state.sign < 0, sign * state.sign > 0
    factor = np.where(turned, settings["shrink"], np.where(same, settings["grow"], 1.0))
    return _within(size * factor, settings), turned, sign


def _within(size, settings):
    return np.minimum(np.maximum(size, settings["smallest"]), settings["largest"])


def _with(state, sign, size, moved):
    return state._replace(step=state.step + 1, sign=sign, size=size, moved=moved)


def _step(grad, state, param, learning_rate, settings):
    size, turned, sign = _sizes(grad, state, learning_rate, settings)
    moved = np.where(turned, 0, -size * sign)
    return param + moved, _with(state, np.where(turned, 0, sign), size, moved)
