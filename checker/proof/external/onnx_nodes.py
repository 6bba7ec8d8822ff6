"""The node tests of the `onnx` package: small inputs with outputs computed by numpy.

They have no gradients. If a node has several outputs, only the first one is compared.
"""

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.conditioning import bound, moves
from checker.numerics.equations import SINGLE, Equation
from checker.proof.external import calls
from checker.proof.external.calls import Call, NotMappedError, need
from checker.proof.external.comparing import compare
from checker.proof.external.onnx_grids import GRID_NODES
from checker.proof.external.test_input import NO_OPERATION, Question
from reference import catalogue


def questions() -> Iterator[Question]:
    """Yield one question for each node test."""
    from onnx.backend.test.case.node import collect_testcases

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some of the tests are about overflow
        tests = collect_testcases(None)
    for test in tests:
        yield Question.of(test.name.removeprefix("test_"), partial(_ask, test))


def _ask(test: Any) -> tuple[Any, Any]:
    """The call of the reference and its comparison. Raises NotMappedError."""
    import torch
    from onnx.helper import get_attribute_value

    node, *others = test.model.graph.node
    need(not others and not test.name.endswith("_expanded"), "the same test in smaller nodes")
    need(node.op_type in EVERY_NODE or node.op_type in OPTIMISER_NODES, NO_OPERATION)
    inputs, outputs = test.data_sets[0]
    arrays = (*inputs, outputs[0])
    need(all(hasattr(x, "dtype") for x in arrays), "lists of tensors")
    need(all(x.dtype.kind in "fib" for x in arrays), "a dtype that torch or numpy does not have")
    need(any(x.dtype.kind == "f" for x in arrays), "integers, which overflow")
    attributes = {a.name: _plain(get_attribute_value(a)) for a in node.attribute}
    if node.op_type in OPTIMISER_NODES:
        return OPTIMISER_NODES[node.op_type](attributes, *inputs, outputs[0])
    given = iter(inputs)
    tensors = [
        torch.as_tensor(np.array(_to_float64(next(given)))) if name else None for name in node.input
    ]
    call = EVERY_NODE[node.op_type](*tensors, **attributes)
    dtype = outputs[0].dtype if outputs[0].dtype.kind == "f" else np.float32
    return call, partial(compare, call, torch.as_tensor(_to_float64(outputs[0])), [], dtype)


def _plain(value: Any) -> Any:
    """The value of an attribute. Floats are stored in float32; 0.1 is returned as 0.1."""
    if isinstance(value, float):
        return float(str(np.float32(value)))
    return value.decode() if isinstance(value, bytes) else value


def _to_float64(array: Any) -> Any:
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def _gemm(a, b, c=None, alpha=1.0, beta=1.0, transA=0, transB=0):
    import torch

    x, weight = (a.T if transA else a), (b.T if transB else b)
    bias = torch.zeros(1, dtype=x.dtype) if c is None else c
    need(bias.ndim < 2 or len(bias) == 1, "a bias for each example")
    bias = beta * bias.expand(1, weight.shape[1])[0]
    return Call("dense", {"x": x, "weight": alpha * weight, "bias": bias}, computed=1.0)


def _loss(scores, labels, weight=None, reduction="mean", ignore_index=-100):
    return calls.cross_entropy(scores, labels, weight, None, ignore_index, None, reduction)


def _likelihood(scores, labels, weight=None, reduction="mean", ignore_index=-100):
    return calls.nll_loss(scores, labels, weight, None, ignore_index, None, reduction)


def _batch_norm(x, gamma, beta, mean, variance, epsilon=1e-5, training_mode=0):
    return calls.batch_norm(x, mean, variance, gamma, beta, bool(training_mode), eps=epsilon)


def _dropout(x, ratio=None, training=False, seed=0):
    return calls.dropout(x, 0.5 if ratio is None else float(ratio), bool(training))


def _argmax(x, axis=0, keepdims=1, select_last_index=0):
    need(not select_last_index, "the last of equal entries")
    return calls.argmax(x, axis, bool(keepdims))


def _one_hot(labels, depth, values, axis=-1):
    need(values.tolist() == [0, 1], "values other than 0 and 1")
    need(labels.ndim == 1 and axis in (-1, 1), "further axes")
    need(bool(((labels >= 0) & (labels < depth)).all()), "invalid labels")
    return calls.one_hot(labels.long(), int(depth))


def _reshape(x, shape, allowzero=0):
    new_shape = tuple(n or x.shape[i] for i, n in enumerate(shape.tolist()))
    need(not allowzero and new_shape[0] == len(x), "examples that are split")
    return Call("reshape", {"x": x, "shape": new_shape[1:]})


def _flatten(x, axis=1):
    need(axis % x.ndim == 1, "examples that are split")
    return Call("reshape", {"x": x, "shape": (-1,)})


def _prelu(x, slope):
    need(slope.numel() == 1, "a slope for each entry")
    return calls.prelu(x, slope)


FUNCTION_NODES: dict[str, Callable[..., Call]] = {
    "Add": calls.add,
    "ArgMax": _argmax,
    "BatchNormalization": _batch_norm,
    "Div": calls.div,
    "Dropout": _dropout,
    "Flatten": _flatten,
    "Gemm": _gemm,
    "Identity": lambda x: Call("identity", {"x": x}),
    "LeakyRelu": lambda x, alpha=0.01: calls.leaky_relu(x, alpha),
    "LogSoftmax": lambda x, axis=-1: calls.log_softmax(x, axis),
    "MatMul": calls.matmul,
    "Mul": calls.mul,
    "NegativeLogLikelihoodLoss": _likelihood,
    "OneHot": _one_hot,
    "PRelu": _prelu,
    "Relu": calls.relu,
    "Reshape": _reshape,
    "Sigmoid": calls.sigmoid,
    "Softmax": lambda x, axis=-1: calls.softmax(x, axis),
    "SoftmaxCrossEntropyLoss": _loss,
    "Sub": calls.sub,
    "Swish": lambda x, alpha=1.0: Call("swish", {"x": x, "beta": alpha}),
    "Tanh": calls.tanh,
}

EVERY_NODE = FUNCTION_NODES | GRID_NODES


def _momentum(attributes, rate, count, param, grad, velocity, *rest):
    """Add the gradient of the weight penalty; the velocity of ONNX has the opposite sign."""
    need(len(rest) == 1, "several parameters at once")
    momentum, weight = attributes["alpha"], attributes["beta"] if count > 0 else 1.0
    gradient = grad + param * attributes["norm_coefficient"]
    settings = {"momentum": momentum}
    if attributes["mode"] == "nesterov":
        raise NotMappedError("the Nesterov mode of ONNX")
    settings["dampening"] = 1 - weight
    return _step("momentum", (1, -velocity), gradient, param, rate, settings, rest[0])


def _adagrad(attributes, rate, count, param, grad, squares, *rest):
    need(len(rest) == 1, "several parameters at once")
    gradient = grad + param * attributes["norm_coefficient"]
    decayed_rate = rate / (1 + count * attributes["decay_factor"])
    settings = {"epsilon": attributes["epsilon"]}
    return _step("adagrad", (squares,), gradient, param, decayed_rate, settings, rest[0])


def _adam(attributes, rate, count, param, grad, mean, squares, *rest):
    need(len(rest) == 1, "several parameters at once")
    gradient = grad + param * attributes["norm_coefficient"]
    settings = {
        "beta1": attributes["alpha"],
        "beta2": attributes["beta"],
        "epsilon": attributes["epsilon"],
        "epsilon_mode": "hat",
        "bias_correction": bool(count > 0),
    }
    state = (max(int(count) - 1, 0), mean, squares)
    return _step("adam", state, gradient, param, rate, settings, rest[0])


def _step(operation, state, grad, param, rate, settings, expected):
    """One update from the given state, compared with the expected parameter."""
    call = Call(operation, settings)

    def compare_update() -> list[Equation]:
        spec: Any = catalogue.operation(operation)

        def updated(inputs: Any) -> list[Any]:
            before = type(spec.init(param))(*inputs["state"])
            changed = spec.update(
                inputs["grad"], before, inputs["param"], learning_rate=float(rate), **settings
            )
            return [changed[0]]

        wide = [np.asarray(value, dtype=float) for value in (grad, param)]
        inputs = {"grad": wide[0], "param": wide[1], "state": state}
        (after,) = updated(inputs)
        (move,) = moves(updated, inputs, [after])
        limit = bound(move, np.abs(after), SINGLE)
        return [Equation("parameter", after, np.asarray(expected, dtype=float), limit)]

    return call, compare_update


OPTIMISER_NODES: dict[str, Callable[..., tuple[Call, Any]]] = {
    "Adagrad": _adagrad,
    "Adam": _adam,
    "Momentum": _momentum,
}
