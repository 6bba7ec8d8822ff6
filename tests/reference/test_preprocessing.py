"""Preprocessing learns from the training part alone, and splits so that there is such a part."""

from dataclasses import replace
from functools import update_wrapper

import numpy as np
import pytest
from rows_without_torch import NO_TORCH, failures

from checker.proof import construction
from checker.proof.trial import Trial
from checker.proof.verify import check, oracles
from reference.catalogue import names, operation
from reference.preprocessing import (
    k_fold,
    label_encoding,
    min_max,
    split,
    standardise,
    stratified_k_fold,
    stratified_split,
)

HERE = sorted(name for name, module in names().items() if ".preprocessing." in module)


@pytest.mark.parametrize("name", HERE)
def test_every_property_holds_and_torch_agrees(name):
    spec = operation(name)
    trials = construction.cases(spec).trials
    rows = [check(name, spec, title, oracle, trials) for title, oracle in oracles(spec).items()]
    assert all(row.cases > 0 for row in rows if NO_TORCH not in str(row.failure))
    assert failures(rows) == []


def half_first(*, examples, validation, test, seed):
    order = np.arange(examples)
    tested, checked = round(test * examples), round(validation * examples)
    return order[: examples - tested - checked], order[tested : tested + checked], order[:tested]


FAULTS = {
    "statistics of the data it is applied to": (
        standardise,
        lambda train, x: standardise.run(x, x),
    ),
    "variance over n - 1": (
        standardise,
        lambda train, x: (x - train.mean(axis=0)) / (1e-9 + np.sqrt(_unbiased(train))),
    ),
    "extremes of all data": (min_max, lambda train, x: min_max.run(np.concatenate([train, x]), x)),
    "one scale for all features": (
        min_max,
        lambda train, x: (x - train.max()) / (train.max() + (-train).max()),
    ),
    "parts that overlap": (split, half_first),
    "a new split at each call": (split, lambda seed, **settings: split.run(seed=None, **settings)),
    "no regard to classes": (
        stratified_split,
        lambda labels, **settings: split.run(examples=len(labels), **settings),
    ),
    "folds without regard to classes": (
        stratified_k_fold,
        lambda labels, **settings: k_fold.run(examples=len(labels), **settings),
    ),
    "folds sampled independently": (
        k_fold,
        lambda examples, folds, seed: np.random.default_rng(seed).integers(folds, size=examples),
    ),
    "codes in order of appearance": (
        label_encoding,
        lambda labels: np.array([list(dict.fromkeys(labels.tolist())).index(y) for y in labels]),
    ),
}


def _unbiased(train):
    return ((train - train.mean(axis=0)) ** 2).sum(axis=0) / max(len(train) - 1, 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault):
    module, wrong = FAULTS[fault]
    spec = replace(module.SPEC, run=update_wrapper(wrong, module.SPEC.run))
    trials = construction.cases(module.SPEC).trials
    planted = [Trial(spec, trial.case, trial.title, trial.number, trial.sort) for trial in trials]
    rows = [
        check("planted", Planted(spec, module.SPEC), title, oracle, planted)
        for title, oracle in oracles(spec).items()
    ]
    found = failures(rows)
    assert found
    assert all("Error:" not in failure for failure in found)  # it answers, but wrongly


class Planted:
    """A wrong function under the right signature."""

    def __init__(self, wrong, right):
        self.arguments, self.possible = right.arguments, wrong.possible


def test_a_constant_feature_is_centred_even_where_its_mean_rounds():
    train = np.full((3, 1), 0.1)
    assert train.mean() != 0.1  # what makes a naive division give 1 instead of 0
    assert np.all(np.abs(standardise.run(train, train)) < 1e-16)


def test_test_data_may_leave_the_range_of_the_training_data():
    assert min_max.run(np.array([[0.0], [2.0]]), np.array([[-1.0], [4.0]])).tolist() == [
        [-0.5],
        [2],
    ]


def test_labels_may_be_names():
    fitted = label_encoding.fit(np.array(["dog", "cat", "dog"]))
    assert label_encoding.apply(fitted, np.array(["dog", "cat"])).tolist() == [1, 0]
    assert label_encoding.invert(fitted, np.array([0, 1])).tolist() == ["cat", "dog"]


def test_a_label_the_training_data_did_not_have_is_an_error():
    fitted = label_encoding.fit(np.array(["dog", "cat"]))
    with pytest.raises(ValueError, match=r"label 'cow' is not among the classes \['cat', 'dog'\]"):
        label_encoding.apply(fitted, np.array(["dog", "cow"]))


def test_different_seeds_split_differently():
    first, second = (split.run(examples=100, seed=seed) for seed in (0, 1))
    assert set(first[2]) != set(second[2])


def test_every_example_is_as_likely_as_any_other_to_be_tested():
    """Over many seeds, each of the examples of each class is taken about equally often."""
    labels = np.array([0] * 6 + [1] * 9 + [2] * 5)
    seeds = 2000
    taken = np.zeros(len(labels))
    for seed in range(seeds):
        taken[stratified_split.run(labels, test=0.25, seed=seed)[2]] += 1
    for c in range(3):
        share = taken[labels == c]
        spread = np.sqrt(share.mean() * (1 - share.mean() / seeds))
        assert np.all(np.abs(share - share.mean()) < 5 * spread)
