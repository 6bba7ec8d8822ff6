"""Right ways to write the accuracy with one-hot targets."""

import numpy as np


def example_by_example(scores, target):
    right = [p.argmax() == y.argmax() for p, y in zip(scores, target, strict=True)]
    return sum(right) / len(right)


def one_less_the_mistakes(scores, target):
    return 1 - np.count_nonzero(scores.argmax(1) - target.argmax(1)) / len(scores)


def single_precision(scores, target):
    return np.mean(np.argmax(scores, axis=-1) == np.argmax(target, axis=-1), dtype=np.float32)
