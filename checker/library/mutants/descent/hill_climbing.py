"""Mutants of hill climbing."""

import numpy as np

from checker.library.marks import convention


def keeps_what_is_worse(start, noise, matrix, *, spread=0.1):
    """The comparison is the wrong way round: what leads higher is kept.

    Is the loss to become larger or smaller?
    """
    return _climb(start, spread * noise, matrix, keep=lambda reached, height: reached > height)


def keeps_everything(start, noise, matrix, *, spread=0.1):
    """Every step is kept, whether it leads lower or not: there is no way back.

    What happens to the old point before you know whether the new one is better?
    """
    return _climb(start, spread * noise, matrix, keep=lambda reached, height: True)


def size_of_the_sum(start, noise, matrix, *, spread=0.1):
    """The rows are added up before their sizes are taken, so that they cancel.

    Which comes first, the size of each row or the sum over the rows?
    """
    return _climb(start, spread * noise, np.sum(matrix, axis=0, keepdims=True))


def height_not_updated(start, noise, matrix, *, spread=0.1):
    """Every try is compared with the loss at the start, not with that of the best point so far.

    After a step was kept, which loss does the next one have to beat?
    """
    path, height = [start], _loss(start, matrix)
    for step in spread * noise:
        tried = path[-1] + step
        path.append(tried if _loss(tried, matrix) < height else path[-1])
    return np.stack(path)


def compared_with_the_last_try(start, noise, matrix, *, spread=0.1):
    """A try is compared with the try before it, even where that one was not kept.

    Where do you stand after a step that was not kept, and how high is that?
    """
    path, height = [start], _loss(start, matrix)
    for step in spread * noise:
        tried = path[-1] + step
        reached = _loss(tried, matrix)
        path.append(tried if reached < height else path[-1])
        height = reached
    return np.stack(path)


def only_upwards(start, noise, matrix, *, spread=0.1):
    """Only positive steps are tried: the sign of the noise is lost.

    Can a random step be negative?
    """
    return _climb(start, spread * np.abs(noise), matrix)


def one_step_again_and_again(start, noise, matrix, *, spread=0.1):
    """The first random step is tried every time.

    Does each try have a row of noise of its own?
    """
    return _climb(start, spread * np.broadcast_to(noise[0], noise.shape), matrix)


def always_from_the_start(start, noise, matrix, *, spread=0.1):
    """Every try begins at the start, not at the best point so far.

    From where is the next step taken once a step was kept?
    """
    path = [start]
    for step in spread * noise:
        tried = start + step
        lower = _loss(tried, matrix) < _loss(path[-1], matrix)
        path.append(tried if lower else path[-1])
    return np.stack(path)


def tries_listed(start, noise, matrix, *, spread=0.1):
    """The path lists what was tried, not where one stood after each try.

    Which point follows in the path when a step is not kept?
    """
    path = _climb(start, spread * noise, matrix)
    return np.concatenate([path[:1], path[:-1] + spread * noise])


def only_what_was_kept(start, noise, matrix, *, spread=0.1):
    """A try that is not kept leaves no row in the path.

    How many rows does the path have, whatever happens?
    """
    path = [start]
    for step in spread * noise:
        tried = path[-1] + step
        if _loss(tried, matrix) < _loss(path[-1], matrix):
            path.append(tried)
    return np.stack(path)


def start_left_out(start, noise, matrix, *, spread=0.1):
    """The start is missing from the path.

    How many points does a path of three tries have?
    """
    return _climb(start, spread * noise, matrix)[1:]


def only_the_end(start, noise, matrix, *, spread=0.1):
    """Only the last point is returned; the path is every point on the way.

    What has to be remembered after each try?
    """
    return _climb(start, spread * noise, matrix)[-1]


def sizes_forgotten_in_the_loss(start, noise, matrix, *, spread=0.1):
    """The loss sums A v with its signs, so that it falls for ever.

    How low can a sum of absolute values get?
    """
    return _climb(start, spread * noise, matrix, loss=lambda v, a: (a @ v).sum())


def squares_in_the_loss(start, noise, matrix, *, spread=0.1):
    """The loss sums the squares of A v instead of the absolute values.

    Which of 3 + 0 and 2 + 2 is larger, and which of 9 + 0 and 4 + 4?
    """
    return _climb(start, spread * noise, matrix, loss=lambda v, a: ((a @ v) ** 2).sum())


@convention
def equals_kept(start, noise, matrix, *, spread=0.1):
    """A step that leads exactly as low is kept as well; lecture 004 asks for lower.

    What should happen on a plateau?
    """
    return _climb(start, spread * noise, matrix, keep=lambda reached, height: reached <= height)


def _loss(v, matrix):
    return np.abs(matrix @ v).sum()


def _climb(start, moves, matrix, *, keep=np.less, loss=_loss):
    path = [start]
    for move in moves:
        tried = path[-1] + move
        path.append(tried if keep(loss(tried, matrix), loss(path[-1], matrix)) else path[-1])
    return np.stack(path)
