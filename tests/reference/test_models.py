"""Sequential: its gradients are torch's, its epochs are what the lectures say, and it learns."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.activations import sigmoid
from reference.catalogue import names, operations
from reference.data import digits, two_moons
from reference.linear import dense
from reference.losses import mse
from reference.models import (
    Activation,
    BatchNorm,
    Dense,
    Dropout,
    Layer,
    PRelu,
    Reshape,
    Sequential,
    With,
    accuracy,
)
from reference.models._metrics import chosen
from reference.models._named import KERAS
from reference.preprocessing import min_max, one_hot, stratified_split

SMOOTH = ("sigmoid", "tanh", "identity", "softmax")


class Recorder(Layer):
    """Lets everything through and keeps what it saw in training."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.seen = []

    def run(self, x, training, rng):
        if training:
            self.seen.append(x[:, 0].tolist())
        return x, lambda grad: (grad, {})


def compiled(layers, loss="mse", rate=0.1, seed=0, **settings):
    model = Sequential(layers, seed=seed)
    model.compile(loss=loss, optimiser=With("sgd", learning_rate=rate), **settings)
    return model


def data(examples=10, inputs=3, outputs=1):
    rng = np.random.default_rng(0)
    return rng.standard_normal((examples, inputs)), rng.standard_normal((examples, outputs))


def recorded(examples, **fit):
    recorder = Recorder(input_shape=(1,))
    model = compiled([recorder, Dense(1)], rate=0.0)
    x = np.arange(float(examples))[:, None]
    model.fit(x, x, **fit)
    return recorder.seen, model


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(SMOOTH)), min_size=1, max_size=3),
    st.sampled_from(["mse", "sse", "cross_entropy"]),
    st.integers(0, 2**32 - 1),
)
def test_gradients_are_torchs(stack, loss, seed):
    torch = pytest.importorskip("torch")
    if loss == "cross_entropy":
        stack = [*stack, (3, "softmax")]
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((4, 2))
    y = np.eye(stack[-1][0])[rng.integers(stack[-1][0], size=4)]
    model = Sequential([Dense(units, f) for units, f in stack], seed=seed)
    model.build((2,))
    h, leaves = torch.tensor(x), []
    for layer in model.layers:
        leaves += [torch.tensor(w, requires_grad=True) for w in layer.weights.values()]
        h = layer.activation.operation.torch(torch, h @ leaves[-2] + leaves[-1])
    y_torch = torch.tensor(y)
    squares = (h - y_torch) ** 2
    losses = {"mse": squares.mean(), "sse": squares.sum()}
    losses["cross_entropy"] = -(y_torch * h.log()).sum(dim=1).mean()
    theirs = torch.autograd.grad(losses[loss], leaves)
    _, _, gradients = model.learn(x, y, With(loss), rng)
    mine = [gradients[layer, name] for layer in model.layers for name in layer.weights]
    for a, b in zip(mine, theirs, strict=True):
        assert a.shape == tuple(b.shape)
        np.testing.assert_allclose(a, b.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("units", "inputs", "counts"),
    [((4, 4, 1), 2, [12, 20, 5]), ((512, 512, 10), 784, [401920, 262656, 5130])],
)
def test_the_summary_counts_as_the_lectures_print(units, inputs, counts):
    model = Sequential([Dense(n, "sigmoid") for n in units])
    assert "?" in model.summary()
    model.build((inputs,))
    assert [layer.count(learned=True) for layer in model.layers] == counts
    rows = model.summary().splitlines()
    assert [int(row.split()[-1]) for row in rows[2:5]] == counts
    assert rows[3].startswith("dense_1 (Dense)")
    assert f"(None, {units[0]})" in rows[2]
    assert f"Total parameters: {sum(counts)}" in rows
    assert sum(counts) in (37, 669706)


def test_frozen_parameters_are_counted_apart():
    model = Sequential([Dense(4, trainable=False, input_shape=(2,)), Dense(1)])
    assert "Trainable parameters: 5\nNon-trainable parameters: 12" in model.summary()


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


@pytest.mark.parametrize("loss", ["mse", "mean_squared_error", mse.SPEC, With("mse")])
def test_losses_go_by_name_or_as_objects(loss):
    x, y = data()
    assert compiled([Dense(1)], loss).evaluate(x, y) == compiled([Dense(1)]).evaluate(x, y)


def test_every_name_of_keras_stands_for_an_operation():
    assert set(KERAS.values()) <= set(names())
    assert not set(KERAS) & set(names())


def test_an_unknown_name_is_an_error():
    with pytest.raises(LookupError, match="softplas"):
        Dense(1, "softplas")


def test_a_setting_may_follow_the_number_of_updates():
    x, y = data()
    rates = []

    def halved(step):
        rates.append(0.1 * 0.5**step)
        return rates[-1]

    model = compiled([Dense(1)], rate=halved)
    model.fit(x, y, batch_size=5, epochs=2)
    assert rates == [0.1, 0.05, 0.025, 0.0125]


def test_a_vector_of_targets_is_a_column():
    x, y = data()
    model = compiled([Dense(1)])
    assert model.evaluate(x, y[:, 0]) == model.evaluate(x, y)


@pytest.mark.parametrize(
    ("outputs", "target"),
    [
        ([[0.6], [0.2], [0.9], [0.1]], [[1], [0], [0], [0]]),
        ([[0.6], [0.2], [0.9], [0.1]], [1, 0, 0, 0]),
        ([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [1.0, 0.0]], [1, 0, 0, 0]),
        ([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [1.0, 0.0]], [[0, 1], [1, 0], [1, 0], [1, 0]]),
    ],
)
def test_accuracy_decides_by_the_shape(outputs, target):
    assert accuracy(np.array(outputs), np.array(target)) == 0.75


def test_a_metric_of_the_catalogue_never_meets_a_column_where_it_wants_a_vector():
    x, labels = two_moons.run(examples=20)
    column = compiled([Dense(1, "sigmoid")]).predict(x)
    _, metric = chosen("binary_accuracy")
    assert metric(column, labels) == metric(column, labels[:, None]) == accuracy(column, labels)


def test_frozen_weights_do_not_move_by_one_bit():
    x, y = data()
    frozen = Dense(4, "tanh", trainable=False)
    model = compiled([Dense(5, "tanh"), frozen, Dense(1)])
    model.build((3,))
    before = model.get_weights()
    model.fit(x, y, epochs=20)
    after = model.get_weights()
    same = {key for key in before if before[key].tobytes() == after[key].tobytes()}
    assert same == {"dense_1/weight", "dense_1/bias"}


def test_a_thawed_layer_moves_again():
    x, y = data()
    model = compiled([Dense(4, "tanh", trainable=False), Dense(1)])
    model.fit(x, y)
    before = model.get_weights()
    model.layers[0].trainable = True
    model.fit(x, y)
    assert not np.array_equal(before["dense/weight"], model.get_weights()["dense/weight"])


def test_layers_learned_on_one_task_serve_another():
    x, y = data()
    first = compiled([Dense(4, "tanh"), Dense(1)])
    first.fit(x, y, epochs=3)
    body = first.layers[0]
    learned = body.weights["weight"].copy()
    body.trainable = False
    second = compiled([body, Dense(2)])
    second.fit(x, np.hstack([y, -y]), epochs=3)
    assert np.array_equal(body.weights["weight"], learned)
    assert second.predict(x).shape == (10, 2)


def test_weights_survive_a_file(tmp_path):
    x, _ = data()
    one, other = (compiled([Dense(4, "tanh"), Dense(1)], seed=seed) for seed in (0, 1))
    one.build((3,))
    other.build((3,))
    assert not np.array_equal(one.predict(x), other.predict(x))
    one.save_weights(tmp_path / "weights.npz")
    other.load_weights(tmp_path / "weights.npz")
    assert np.array_equal(one.predict(x), other.predict(x))


def test_weights_that_do_not_fit_are_an_error():
    model = Sequential([Dense(2, input_shape=(3,))])
    with pytest.raises(ValueError, match="dense/bias on one side only"):
        model.set_weights({"dense/weight": np.zeros((3, 2))})
    with pytest.raises(ValueError, match=r"dense/bias is \(3,\), but should be \(2,\)"):
        model.set_weights({"dense/weight": np.zeros((3, 2)), "dense/bias": np.zeros(3)})


def test_what_is_handed_out_does_not_change_the_model():
    model = Sequential([Dense(2, input_shape=(3,))])
    handed, given = model.get_weights(), {"dense/weight": np.ones((3, 2)), "dense/bias": np.ones(2)}
    handed["dense/weight"][:] = 7.0
    assert 7.0 not in model.layers[0].weights["weight"]
    model.set_weights(given)
    given["dense/weight"][:] = 7.0
    assert 7.0 not in model.layers[0].weights["weight"]


def test_a_model_that_was_not_compiled_says_so():
    x, y = data()
    with pytest.raises(RuntimeError, match="compile it first"):
        Sequential([Dense(1)]).fit(x, y)


def test_shapes_that_do_not_fit_are_an_error():
    model = Sequential([Dense(1, input_shape=(3,))])
    with pytest.raises(ValueError, match=r"shape \(3,\), but these have the shape \(4,\)"):
        model.predict(np.zeros((2, 4)))
    with pytest.raises(ValueError, match="at least one number per example"):
        Sequential([Dense(1)]).predict(np.zeros(2))


def test_a_dense_layer_works_on_the_last_axis_as_in_keras():
    x = np.random.default_rng(0).standard_normal((2, 4, 3))
    model = compiled([Dense(5, "tanh"), Dense(2)])
    outputs = model.predict(x)
    rows = Sequential(
        [
            Dense(layer.units, layer.activation, input_shape=(k,))
            for layer, k in zip(model.layers, (3, 5), strict=True)
        ]
    )
    rows.set_weights(model.get_weights())
    assert np.array_equal(outputs, rows.predict(x.reshape(8, 3)).reshape(2, 4, 2))
    model.fit(x, np.zeros((2, 4, 2)), epochs=2)
    assert model.layers[-1].output_shape == (4, 2)


def test_an_activation_may_be_a_layer_of_its_own():
    x, y = data()
    inside = compiled([Dense(4, "tanh"), Dense(1)])
    apart = compiled([Dense(4), Activation("tanh"), Dense(1)])
    for model in (inside, apart):
        model.fit(x, y, epochs=3)
    assert np.array_equal(inside.predict(x), apart.predict(x))


def test_a_penalty_is_part_of_the_loss_and_of_the_gradient():
    """A quadratic penalty of its own making: without data to fit, it halves the weights."""
    halving = SimpleNamespace(
        forward=lambda w: (w**2).sum() / 2, backward=lambda grad, w: (grad * w,)
    )
    x, y = np.zeros((4, 3)), np.zeros((4, 1))
    model = compiled([Dense(1, penalty=halving)], rate=0.5)
    model.build((3,))
    before = model.get_weights()["dense/weight"]
    assert model.evaluate(x, y)["loss"] == float((before**2).sum() / 2)
    assert model.fit(x, y).history["loss"] == [float((before**2).sum() / 2)]
    assert np.array_equal(model.get_weights()["dense/weight"], before / 2)


def test_dropout_drops_in_training_alone():
    recorder = Recorder()
    model = compiled([Dropout(0.5), recorder, Dense(1)], rate=0.0)
    x = np.ones((1000, 1))
    model.fit(x, x, batch_size=1000, epochs=2)
    first, second = recorder.seen
    assert set(first) == {0.0, 2.0}
    assert abs(np.mean(first) - 1) < 5 / np.sqrt(1000)
    assert first != second
    out, _ = model.run(x, training=False, rng=np.random.default_rng(0))
    assert len(np.unique(out)) == 1


def test_batch_norm_normalises_in_training_and_keeps_averages_for_testing():
    x = 5 + 3 * np.random.default_rng(0).standard_normal((64, 2))
    norm = BatchNorm()
    model = compiled([norm, Dense(1)], rate=0.0)
    assert model.fit(x, x[:, :1], batch_size=64, epochs=200, shuffle=False).epoch[-1] == 199
    settled = 0.9**200 * 30 + 1e-12
    assert np.all(np.abs(norm.weights["mean"] - x.mean(axis=0)) < settled)
    assert np.all(np.abs(norm.weights["variance"] - x.var(axis=0, ddof=1)) < settled)
    assert (norm.count(learned=True), norm.count(learned=False)) == (4, 4)


def test_frozen_batch_norm_keeps_its_averages_to_the_bit():
    x, y = data()
    norm = BatchNorm(trainable=False)
    compiled([norm, Dense(1)]).fit(x, y, epochs=3)
    assert norm.weights["mean"].tolist() == [0.0] * 3
    assert norm.weights["variance"].tolist() == [1.0] * 3


def test_prelu_learns_its_slopes():
    x = np.linspace(-1, 1, 40)[:, None]
    layer = PRelu()
    model = compiled([layer], rate=0.5)
    model.fit(x, np.where(x > 0, x, -0.5 * x), epochs=200, batch_size=40)
    assert abs(layer.weights["slope"][0] + 0.5) < 1e-6


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


def test_an_l2_penalty_makes_weights_smaller():
    x, y = data()
    sizes = []
    for strength in (0.0, 0.5):
        model = compiled([Dense(1, penalty=With("l2", strength=strength))])
        model.fit(x, y, epochs=50)
        sizes.append(np.abs(model.get_weights()["dense/weight"]).sum())
    assert sizes[1] < 0.7 * sizes[0]


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


def test_results_unpack_into_numbers_and_answer_to_names():
    x, y = data()
    model = compiled([Dense(1)], metrics=["sse"])
    loss, sse = results = model.evaluate(x, y)
    assert (results["loss"], results["sse"]) == (loss, sse)
    assert dict(results.items()) == {"loss": loss, "sse": sse}
    assert repr(results) == f"loss: {loss:.4g}, sse: {sse:.4g}"


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
