"""Mutants of the accuracy with one-hot targets."""

import numpy as np

from reference.metrics.categorical_accuracy import run


def entries_compared(scores, target):
    """Scores and targets are compared entry by entry, as Keras's Accuracy does it.

    Is 0.7 equal to 1? What is compared with what: numbers, or classes?
    """
    return (scores == target).mean()


def along_the_examples(scores, target):
    """The highest is looked for along axis 0: the best example of each class.

    Does the first axis count examples or classes?
    """
    return (scores.argmax(axis=0) == target.argmax(axis=0)).mean()


def counted(scores, target):
    """The right answers are counted; asked is their share.

    What should an answer that is always right score?
    """
    return run(scores, target) * len(scores)


def in_per_cent(scores, target):
    """This is in per cent; a share lies between 0 and 1.

    What should an answer that is always right score?
    """
    return 100 * run(scores, target)


def share_of_the_wrong(scores, target):
    """This is the share of the wrong answers.

    What should an answer that is always right score?
    """
    return 1 - run(scores, target)


def every_pair(scores, target):
    """Every decision is compared with every target: (n,) and (n, 1) broadcast to (n, n).

    Print the shape of the comparison. How many answers should it hold?
    """
    return (scores.argmax(axis=1) == target.argmax(axis=1)[:, None]).mean()


def score_of_the_right_class(scores, target):
    """This is the mean score of the right class, and no decision is made.

    How many values can one example contribute?
    """
    return (scores * target).sum(axis=1).mean()


def only_certain_targets(scores, target):
    """A decision counts only where the target is exactly 1; its highest entry is the right class.

    Which class is right if the target is 0.9 for one class and 0.1 for another?
    """
    return (target[np.arange(len(scores)), scores.argmax(axis=1)] == 1).mean()


def ties_in_its_favour(scores, target):
    """Where several classes share the highest score, it counts as right if one of them is.

    What does a network that scores all classes alike know, and what do you give it for that?
    """
    right = scores[np.arange(len(scores)), target.argmax(axis=1)]
    return (right == scores.max(axis=1)).mean()


def over_the_classes(scores, target):
    """Divided by the number of classes.

    Of how many answers is it the share?
    """
    return run(scores, target) * len(scores) / scores.shape[1]
