"""Trainings written once and run by Keras and by this package have the same histories.

From the same weights and in the same order of examples. Keras runs on torch, on one thread.
"""

import inspect
import os
import tempfile
from functools import cache
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
from keras_cases import cases

from reference import keras as ours
from reference.data import digits

EPOCHS, EXAMPLES, TRAINED = 10, 640, 512
ROUNDINGS = 32  # of float32, in ten epochs; Keras measures metrics in float32 at any precision
# Keras computes 1 - beta_2 in float32, which is wrong by eps / (1 - beta_2), and steps by its root.
ROUNDINGS_OF_ADAM = 500
EPS = float(np.finfo(np.float32).eps)


@cache
def theirs():
    """Keras, whose settings stay out of the home folder."""
    os.environ["KERAS_BACKEND"] = "torch"
    os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp())
    keras = pytest.importorskip("keras")
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    torch.set_num_threads(1)
    keras.utils.set_random_seed(0)
    return keras


@cache
def written(package):
    return cases(package)


@pytest.fixture
def masks(monkeypatch):
    """Both packages drop the same units, from generators with the same seed."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    rng = np.random.default_rng(1)

    def dropout(inputs, rate, noise_shape=None, seed=None):
        return inputs * torch.tensor(rng.random(tuple(inputs.shape)) >= rate) / (1 - rate)

    monkeypatch.setattr(theirs().src.backend.random, "dropout", dropout)
    return np.random.default_rng(1)


def data(targets, rows):
    images, labels = digits()
    x = (images[:EXAMPLES] / 16).astype("float32")
    labels = labels[:EXAMPLES]
    if rows:
        labels = (labels[:, None] + np.arange(8)) % 10
    else:
        x = x.reshape(EXAMPLES, -1)
    return x, labels if targets == "labels" else np.eye(10)[labels]


@pytest.mark.filterwarnings("ignore::reference.models.ModelWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Keras on torch and numpy 2
@pytest.mark.parametrize("name", cases(ours))
def test_the_histories_are_those_of_keras(name, masks):
    case, mine = written(theirs())[name], written(ours)[name]
    x, y = data(case.targets, case.rows)
    fit = {
        "epochs": EPOCHS,
        "batch_size": 64,
        "shuffle": False,
        "verbose": 0,
        "validation_data": (x[TRAINED:], y[TRAINED:]),
    }
    weighed = {}
    if (weights := case.fit.get("sample_weight")) is not None:
        each = np.linspace(0.2, 2, TRAINED)
        weighed = {"sample_weight": each[:, None] if weights == "column" else each}
    case.model.build((None, *x.shape[1:]))
    mine.model.build((None, *x.shape[1:]))
    mine.model.set_weights(case.model.get_weights())
    mine.model._rng = masks
    right = case.model.fit(x[:TRAINED], y[:TRAINED], **{**fit, **case.fit, **weighed}).history
    found = mine.model.fit(x[:TRAINED], y[:TRAINED], **{**fit, **mine.fit, **weighed}).history
    assert found.keys() == right.keys()
    allowed = EPS * (ROUNDINGS_OF_ADAM if "adam" in name or "Adam" in name else ROUNDINGS)
    for key, values in right.items():
        assert len(found[key]) == len(values)
        assert np.allclose(found[key], values, rtol=allowed, atol=allowed), key
    for a, b in zip(mine.model.get_weights(), case.model.get_weights(), strict=True):
        assert a.dtype == b.dtype == np.float32
        assert a.shape == b.shape
    settings = {"batch_size": 64, "verbose": 0, "return_dict": True}
    judged = mine.model.evaluate(x[TRAINED:], y[TRAINED:], **settings)
    known = case.model.evaluate(x[TRAINED:], y[TRAINED:], **settings)
    assert judged.keys() == known.keys()
    assert all(np.isclose(judged[key], known[key], rtol=allowed, atol=allowed) for key in known)


PLACES = (
    "callbacks",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "optimizers",
    "optimizers.schedules",
    "regularizers",
)
BASES = ("Initializer", "Layer", "Loss", "Metric", "Optimizer")  # of classes, not to be made
# What this package does not compute, and refuses with a sentence.
NOT_COMPUTED = {
    "alpha_constraint", "autocast", "baseline",
    "beta_constraint",
    "ema_momentum", "ema_overwrite_frequency", "gamma_constraint",
    "input_axes", "lora_alpha", "lora_rank", "output_axes",
    "quantization_config", "renorm", "renorm_clipping", "renorm_momentum", "save_freq",
    "save_weights_only", "shared_axes", "synchronized", "warmup_steps",
    "batch_size", "sparse", "ragged", "batch_shape", "input_tensor", "optional",
    "rank", "pool_dimensions", "pool_mode",  # of base classes of Keras
}  # fmt: skip


def test_arguments_and_defaults_are_those_of_keras():
    """Every class here has the arguments of Keras with their defaults, but for those above."""
    compared = set()
    for place in PLACES:
        here, there = (attrgetter(place)(package) for package in (ours, theirs()))
        for name, mine in vars(here).items():
            original = getattr(there, name, None)
            if not (isinstance(mine, type) and isinstance(original, type)) or name in BASES:
                continue
            own, right = arguments(mine), arguments(original)
            compared.add(name)
            missing = right.keys() - own.keys() - NOT_COMPUTED
            assert not missing, f"{place}.{name} has no {missing}"
            places = [each for each in in_order(mine) if each not in ("inner", "settings")]
            expected = [each for each in in_order(original) if each in own][: len(places)]
            assert places == expected, f"{place}.{name}: {places}"
            for argument in right.keys() & own.keys() - {"name", "save_weights_only"}:
                assert same(own[argument], right[argument]), f"{place}.{name}({argument}=)"
    assert len(compared) > 50


@pytest.mark.parametrize(
    "name", ["compile", "evaluate", "fit", "get_layer", "predict", "train_on_batch"]
)
def test_methods_take_what_those_of_keras_take(name):
    mine, original = (getattr(package.Sequential, name) for package in (ours, theirs()))
    own, right = (inspect.signature(method).parameters for method in (mine, original))
    missing = right.keys() - own.keys() - {"class_weight", "kwargs", "steps", "callbacks"}
    assert not missing
    assert in_order(mine) == in_order(original)[: len(in_order(mine))]
    required = {"x", "y", "loss"}  # without which nothing can be done here
    for argument in (own.keys() & right.keys()) - required:
        assert same(own[argument].default, right[argument].default), argument


def in_order(function):
    """The names that may be given by their place."""
    parameters = inspect.signature(function).parameters.values()
    return [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]


def same(mine, original):
    """Whether two defaults mean the same. Keras writes one number for each axis of an image."""
    if isinstance(original, tuple) and len(set(original)) == 1:
        original = original[0]
    words = [str(value).lower() for value in (mine, original)]
    return mine == original or words[0] == words[1] or (not mine and not original)


def arguments(cls):
    """The names and defaults of a constructor, with those of its base classes."""
    found = {}
    for base in cls.__mro__:
        if "__init__" not in vars(base) or base is object:
            continue
        parameters = list(inspect.signature(base.__init__).parameters.values())
        for each in parameters:
            if each.name != "self" and each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL):
                found.setdefault(each.name, each.default)
        if not any(each.kind is each.VAR_KEYWORD for each in parameters):
            break
    return found


def test_the_page_says_how_well_they_agree():
    page = (Path(__file__).parents[2] / "docs" / "keras.md").read_text(encoding="utf-8")
    words = " ".join(page.split())
    assert f"within {ROUNDINGS} roundings of float32" in words
    assert f"AdamW are within {ROUNDINGS_OF_ADAM}," in words
    assert f"those of Keras {'.'.join(theirs().__version__.split('.')[:2])} on PyTorch" in words
