"""Split examples at random into a training, a validation and a test part.

    test        round(test n) examples
    validation  round(validation n) examples
    train       the rest

The result is three arrays of example numbers, in the order train, validation, test. The test part
is used only to judge the final network. The validation part is used to choose among networks and to
decide when to stop training. Lecture 004 calls such a single split cross-validation; the usual term
is hold-out. Python's round rounds halves to the even number; scikit-learn rounds the test part up.
If the shares add up to more than 1, the validation part is cut and the training part is empty.

    >>> [len(part) for part in run(examples=10, validation=0.25, test=0.2)]
    [6, 2, 2]

Source: Vanschoren (001); Sennblad (004).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Named, Procedure, Range, Try


def run(
    *,
    examples: Shaped[int, Try((1, 10, 23)), Range(0, 40)],
    validation: Shaped[float, Try((0.0, 0.25, 0.5)), Range(0, 1)] = 0.0,
    test: Shaped[float, Try((0.0, 0.2, 0.5)), Range(0, 1)] = 0.2,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[
    Shaped[Index, "...", Named("train")],
    Shaped[Index, "...", Named("validation")],
    Shaped[Index, "...", Named("test")],
]:
    order = np.random.default_rng(seed).permutation(examples)
    tested = round(test * examples)
    kept = tested + min(round(validation * examples), examples - tested)
    return order[kept:], order[tested:kept], order[:tested]


def every_example_once(f, examples, validation, test, seed):
    """Every example is in exactly one of the three parts."""
    parts = f(examples=examples, validation=validation, test=test, seed=seed)
    return np.sort(np.concatenate(parts)), np.arange(examples)


def of_the_size_asked_for(f, examples, validation, test, seed):
    """The validation and the test part differ from their shares by less than one example."""
    _, checked, tested = f(examples=examples, validation=validation, test=test, seed=seed)
    rest = min(validation * examples, examples - len(tested))
    gaps = [len(checked) - rest, len(tested) - test * examples]
    return np.abs(gaps) < 1, np.ones(2)


def repeatable(f, **settings):
    """The same seed gives the same split."""
    return f(**settings), f(**settings)


SPEC = Procedure(
    run=run,
    torch="torch.utils.data.random_split draws from torch's own generator",
    properties=(every_example_once, of_the_size_asked_for, repeatable),
)
