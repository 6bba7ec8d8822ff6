"""Right ways to stop where the loss has all but stopped changing."""

import numpy as np


def all_changes_at_once(losses, *, tolerance=1e-6):
    small = np.abs(np.diff(losses)) < tolerance
    return int(np.argmax(small)) + 2 if small.any() else len(losses)


def remembers_the_last(losses, *, tolerance=1e-6):
    epochs, last = 0, np.inf
    for loss in losses:
        epochs += 1
        if abs(last - loss) < tolerance:
            break
        last = loss
    return epochs


def between_two_bounds(losses, *, tolerance=1e-6):
    for t in range(1, len(losses)):
        if losses[t - 1] - tolerance < losses[t] < losses[t - 1] + tolerance:
            return np.array(t + 1)
    return np.array(len(losses))
