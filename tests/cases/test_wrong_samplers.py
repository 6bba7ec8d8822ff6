"""A wrong sampler is wrong: biased, too even, or made of parts that depend on each other."""

import math
from functools import partial

import numpy as np
import pytest
from sampled import evidence_of, failed, finding_of

from checker.library.mutants import written

STARTED = np.random.default_rng
COPIES = "copies_in_a_sample"


def pairs(rng, epochs, examples):
    return [rng.permutation(examples) for _ in range((epochs + 1) // 2)]


def every_second_order_reversed(seed, epochs, examples):
    orders = [o for order in pairs(STARTED(seed), epochs, examples) for o in (order, order[::-1])]
    return np.array(orders[:epochs])


def every_second_order_counted_back(seed, epochs, examples):
    drawn = pairs(STARTED(seed), epochs, examples)
    return np.array([o for order in drawn for o in (order, examples - 1 - order)][:epochs])


def one_order_copied(seed, epochs, examples):
    orders = np.array([STARTED([seed, k]).permutation(examples) for k in range(epochs)])
    orders[-1] = orders[3]
    return orders


def a_seed_for_each_epoch_from_the_next_seed(seed, epochs, examples):
    return [STARTED(seed + epoch).permutation(examples) for epoch in range(epochs)]


def one_order_turned_round(seed, epochs, examples):
    rng = STARTED(seed)
    order = rng.permutation(examples)
    return [np.roll(order, rng.integers(examples)) for _ in range(epochs)]


def blocks_shuffled(seed, epochs, examples):
    rng, blocks = STARTED(seed), np.array_split(np.arange(examples), (examples + 2) // 3)
    return [
        np.concatenate([blocks[k] for k in rng.permutation(len(blocks))]) for _ in range(epochs)
    ]


def normal(seed, fan_in, *shape):
    return math.sqrt(2 / fan_in) * STARTED(seed).standard_normal(shape)


def rows_drawn_twice(seed, fan_in, fan_out):
    return np.repeat(normal(seed, fan_in, (fan_in + 1) // 2, fan_out), 2, axis=0)[:fan_in]


def second_half_minus_the_first(seed, fan_in, fan_out):
    half = normal(seed, fan_in, (fan_in + 1) // 2, fan_out)
    return np.concatenate([half, -half])[:fan_in]


def two_percent_too_wide(seed, fan_in, fan_out):
    return 1.02 * normal(seed, fan_in, fan_in, fan_out)


def one_more_input(seed, fan_in, fan_out):
    return normal(seed, fan_in + 1, fan_in, fan_out)


def constant_deviation(seed, fan_in, fan_out):
    return normal(seed, 200, fan_in, fan_out)


def heavy_tails(seed, fan_in, fan_out):
    return STARTED(seed).laplace(0, math.sqrt(1 / fan_in), (fan_in, fan_out))


def standardised(seed, fan_in, fan_out):
    z = normal(seed, fan_in, fan_in, fan_out)
    return math.sqrt(2 / fan_in) * (z - z.mean()) / (z.std() + 1e-12)


def wider_columns(seed, fan_in, fan_out):
    sizes = np.linspace(0.5, 1.5, fan_out)
    return normal(seed, fan_in, fan_in, fan_out) * sizes / math.sqrt((sizes**2).mean())


def from_one_stream(seed, fan_in, fan_out):
    """The seed says how many numbers of the same stream are left out."""
    stream = STARTED(7).standard_normal(seed % 5000 + fan_in * fan_out)
    return math.sqrt(2 / fan_in) * stream[-fan_in * fan_out :].reshape(fan_in, fan_out)


def shuffled_list(seed, fan_in, fan_out):
    limit = math.sqrt(6 / (fan_in + fan_out))
    weights = np.linspace(-limit, limit, fan_in * fan_out)
    return STARTED(seed).permutation(weights).reshape(fan_in, fan_out)


def one_in_each_interval(seed, fan_in, fan_out):
    rng, count = STARTED(seed), fan_in * fan_out
    places = (rng.permutation(count) + rng.random(count)) / count
    return math.sqrt(6 / (fan_in + fan_out)) * (2 * places - 1).reshape(fan_in, fan_out)


def each_with_its_opposite(seed, fan_in, fan_out):
    rng, limit = STARTED(seed), math.sqrt(6 / (fan_in + fan_out))
    half = rng.uniform(-limit, limit, (fan_in * fan_out + 1) // 2)
    both = rng.permutation(np.concatenate([half, -half])[: fan_in * fan_out])
    return both.reshape(fan_in, fan_out)


def last_column_copied(seed, fan_in, fan_out):
    limit = math.sqrt(6 / (fan_in + fan_out))
    weights = STARTED(seed).uniform(-limit, limit, (fan_in, fan_out))
    weights[:, -1] = weights[:, 0]
    return weights


def other_sign_for_odd_seeds(seed, fan_in, fan_out):
    limit = math.sqrt(6 / (fan_in + fan_out))
    weights = STARTED(seed // 2).uniform(-limit, limit, (fan_in, fan_out))
    return weights if seed % 2 else -weights


def moved_a_little(seed, fan_in, fan_out):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return STARTED(seed).uniform(-limit, limit, (fan_in, fan_out)) + 0.01 * limit


def counted_out(seed, examples, units, rate):
    mask = np.arange(examples * units) >= int(rate * examples * units)
    return STARTED(seed).permutation(mask).reshape(examples, units) / (1 - rate)


def counted_out_in_each_row(seed, examples, units, rate):
    mask = np.tile(np.arange(units) >= round(rate * units), (examples, 1))
    return STARTED(seed).permuted(mask, axis=1) / (1 - rate)


def neighbours_in_pairs(seed, examples, units, rate):
    kept = STARTED(seed).random((examples, (units + 1) // 2)) >= rate
    return np.repeat(kept, 2, axis=1)[:, :units] / (1 - rate)


def a_rate_for_each_unit(seed, examples, units, rate):
    rng = STARTED(seed)
    rates = rate + 0.1 * (rng.random(units) - 0.5)
    return (rng.random((examples, units)) >= rates) / (1 - rate)


def counted_out_and_not_enlarged(seed, examples, units, rate):
    return counted_out(seed, examples, units, rate) * (1 - rate)


WRONG = {
    "random_orders": [
        (every_second_order_reversed, "neighbours_kept_since_the_epoch_before"),
        (every_second_order_counted_back, "neighbours_of_replaced_examples"),
        (one_order_copied, "most_places_shared_by_two_epochs"),
        (a_seed_for_each_epoch_from_the_next_seed, "copies_in_other_samples"),
        (one_order_turned_round, "neighbours_kept_since_the_epoch_before"),
        (blocks_shuffled, "kept_neighbours"),
    ],
    "he_normal_weights": [
        (rows_drawn_twice, COPIES),
        (second_half_minus_the_first, COPIES),
        (two_percent_too_wide, "standard_deviation"),
        (one_more_input, "standard_deviation"),
        (constant_deviation, "standard_deviation"),
        (heavy_tails, "distance_from_the_normal_distribution"),
        (standardised, "sums_of_samples"),
        (wider_columns, "sizes_of_columns"),
        (from_one_stream, "copies_in_other_samples"),
    ],
    "glorot_uniform_weights": [
        (shuffled_list, "sums_of_samples"),
        (one_in_each_interval, "sums_of_samples"),
        (each_with_its_opposite, COPIES),
        (last_column_copied, COPIES),
        (other_sign_for_odd_seeds, "copies_in_other_samples"),
        (moved_a_little, "largest_weight"),
    ],
    "dropout_mask": [
        (counted_out, "sums_of_samples"),
        (counted_out_in_each_row, "sums_of_rows"),
        (neighbours_in_pairs, COPIES),
        (a_rate_for_each_unit, "sums_of_columns"),
        (counted_out_and_not_enlarged, "largest_entry_kept"),
    ],
}
EACH = [(operation, *each) for operation, several in WRONG.items() for each in several]


@pytest.mark.parametrize(
    ("operation", "function", "oddity"), EACH, ids=[f.__name__ for _, f, _ in EACH]
)
def test_what_nobody_wrote_down_is_wrong_and_gets_no_name_of_another_mistake(
    operation, function, oddity
):
    finding = finding_of(operation, function)
    assert (finding.mistake, finding.certainty, finding.kind) == (oddity, "observed", "mistake")


@pytest.mark.parametrize(
    ("operation", "mistake"),
    [
        ("random_orders", "never_with_itself"),
        ("he_normal_weights", "lecun_for_he"),
        ("glorot_uniform_weights", "root_forgotten"),
        ("dropout_mask", "not_enlarged"),
    ],
)
def test_a_mistake_has_the_same_name_whatever_the_seed(operation, mistake):
    (wrong,) = (m.function for m in written(operation) if m.function.__name__ == mistake)

    def drawn(turn, seed, **settings):
        return wrong(seed=1000 * turn + seed, **settings)

    names = {finding_of(operation, partial(drawn, turn)).mistake for turn in range(1, 7)}
    assert names == {mistake}


def test_a_wrong_standard_deviation_is_said_in_numbers():
    finding = finding_of("he_normal_weights", two_percent_too_wide)
    assert finding.misconception == (
        "The standard deviation is 0.102 and should be about 0.1 where fan_in = 200 and "
        "fan_out = 60, and 1.02 times what is right whatever the settings."
    )
    finding = finding_of("he_normal_weights", constant_deviation)
    assert "should be about 0.816 where fan_in = 3 and fan_out = 17" in finding.misconception


def test_every_oddity_is_of_a_test_that_a_task_has():
    from checker.diagnosis.odd_samples import ODD, OF_THE_DISTRIBUTION

    tests = {name for operation in WRONG for name in evidence_of_nothing(operation)}
    assert set(ODD) <= tests
    assert set(OF_THE_DISTRIBUTION) <= tests


def evidence_of_nothing(operation):
    return evidence_of(operation, lambda **_: np.zeros(0)).case_set.results


def test_nothing_has_a_wrong_shape_only():
    assert "shape" in failed(evidence_of("dropout_mask", lambda **_: np.zeros(0)))
