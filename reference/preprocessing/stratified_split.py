"""Split examples into training, validation and test part with the same class proportions.

    take example i of the sorted list  where  floor((i + 1) f + 1/2) > floor(i f + 1/2)

The examples are shuffled and sorted by class. Taking every (1/f)-th example of this list takes m f
examples from a class of m, rounded up or down, and n f examples from all n, rounded to the nearest
number. The validation part is taken in the same way from the rest, with
f = validation / (1 - test). The result is three arrays of example numbers, in the order train,
validation, test. A test share of 1 raises ZeroDivisionError.

    >>> [np.bincount(p // 8).tolist() for p in run(np.repeat([0, 1], [8, 4]), test=0.25)]
    [[6, 3], [], [2, 1]]

Source: Vanschoren (001), `train_test_split(stratify=...)`.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Named, Procedure, Range, Try


def run(
    labels: Shaped[Index, "n", Below("n")],
    *,
    validation: Shaped[float, Try((0.0, 0.25, 0.4, 0.5)), Range(0, 1)] = 0.0,
    test: Shaped[float, Try((0.0, 0.2, 0.3, 0.5)), Range(0, 1)] = 0.2,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[
    Shaped[Index, "...", Named("train")],
    Shaped[Index, "...", Named("validation")],
    Shaped[Index, "...", Named("test")],
]:
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    tested, rest = _take(by_class, test)
    checked, train = _take(rest, validation / (1 - test))
    return rng.permutation(train), rng.permutation(checked), rng.permutation(tested)


def _take(listed: Index, share: float) -> tuple[Index, Index]:
    steps = np.floor(np.arange(len(listed) + 1) * share + 0.5)
    taken = np.diff(steps) > 0
    return listed[taken], listed[~taken]


def every_example_once(f, labels, **settings):
    """Every example is in exactly one of the three parts."""
    return np.sort(np.concatenate(f(labels, **settings))), np.arange(len(labels))


def classes_keep_their_share(f, labels, validation, test, seed):
    """In the test part, each class differs from its share by less than one example."""
    tested = f(labels, validation=validation, test=test, seed=seed)[2]
    gap = _counts(labels, tested) - test * np.bincount(labels)
    return np.abs(gap) < 1, np.ones(len(gap))


def validated_alike(f, labels, validation, test, seed):
    """In the validation part, each class differs from its share of the rest by less than one."""
    train, checked, _ = f(labels, validation=validation, test=test, seed=seed)
    counted = _counts(labels, checked)
    gap = counted - validation / (1 - test) * (counted + _counts(labels, train))
    return np.abs(gap) < 1, np.ones(len(gap))


def _counts(labels: Index, part: Index) -> Index:
    return np.bincount(labels[part], minlength=labels.max() + 1)


def of_the_size_asked_for(f, labels, validation, test, seed):
    """With a single class, each part has its share of the examples, halves rounded up."""
    for_test = math.floor(399 * test + 0.5)
    for_validation = math.floor((399 - for_test) * validation / (1 - test) + 0.5)
    sizes = map(len, f(np.zeros(399, dtype=int), validation=validation, test=test, seed=seed))
    return list(sizes), [399 - for_test - for_validation, for_validation, for_test]


def classes_are_mixed(f, labels, validation, test, seed):
    """The examples of each part are shuffled, not sorted by class."""
    many = np.repeat([0, 1], 200)
    parts = f(many, validation=0.25, test=0.5, seed=seed)
    return [float((np.diff(many[part]) < 0).any()) for part in parts], [1.0] * 3


SPEC = Procedure(
    run=run,
    torch="torch has no stratified split",
    properties=(
        every_example_once,
        classes_keep_their_share,
        validated_alike,
        of_the_size_asked_for,
        classes_are_mixed,
    ),
    possible=lambda labels, validation, test, seed: validation + test <= 1,
)
