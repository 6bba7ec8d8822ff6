"""Split examples at random into a training, a validation and a test part.

    test        round(test n) examples
    validation  round(validation n) examples
    train       the rest

The test part judges the final network and nothing else; the validation part chooses among
networks, and when to stop. Lecture 004 calls such a single split cross-validation; it is hold-out.
scikit-learn rounds the test part up.

Source: Vanschoren (001); Sennblad (004).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Try


def run(
    *,
    examples: Shaped[int, Try((1, 10, 23))],
    validation: Shaped[float, Try((0.0, 0.25, 0.5))] = 0.0,
    test: Shaped[float, Try((0.0, 0.2, 0.5))] = 0.2,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Index, Index, Index]:
    order = np.random.default_rng(seed).permutation(examples)
    tested = round(test * examples)
    kept = tested + min(round(validation * examples), examples - tested)
    return order[kept:], order[tested:kept], order[:tested]


def every_example_once(f, examples, validation, test, seed):
    """The parts together are all examples, none of them twice."""
    parts = f(examples=examples, validation=validation, test=test, seed=seed)
    return np.sort(np.concatenate(parts)), np.arange(examples)


def of_the_size_asked_for(f, examples, validation, test, seed):
    """No part is off its share by a whole example."""
    _, checked, tested = f(examples=examples, validation=validation, test=test, seed=seed)
    gaps = [len(checked) - validation * examples, len(tested) - test * examples]
    return np.abs(gaps) < 1, np.ones(2)


def repeatable(f, **settings):
    """One seed gives one split."""
    return f(**settings), f(**settings)


SPEC = Procedure(
    run=run,
    torch="torch.utils.data.random_split draws from torch's own generator",
    laws=(every_example_once, of_the_size_asked_for, repeatable),
    source="Vanschoren (001)",
)
