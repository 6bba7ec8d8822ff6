"""Right ways to take central differences."""

import numpy as np

from checker.library.variants.autodiff.tape_values import by_the_names_in_numpy, with_plain_numbers


def moved_in_place(inputs, *, h, tape):
    moved, slopes = np.array(inputs, dtype=float), []
    for k in range(len(moved)):
        kept = moved[k]
        moved[k] = kept + h
        right = by_the_names_in_numpy(moved, tape=tape)[-1]
        moved[k] = kept - h
        left = by_the_names_in_numpy(moved, tape=tape)[-1]
        moved[k] = kept
        slopes.append((right - left) / (2 * h))
    return slopes


def mean_of_both_sides(inputs, *, h, tape):
    def end(x):
        return with_plain_numbers(x, tape=tape)[-1]

    middle = end(inputs)
    return np.array(
        [
            ((end(inputs + e) - middle) / h + (middle - end(inputs - e)) / h) / 2
            for e in h * np.eye(len(inputs))
        ]
    )
