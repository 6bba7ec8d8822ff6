"""Early stopping: end the training where the validation loss no longer improves, and go back.

    smooth_t = mean of the last `window` losses
    improved where smooth_t < best - min_delta;   stop after `patience` epochs in a row without

The weights that are kept are those of the best epoch. Keras counts patience like this and takes no
average; it returns to the best weights only if told so. Lecture 001 offers an average or patience.
Lecture 002 says to stop if the error improves for some epochs: it is where it does not. A loss that
is nan has not improved.

Source: Prechelt 1998; Vanschoren (001), "Early stopping"; lecture 002.
"""

from typing import Annotated as Shaped
from typing import Any, NamedTuple

import numpy as np

from reference.spec import Example, Procedure, Real, Try


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
    """After an epoch: what to remember. Weights are kept as they are handed in, not copied."""
    recent = (*state.recent, loss)[-window:]
    smooth, epoch = sum(recent) / len(recent), state.epoch + 1
    if smooth < state.best - min_delta:
        return State(epoch, smooth, epoch, weights, 0, recent)
    return state._replace(epoch=epoch, waited=state.waited + 1, recent=recent)


def run(
    losses: Shaped[Real, "n"],
    *,
    patience: Shaped[int, Try((1, 2, 3))] = 3,
    min_delta: Shaped[float, Try((0.0, 0.5))] = 0.0,
    window: Shaped[int, Try((1, 2, 3))] = 1,
) -> tuple[int, int]:
    """How many epochs are trained, and which of them was best, counted from 1."""
    state = State()
    for loss in losses:
        state = watch(state, loss, min_delta=min_delta, window=window)
        if state.waited >= patience:
            break
    return state.epoch, state.best_epoch


def trains_on_while_it_improves(f, losses, **settings):
    """Losses that fall and fall are never stopped, and the last one is best."""
    falling = -1.0 - np.arange(len(losses)) * 2.0
    return f(falling, **settings), (len(losses), len(losses))


def patience_lasts_as_long_as_it_says(f, losses, **settings):
    """Losses that never change are stopped as many epochs after the first as patience lasts."""
    longest = settings["patience"] + 1
    return f(np.ones(longest + len(losses)), **settings), (longest, 1)


def one_good_epoch_starts_the_count_anew(f, losses, **settings):
    """An improvement on the last day of patience earns the whole of it again."""
    count = settings["patience"]
    curve = np.concatenate([np.zeros(count), -10.0 - np.zeros(2 * count + 1)])
    settings = {**settings, "window": 1}
    return f(curve, **settings), (2 * count + 1, count + 1)


def ended_is_ended(f, losses, **settings):
    """What the losses would have been later on changes nothing."""
    trained, best = f(losses, **settings)
    return f(losses[:trained], **settings), (trained, best)


def smoothing_comes_first(f, losses, window, **settings):
    """A window is the same as handing in the averages themselves."""
    starts = [max(0, end - window) for end in range(1, len(losses) + 1)]
    smooth = np.stack([sum(losses[a : k + 1]) / (k + 1 - a) for k, a in enumerate(starts)])
    return f(losses, window=window, **settings), f(smooth, window=1, **settings)


def small_gains_do_not_count(f, losses, **settings):
    """Gains of less than min_delta are none, however many of them there are."""
    settings = {**settings, "min_delta": 0.5}
    curve = -np.arange(settings["patience"] + 1) * 2.0**-10
    return f(curve, **settings), (len(curve), 1)


SPEC = Procedure(
    run=run,
    torch="torch has no training loop to stop",
    laws=(
        trains_on_while_it_improves,
        patience_lasts_as_long_as_it_says,
        one_good_epoch_starts_the_count_anew,
        ended_is_ended,
        smoothing_comes_first,
        small_gains_do_not_count,
    ),
    source="Prechelt 1998; Vanschoren (001)",
    examples=tuple(
        Example(
            inputs={"losses": losses, "patience": 2},
            prints={"run": (None, None)},
            source="the text",
        )
        for losses in ((5.0, 3.0, 4.0, 4.0, 2.0), (5.0, 6.0, 4.0, 5.0, 3.0))
    ),
)
