"""Split examples into train, validation and test part, each class in the same proportions.

    take example i of the sorted list  where  floor((i + 1) f + 1/2) > floor(i f + 1/2)

The examples are shuffled and sorted by class. Walking along this list and taking every (1/f)-th
takes from a class of m examples m f of them, rounded up or down, and from all n examples n f to
the nearest. The validation part is taken in the same way from what the test part left.

Source: Vanschoren (001), `train_test_split(stratify=...)`.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Try


def run(
    labels: Shaped[Index, "n", Below("n")],
    *,
    validation: Shaped[float, Try((0.0, 0.25, 0.4, 0.5))] = 0.0,
    test: Shaped[float, Try((0.0, 0.2, 0.3, 0.5))] = 0.2,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Index, Index, Index]:
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
    """The parts together are all examples, none of them twice."""
    return np.sort(np.concatenate(f(labels, **settings))), np.arange(len(labels))


def classes_keep_their_share(f, labels, validation, test, seed):
    """In the test part, no class is off its share by a whole example."""
    tested = f(labels, validation=validation, test=test, seed=seed)[2]
    gap = _counts(labels, tested) - test * np.bincount(labels)
    return np.abs(gap) < 1, np.ones(len(gap))


def validated_alike(f, labels, validation, test, seed):
    """Nor in the validation part, of what the test part left."""
    train, checked, _ = f(labels, validation=validation, test=test, seed=seed)
    counted = _counts(labels, checked)
    gap = counted - validation / (1 - test) * (counted + _counts(labels, train))
    return np.abs(gap) < 1, np.ones(len(gap))


def _counts(labels: Index, part: Index) -> Index:
    return np.bincount(labels[part], minlength=labels.max() + 1)


def of_the_size_asked_for(f, labels, validation, test, seed):
    """Of a single class each part has its share of all examples, halves rounded up."""
    for_test = math.floor(399 * test + 0.5)
    for_validation = math.floor((399 - for_test) * validation / (1 - test) + 0.5)
    sizes = map(len, f(np.zeros(399, dtype=int), validation=validation, test=test, seed=seed))
    return list(sizes), [399 - for_test - for_validation, for_validation, for_test]


def classes_are_mixed(f, labels, validation, test, seed):
    """No part lists its classes one after the other: they are shuffled once more."""
    many = np.repeat([0, 1], 200)
    parts = f(many, validation=0.25, test=0.5, seed=seed)
    return [float((np.diff(many[part]) < 0).any()) for part in parts], [1.0] * 3


SPEC = Procedure(
    run=run,
    torch="torch has no stratified split",
    laws=(
        every_example_once,
        classes_keep_their_share,
        validated_alike,
        of_the_size_asked_for,
        classes_are_mixed,
    ),
    source="Vanschoren (001)",
)
