"""Grid search with cross-validation: the setting with the smallest mean loss over the folds.

    best = argmin_g (1/k) sum_f loss[g, f]          the first of those that are equal

`losses` has a row for each setting and a column for each fold. Each entry was measured on the fold
that was not used for training. The result is the number of the setting, from 0, and its mean loss.
scikit-learn maximises scores, and also takes the first of equal settings. A mean of nan counts as
the smallest, as in np.argmin and torch.argmin. Without settings, ValueError is raised.

    >>> [float(v) for v in run(np.array([[3.0, 5.0], [1.0, 3.0], [0.0, 4.0]]))]
    [1.0, 2.0]

Source: Vanschoren (001), "Tuning multiple hyperparameters"; Bergstra and Bengio 2012.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Named, Procedure, Real


def run(
    losses: Shaped[Real, "g k"],
) -> tuple[Shaped[int, "", Named("best")], Shaped[Real, "", Named("loss")]]:
    means = losses.mean(axis=1)
    best = int(np.argmax(-means))
    return best, means[best]


def order_of_the_folds(f, losses):
    """The order of the folds does not matter."""
    return f(losses[:, ::-1]), f(losses)


def a_better_setting_wins(f, losses):
    """A setting that is better than all others on every fold is chosen."""
    low = np.concatenate([losses, 0 * losses[:1] - 1 - np.abs(losses).sum()])
    return f(low)[0], len(losses)


def first_of_equals(f, losses):
    """If settings are equally good, the first of them is chosen."""
    return f(np.concatenate([losses, losses])), f(losses)


def _torch(torch, losses):
    means = losses.mean(dim=1)
    best = torch.argmin(means)
    return best, means[best]


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(order_of_the_folds, a_better_setting_wins, first_of_equals),
)
