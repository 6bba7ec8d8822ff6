"""Right ways to write a step of Quickprop."""

import numpy as np


def weight_by_weight(grad, state, param, *, learning_rate=0.01, longest=1.75):
    step = np.zeros(param.shape)
    for i in np.ndindex(param.shape):
        last, now, before = state.moved[i], grad[i], state.grad[i]
        if last == 0:
            step[i] = -learning_rate * now
        elif last * now >= 0:  # now and before differ in sign, or now is 0
            step[i] = last * now / (before - now) if now else 0.0
        else:
            if abs(now) > longest / (1 + longest) * abs(before):
                step[i] = longest * last
            else:
                step[i] = last * now / (before - now)
            step[i] -= learning_rate * now
    return param + step, state._replace(grad=grad, moved=step)


def by_secants(grad, state, param, *, learning_rate=0.01, longest=1.75):
    """The parabola's curvature first, then a step of Newton."""
    goes_on = state.moved * grad < 0
    with np.errstate(all="ignore"):
        curvature = (grad - state.grad) / state.moved
        newton = -grad / curvature
    too_long = goes_on & ~(np.abs(grad) <= longest / (1 + longest) * np.abs(state.grad))
    step = np.where(too_long, longest * state.moved, newton)
    step = np.where(goes_on, step - learning_rate * grad, step)
    step = np.where(state.moved == 0, -learning_rate * grad, step)
    return param + step, state._replace(grad=grad, moved=step)
