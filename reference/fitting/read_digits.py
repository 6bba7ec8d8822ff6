"""Learn to read handwritten digits from some images, and read new ones.

    scores[i, k] is largest at the digit k that new image i is thought to show

An image is a row of 64 pixels from 0 to 16. Network and training are free. Which digits the new
images show is known to the judge alone.

    >>> images, labels, new, truth = data(0)
    >>> bool((run(images, labels, new, seed=1).argmax(axis=1) == truth).mean() > 0.75)
    True

Source: Alpaydin and Kaynak 1998; Lamurias (000), the digits of MNIST.
"""

from functools import cache
from typing import Annotated as Shaped

import numpy as np

from reference.data._digits import digits
from reference.fitting import _new_examples
from reference.spec import Below, Experiment, Index, Named, Real, Try

EXAMPLES, NEW = 200, 80
UNITS, RATE, EPOCHS = 32, 0.02, 30
LEAST = 0.75

_all = cache(digits)


def data(
    seed: int,
) -> tuple[
    Shaped[Real, "n 64", Named("images")],
    Shaped[Index, "n", Named("labels")],
    Shaped[Real, "m 64", Named("new")],
    Shaped[Index, "m", Named("truth")],
]:
    """Some of all images, in random order."""
    images, labels = _all()
    order = np.random.default_rng([seed, 13]).permutation(len(labels))
    seen, new = order[:EXAMPLES], order[EXAMPLES : EXAMPLES + NEW]
    images = images.reshape(len(labels), -1)
    return images[seen], labels[seen], images[new], labels[new]


def run(
    images: Shaped[Real, "n 64"],
    labels: Shaped[Index, "n", Below("10")],
    new: Shaped[Real, "m 64"],
    *,
    seed: Shaped[int, Try((0, 1, 2))],
) -> Shaped[Real, "m 10"]:
    return _new_examples.classify(
        images / 16, labels, new / 16, seed, units=UNITS, rate=RATE, count=EPOCHS
    )


def share_right(scores, *, truth, **_):
    """Most of the new images are read right.

    Of the new images, a share of {got:.2f} is read right. At least {low:.2f} is asked.

    The network does not read new images well. Does the training loss fall, and are the new images
    treated as those that it has learned from?
    """
    return _new_examples.right(scores, truth, LEAST)


def most_frequent_answer(scores, *, truth, **_):
    """No digit is read much more often than it is there.

    One digit is the answer to a share of {got:.2f} of all. At most {high:.2f} is asked.

    One digit is read far too often. Which numbers differ between two rows of your scores?
    """
    return _new_examples.most_frequent(scores, truth)


def better_than_chance(scores, *, truth, **_):
    """More of the new images are read right than by chance.

    A share of {got:.2f} is less than chance finds, even if nothing is learned.

    Most answers are wrong: the scores belong to other digits. Is the largest score that of the
    most likely digit, and is the first column that of digit 0?
    """
    return _new_examples.better_than_chance(scores, truth)


def _curves(scores, *, truth, **_):
    answers = np.argmax(scores, axis=1)
    return {"share read right": np.array([np.mean(answers[truth == k] == k) for k in range(10)])}


SPEC = Experiment(
    run=run,
    data=data,
    torch="each training is another one",
    by_luck=(share_right, most_frequent_answer),
    curves=_curves,
    along="digit",
    properties=(share_right, most_frequent_answer, better_than_chance),
)
