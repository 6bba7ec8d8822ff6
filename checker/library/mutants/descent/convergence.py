"""Mutants of stopping where the loss has all but stopped changing."""

from checker.library.marks import convention


def counted_from_zero(losses, *, tolerance=1e-6):
    """This is the index of the last epoch; the number of epochs is larger by one.

    How many epochs have been trained when the loop stands at index 0?
    """
    return _first(losses, lambda t: abs(losses[t] - losses[t - 1]) < tolerance) - 1


def falls_stop_it(losses, *, tolerance=1e-6):
    """The change is taken with its sign, so that every fall of the loss stops the training.

    Is -5 smaller than the tolerance? Is a fall by 5 a small change?
    """
    return _first(losses, lambda t: losses[t] - losses[t - 1] < tolerance)


def rises_stop_it(losses, *, tolerance=1e-6):
    """The change is taken with its sign, so that every rise of the loss stops the training.

    Is a loss that jumps up by 5 at rest?
    """
    return _first(losses, lambda t: losses[t - 1] - losses[t] < tolerance)


def moves_stop_it(losses, *, tolerance=1e-6):
    """The comparison is the wrong way round: large changes stop the training.

    What is true of the change where the loss has come to rest?
    """
    return _first(losses, lambda t: abs(losses[t] - losses[t - 1]) > tolerance)


def tolerance_itself_stops_it(losses, *, tolerance=1e-6):
    """A change of exactly the tolerance stops the training as well; it has to be smaller.

    Which tolerance can you give if the training shall never stop early?
    """
    return _first(losses, lambda t: abs(losses[t] - losses[t - 1]) <= tolerance)


def compared_with_the_first(losses, *, tolerance=1e-6):
    """Every loss is compared with the first one, not with the one before it.

    What has to be remembered at the end of each epoch?
    """
    return _first(losses, lambda t: abs(losses[t] - losses[0]) < tolerance)


def small_losses_stop_it(losses, *, tolerance=1e-6):
    """The loss itself is compared with the tolerance, not its change.

    Can a loss come to rest without being small?
    """
    return _first(losses, lambda t: abs(losses[t]) < tolerance, start=0)


def first_compared_with_zero(losses, *, tolerance=1e-6):
    """The first loss is compared with 0, as if there had been an epoch before it.

    From which epoch on is there a change?
    """
    before = [0.0, *losses]
    return _first(losses, lambda t: abs(losses[t] - before[t]) < tolerance, start=0)


def two_epochs_apart(losses, *, tolerance=1e-6):
    """Losses two epochs apart are compared.

    Which epoch comes right before epoch t?
    """
    return _first(losses, lambda t: abs(losses[t] - losses[t - 2]) < tolerance, start=2)


def one_epoch_late(losses, *, tolerance=1e-6):
    """One epoch too many is trained after the loss has come to rest.

    Which epoch is the last one trained: that which shows the rest, or the next?
    """
    found = _first(losses, lambda t: abs(losses[t] - losses[t - 1]) < tolerance)
    return min(found + 1, len(losses))


def none_where_it_never_rests(losses, *, tolerance=1e-6):
    """Where the loss never comes to rest, the answer should be all the epochs there are.

    What does your function return when its loop comes to its end?
    """
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t + 1
    return 0


@convention
def relative_change(losses, *, tolerance=1e-6):
    """The change is taken relative to the loss; here it is compared as it is.

    Is there a division in the criterion?
    """
    return _first(losses, lambda t: abs(losses[t] - losses[t - 1]) < tolerance * abs(losses[t - 1]))


def _first(losses, rests, start=1):
    return next((t + 1 for t in range(start, len(losses)) if rests(t)), len(losses))
