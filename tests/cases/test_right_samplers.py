"""A right sampler is right, whatever library, generator or algorithm it draws with."""

import itertools
import math
import random
from statistics import NormalDist

import numpy as np
import pytest
from sampled import TASKS, evidence_of, failed

FRESH = 52_000  # the first seed of cases that are in no case set


def normal(rng, fan_in, fan_out):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))


def transposed_normal(rng, fan_in, fan_out):
    return math.sqrt(2 / fan_in) * rng.standard_normal((fan_out, fan_in)).T


def normal_in_single_precision(rng, fan_in, fan_out):
    noise = rng.standard_normal((fan_in, fan_out), dtype=np.float32)
    return noise * np.float32(math.sqrt(2 / fan_in))


def polar(rng, fan_in, fan_out):
    """Box and Muller's, with both numbers of each pair."""
    half = (fan_in * fan_out + 1) // 2
    radius, angle = np.sqrt(-2 * np.log(1 - rng.random(half))), 2 * np.pi * rng.random(half)
    both = np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])
    return both[: fan_in * fan_out].reshape(fan_in, fan_out) * math.sqrt(2 / fan_in)


def signed_roots(rng, fan_in, fan_out):
    size = np.sqrt(rng.chisquare(1, (fan_in, fan_out)))
    return size * rng.choice([-1, 1], (fan_in, fan_out)) * math.sqrt(2 / fan_in)


def rounded_normal(rng, fan_in, fan_out):
    return np.round(normal(rng, fan_in, fan_out), 5)


def uniform(rng, fan_in, fan_out):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def uniform_in_single_precision(rng, fan_in, fan_out):
    limit = np.float32(math.sqrt(6 / (fan_in + fan_out)))
    return limit * (2 * rng.random((fan_in, fan_out), dtype=np.float32) - 1)


def size_and_sign(rng, fan_in, fan_out):
    size = rng.random((fan_in, fan_out)) * math.sqrt(6 / (fan_in + fan_out))
    return np.where(rng.random((fan_in, fan_out)) < 0.5, -size, size)


def from_integers(rng, fan_in, fan_out):
    whole = rng.integers(0, 2**31, (fan_in, fan_out))
    return (whole / 2**30 - 1) * math.sqrt(6 / (fan_in + fan_out))


def row_by_row(rng, fan_in, fan_out):
    return [uniform(rng, fan_in, fan_out)[0] for _ in range(fan_in)]


def compared(rng, examples, units, rate):
    return (rng.random((examples, units)) >= rate) / (1 - rate)


def binomial(rng, examples, units, rate):
    return rng.binomial(1, 1 - rate, (examples, units)) / (1 - rate)


def chosen(rng, examples, units, rate):
    return rng.choice([0, 1 / (1 - rate)], (examples, units), p=[rate, 1 - rate])


def mask_in_single_precision(rng, examples, units, rate):
    noise = rng.random((examples, units), dtype=np.float32)
    return np.where(noise > rate, np.float32(1 / (1 - rate)), np.float32(0))


def lists_of_zeros_and_more(rng, examples, units, rate):
    return [[x / (1 - rate) for x in rng.random(units) > rate] for _ in range(examples)]


def permutations(rng, epochs, examples):
    return [rng.permutation(examples) for _ in range(epochs)]


def shuffled_on(rng, epochs, examples):
    order = np.arange(examples)
    return [np.array(rng.permutation(order)) for order in [order] * epochs]


def sorted_noise(rng, epochs, examples):
    return rng.random((epochs, examples)).argsort(axis=1)


def ranks_of_noise(rng, epochs, examples):
    return rng.standard_normal((epochs, examples)).argsort(axis=1).argsort(axis=1)


def without_replacement(rng, epochs, examples):
    return [rng.choice(examples, examples, replace=False) for _ in range(epochs)]


IDIOMS = {
    "he_normal_weights": (
        normal,
        transposed_normal,
        normal_in_single_precision,
        polar,
        signed_roots,
        rounded_normal,
    ),
    "glorot_uniform_weights": (
        uniform,
        uniform_in_single_precision,
        size_and_sign,
        from_integers,
        row_by_row,
    ),
    "dropout_mask": (
        compared,
        binomial,
        chosen,
        mask_in_single_precision,
        lists_of_zeros_and_more,
    ),
    "random_orders": (
        permutations,
        shuffled_on,
        sorted_noise,
        ranks_of_noise,
        without_replacement,
    ),
}
GENERATORS = {
    "default": np.random.default_rng,
    "philox": lambda seed: np.random.Generator(np.random.Philox(seed)),
    "sfc": lambda seed: np.random.Generator(np.random.SFC64(seed)),
    "mersenne": lambda seed: np.random.Generator(np.random.MT19937(seed)),
    "two seeds": lambda seed: np.random.default_rng([seed, 42]),
    "spawned": lambda seed: np.random.default_rng(seed).spawn(1)[0],
}
TURNS = itertools.cycle(GENERATORS)
DRAWN = [(operation, f, next(TURNS)) for operation, idioms in IDIOMS.items() for f in idioms]


@pytest.mark.parametrize(
    ("operation", "function", "generator"), DRAWN, ids=[f.__name__ for _, f, _ in DRAWN]
)
def test_every_idiom_is_right_with_every_generator(operation, function, generator):
    def drawn(*, seed, **settings):
        return function(GENERATORS[generator](seed), **settings)

    for first in (0, FRESH):
        assert failed(evidence_of(operation, drawn, first)) == set()


def of_numpy_as_a_whole(*, fan_in, fan_out, seed):
    np.random.seed(seed)
    return np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in)


def of_pure_python(*, fan_in, fan_out, seed):
    rng = random.Random(seed)
    inverse = NormalDist(0, math.sqrt(2 / fan_in)).inv_cdf
    return [[inverse(1 - rng.random()) for _ in range(fan_out)] for _ in range(fan_in)]


def drawn_without_numpy(*, examples, units, rate, seed):
    random.seed(seed)
    return [random.choices([0, 1 / (1 - rate)], [rate, 1 - rate], k=units) for _ in range(examples)]


def swapped_by_fisher_and_yates(*, epochs, examples, seed):
    rng, orders = random.Random(seed), []
    for _ in range(epochs):
        order = list(range(examples))
        for i in range(examples - 1):
            j = rng.randrange(i, examples)
            order[i], order[j] = order[j], order[i]
        orders.append(order)
    return orders


def from_seeds_of_a_sequence(*, epochs, examples, seed):
    seeds = np.random.SeedSequence(seed).spawn(epochs)
    return [np.random.default_rng(each).permutation(examples) for each in seeds]


@pytest.mark.parametrize(
    ("operation", "function"),
    [
        ("he_normal_weights", of_numpy_as_a_whole),
        ("he_normal_weights", of_pure_python),
        ("dropout_mask", drawn_without_numpy),
        ("random_orders", swapped_by_fisher_and_yates),
        ("random_orders", from_seeds_of_a_sequence),
    ],
)
def test_every_library_is_right(operation, function):
    assert failed(evidence_of(operation, function)) == set()


@pytest.mark.parametrize("operation", TASKS)
def test_fresh_cases_have_other_settings_and_other_seeds(operation):
    def asked(first):
        cases = evidence_of(operation, _nothing, first).case_set.cases
        return {repr(case.arguments) for case in cases}

    assert len(asked(0)) > 80
    assert not asked(0) & asked(FRESH)


def _nothing(**settings):
    return np.zeros(0)
