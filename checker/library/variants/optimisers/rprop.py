"""Right ways to write a step of Rprop."""

import numpy as np


def weight_by_weight(
    grad,
    state,
    param,
    *,
    learning_rate=0.01,
    grow=1.2,
    shrink=0.5,
    smallest=1e-6,
    largest=50.0,
):
    moved, before = param.copy(), state.sign.copy()
    size = state.size.copy() if state.step else np.full(param.shape, learning_rate)
    for i in np.ndindex(param.shape):
        now = grad[i]
        if now * before[i] > 0:
            size[i] *= grow
        elif now * before[i] < 0:
            size[i] *= shrink
            now = 0.0
        size[i] = min(max(size[i], smallest), largest)
        if now > 0:
            moved[i] -= size[i]
        elif now < 0:
            moved[i] += size[i]
        before[i] = now
    return moved, state._replace(step=state.step + 1, sign=before, size=size)


def clipped_factors(
    grad,
    state,
    param,
    *,
    learning_rate=0.01,
    grow=1.2,
    shrink=0.5,
    smallest=1e-6,
    largest=50.0,
):
    size = state.size if state.step else np.full_like(param, learning_rate)
    agreement = np.sign(grad * state.sign).astype(int)
    size = np.clip(size * np.choose(agreement + 1, [shrink, 1.0, grow]), smallest, largest)
    kept = grad * (agreement >= 0)
    return param - size * np.sign(kept), state._replace(step=state.step + 1, sign=kept, size=size)
