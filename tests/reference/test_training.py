"""Training: its epochs are what the lectures say, its seeds decide, and every optimiser learns."""

import numpy as np
import pytest
from small_models import Recorder, compiled, data

from reference.activations import sigmoid
from reference.catalogue import operations
from reference.data import digits, two_moons
from reference.linear import dense
from reference.losses import mse
from reference.models import BatchNorm, Dense, PRelu, Reshape, Sequential, With
from reference.preprocessing import min_max, one_hot, stratified_split


def recorded(examples, **fit):
    recorder = Recorder(input_shape=(1,))
    model = compiled([recorder, Dense(1)], rate=0.0)
    x = np.arange(float(examples))[:, None]
    model.fit(x, x, **fit)
    return recorder.seen, model


@pytest.mark.parametrize(("batch_size", "updates"), [(1, 10), (3, 4), (5, 2), (10, 1), (64, 1)])
def test_an_epoch_makes_one_update_per_batch_and_keeps_the_short_last_one(batch_size, updates):
    seen, model = recorded(10, batch_size=batch_size, epochs=2)
    assert model.step == 2 * updates
    first = seen[:updates]
    assert {len(batch) for batch in first[:-1]} <= {batch_size}
    assert sorted(number for batch in first for number in batch) == list(range(10))


def test_every_epoch_is_shuffled_anew():
    seen, _ = recorded(20, batch_size=20, epochs=3)
    assert len({tuple(epoch) for epoch in seen}) == 3


def test_without_shuffling_the_order_stays():
    seen, _ = recorded(6, batch_size=4, epochs=2, shuffle=False)
    assert seen == 2 * [[0, 1, 2, 3], [4, 5]]


def test_the_validation_split_is_the_last_part_and_is_not_trained_on():
    seen, _ = recorded(10, validation_split=0.3, batch_size=10, epochs=1)
    assert sorted(seen[0]) == list(range(7))


def test_one_batch_of_everything_is_gradient_descent_to_the_bit():
    x, y = data()
    model = compiled([Dense(1, "sigmoid", input_shape=(3,))], rate=0.5)
    w, b = model.layers[0].weights.values()
    for _ in range(5):
        z = dense.forward(x, w, b)
        (dz,) = sigmoid.backward(mse.backward(np.ones(()), sigmoid.forward(z), y)[0], z)
        _, dw, db = dense.backward(dz, x, w, b)
        w, b = w - 0.5 * dw, b - 0.5 * db
    model.fit(x, y, batch_size=10, epochs=5, shuffle=False)
    assert np.array_equal(model.layers[0].weights["weight"], w)
    assert np.array_equal(model.layers[0].weights["bias"], b)


def test_one_seed_gives_one_training_and_another_seed_another():
    x, y = data()
    weights = []
    for initial, order in [(0, 0), (0, 0), (1, 0), (0, 1)]:
        model = compiled([Dense(4, "tanh"), Dense(1)], seed=initial)
        model.fit(x, y, batch_size=3, epochs=2, seed=order)
        weights.append(model.get_weights()["dense/weight"].tolist())
    assert weights[0] == weights[1]
    assert weights[0] not in weights[2:]


def test_the_history_has_an_entry_for_each_epoch_and_name():
    x, y = data()
    y = (y > 0).astype(float)
    model = compiled([Dense(1)], metrics=["accuracy", "sse", worst])
    history = model.fit(x, y, epochs=3, validation_data=(x, y))
    assert history.epoch == [0, 1, 2]
    both = {"loss", "accuracy", "sse", "worst"}
    assert history.history.keys() == both | {f"val_{name}" for name in both}
    assert all(len(values) == 3 for values in history.history.values())
    assert history.history["val_loss"][-1] == model.evaluate(x, y)["loss"]
    assert history.history["val_worst"][-1] == worst(model.predict(x), y)


def worst(outputs, target):
    return float(np.abs(outputs - target).max())


def test_the_training_loss_is_the_mean_over_examples_not_over_batches():
    x, y = np.zeros((5, 1)), np.array([[0.0], [0.0], [0.0], [0.0], [5.0]])
    model = compiled([Dense(1)], rate=0.0)
    history = model.fit(x, y, batch_size=4, shuffle=False).history
    assert history["loss"] == [5.0] == [model.evaluate(x, y)["loss"]]


def test_a_setting_may_follow_the_number_of_updates():
    x, y = data()
    rates = []

    def halved(step):
        rates.append(0.1 * 0.5**step)
        return rates[-1]

    model = compiled([Dense(1)], rate=halved)
    model.fit(x, y, batch_size=5, epochs=2)
    assert rates == [0.1, 0.05, 0.025, 0.0125]


OPTIMISERS = [  # a layer has parameters of any shape, and gives a gradient
    name
    for name, each in operations().items()
    if each.kind == "optimiser"
    and not each.closure
    and all(a.axes == ("...",) for a in each.arguments if a.name == "param")
]


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_optimiser_trains_a_model(name):
    x, labels = two_moons.run(examples=60)
    model = Sequential([Dense(8, "tanh"), Dense(1, "sigmoid")])
    model.compile(loss="binary_crossentropy", optimiser=name)
    losses = model.fit(x, labels.astype(float), epochs=30, batch_size=60).history["loss"]
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("built", ["before", "after"])
@pytest.mark.parametrize("name", OPTIMISERS)
def test_float32_in_is_float32_through(name, built):
    """Weights, states, outputs and averages; the first data decide."""
    shape = {"input_shape": (2,)} if built == "before" else {}
    x, labels = two_moons.run(examples=32)
    model = Sequential([Dense(4, "tanh", **shape), BatchNorm(), PRelu(), Dense(1, "sigmoid")])
    model.compile(loss="mse", optimiser=name, metrics=["accuracy"])
    model.fit(x.astype(np.float32), labels, epochs=2)
    kept = [*model.get_weights().values(), model.predict(x.astype(np.float32))]
    states = [array for state in model._states.values() for array in state]
    kept += [array for array in states if isinstance(array, np.ndarray)]
    assert {array.dtype.name for array in kept} == {"float32"}
    exact = Sequential([Dense(1)])
    assert exact.predict(x).dtype == np.float64


def test_the_network_of_the_lecture_scaled_down_reads_the_digits():
    """784-512-512-10 on Fashion-MNIST becomes 64-64-64-10 on the digits: 96 of 100 are right."""
    images, labels = digits()
    train, _, test = stratified_split.run(labels, test=0.2, seed=0)
    fitted = min_max.fit(images[train].reshape(-1, 64))
    targets = one_hot.run(labels, classes=10)
    model = Sequential(
        [
            Reshape(input_shape=(8, 8)),
            Dense(64, "relu", initialiser="he_normal"),
            Dense(64, "relu", initialiser="he_normal"),
            Dense(10, "softmax"),
        ]
    )
    model.compile(
        loss="categorical_crossentropy",
        optimiser=With("sgd", learning_rate=0.2),
        metrics=["accuracy"],
    )
    x = min_max.apply(fitted, images.reshape(-1, 64)).reshape(images.shape)
    model.fit(x[train], targets[train], epochs=30)
    assert model.evaluate(x[train], targets[train])["accuracy"] > 0.99
    assert model.evaluate(x[test], targets[test])["accuracy"] >= 0.96


def test_a_loss_may_be_a_function_of_outputs_and_targets():
    x, y = data()
    named, written = (
        compiled([Dense(4, "tanh"), Dense(1)], loss)
        for loss in ("mse", lambda outputs, target: ((outputs - target) ** 2).mean())
    )
    for model in (named, written):
        model.fit(x, y, epochs=3, seed=0)
    assert np.allclose(named.predict(x), written.predict(x), rtol=1e-12)


def test_examples_and_classes_may_count_more():
    """A weight of 2 is the example twice, and a weight of 0 is none."""
    x, labels = two_moons.run(examples=20)
    y = labels.astype(float)
    twice = compiled([Dense(1, "sigmoid")], "binary_cross_entropy", rate=0.5)
    twice.fit(np.vstack([x, x[y == 1]]), np.hstack([y, y[y == 1]]), batch_size=99, epochs=5, seed=0)
    more = len(x) + int(y.sum())
    heavy = compiled([Dense(1, "sigmoid")], "binary_cross_entropy", rate=0.5 * len(x) / more)
    heavy.fit(x, y, class_weight={1: 2.0}, batch_size=99, epochs=5, seed=0)
    assert np.allclose(twice.predict(x), heavy.predict(x), rtol=1e-12)
    with pytest.raises(ValueError, match="not both"):
        heavy.fit(x, y, class_weight={1: 2.0}, sample_weight=np.ones(20))
    with pytest.raises(ValueError, match="cannot have weights; use mse"):
        compiled([Dense(1)], "sse").fit(x, y, sample_weight=np.ones(20))


def test_weights_of_examples_have_the_gradient_of_the_weighted_loss():
    torch = pytest.importorskip("torch")
    x, y = data(outputs=2)
    counts = np.linspace(0, 2, 10)
    model = compiled([Dense(2)])
    model.build((3,))
    cost, _, slopes = model.learn(x, y, "mse", np.random.default_rng(0), counts)
    w, b = (torch.tensor(v, requires_grad=True) for v in model.layers[0].weights.values())
    each = (torch.tensor(x) @ w + b - torch.tensor(y)) ** 2
    loss = (each * torch.tensor(counts)[:, None]).mean()
    theirs = torch.autograd.grad(loss, [w, b])
    assert np.isclose(cost, loss.item(), rtol=1e-14)
    for mine, right in zip(slopes.values(), theirs, strict=True):
        assert np.allclose(mine, right.numpy(), rtol=1e-12)
