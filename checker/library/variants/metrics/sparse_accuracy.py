"""Right ways to write the accuracy with labels."""

import numpy as np


def example_by_example(scores, labels):
    right = 0
    for row, label in zip(scores, labels, strict=True):
        right += int(np.argmax(row) == label)
    return right / len(labels)


def one_less_the_mistakes(scores, labels):
    return 1 - np.count_nonzero(np.argmax(scores, axis=1) != labels) / len(labels)


def single_precision(scores, labels):
    return np.mean(scores.argmax(-1) == labels, dtype=np.float32)
