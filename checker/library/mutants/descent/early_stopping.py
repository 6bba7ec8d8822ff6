"""Mutants of early stopping."""

import numpy as np


def _watched(losses, patience, *, improved, counted=None, until=None):
    """A loop with one rule done differently: the epochs trained, and the best of them."""
    best, best_epoch, waited, epoch = np.inf, 0, 0, 0
    for epoch, loss in enumerate(losses, 1):
        if improved(loss, best):
            best, best_epoch, waited = loss, epoch, (counted(waited) if counted else 0)
        else:
            waited += 1
        if (until or _reached)(waited, patience):
            break
    return epoch, best_epoch


def _reached(waited, patience):
    return waited >= patience


def _smoothed(losses, window):
    return [np.mean(losses[max(0, end - window) : end]) for end in range(1, len(losses) + 1)]


def one_epoch_more(losses, *, patience=3, min_delta=0.0, window=1):
    """It waits one epoch longer than patience says.

    After how many epochs without improvement does a patience of 1 stop?
    """
    return _watched(
        _smoothed(losses, window),
        patience,
        improved=lambda loss, best: loss < best - min_delta,
        until=lambda waited, patience: waited > patience,
    )


def counter_never_reset(losses, *, patience=3, min_delta=0.0, window=1):
    """The epochs without improvement are counted over the whole training, not in a row.

    What happens to the counter after a good epoch?
    """
    return _watched(
        _smoothed(losses, window),
        patience,
        improved=lambda loss, best: loss < best - min_delta,
        counted=lambda waited: waited,
    )


def compared_with_the_epoch_before(losses, *, patience=3, min_delta=0.0, window=1):
    """Each loss is compared with that of the epoch before; it has to beat the best so far.

    The losses 3, 5, 4 fall at the end. Has the training improved?
    """
    smooth = [np.inf, *_smoothed(losses, window)]
    best_epoch, waited, epoch = 0, 0, 0
    for epoch in range(1, len(smooth)):
        if smooth[epoch] < smooth[epoch - 1] - min_delta:
            best_epoch, waited = epoch, 0
        else:
            waited += 1
        if _reached(waited, patience):
            break
    return epoch, best_epoch


def best_falls_by_less(losses, *, patience=3, min_delta=0.0, window=1):
    """The best loss falls with every small gain, also where that does not count as improving.

    The losses fall by 0.6 times min_delta each time. When has the training improved?
    """
    best, best_epoch, waited, epoch = np.inf, 0, 0, 0
    for epoch, loss in enumerate(_smoothed(losses, window), 1):
        if loss < best - min_delta:
            best_epoch, waited = epoch, 0
        else:
            waited += 1
        best = min(best, loss)
        if _reached(waited, patience):
            break
    return epoch, best_epoch


def median_of_the_window(losses, *, patience=3, min_delta=0.0, window=1):
    """The median of the last losses is watched; their mean is meant.

    What is the mean of 1, 1 and 4, and what is their median?
    """
    middle = [np.median(losses[max(0, end - window) : end]) for end in range(1, len(losses) + 1)]
    return _watched(middle, patience, improved=lambda loss, best: loss < best - min_delta)


def stops_when_it_improves(losses, *, patience=3, min_delta=0.0, window=1):
    """It stops where the loss gets better; it should where it does not.

    When is there nothing more to gain?
    """
    best, best_epoch, waited, epoch = np.inf, 0, 0, 0
    for epoch, loss in enumerate(_smoothed(losses, window), 1):
        if loss < best - min_delta:
            best, best_epoch, waited = loss, epoch, waited + 1
        else:
            waited = 0
        if waited >= patience:
            break
    return epoch, best_epoch


def compared_with_the_last_epoch(losses, *, patience=3, min_delta=0.0, window=1):
    """Each loss is compared with the one before it; it is the best one that counts.

    A loss goes up steeply and comes down a little. Has it improved?
    """
    smooth = _smoothed(losses, window)
    best, best_epoch, waited, epoch, last = np.inf, 0, 0, 0, np.inf
    for epoch, loss in enumerate(smooth, 1):
        waited = 0 if loss < last - min_delta else waited + 1
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        last = loss
        if waited >= patience:
            break
    return epoch, best_epoch


def greatest_is_best(losses, *, patience=3, min_delta=0.0, window=1):
    """The greatest value counts as the best: right for an accuracy, and not for a loss.

    Should a loss go up or down?
    """
    best, best_epoch, waited, epoch = -np.inf, 0, 0, 0
    for epoch, loss in enumerate(_smoothed(losses, window), 1):
        if loss > best + min_delta:
            best, best_epoch, waited = loss, epoch, 0
        else:
            waited += 1
        if waited >= patience:
            break
    return epoch, best_epoch


def ties_improve(losses, *, patience=3, min_delta=0.0, window=1):
    """A loss equal to the best counts as an improvement.

    If the loss never changes, should training go on forever?
    """
    return _watched(
        _smoothed(losses, window),
        patience,
        improved=lambda loss, best: loss <= best - min_delta,
    )


def counted_from_zero(losses, *, patience=3, min_delta=0.0, window=1):
    """The best epoch is counted from 0; the first epoch is number 1.

    What is the best epoch if the first loss is the smallest?
    """
    epoch, best = _watched(
        _smoothed(losses, window), patience, improved=lambda loss, best: loss < best - min_delta
    )
    return epoch, best - 1


def last_is_best(losses, *, patience=3, min_delta=0.0, window=1):
    """The last epoch is returned as the best one.

    Which weights do you want to go back to?
    """
    epoch, _ = _watched(
        _smoothed(losses, window), patience, improved=lambda loss, best: loss < best - min_delta
    )
    return epoch, epoch


def never_stops(losses, *, patience=3, min_delta=0.0, window=1):
    """It trains through all epochs, however bad they are.

    What is patience for?
    """
    _, best = _watched(
        _smoothed(losses, window),
        patience,
        improved=lambda loss, best: loss < best - min_delta,
        until=lambda waited, patience: False,
    )
    return len(losses), best


def small_gains_count(losses, *, patience=3, min_delta=0.0, window=1):
    """min_delta is not used: the smallest gain counts.

    Is a loss of 0.99999 after 1.0 worth another epoch?
    """
    return _watched(_smoothed(losses, window), patience, improved=lambda loss, best: loss < best)


def min_delta_with_the_wrong_sign(losses, *, patience=3, min_delta=0.0, window=1):
    """min_delta is added to the best loss; it has to be subtracted.

    Should it be easier or harder to improve with a larger min_delta?
    """
    return _watched(
        _smoothed(losses, window),
        patience,
        improved=lambda loss, best: loss < best + min_delta,
    )


def not_smoothed(losses, *, patience=3, min_delta=0.0, window=1):
    """The losses are taken one by one; their mean over the window is meant.

    What is the window for?
    """
    return _watched(losses, patience, improved=lambda loss, best: loss < best - min_delta)
