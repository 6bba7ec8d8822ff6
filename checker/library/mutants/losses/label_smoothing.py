"""Mutants of label smoothing."""

from checker.library.marks import convention
from reference.losses.label_smoothing import forward


def not_shrunk(target, *, smoothing=0.1, over="uniform"):
    """Something is added to every class, and the right class does not give it up.

    What does each row add up to?
    """
    return target + _added(target, smoothing, over)


def shrunk_by_the_share(target, *, smoothing=0.1, over="uniform"):
    """The target is shrunk by a / k instead of by a.

    What does each row add up to?
    """
    return target * (1 - smoothing / target.shape[1]) + _added(target, smoothing, over)


def nothing_added(target, *, smoothing=0.1, over="uniform"):
    """The right class gives something up, and nobody gets it.

    What does each row add up to?
    """
    return (1 - smoothing) * target


def shared_among_the_examples(target, *, smoothing=0.1, over="uniform"):
    """Divided by the number of examples; there are k classes to share among.

    Should the target of one example depend on the size of the batch?
    """
    return (1 - smoothing) * target + smoothing / len(target)


def everything_given_away(target, *, smoothing=0.1, over="uniform"):
    """a and 1 - a are exchanged.

    With a = 0, what should come out?
    """
    return forward(target, smoothing=1 - smoothing, over=over)


def all_of_it_to_every_class(target, *, smoothing=0.1, over="uniform"):
    """Every class gets a, where they should share it.

    What does each row add up to?
    """
    return (1 - smoothing) * target + smoothing


def smoothed_twice(target, *, smoothing=0.1, over="uniform"):
    """The targets are smoothed twice.

    How much does the right class keep?
    """
    return forward(forward(target, smoothing=smoothing, over=over), smoothing=smoothing, over=over)


def changes_the_targets(target, *, smoothing=0.1, over="uniform"):
    """The targets that were passed in are overwritten, so each epoch smooths them once more.

    What happens when your function is called twice? What does *= do to an array?
    """
    target[...] = forward(target, smoothing=smoothing, over=over)
    return target


def slope_of_one(grad, target, *, smoothing=0.1, over="uniform"):
    """The upstream gradient passes unchanged.

    How much does the smoothed target move if the target rises by one?
    """
    return (grad + 0,)


def slope_of_the_smoothing(grad, target, *, smoothing=0.1, over="uniform"):
    """Multiplied with a instead of what is left of the target.

    Which part of the answer depends on the target?
    """
    return (grad * smoothing,)


def share_subtracted(grad, target, *, smoothing=0.1, over="uniform"):
    """The slope is 1 - a / k.

    What stands before the target in the formula?
    """
    return (grad * (1 - smoothing / target.shape[1]),)


def divided_by_classes(grad, target, *, smoothing=0.1, over="uniform"):
    """The gradient is divided by the number of classes.

    Is there a mean in the formula?
    """
    return (grad * (1 - smoothing) / target.shape[1],)


@convention
def over_the_others(target, *, smoothing=0.1, over="uniform"):
    """Shared among the wrong classes only; here all classes share, the right one too.

    How much does the right class keep in the formula of this task?
    """
    return forward(target, smoothing=smoothing, over="others")


def _added(target, smoothing, over):
    if over == "uniform":
        return smoothing / target.shape[1]
    return smoothing * (1 - target) / (target.shape[1] - 1)
