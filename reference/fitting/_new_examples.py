"""What answers to new examples show, if their classes are known to the judge alone."""

import numpy as np

from reference.fitting import _network
from reference.spec import Statistic

BATCH = 20


def right(scores, truth, least):
    """The share of new examples whose largest score is at their class; nan if there is none."""
    share = np.mean(np.argmax(scores, axis=1) == truth)
    return Statistic(np.nan if np.isnan(scores).any() else share, least, 1)


def better_than_chance(scores, truth):
    """The same share, which is more than a quarter of what one guess for all has."""
    return right(scores, truth, 0.25 * np.bincount(truth).max() / len(truth))


def most_frequent(scores, truth):
    """The share of the class that is answered most often."""
    counts = np.bincount(np.argmax(scores, axis=1), minlength=scores.shape[1])
    allowed = min(0.85, 2 * np.bincount(truth).max() / len(truth))
    return Statistic(counts.max() / len(scores), 0, allowed)


def classify(x, labels, new, seed, *, units, rate, count, size=1.0):
    """The scores of new examples by a network that is trained on standardised ones."""
    rng, labels = np.random.default_rng(seed), labels.astype(int)
    centre, spread = x.mean(axis=0), x.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    w1, *others = _network.start(rng, x.shape[1], units, labels.max() + 1)
    epochs = _network.epochs(
        rng,
        (x - centre) / spread,
        labels,
        [size * w1, *others],
        _network.classified,
        rate=rate,
        batch=BATCH,
        count=count,
    )
    *_, weights = epochs
    return _network.answer((new - centre) / spread, weights)
