"""Train beyond the turn of the validation loss, and say after which epoch to stop.

    loss of logits z = mean of log(1 + e^z) - label z

Row e of `on_validation` and `on_new` has the logits after e epochs, so row 0 is the start. `kept`
is the row with the least loss of the validation examples, whose labels are given. Those of the new
examples are known to the judge alone: their loss turns as well. A tenth of all labels is wrong, so
a network that learns the examples by heart is sure of what it does not know.

    >>> *given, truth = data(0)
    >>> on_validation, on_new, kept = run(*given, seed=1)
    >>> 0 < kept < len(on_new) - 1
    True

Source: Vanschoren (001), "Early stopping"; lecture 002, "Overfitting and generalization".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.fitting import _network
from reference.spec import Experiment, Index, Named, Real, Statistic, Truth, Try

EXAMPLES, VALIDATION, NEW, FEATURES = 60, 100, 200, 12
DISTANCE, WRONG = 1.6, 0.1  # of a class from 0, and the share of wrong labels
UNITS, RATE, BATCH, EPOCHS = 16, 0.02, 10, 100
TURNED = 1.15  # times the least validation loss
WORST = 0.6  # loss of the new examples: right ways have 0.38 to 0.53, a coin has 0.69
FAR = 3.0  # times: the losses of different examples hardly differ by so much


def data(
    seed: int,
) -> tuple[
    Shaped[Real, "n 12", Named("x")],
    Shaped[Index, "n", Named("labels")],
    Shaped[Real, "v 12", Named("x_validation")],
    Shaped[Index, "v", Named("labels_validation")],
    Shaped[Real, "m 12", Named("new")],
    Shaped[Index, "m", Named("truth")],
]:
    """Two clouds of points, with some wrong labels."""
    rng = np.random.default_rng([seed, 14])
    count = EXAMPLES + VALIDATION + NEW
    classes = rng.permutation(np.arange(count) % 2)
    towards = rng.standard_normal(FEATURES)
    towards *= DISTANCE / np.linalg.norm(towards)
    points = (2 * classes - 1)[:, None] * towards + rng.standard_normal((count, FEATURES))
    labels = np.where(rng.random(count) < WRONG, 1 - classes, classes)
    seen, rest = slice(EXAMPLES), slice(EXAMPLES + VALIDATION, None)
    held = slice(EXAMPLES, EXAMPLES + VALIDATION)
    return points[seen], labels[seen], points[held], labels[held], points[rest], labels[rest]


def run(
    x: Shaped[Real, "n 12"],
    labels: Shaped[Index, "n", Truth()],
    x_validation: Shaped[Real, "v 12"],
    labels_validation: Shaped[Index, "v", Truth()],
    new: Shaped[Real, "m 12"],
    *,
    seed: Shaped[int, Try((0, 1, 2))],
) -> tuple[
    Shaped[Real, "epochs v", Named("on_validation")],
    Shaped[Real, "epochs m", Named("on_new")],
    Shaped[int, "", Named("kept")],
]:
    rng = np.random.default_rng(seed)
    weights = _network.start(rng, x.shape[1], UNITS, 1)
    error = _network.logistic
    steps = _network.epochs(rng, x, labels, weights, error, rate=RATE, batch=BATCH, count=EPOCHS)
    trained = [weights, *steps]
    on_validation, on_new = (
        np.array([_network.answer(part, each)[:, 0] for each in trained])
        for part in (x_validation, new)
    )
    right = np.where(labels_validation, on_validation, -on_validation)
    return on_validation, on_new, int(np.argmin(np.logaddexp(0, -right).mean(axis=1)))


def turn_of_the_validation_loss(on_validation, on_new, kept, *, labels_validation, **_):
    """The validation loss rises clearly above its least value again.

    At the end your validation loss is {got:.2f} times its least value. At least {low:.2f} is asked.

    The validation loss has not turned. Does the training go on long enough, and is the validation
    part left out of it?
    """
    losses = _losses(on_validation, labels_validation)
    return Statistic(losses[-1] / losses.min(), TURNED, np.inf)


def turn_of_the_new_loss(on_validation, on_new, kept, *, truth, **_):
    """The loss of the new examples rises again, too.

    At the end the loss of the new examples is {got:.2f} times its least value. At least {low:.2f}
    is asked.

    The loss of the new examples has not turned. Does the training go on long enough, and do both
    results come from the same networks?
    """
    losses = _losses(on_new, truth)
    return Statistic(losses[-1] / losses.min(), 1.05, np.inf)


def new_loss_of_the_kept_row(on_validation, on_new, kept, *, truth, **_):
    """The network that is kept is clearly better than a coin.

    In the row that you keep, the loss of the new examples is {got:.2f}. At most {high:.2f} is
    asked.

    The network that you keep is hardly better than a coin. Has it learned, and from which examples?
    """
    return Statistic(_losses(on_new, truth)[_row(kept, on_new)], 0, WORST)


def validation_beside_new(on_validation, on_new, kept, *, labels_validation, truth, **_):
    """The validation loss is about that of the new examples.

    In the row that you keep, the loss of the new examples is {got:.2f} times your validation loss.
    It should be {low:.2f} to {high:.2f} times as large.

    The validation loss says nothing about new examples. Has the network learned from the
    validation part?
    """
    row = _row(kept, on_new)
    ratio = _losses(on_new, truth)[row] / _losses(on_validation, labels_validation)[row]
    return Statistic(ratio, 1 / FAR, FAR)


def rows_from_the_least(on_validation, on_new, kept, *, labels_validation, **_):
    """The row that is kept has the least validation loss.

    The row that you keep is {got:.3g} away from the row with the least validation loss.

    Another row than the best is kept. Is its loss the least one of the logits that you return, and
    is it given by its number, counted from 0?
    """
    least = np.argmin(_losses(on_validation, labels_validation))
    return Statistic(float(np.abs(kept - least)), 0, 0)


def _curves(on_validation, on_new, kept, *, labels_validation, truth, **_):
    return {
        "validation loss": _losses(on_validation, labels_validation),
        "loss of the new examples": _losses(on_new, truth),
    }


def _losses(logits, labels):
    """The loss of each row."""
    return np.mean(np.logaddexp(0, logits) - labels * logits, axis=1)


def _row(kept, on_new):
    """The row that is kept, as far as there is one."""
    return int(np.clip(kept, 0, len(on_new) - 1))


SPEC = Experiment(
    run=run,
    data=data,
    torch="each training is another one",
    by_luck=(turn_of_the_new_loss, new_loss_of_the_kept_row),
    curves=_curves,
    along="epoch",
    properties=(
        turn_of_the_validation_loss,
        turn_of_the_new_loss,
        new_loss_of_the_kept_row,
        validation_beside_new,
        rows_from_the_least,
    ),
)
