"""Mutants of a step of Quickprop."""

import numpy as np

from checker.library.marks import convention


def slope_turned(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The denominator of the jump has the wrong sign: it is the old gradient minus the new.

    Where is the minimum of a parabola whose slope has fallen from 2 to 1 in one step?
    """
    gap = np.where(state.grad == grad, 1.0, grad - state.grad)
    return _step(grad, state, param, learning_rate, longest, state.moved * grad / gap)


def not_limited(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The jump has no limit.

    Where is the minimum of a parabola whose slope has hardly changed?
    """
    gap = np.where(state.grad == grad, 1.0, state.grad - grad)
    jump = state.moved * grad / gap
    added = (state.moved == 0) | (state.moved * grad < 0)
    return _moved(grad, state, param, jump - np.where(added, learning_rate * grad, 0))


def never_starts(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """No weight ever moves: a jump is a multiple of the last step, and the first one is 0.

    What does a weight do that has not moved before?
    """
    return _moved(grad, state, param, 0 * grad)


def old_gradient_not_kept(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The gradient is not remembered: the one before always counts as 0.

    How many things does the state remember?
    """
    fresh = state._replace(grad=0 * grad)
    return _right(grad, fresh, param, learning_rate, longest)


def last_step_not_kept(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The last step is not remembered: every step is one of gradient descent.

    How many things does the state remember?
    """
    return param - learning_rate * grad, state


def one_parabola_for_all(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """All weights share one parabola, that of the summed gradients.

    How many parabolas are there?
    """
    fall = np.sum(state.grad - grad)
    jump = state.moved * np.sum(grad) / (fall if fall else 1.0)
    return _step(grad, state, param, learning_rate, longest, jump)


def gradient_always_added(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The gradient step is added after every jump, also where the last step went too far.

    Which weights are to go on in their old direction, and which turn back?
    """
    _, jump = _jump(grad, state, longest)
    return _moved(grad, state, param, jump - learning_rate * grad)


def limited_by_the_gradient(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The limit is `longest` times the gradient step, not times the last step.

    Than what may the jump be longer by the factor `longest` at most?
    """
    gap = np.where(state.grad == grad, 1e-12, state.grad - grad)
    limit = longest * learning_rate * np.abs(grad)
    jump = np.clip(state.moved * grad / gap, -limit, limit)
    added = (state.moved == 0) | (state.moved * grad < 0)
    return _moved(grad, state, param, jump - np.where(added, learning_rate * grad, 0))


def climbs(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The gradient steps go uphill.

    In which direction does the gradient point?
    """
    return _right(grad, state, param, -learning_rate, longest)


@convention
def gradient_not_added(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """Only the first step uses the gradient itself; here it is added to later jumps as well.

    What is added to a jump that goes on in the direction of the last step?
    """
    _, jump = _jump(grad, state, longest)
    step = np.where(state.moved == 0, -learning_rate * grad, jump)
    return _moved(grad, state, param, step)


def _jump(grad, state, longest):
    falling = state.moved * grad < 0
    far = falling & (np.abs(grad) > longest / (1 + longest) * np.abs(state.grad))
    gap = np.where((state.moved == 0) | far, 1.0, state.grad - grad)
    return far, np.where(far, longest * state.moved, state.moved * grad / gap)


def _added(grad, state):
    return (state.moved == 0) | (state.moved * grad < 0)


def _step(grad, state, param, learning_rate, longest, jump):
    far, _ = _jump(grad, state, longest)
    jump = np.where(far, longest * state.moved, jump)
    return _moved(grad, state, param, jump - np.where(_added(grad, state), learning_rate * grad, 0))


def _moved(grad, state, param, step):
    return param + step, state._replace(grad=grad, moved=step)


def _right(grad, state, param, learning_rate, longest):
    return _step(grad, state, param, learning_rate, longest, _jump(grad, state, longest)[1])
