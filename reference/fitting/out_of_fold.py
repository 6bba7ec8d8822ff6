"""Choose a weight decay by cross-validation, and answer with the choice.

    w = argmin of sum (x w - y)^2 + decay sum w^2       for each decay and each part but one

Row k of `unseen` has, for each example, the answer of a model with decay k that was fitted without
this example: the examples are dealt to five folds by chance. `best` is the row with the least mean
squared error. `on_new` has the answers for new examples of a model with this decay that is fitted
to all examples. Their targets are known to the judge alone. There are as many features as examples
outside a fold, so a model without decay fits the noise: on what it has seen it makes no error.

    >>> *given, truth = data(0)
    >>> unseen, best, on_new = run(*given, seed=1)
    >>> 0 < best < len(unseen) - 1
    True

Source: lecture 004 (Sennblad), cross-validation; Kohavi 1995.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Experiment, Named, Real, Statistic, Try

EXAMPLES, NEW, FEATURES, FOLDS = 50, 80, 40, 5
NOISE, SIGNAL = 1.0, 10.0  # variances of the targets
SIZES = (3.0, 0.1)  # of the features
DECAYS = 10.0 ** np.arange(-3, 5)
LARGEST_SHARE = 0.6  # of the variance of new targets
AT_REST = 0.01  # of the slope at a model of zeros


def data(
    seed: int,
) -> tuple[
    Shaped[Real, "n 40", Named("x")],
    Shaped[Real, "n", Named("y")],
    Shaped[Real, "k", Named("decays")],
    Shaped[Real, "m 40", Named("new")],
    Shaped[Real, "m", Named("truth")],
]:
    """Sums of weighted features, of which most are small, with noise."""
    rng = np.random.default_rng([seed, 15])
    sizes = rng.permutation(np.geomspace(*SIZES, FEATURES))
    x = sizes * rng.standard_normal((EXAMPLES + NEW, FEATURES))
    weights = rng.standard_normal(FEATURES)
    weights *= np.sqrt(SIGNAL) / np.linalg.norm(sizes * weights)
    y = x @ weights + np.sqrt(NOISE) * rng.standard_normal(len(x))
    return x[:EXAMPLES], y[:EXAMPLES], DECAYS.copy(), x[EXAMPLES:], y[EXAMPLES:]


def run(
    x: Shaped[Real, "n 40"],
    y: Shaped[Real, "n"],
    decays: Shaped[Real, "k"],
    new: Shaped[Real, "m 40"],
    *,
    seed: Shaped[int, Try((0, 1, 2))],
) -> tuple[
    Shaped[Real, "k n", Named("unseen")],
    Shaped[int, "", Named("best")],
    Shaped[Real, "m", Named("on_new")],
]:
    fold = np.random.default_rng(seed).permutation(np.arange(len(x)) % FOLDS)
    unseen = np.zeros((len(decays), len(x)))
    for k, decay in enumerate(decays):
        for left_out in range(FOLDS):
            other = fold != left_out
            unseen[k, ~other] = x[~other] @ _fitted(x[other], y[other], decay)
    best = int(np.argmin(((unseen - y) ** 2).mean(axis=1)))
    return unseen, best, new @ _fitted(x, y, decays[best])


def _fitted(x, y, decay):
    return np.linalg.solve(x.T @ x + decay * np.eye(x.shape[1]), x.T @ y)


def error_on_new(unseen, best, on_new, *, truth, **_):
    """The chosen model is better on new examples than a constant.

    The error on the new examples is {got:.2f}. At most {high:.2f} is asked.

    The chosen model does not answer well for new examples. Is it fitted to all examples, with the
    decay that has the least error?
    """
    return Statistic(np.mean((on_new - truth) ** 2), 0, LARGEST_SHARE * truth.var())


def turn_at_large_decays(unseen, best, on_new, *, y, **_):
    """The error rises towards the largest decay.

    With the last decay the error is {got:.2f} times the least one. More than 1 is asked.

    The error does not rise towards the largest decay. Are the rows in the order of the decays?
    """
    errors = _errors(unseen, y)
    return Statistic(errors[-1] / errors.min(), 1.001, np.inf)


def turn_at_small_decays(unseen, best, on_new, *, y, **_):
    """The error rises towards the smallest decay, clearly above the least one.

    With the first decay the error is {got:.2f} times the least one. At least {low:.2f} is asked.

    The error does not rise towards the smallest decay. Are the rows in the order of the decays?
    """
    errors = _errors(unseen, y)
    return Statistic(errors[0] / errors.min(), 1.5, np.inf)


def answers_with_the_largest_decay(unseen, best, on_new, *, y, **_):
    """With the largest decay all weights are nearly 0, and so are the answers.

    In the last row the mean square of the answers is {got:.3f}. At most {high:.3f} is asked.

    The answers in the last row are too large for the largest decay. Does a larger decay make the
    weights smaller, and are the rows in the order of the decays?
    """
    return Statistic(np.mean(unseen[-1] ** 2), 0, 0.25 * np.mean(y**2))


def error_without_decay(unseen, best, on_new, *, y, **_):
    """The error of a model that fits the noise is larger than the noise.

    With the first decay the error is {got:.2f}. The noise alone makes {low:.2f}.

    The error with the smallest decay is too good to be true. Has the model seen the example that it
    answers for?
    """
    return Statistic(_errors(unseen, y)[0], NOISE, np.inf)


def rows_from_the_least(unseen, best, on_new, *, y, **_):
    """The row that is chosen has the least error.

    The row that you choose is {got:.3g} away from the row with the least error.

    Another row than the best is chosen. Is its mean squared error the least, and is it given by
    its number, counted from 0?
    """
    return Statistic(float(np.abs(best - np.argmin(_errors(unseen, y)))), 0, 0)


def slope_at_the_model_of_all(unseen, best, on_new, *, x, y, decays, new, **_):
    """The answers for new examples are those of a model that is fitted to all examples.

    At the model behind your answers for `new`, the slope of the loss over all examples, with the
    decay of your choice, is {got:.2g} times that of a model of zeros. At most {high} is asked.

    The model for the new examples does not make the loss over all examples least. Is it fitted once
    more, to all of them and with the chosen decay?
    """
    weights = np.linalg.lstsq(new, on_new)[0]
    decay = decays[int(np.clip(best, 0, len(decays) - 1))]
    slope = x.T @ (x @ weights - y) + decay * weights
    return Statistic(np.linalg.norm(slope) / np.linalg.norm(x.T @ y), 0, AT_REST)


def _curves(unseen, best, on_new, *, y, **_):
    return {"log10 of the error": np.log10(_errors(unseen, y))}


def _errors(unseen, y):
    """The mean squared error of each row."""
    return np.mean((unseen - y) ** 2, axis=1)


SPEC = Experiment(
    run=run,
    data=data,
    torch="each deal of the folds is another one",
    by_luck=(error_on_new, turn_at_large_decays),
    curves=_curves,
    along="row",
    properties=(
        error_on_new,
        turn_at_large_decays,
        turn_at_small_decays,
        answers_with_the_largest_decay,
        error_without_decay,
        rows_from_the_least,
        slope_at_the_model_of_all,
    ),
)
