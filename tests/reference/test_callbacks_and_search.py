"""Callbacks, search and experiments: when to stop, what to choose, how large to build."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.data import two_moons
from reference.models import (
    Callback,
    Dense,
    EarlyStopping,
    History,
    Sequential,
    TimeLimit,
    With,
    capacity,
    cross_validate,
    grid,
    log_uniform,
    overfits_from,
    sample,
    search,
)
from reference.preprocessing import k_fold


def stops_after(values, **settings):
    """The epoch at which early stopping ends a training with these validation losses."""
    stopper = EarlyStopping(**settings)
    model = SimpleNamespace(stop_training=False, get_weights=dict)
    stopper.set_model(model)
    stopper.on_train_begin()
    for epoch, value in enumerate(values):
        stopper.on_epoch_end(epoch, {stopper.monitor: value})
        if model.stop_training:
            return epoch
    return None


@pytest.mark.parametrize(
    ("values", "settings", "epoch"),
    [
        ([3, 2, 1, 1, 1], {"patience": 2}, 4),
        ([3, 2, 1, 1, 1], {"patience": 1}, 3),
        ([3, 2, 1, 1, 1], {"patience": 0}, 3),
        ([3, 2, 1, 1, 0, 0, 0], {"patience": 2}, 6),
        ([3, 2, 1, 0], {"patience": 1}, None),
        ([3, 2.9, 2.8, 2.7], {"patience": 2, "min_delta": 0.5}, 2),
        ([3, 2.9, 2.4, 2.3], {"patience": 2, "min_delta": 0.5}, None),
        ([1, 2, 3, 3, 3], {"patience": 2, "mode": "max"}, 4),
        ([4, 5, 2, 5, 2], {"patience": 1}, 1),
        ([4, 5, 2, 5, 2], {"patience": 2, "window": 2}, 4),
        ([1, float("nan"), float("nan")], {"patience": 2}, 2),
    ],
)
def test_training_stops_when_nothing_gets_better(values, settings, epoch):
    assert stops_after(values, **settings) == epoch


@given(st.lists(st.integers(0, 5), max_size=20), st.integers(1, 5))
def test_more_patience_never_stops_earlier(values, patience):
    first, second = (stops_after(values, patience=p) for p in (patience, patience + 1))
    never = len(values)
    assert (never if first is None else first) <= (never if second is None else second)


def moons(examples=60, seed=0):
    x, labels = two_moons.run(examples=examples, noise=0.3, seed=seed)
    return x, labels.astype(float)


def classifier(units=8, rate=0.5):
    model = Sequential([Dense(units, "tanh"), Dense(1, "sigmoid")])
    model.compile(
        loss="binary_crossentropy",
        optimiser=With("sgd", learning_rate=rate),
        metrics=["accuracy"],
    )
    return model


class Keep(Callback):
    def __init__(self):
        self.weights = []

    def on_epoch_end(self, epoch, logs=None):
        self.weights.append(self.model.get_weights())


@pytest.mark.parametrize("restore", [True, False])
def test_the_best_weights_are_restored_to_the_bit(restore):
    keep, stopper = Keep(), EarlyStopping(patience=3, restore_best_weights=restore)
    model = classifier(rate=8.0)
    history = model.fit(
        *moons(), epochs=200, validation_data=moons(seed=1), callbacks=[keep, stopper]
    )
    losses = history.history["val_loss"]
    best = losses.index(min(losses))
    assert len(losses) == best + 1 + 3 < 200
    expected = keep.weights[best if restore else -1]
    assert all(np.array_equal(w, expected[key]) for key, w in model.get_weights().items())
    judged = model.evaluate(*moons(seed=1))["loss"]
    assert judged == (min(losses) if restore else losses[-1])


def test_early_stopping_names_what_it_cannot_find():
    with pytest.raises(ValueError, match="no 'val_loss' to watch: give fit validation_data"):
        classifier().fit(*moons(), callbacks=[EarlyStopping()])
    with pytest.raises(ValueError, match="no 'acuracy' to watch, but loss, accuracy"):
        classifier().fit(*moons(), callbacks=[EarlyStopping("acuracy")])
    with pytest.raises(ValueError, match="'min' or 'max', not 'most'"):
        EarlyStopping(mode="most")


def test_time_ends_a_training_after_the_epoch_it_runs_out_in():
    ticks = iter(range(100))
    history = classifier().fit(
        *moons(), epochs=50, callbacks=[TimeLimit(3, clock=lambda: next(ticks))]
    )
    assert history.epoch == [0, 1, 2, 3]


def test_a_stopped_model_trains_again_when_asked():
    model = classifier()
    model.fit(*moons(), epochs=5, callbacks=[TimeLimit(-1)])
    assert model.fit(*moons(), epochs=5).epoch == [0, 1, 2, 3, 4]


def test_a_grid_is_every_combination():
    assert grid({"a": [1, 2], "b": "xy"}) == [
        {"a": 1, "b": "x"},
        {"a": 1, "b": "y"},
        {"a": 2, "b": "x"},
        {"a": 2, "b": "y"},
    ]


def test_random_candidates_come_from_the_seed_and_stay_in_range():
    values = {"rate": log_uniform(1e-4, 1e-1), "units": [4, 8]}
    sampled = sample(values, 200, seed=0)
    assert sampled == sample(values, 200, seed=0) != sample(values, 200, seed=1)
    assert {each["units"] for each in sampled} == {4, 8}
    rates = np.array([each["rate"] for each in sampled])
    assert np.all((rates >= 1e-4) & (rates <= 1e-1))
    decades = np.bincount(np.floor(np.log10(rates) + 4).astype(int))
    assert np.all(np.abs(decades - 200 / 3) < 5 * np.sqrt(200 * 2 / 9))


def test_search_ranks_the_candidate_that_learns_above_the_one_that_cannot():
    x, y = moons(90)
    candidates = grid({"rate": [0.0, 1.0], "units": [8]})
    trials = search(classifier, candidates, x, y, folds=3, epochs=40)
    assert [trial.settings["rate"] for trial in trials] == [1.0, 0.0]
    assert [len(trial.scores) for trial in trials] == [3, 3]
    assert trials[0].mean > 0.75
    lowest = search(
        classifier, candidates, x, y, folds=3, epochs=40, monitor="loss", mode="min", stratify=False
    )
    assert lowest[0].settings["rate"] == 1.0


def test_stratified_search_trains_on_every_class():
    x = np.arange(12.0)[:, None]
    labels = np.array([0] * 9 + [1] * 3)
    shares = []

    class Spy(Sequential):
        def fit(self, x, y, **settings):
            shares.append(y.mean())
            return super().fit(x, y, **settings)

    def build():
        model = Spy([Dense(1, "sigmoid")])
        model.compile(loss="mse", metrics=["accuracy"])
        return model

    search(build, [{}], x, labels, folds=3, stratify=True)
    assert shares == [0.25, 0.25, 0.25]


def test_every_fold_is_judged_by_a_model_that_never_saw_it():
    x = np.arange(10.0)[:, None]
    fold = k_fold.run(examples=10, folds=5)
    seen = []

    class Spy(Sequential):
        def fit(self, x, y, **settings):
            self.trained = set(x[:, 0])
            return super().fit(x, y, **settings)

        def evaluate(self, x, y):
            seen.append((self.trained, set(x[:, 0])))
            return super().evaluate(x, y)

    def build():
        model = Spy([Dense(1)])
        model.compile(loss="mse", optimiser=With("sgd", learning_rate=0.001))
        return model

    scores = cross_validate(build, x, x, fold, monitor="loss")
    assert len(scores) == 5
    assert all(not trained & judged for trained, judged in seen)
    assert sorted(number for _, judged in seen for number in judged) == list(range(10))


def test_small_networks_underfit_and_large_ones_overfit():
    """One unit a layer learns nothing; 64 learn 30 noisy points by heart, and get others wrong."""

    def build(units):
        hidden = [Dense(units, "relu", initialiser="he_normal") for _ in range(2)]
        model = Sequential([*hidden, Dense(1, "sigmoid")])
        model.compile(loss="binary_crossentropy", optimiser=With("sgd", learning_rate=0.2))
        return model

    curves = capacity(build, [1, 4, 64], moons(30), moons(300, seed=1), epochs=300, batch_size=10)
    assert curves.parameters == [3 + 2 + 2, 12 + 20 + 5, 192 + 4160 + 65]
    assert curves.train == sorted(curves.train, reverse=True)
    underfitted, _, overfitted = zip(curves.train, curves.validation, strict=True)
    assert min(underfitted) > 0.6  # guessing costs log 2 = 0.69
    assert overfitted[0] < 0.1
    assert overfitted[1] > 2 * min(curves.histories[-1].history["val_loss"])
    assert overfits_from(curves.histories[-1]) < 30


def test_a_bottleneck_limits_a_network_however_wide_the_rest():
    """Cutting the square by one weighted sum, no one can tell equal from opposite signs.

    By the sum of the two numbers 5 in 6 are right; a little more here, where few are sampled.
    """

    def build(units):
        model = Sequential([Dense(units), Dense(32, "tanh"), Dense(1, "sigmoid")])
        model.compile(loss="mse", optimiser=With("sgd", learning_rate=0.5), metrics=["accuracy"])
        return model

    x = np.random.default_rng(0).uniform(-1, 1, (200, 2))
    xor = (x[:, 0] * x[:, 1] > 0).astype(float)
    curves = capacity(build, [1, 2], (x, xor), (x, xor), monitor="accuracy", epochs=200)
    narrow, wide = curves.train
    assert wide > 0.95
    assert narrow < 0.9


def test_overfitting_begins_where_the_validation_loss_was_lowest():
    history = History([0, 1, 2, 3], {"val_loss": [3.0, 1.0, 1.0, 2.0]})
    assert overfits_from(history) == 1


def test_a_search_varies_the_batch_size_too():
    x, y = moons()
    sizes = []

    def build(units):
        model = classifier(units)
        model.fit = lambda *data, fit=model.fit, **settings: (
            sizes.append(settings["batch_size"]),
            fit(*data, **settings),
        )[1]
        return model

    trials = search(build, grid({"units": [2], "batch_size": [1, 20]}), x, y, folds=2, epochs=1)
    assert sizes == [1, 1, 20, 20]
    assert {trial.settings["batch_size"] for trial in trials} == {1, 20}


def test_the_best_accuracy_is_the_largest():
    history = History([0, 1, 2], {"val_accuracy": [0.5, 0.9, 0.7], "val_loss": [3.0, 2.0, 1.0]})
    assert overfits_from(history, "accuracy") == 1
    assert overfits_from(history) == 2
