"""Right ways to count the outputs of a window."""

import numpy as np


def counted_one_by_one(length, size, *, stride=1, padding=0, dilation=1):
    count, begin, end = 0, 0, length + 2 * padding
    while begin + dilation * (size - 1) < end:
        count += 1
        begin += stride
    if count == 0:
        raise ValueError("the window does not fit")
    return count


def by_a_range(length, size, *, stride=1, padding=0, dilation=1):
    starts = range(0, length + 2 * padding - dilation * (size - 1), stride)
    if len(starts) < 1:
        raise ValueError("the window does not fit")
    return len(starts)


def as_papers_print_it(length, size, *, stride=1, padding=0, dilation=1):
    count = np.floor((length + 2 * padding - dilation * (size - 1) - 1) / stride + 1)
    if count < 1:
        raise ValueError("the window does not fit")
    return int(count)
