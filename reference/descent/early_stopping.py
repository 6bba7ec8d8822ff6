"""Early stopping: stop when the validation loss no longer improves, and keep the best weights.

    smooth_t = mean of the last `window` losses
    improved where smooth_t < best - min_delta;   stop after `patience` epochs in a row without

The weights of the best epoch are kept. Keras's EarlyStopping counts the patience in the same way,
but does not average, and returns to the best weights only if `restore_best_weights` is set. Its
patience is 0 by default; here it is 3. PyTorch has no early stopping. Lecture 001 offers an average
or patience. Lecture 002 says to stop if the error improves for some epochs; it means that the error
does not improve. A loss of nan is not an improvement. If no epoch improves, the best epoch is 0.

    >>> run([5.0, 3.0, 4.0, 4.0, 2.0], patience=2)
    (4, 2)

Source: Prechelt 1998; Vanschoren (001), "Early stopping"; lecture 002.
"""

import math
from typing import Annotated as Shaped
from typing import Any, NamedTuple

import numpy as np

from reference.spec import Example, Named, Procedure, Range, Real, Try


class State(NamedTuple):
    epoch: int = 0
    best: Any = np.inf
    best_epoch: int = 0
    best_weights: Any = None
    waited: int = 0
    recent: tuple[Any, ...] = ()


def watch(
    state: State, loss: Any, weights: Any = None, *, min_delta: float = 0.0, window: int = 1
) -> State:
    """The state after one more epoch. It holds the given `weights` themselves, not a copy."""
    recent = (*state.recent, loss)[-window:]
    smooth, epoch = sum(recent) / len(recent), state.epoch + 1
    if smooth < state.best - min_delta:
        return State(epoch, smooth, epoch, weights, 0, recent)
    return state._replace(epoch=epoch, waited=state.waited + 1, recent=recent)


def run(
    losses: Shaped[Real, "n"],
    *,
    patience: Shaped[int, Try((2, 1, 3)), Range(1, 12)] = 3,
    min_delta: Shaped[float, Try((0.0, 0.5)), Range(0, math.inf)] = 0.0,
    window: Shaped[int, Try((1, 2, 3)), Range(1, 8)] = 1,
) -> tuple[Shaped[int, "", Named("epochs")], Shaped[int, "", Named("best epoch")]]:
    """The number of epochs that are trained, and the best of them, counted from 1."""
    state = State()
    for loss in losses:
        state = watch(state, loss, min_delta=min_delta, window=window)
        if state.waited >= patience:
            break
    return state.epoch, state.best_epoch


def trains_on_while_it_improves(f, losses, **settings):
    """Losses that fall steeply in every epoch never stop it, and the last epoch is the best."""
    falling = -1.0 - np.arange(len(losses)) * 2 * (1 + settings["min_delta"])
    return f(falling, **settings), (len(losses), len(losses))


def patience_lasts_as_long_as_it_says(f, losses, **settings):
    """Losses that never change stop the training `patience` epochs after the first one."""
    longest = settings["patience"] + 1
    return f(np.ones(longest + len(losses)), **settings), (longest, 1)


def one_good_epoch_starts_the_count_anew(f, losses, **settings):
    """An improvement in the last epoch before the stop restarts the count."""
    count = settings["patience"]
    curve = np.concatenate([np.zeros(count), -10.0 - np.zeros(2 * count + 1)])
    settings = {**settings, "window": 1, "min_delta": 0.5}
    return f(curve, **settings), (2 * count + 1, count + 1)


def ended_is_ended(f, losses, **settings):
    """Losses after the last trained epoch have no influence."""
    trained, best = f(losses, **settings)
    return f(losses[:trained], **settings), (trained, best)


def smoothing_comes_first(f, losses, window, **settings):
    """A window gives the same result as averaging the losses beforehand."""
    starts = [max(0, end - window) for end in range(1, len(losses) + 1)]
    smooth = np.stack([sum(losses[a : k + 1]) / (k + 1 - a) for k, a in enumerate(starts)])
    return f(losses, window=window, **settings), f(smooth, window=1, **settings)


def small_gains_do_not_count(f, losses, **settings):
    """A loss less than min_delta below the best loss is not an improvement."""
    steps = settings["patience"] + 1
    curve = -np.arange(steps) * settings["min_delta"] / steps
    return f(curve, **settings), (len(curve), 1)


def one_loss_is_one_part_of_the_window(f, losses, window, **settings):
    """After zeros, a loss of -1 lowers the mean of the window by 1 / window."""
    curve = np.concatenate([np.zeros(window), -np.ones(1)])
    settings = {"patience": window, "window": window}
    counted, missed = (f(curve, min_delta=1 / (window + by), **settings) for by in (0.5, -0.5))
    return (*counted, *missed), (window + 1, window + 1, window + 1, 1)


SPEC = Procedure(
    run=run,
    torch="torch has no training loop to stop",
    properties=(
        trains_on_while_it_improves,
        patience_lasts_as_long_as_it_says,
        one_good_epoch_starts_the_count_anew,
        ended_is_ended,
        smoothing_comes_first,
        small_gains_do_not_count,
        one_loss_is_one_part_of_the_window,
    ),
    examples=tuple(
        Example(inputs=inputs, prints={"run": (None, None)}, source=source)
        for source, inputs in (
            ("the text", {"losses": (5.0, 3.0, 4.0, 4.0, 2.0), "patience": 2}),
            ("the text", {"losses": (5.0, 6.0, 4.0, 5.0, 3.0), "patience": 2}),
            # The mean of a window falls once more where its median does not.
            ("a window", {"losses": (4.0, 2.0, 2.0, 5.0, 1.0, 1.0, 1.0), "window": 3}),
        )
    ),
)
