"""Known-wrong ways to train beyond the turn of the validation loss, and to keep an epoch."""

import numpy as np

from reference.fitting import _network
from reference.fitting.kept_epoch import BATCH, EPOCHS, RATE, UNITS


def last_row_kept(x, labels, x_validation, labels_validation, new, *, seed):
    """The last row is kept, not the best one.

    Which network do you hold in your hands when the loop is over?
    """
    rows = _rows(x, labels, (x_validation, new), seed)
    return *rows, len(rows[0]) - 1


def counted_from_one(x, labels, x_validation, labels_validation, new, *, seed):
    """The rows are counted from 1.

    Which number has the row of the start?
    """
    rows = _rows(x, labels, (x_validation, new), seed)
    return *rows, int(np.argmin(_losses(rows[0], labels_validation))) + 1


def most_accurate_row_kept(x, labels, x_validation, labels_validation, new, *, seed):
    """The row with the most right answers is kept, not the one with the least loss.

    Do two rows with equally many right answers have the same loss?
    """
    rows = _rows(x, labels, (x_validation, new), seed)
    right = ((rows[0] > 0) == labels_validation).mean(axis=1)
    return *rows, len(right) - 1 - int(np.argmax(right[::-1]))


def learned_from_the_validation_part(x, labels, x_validation, labels_validation, new, *, seed):
    """The network learns from the validation part, too.

    Which examples decide when to stop, if the network knows all of them?
    """
    everything = np.concatenate([x, x_validation]), np.concatenate([labels, labels_validation])
    rows = _rows(*everything, (x_validation, new), seed)
    return *rows, int(np.argmin(_losses(rows[0], labels_validation)))


def stopped_at_once(x, labels, x_validation, labels_validation, new, *, seed):
    """The training ends before the validation loss can turn.

    How do you see where the least loss is, if you do not go beyond it?
    """
    rows = [part[:3] for part in _rows(x, labels, (x_validation, new), seed)]
    return *rows, int(np.argmin(_losses(rows[0], labels_validation)))


def rate_too_small(x, labels, x_validation, labels_validation, new, *, seed):
    """The learning rate is so small that the loss hardly falls.

    How far does a weight get in all epochs together?
    """
    rows = _rows(x, labels, (x_validation, new), seed, rate=RATE / 1000)
    return *rows, int(np.argmin(_losses(rows[0], labels_validation)))


def last_network_for_all_rows(x, labels, x_validation, labels_validation, new, *, seed):
    """All rows for the new examples come from the last network.

    When do the new examples go through the network: after each epoch, or at the end?
    """
    on_validation, on_new = _rows(x, labels, (x_validation, new), seed)
    best = int(np.argmin(_losses(on_validation, labels_validation)))
    return on_validation, np.tile(on_new[-1], (len(on_new), 1)), best


def probabilities_instead_of_logits(x, labels, x_validation, labels_validation, new, *, seed):
    """The rows hold probabilities, not logits.

    Which probability does a logit of 0 stand for?
    """
    rows = [1 / (1 + np.exp(-part)) for part in _rows(x, labels, (x_validation, new), seed)]
    return *rows, int(np.argmin(_losses(rows[0], labels_validation)))


def examples_instead_of_validation(x, labels, x_validation, labels_validation, new, *, seed):
    """The loss of the training examples decides which row is kept.

    Which loss goes on falling while the network learns by heart?
    """
    on_examples, *rows = _rows(x, labels, (x, x_validation, new), seed)
    return *rows, int(np.argmin(_losses(on_examples[: EPOCHS // 2], labels)))


def _rows(x, labels, parts, seed, *, rate=RATE):
    """For each part, the logits before the training and after each epoch."""
    rng = np.random.default_rng(seed)
    weights = _network.start(rng, x.shape[1], UNITS, 1)
    error = _network.logistic
    steps = _network.epochs(rng, x, labels, weights, error, rate=rate, batch=BATCH, count=EPOCHS)
    trained = [weights, *steps]
    return [np.array([_network.answer(part, each)[:, 0] for each in trained]) for part in parts]


def _losses(logits, labels):
    return np.mean(np.logaddexp(0, logits) - labels * logits, axis=1)
