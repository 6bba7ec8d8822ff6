"""Mutants of the number of outputs of a window."""

from reference.windows.output_size import run


def one_is_missing(length, size, *, stride=1, padding=0, dilation=1):
    """The window at the beginning is not counted: 1 is missing at the end.

    How many windows of length 3 fit into 3 entries?
    """
    return run(length, size, stride=stride, padding=padding, dilation=dilation) - 1


def rounded_up(length, size, *, stride=1, padding=0, dilation=1):
    """A window is counted that reaches beyond the end: the division is rounded up.

    How many windows of 2 fit into 5 entries, if they do not overlap?
    """
    room = length + 2 * padding - dilation * (size - 1) - 1
    return _counted(room, stride, -(-room // stride) + 1)


def not_rounded(length, size, *, stride=1, padding=0, dilation=1):
    """The division is not rounded down: a number of windows is a whole number.

    What happens to entries that are left over at the end?
    """
    room = length + 2 * padding - dilation * (size - 1) - 1
    return _counted(room, stride, room / stride + 1)


def padded_at_one_end(length, size, *, stride=1, padding=0, dilation=1):
    """The padding is counted once; it is added at both ends.

    How long is an axis of 5 with a padding of 1?
    """
    return _counted(length + padding - dilation * (size - 1) - 1, stride)


def gaps_without_entries(length, size, *, stride=1, padding=0, dilation=1):
    """The window is taken to span dilation times its size; after its last entry there is no gap.

    How many entries does a window of 2 span with a dilation of 3?
    """
    return _counted(length + 2 * padding - dilation * size, stride)


def dilation_added(length, size, *, stride=1, padding=0, dilation=1):
    """The dilation makes one gap longer; it makes all gaps in the window longer.

    How many entries does a window of 3 span with a dilation of 2?
    """
    return _counted(length + 2 * padding - (size - 1) - dilation, stride)


def stride_of_the_size(length, size, *, stride=1, padding=0, dilation=1):
    """The window moves by its own length; it moves by the stride.

    Where does the second window of 3 begin with a stride of 1?
    """
    return run(length, size, stride=size, padding=padding, dilation=dilation)


def divided_before(length, size, *, stride=1, padding=0, dilation=1):
    """The stride divides the length alone, and the window is taken away from the quotient.

    How far can the window move, before you divide by the length of a step?
    """
    run(length, size, stride=stride, padding=padding, dilation=dilation)
    return (length + 2 * padding) // stride - dilation * (size - 1)


def _counted(room, stride, count=None):
    """The number of windows, or ValueError where the formula leaves no room for one."""
    if room < 0:
        raise ValueError("the window does not fit")
    return room // stride + 1 if count is None else count
