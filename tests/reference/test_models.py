"""Sequential: its gradients are torch's, and its names, weights and shapes are those asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_models import compiled, data

from reference.catalogue import names
from reference.data import two_moons
from reference.losses import mse
from reference.models import Dense, Sequential, With, accuracy
from reference.models._metrics import chosen
from reference.models._named import KERAS

SMOOTH = ("sigmoid", "tanh", "identity", "softmax")


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


def test_results_unpack_into_numbers_and_answer_to_names():
    x, y = data()
    model = compiled([Dense(1)], metrics=["sse"])
    loss, sse = results = model.evaluate(x, y)
    assert (results["loss"], results["sse"]) == (loss, sse)
    assert dict(results.items()) == {"loss": loss, "sse": sse}
    assert repr(results) == f"loss: {loss:.4g}, sse: {sse:.4g}"


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
