"""Translate calls of torch into calls of the reference: the operation and its arguments.

There is one function for each function of torch, with the same parameters in the same order and
with the same defaults. Tensors are rearranged and broadcast by torch itself, so that autograd can
propagate gradients back to the original tensors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class NotMappedError(Exception):
    """The reference has no equivalent. The message names the missing feature."""


@dataclass(frozen=True)
class Call:
    """A call of the reference.

    `output` converts torch's result to the form of the reference. `computed` is the rounding error
    of the arguments, in unit roundoffs, if the translation computes them.
    """

    operation: str
    case: dict[str, Any]
    output: Callable[[Any], Any] = lambda result: result
    computed: float = 0.0


def need(condition: bool, otherwise: str) -> None:
    """Raise NotMappedError with the text `otherwise` unless the condition holds."""
    if not condition:
        raise NotMappedError(otherwise)


def relu(input, inplace=False):
    return Call("relu", {"x": input})


def leaky_relu(input, negative_slope=0.01, inplace=False):
    return Call("leaky_relu", {"x": input, "negative_slope": negative_slope})


def prelu(input, weight):
    if weight.numel() == 1:
        return Call("prelu_shared", {"x": input, "slope": weight.reshape(())})
    need(input.ndim >= 2, "channels need a second axis")
    return Call("prelu", {"x": input, "slope": weight})


def sigmoid(input):
    return Call("sigmoid", {"x": input})


def tanh(input):
    return Call("tanh", {"x": input})


def silu(input, inplace=False):
    return Call("swish", {"x": input, "beta": 1.0})


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _along_last("softmax", input, dim, dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _along_last("log_softmax", input, dim, dtype)


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return _along_last("softmax", -input, dim, dtype)


def _along_last(operation, x, dim, dtype):
    import torch

    need(dtype in (None, torch.float64), "a result of another dtype")
    need(dim is not None, "no axis is given")
    need(x.ndim == 0 or x.shape[dim] > 0, "no classes, for which numpy's max raises an error")
    if x.ndim == 0:
        return Call(operation, {"x": x[None]}, lambda y: y[None])
    return Call(operation, {"x": x.movedim(dim, -1)}, lambda y: y.movedim(dim, -1))


def heaviside(input, values):
    need(values.numel() == 1, "a value at 0 for each entry")
    return Call("step", {"x": input, "at_zero": values.item()})


def linear(input, weight, bias=None):
    if weight.ndim == 1:
        weight, bias = weight[None], bias if bias is None else bias.reshape(1)
    bias = weight.new_zeros(len(weight)) if bias is None else bias
    case = {"x": input.reshape(-1, weight.shape[1]), "weight": weight.T, "bias": bias}
    return Call("dense", case, lambda y: y.reshape(-1, len(bias)))


def addmm(input, mat1, mat2, beta=1.0, alpha=1.0):
    bias = input.expand(len(mat1), mat2.shape[1])
    need(beta == alpha == 1, "factors alpha and beta")
    need(bool((bias == bias[:1]).all()), "a bias for each example")
    return Call("dense", {"x": mat1, "weight": mat2, "bias": bias[0]})


def add(input, other, alpha=1):
    return _of_two("add", input, other if alpha == 1 else alpha * _tensor(other))


def sub(input, other, alpha=1):
    return _of_two("subtract", input, other if alpha == 1 else alpha * _tensor(other))


def mul(input, other):
    return _of_two("multiply", input, other)


def div(input, other, rounding_mode=None):
    need(rounding_mode is None, "division that rounds to a whole number")
    return _of_two("divide", input, other)


def reversed_div(input, other):
    return _of_two("divide", other, input)


def rsub(input, other, alpha=1):
    return _of_two("subtract", other, input if alpha == 1 else alpha * input)


def _of_two(operation, a, b):
    return Call(operation, {"a": _tensor(a), "b": _tensor(b)}, computed=1.0)


def _tensor(value):
    import torch

    need(not isinstance(value, complex), "complex numbers")
    return torch.as_tensor(value, dtype=torch.float64)


def matmul(input, other):
    need(input.ndim >= 2 and other.ndim >= 2, "a product with a vector")
    operation = "matmul" if input.ndim == other.ndim == 2 else "batched_matmul"
    return Call(operation, {"a": input, "b": other})


def reversed_matmul(input, other):
    return matmul(other, input)


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    import torch

    need(weight is None, "a weight for each entry")
    a, b = torch.broadcast_tensors(input, target)
    rows = (len(a) if a.ndim else 1, -1)
    case = {"prediction": a.reshape(rows), "target": b.reshape(rows), "reduction": reduction}
    return Call("mse", case, _rows(rows, reduction))


def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    need(weight is None, "a weight for each entry")
    return _of_rows("binary_cross_entropy", "probability", input, target, reduction)


def binary_cross_entropy_with_logits(
    input,
    target,
    weight=None,
    size_average=None,
    reduce=None,
    reduction="mean",
    pos_weight=None,
):
    need(weight is None and pos_weight is None, "a weight for each entry")
    return _of_rows("binary_cross_entropy_with_logits", "logits", input, target, reduction)


def _of_rows(operation, name, x, target, reduction):
    rows = (len(x) if x.ndim else 1, -1)
    case = {name: x.reshape(rows), "target": target.reshape(rows), "reduction": reduction}
    return Call(operation, case, _rows(rows, reduction))


def _rows(shape, reduction):
    return lambda loss: loss.reshape(shape) if reduction == "none" else loss


def cross_entropy(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
    label_smoothing=0.0,
):
    need(weight is None, "a weight for each class")
    need(label_smoothing == 0, "label smoothing in the loss")
    need(not target.is_floating_point(), "probabilities instead of labels")
    return _of_labels("softmax_cross_entropy", "logits", input, target, ignore_index, reduction)


def nll_loss(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
):
    need(weight is None, "a weight for each class")
    call = _of_labels(
        "sparse_cross_entropy", "probability", input.exp(), target, ignore_index, reduction
    )
    return Call(call.operation, call.case, call.output, computed=8.0)  # for exp, and log after it


def _of_labels(operation, name, x, labels, ignored, reduction):
    """Classes are on axis 1; the entries of all other axes are examples."""
    need(not bool((labels == ignored).any()), "ignored labels")
    scores = x[None] if x.ndim == 1 else x.movedim(1, -1)
    case = {name: scores.reshape(-1, scores.shape[-1]), "labels": labels.reshape(-1)}
    flatten = (lambda y: y.reshape(-1)) if reduction == "none" else (lambda y: y)
    return Call(operation, {**case, "reduction": reduction}, flatten)


def batch_norm(
    input,
    running_mean,
    running_var,
    weight=None,
    bias=None,
    training=False,
    momentum=0.1,
    eps=1e-5,
):
    need(input.ndim >= 2, "channels need a second axis")
    channels = input.shape[1]
    gamma = input.new_ones(channels) if weight is None else weight
    beta = input.new_zeros(channels) if bias is None else bias
    case = {"x": input, "gamma": gamma, "beta": beta, "epsilon": eps}
    if training:
        return Call("batch_norm_train", case)
    return Call("batch_norm_inference", {**case, "mean": running_mean, "variance": running_var})


def dropout(input, p=0.5, training=True, inplace=False):
    import torch

    need(not training or p in (0, 1), "a mask that torch samples itself")
    need(p < 1, "a dropout rate of 1")
    case = {"x": input, "mask": torch.ones_like(input), "rate": p, "training": training}
    return Call("dropout_inverted", case)


def one_hot(tensor, num_classes=-1):
    classes = num_classes if num_classes > 0 else int(tensor.max()) + 1
    flat = tensor.reshape(-1)
    case = {"labels": flat, "classes": classes}
    return Call("one_hot", case, lambda y: y.reshape(-1, classes))


def argmax(input, dim=None, keepdim=False):
    need(dim is not None, "the argmax of all entries together")
    if input.ndim == 0:
        return Call("argmax_decision", {"scores": input[None]})
    moved = input.movedim(dim, -1)
    return Call("argmax_decision", {"scores": moved}, lambda y: y.squeeze(dim) if keepdim else y)


def gt(input, other):
    need(other.numel() == 1, "a threshold for each entry")
    return Call("threshold_decision", {"probability": input, "threshold": other.item()})


def broadcast_shapes(*shapes):
    need(len(shapes) == 2, "more or fewer than two shapes")
    one, other = ((s,) if isinstance(s, int) else tuple(s) for s in shapes)
    return Call("broadcast_shape", {"one": one, "other": other})


def interpolate(
    input,
    size=None,
    scale_factor=None,
    mode="nearest",
    align_corners=None,
    recompute_scale_factor=None,
    antialias=False,
):
    lengths = input.shape[2:]
    settings = {"size": tuple(size) if isinstance(size, list | tuple) else size}
    if size is None:
        factors = scale_factor if isinstance(scale_factor, list | tuple) else [scale_factor]
        factors = tuple(map(float, factors)) * (len(lengths) // len(factors))
        settings["scale_factor"] = factors
        if recompute_scale_factor or mode == "area":
            new = tuple(int(n * f) for n, f in zip(lengths, factors, strict=True))
            settings = {"size": new}
    if mode == "area":
        return Call("adaptive_average_pooling", {"x": input, **settings})
    if mode in ("nearest", "nearest-exact"):
        return Call("nearest_resize", {"images": input, **settings, "exact": "exact" in mode})
    kind = "bicubic_resize" if mode == "bicubic" else "linear_resize"
    corners = {"align_corners": bool(align_corners), "antialias": antialias}
    return Call(kind, {"images": input, **settings, **corners})


def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor)


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, "bilinear", align_corners=True)


# The keys are the names in torch's tests; `mm` and `bmm` are `matmul` with fixed numbers of axes.
CALLS: dict[str, Callable[..., Call]] = {
    "nn.functional.relu": relu,
    "nn.functional.leaky_relu": leaky_relu,
    "nn.functional.prelu": prelu,
    "nn.functional.silu": silu,
    "nn.functional.interpolate": interpolate,
    "nn.functional.upsample_nearest": upsample_nearest,
    "nn.functional.upsample_bilinear": upsample_bilinear,
    "nn.functional.softmin": softmin,
    "nn.functional.linear": linear,
    "nn.functional.mse_loss": mse_loss,
    "nn.functional.binary_cross_entropy": binary_cross_entropy,
    "nn.functional.binary_cross_entropy_with_logits": binary_cross_entropy_with_logits,
    "nn.functional.cross_entropy": cross_entropy,
    "nn.functional.nll_loss": nll_loss,
    "nn.functional.batch_norm": batch_norm,
    "nn.functional.dropout": dropout,
    "nn.functional.one_hot": one_hot,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softmax": softmax,
    "log_softmax": log_softmax,
    "heaviside": heaviside,
    "add": add,
    "__radd__": add,
    "sub": sub,
    "rsub": rsub,
    "__rsub__": rsub,
    "mul": mul,
    "__rmul__": mul,
    "div": div,
    "true_divide": div,
    "__rdiv__": reversed_div,
    "matmul": matmul,
    "__rmatmul__": reversed_matmul,
    "mm": matmul,
    "bmm": matmul,
    "addmm": addmm,
    "argmax": argmax,
    "gt": gt,
    "broadcast_shapes": broadcast_shapes,
}
