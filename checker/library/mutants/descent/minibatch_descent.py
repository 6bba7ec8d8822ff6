"""Mutants of mini-batch gradient descent."""

import numpy as np

from checker.library.marks import convention


def one_order_for_all_epochs(x, target, start, orders, *, learning_rate=0.1, size=32):
    """Every epoch takes the examples in the order of the first one.

    Where is the shuffling: before the loop over the epochs, or in it?
    """
    same = np.broadcast_to(orders[0], orders.shape)
    return _train(x, target, start, same, learning_rate, size)


def order_ignored(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The examples are taken as they are stored: the orders are not used.

    What does a row of `orders` say about the first batch of its epoch?
    """
    stored = np.broadcast_to(np.arange(len(x)), orders.shape)
    return _train(x, target, start, stored, learning_rate, size)


def targets_not_shuffled(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The examples are put in the new order and their targets are not.

    Does each x still stand beside its own target?
    """

    def slope(w, batch, places):
        return x[batch].T @ (x[batch] @ w - target[places]) / len(batch)

    return _train(x, target, start, orders, learning_rate, size, slope)


def one_update_per_epoch(x, target, start, orders, *, learning_rate=0.1, size=32):
    """There is one update in each epoch, with the batches' gradients added up.

    When does a batch change the weights: at once, or at the end of the epoch?
    """
    ends, w = [], start
    for order in orders:
        total = 0 * start
        for k in range(0, len(order), size):
            batch = order[k : k + size]
            total = total + x[batch].T @ (x[batch] @ w - target[batch]) / len(batch)
        w = w - learning_rate * total
        ends.append(w)
    return np.stack(ends)


def all_examples_in_every_update(x, target, start, orders, *, learning_rate=0.1, size=32):
    """Every update uses all the examples: that is batch gradient descent, many times over.

    Which examples does the gradient of one batch look at?
    """

    def slope(w, batch, places):
        return x.T @ (x @ w - target) / len(x)

    return _train(x, target, start, orders, learning_rate, size, slope)


@convention
def batch_summed(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The gradient is summed over the batch, as in lecture 001; here it is averaged.

    Should twice the batch mean twice the step?
    """

    def slope(w, batch, places):
        return x[batch].T @ (x[batch] @ w - target[batch])

    return _train(x, target, start, orders, learning_rate, size, slope)


def divided_by_the_size(x, target, start, orders, *, learning_rate=0.1, size=32):
    """A short last batch is divided by `size`, not by the number of examples that it has.

    How many terms does the sum over the last batch have?
    """

    def slope(w, batch, places):
        return x[batch].T @ (x[batch] @ w - target[batch]) / size

    return _train(x, target, start, orders, learning_rate, size, slope)


def divided_by_all(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The gradient of a batch is divided by the number of all the examples.

    Over how many examples was it summed?
    """

    def slope(w, batch, places):
        return x[batch].T @ (x[batch] @ w - target[batch]) / len(x)

    return _train(x, target, start, orders, learning_rate, size, slope)


def gradient_doubled(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The gradient is twice as large as that of this loss, which has a 1/2 in front.

    What is the derivative of u^2 / 2?
    """

    def slope(w, batch, places):
        return 2 * x[batch].T @ (x[batch] @ w - target[batch]) / len(batch)

    return _train(x, target, start, orders, learning_rate, size, slope)


def short_batch_dropped(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The last batch is left out where it is short.

    Is every example used in every epoch?
    """
    full = orders[:, : orders.shape[1] // size * size]
    return _train(x, target, start, full, learning_rate, size)


def only_the_first_batch(x, target, start, orders, *, learning_rate=0.1, size=32):
    """An epoch ends after its first batch.

    How many updates does an epoch have?
    """
    return _train(x, target, start, orders[:, :size], learning_rate, size)


def climbs(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The weights go uphill: the gradient is added.

    In which direction does the gradient point?
    """
    return _train(x, target, start, orders, -learning_rate, size)


def epochs_from_the_start(x, target, start, orders, *, learning_rate=0.1, size=32):
    """Every epoch begins again with the weights from before the training.

    With which weights does the second epoch begin?
    """
    ends = [_train(x, target, start, order[None], learning_rate, size) for order in orders]
    return np.concatenate(ends)


def only_the_end(x, target, start, orders, *, learning_rate=0.1, size=32):
    """Only the last weights are returned; those at the end of every epoch are asked for.

    What has to be remembered when an epoch is over?
    """
    return _train(x, target, start, orders, learning_rate, size)[-1]


def after_each_update(x, target, start, orders, *, learning_rate=0.1, size=32):
    """This has the weights after each update, not after each epoch.

    In which of the two loops are the weights remembered?
    """
    rows, w = [], start
    for order in orders:
        for k in range(0, len(order), size):
            batch = order[k : k + size]
            w = w - learning_rate * x[batch].T @ (x[batch] @ w - target[batch]) / len(batch)
            rows.append(w)
    return np.stack(rows)


def start_kept_in_front(x, target, start, orders, *, learning_rate=0.1, size=32):
    """The start stands in front of the weights at the ends of the epochs.

    How many rows are asked for?
    """
    return np.concatenate([start[None], _train(x, target, start, orders, learning_rate, size)])


def _train(x, target, start, orders, learning_rate, size, slope=None):
    def mean(w, batch, places):
        return x[batch].T @ (x[batch] @ w - target[batch]) / len(batch)

    ends, w = [], start
    for order in orders:
        for k in range(0, len(order), size):
            batch = order[k : k + size]
            places = np.arange(k, k + len(batch))
            w = w - learning_rate * (slope or mean)(w, batch, places)
        ends.append(w)
    return np.stack(ends)
