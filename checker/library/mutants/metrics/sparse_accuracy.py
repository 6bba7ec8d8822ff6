"""Mutants of the accuracy with labels."""

import numpy as np

from reference.metrics.sparse_accuracy import run


def scores_compared(scores, labels):
    """The highest score is compared with the label, as if it were a class.

    Which of its entries is the highest, and what is it called?
    """
    return (scores.max(axis=1) == labels).mean()


def labels_from_one(scores, labels):
    """The classes are numbered from 1, and the labels from 0.

    What does argmax call the first class, and what do the labels?
    """
    return (scores.argmax(axis=1) + 1 == labels).mean()


def counted(scores, labels):
    """The right answers are counted; asked is their share.

    What should an answer that is always right score?
    """
    return run(scores, labels) * len(labels)


def in_per_cent(scores, labels):
    """This is in per cent; a share lies between 0 and 1.

    What should an answer that is always right score?
    """
    return 100 * run(scores, labels)


def share_of_the_wrong(scores, labels):
    """This is the share of the wrong answers.

    What should an answer that is always right score?
    """
    return 1 - run(scores, labels)


def every_pair(scores, labels):
    """Every decision is compared with every label: (n,) and (n, 1) broadcast to (n, n).

    Print the shape of the comparison. How many answers should it hold?
    """
    return (scores.argmax(axis=1) == labels[:, None]).mean()


def ties_in_its_favour(scores, labels):
    """Where several classes share the highest score, it counts as right if one of them is.

    What does a network that scores all classes alike know, and what do you give it for that?
    """
    return (scores[np.arange(len(labels)), labels] == scores.max(axis=1)).mean()


def lowest_score(scores, labels):
    """The class of the lowest score is taken for the decision.

    Does a high score speak for a class or against it?
    """
    return (scores.argmin(axis=1) == labels).mean()


def best_example_of_each_class(scores, labels):
    """The highest score is looked for along axis 0: the best example of each class.

    Does the first axis count examples or classes?
    """
    return (scores.argmax(axis=0)[labels] == np.arange(len(labels))).mean()


def last_of_equals(scores, labels):
    """Among equal scores the last one wins; here the first.

    What does the task say about ties?
    """
    best = scores.shape[1] - 1 - scores[:, ::-1].argmax(axis=1)
    return (best == labels).mean()


def nearly_right(scores, labels):
    """A label next to the decision counts as right too.

    Are neighbouring numbers similar classes?
    """
    return (np.abs(scores.argmax(axis=1) - labels) <= 1).mean()


def over_the_classes(scores, labels):
    """Divided by the number of classes.

    Of how many answers is it the share?
    """
    return run(scores, labels) * len(labels) / scores.shape[1]
