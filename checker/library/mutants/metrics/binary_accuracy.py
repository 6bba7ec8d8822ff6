"""Mutants of the accuracy for two classes."""

from checker.library.marks import convention
from reference.metrics import threshold_decision
from reference.metrics.binary_accuracy import run


def probability_compared(probability, target, *, threshold=0.5):
    """The probabilities themselves are compared with the targets, as Keras's Accuracy does it.

    Is 0.7 equal to 1? What has to happen to a probability first?
    """
    return (probability == target).mean()


def counted(probability, target, *, threshold=0.5):
    """The right answers are counted; asked is their share.

    What should an answer that is always right score?
    """
    return run(probability, target, threshold=threshold) * len(target)


def in_per_cent(probability, target, *, threshold=0.5):
    """This is in per cent; a share lies between 0 and 1.

    What should an answer that is always right score?
    """
    return 100 * run(probability, target, threshold=threshold)


def share_of_the_wrong(probability, target, *, threshold=0.5):
    """This is the share of the wrong answers.

    What should an answer that is always right score?
    """
    return 1 - run(probability, target, threshold=threshold)


def every_pair(probability, target, *, threshold=0.5):
    """Every decision is compared with every target: (n,) and (n, 1) broadcast to (n, n).

    Print the shape of the comparison. How many answers should it hold?
    """
    return (_decided(probability, threshold) == target[:, None]).mean()


def share_of_the_ones_found(probability, target, *, threshold=0.5):
    """Only the examples of class 1 are looked at: this is the recall.

    Is a 0 that is taken for a 1 no mistake?
    """
    found = _decided(probability, threshold)[target == 1]
    return found.mean() if found.size else 0.0


def share_of_the_ones_said(probability, target, *, threshold=0.5):
    """Only the decisions for class 1 are looked at: this is the precision.

    Is a 1 that is taken for a 0 no mistake?
    """
    right = target[_decided(probability, threshold) == 1]
    return right.mean() if right.size else 0.0


def both_one(probability, target, *, threshold=0.5):
    """Only ones that are rightly called so count; a rightly called 0 is right too.

    What do you get if all targets are 0 and all decisions too?
    """
    return (_decided(probability, threshold) * target).mean()


def ones_decided(probability, target, *, threshold=0.5):
    """This is the share of the decisions for class 1.

    Where do the targets enter?
    """
    return _decided(probability, threshold).mean()


def threshold_ignored(probability, target, *, threshold=0.5):
    """The threshold is 1/2, whatever is asked for.

    Where do you use the threshold?
    """
    return run(probability, target, threshold=0.5)


def _decided(probability, threshold):
    return threshold_decision.run(probability, threshold=threshold)


@convention
def one_at_the_threshold(probability, target, *, threshold=0.5):
    """At exactly the threshold the decision is 1, as in some libraries; here it is 0.

    What does the task say about a probability that is the threshold itself?
    """
    return ((probability >= threshold) == (target == 1)).mean()
