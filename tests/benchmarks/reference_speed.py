"""How long operations of the reference take, in units of PyTorch's time, both measured in this run.

python tests/benchmarks/reference_speed.py [ROW ...]

A row is an operation, or one on images: "batch_norm_train, images".

Everything is float32 on one thread, in time of the processor, so that other work on the machine
counts little. Repetitions of the reference and of PyTorch alternate, and the best one counts. The
backward of PyTorch has kept what its forward computed, and that of the reference has not, so both
columns begin with a forward. An operation that the reference does not have is left out.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

# One thread, which numpy and torch must know before they are imported.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np
import torch
from torch.nn import functional

from checker.numerics.equations import parts
from checker.numerics.gradients import differentiable
from reference import catalogue

ROUNDS = 15
LEAST = 2e-3  # seconds that one measurement takes
RATES = {"learning_rate": 0.01}
generator = np.random.default_rng(0)


class Case(NamedTuple):
    arguments: tuple[Any, ...]
    torch: Callable[..., Any]
    settings: Mapping[str, Any] = MappingProxyType({})


def normal(*shape: int) -> Any:
    return generator.normal(size=shape).astype(np.float32)


def below(limit: int, *shape: int) -> Any:
    return generator.integers(0, limit, shape)


def case(name: str) -> Case:
    """The inputs of an operation, and the same in PyTorch."""
    wide, image, channels = (256, 1000), (8, 64, 56, 56), 64
    steps, batch, inputs, units = 20, 32, 64, 64
    none = (None, None)
    return {
        "sigmoid": lambda: Case((normal(*wide),), torch.sigmoid),
        "relu": lambda: Case((normal(*wide),), torch.relu),
        "tanh": lambda: Case((normal(*wide),), torch.tanh),
        "swish": lambda: Case((normal(*wide),), functional.silu),
        "gelu": lambda: Case((normal(*wide),), functional.gelu),
        "softmax": lambda: Case((normal(*wide),), lambda x: torch.softmax(x, -1)),
        "log_softmax": lambda: Case((normal(*wide),), lambda x: torch.log_softmax(x, -1)),
        "softmax_cross_entropy": lambda: Case(
            (normal(*wide), below(wide[1], wide[0])), functional.cross_entropy
        ),
        "binary_cross_entropy_with_logits": lambda: Case(
            (normal(*wide), below(2, *wide).astype(np.float32)),
            functional.binary_cross_entropy_with_logits,
        ),
        "mse": lambda: Case((normal(*wide), normal(*wide)), functional.mse_loss),
        "dense": lambda: Case(
            (normal(256, 512), normal(512, 256), normal(256)),
            lambda x, weight, bias: functional.linear(x, weight.T, bias),
        ),
        "batch_norm_train": lambda: Case(
            (normal(256, 512), normal(512), normal(512)),
            lambda x, gamma, beta: functional.batch_norm(x, None, None, gamma, beta, True),
        ),
        "layer_norm": lambda: Case(
            (normal(256, 512), normal(512), normal(512)),
            lambda x, gamma, beta: functional.layer_norm(x, (512,), gamma, beta),
        ),
        "scaled_dot_product_attention": lambda: Case(
            (normal(4, 4, 128, 32), normal(4, 4, 128, 32), normal(4, 4, 128, 32), None),
            functional.scaled_dot_product_attention,
        ),
        "convolution": lambda: Case(
            (normal(*image), normal(channels, channels, 3, 3), normal(channels)),
            partial(functional.conv2d, padding=1),
            {"padding": 1},
        ),
        "transposed_convolution": lambda: Case(
            (normal(*image), normal(channels, channels, 3, 3), normal(channels)),
            partial(functional.conv_transpose2d, padding=1),
            {"padding": 1},
        ),
        "max_pooling": lambda: Case(
            (normal(*image),), partial(functional.max_pool2d, kernel_size=2), {"size": 2}
        ),
        "average_pooling": lambda: Case(
            (normal(*image),), partial(functional.avg_pool2d, kernel_size=2), {"size": 2}
        ),
        "adaptive_average_pooling": lambda: Case(
            (normal(*image),), partial(functional.adaptive_avg_pool2d, output_size=7), {"size": 7}
        ),
        "batch_norm_train, images": lambda: Case(
            (normal(*image), normal(channels), normal(channels)),
            lambda x, gamma, beta: functional.batch_norm(x, None, None, gamma, beta, True),
        ),
        "group_norm": lambda: Case(
            (normal(*image), normal(channels), normal(channels)),
            lambda x, gamma, beta: functional.group_norm(x, 8, gamma, beta),
            {"groups": 8},
        ),
        "instance_norm": lambda: Case(
            (normal(*image), normal(channels), normal(channels)),
            lambda x, gamma, beta: functional.instance_norm(x, weight=gamma, bias=beta),
        ),
        "layer_norm, images": lambda: Case(
            (normal(*image), normal(*image[1:]), normal(*image[1:])),
            lambda x, gamma, beta: functional.layer_norm(x, image[1:], gamma, beta),
            {"axes": 3},
        ),
        "rms_norm, images": lambda: Case(
            (normal(*image), normal(*image[1:])),
            lambda x, gamma: functional.rms_norm(x, image[1:], gamma, 1e-6),
            {"axes": 3},
        ),
        "local_response_norm": lambda: Case(
            (normal(*image),), partial(functional.local_response_norm, size=5), {"size": 5}
        ),
        "lstm": lambda: Case(
            (
                *(normal(steps, batch, inputs), *none, normal(1, 4 * units, inputs)),
                *(normal(0, 4 * units, units), normal(1, 4 * units, units)),
                *(normal(1, 0, units), *none),
            ),
            lambda x, _h, _c, w_ih, _w, w_hh, *_: torch.lstm(
                x,
                (torch.zeros(1, batch, units), torch.zeros(1, batch, units)),
                *([w_ih[0], w_hh[0]], False, 1, 0.0, False, False, False),
            )[0],
        ),
        "embedding": lambda: Case(
            (normal(1000, 128), below(1000, 32, 64)),
            lambda weight, indices: functional.embedding(indices, weight),
        ),
        "sgd": lambda: Case((normal(512, 512),), lambda p: torch.optim.SGD(p, 0.01), RATES),
        "adam": lambda: Case((normal(512, 512),), lambda p: torch.optim.Adam(p, 0.01), RATES),
    }[name]()


EXP = "exp of numpy / sigmoid of torch"
NAMES = (
    EXP,
    *("sigmoid", "relu", "tanh", "swish", "gelu", "softmax", "log_softmax"),
    *("softmax_cross_entropy", "binary_cross_entropy_with_logits", "mse", "dense"),
    *("batch_norm_train", "layer_norm", "scaled_dot_product_attention", "convolution", "lstm"),
    *("embedding", "sgd", "adam"),
    *("transposed_convolution", "max_pooling", "average_pooling", "adaptive_average_pooling"),
    *("batch_norm_train, images", "layer_norm, images", "rms_norm, images", "group_norm"),
    *("instance_norm", "local_response_norm"),
)


def thunks(name: str) -> list[tuple[Callable[[], Any], Callable[[], Any]]]:
    """The reference's and PyTorch's forward, and then both with their backward."""
    spec, it = catalogue.operation(name.partition(",")[0]), case(name)
    if spec.kind == "optimiser":
        return [_updates(spec, it)]
    tensors = [torch.tensor(x) if x is not None else None for x in it.arguments]
    leaves = [t.requires_grad_() for t in tensors if t is not None and t.is_floating_point()]
    leaves = leaves[: sum(a.differentiable for a in spec.arguments)]
    plain = [t.detach() if t is not None else None for t in tensors]
    result = it.torch(*tensors)
    upstream = torch.tensor(normal(*result.shape))
    ours = upstream.numpy()
    _, *others = differentiable(spec, parts(spec.forward(*it.arguments, **it.settings)))
    if others:
        ours = (ours, *map(np.zeros_like, others))

    def both() -> Any:
        spec.forward(*it.arguments, **it.settings)
        return spec.backward(ours, *it.arguments, **it.settings)

    def both_in_torch() -> Any:
        return torch.autograd.grad(it.torch(*tensors), leaves, upstream, allow_unused=True)

    return [
        (lambda: spec.forward(*it.arguments, **it.settings), lambda: it.torch(*plain)),
        (both, both_in_torch),
    ]


def _updates(spec: Any, it: Case) -> tuple[Callable[[], Any], Callable[[], Any]]:
    (param,) = it.arguments
    state, grad, weight = spec.init(param), normal(*param.shape), torch.tensor(param)
    weight.grad = torch.tensor(grad)
    return lambda: spec.update(grad, state, param, **it.settings), it.torch([weight]).step


def seconds(run: Callable[[], Any], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


def best(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[float, float]:
    """The shortest times of both, which are measured in turn."""
    pair = (ours, theirs)
    times = [1 + int(LEAST / max(seconds(run, 2), 1e-7)) for run in pair]
    rounds = [[seconds(run, n) for run, n in zip(pair, times, strict=True)] for _ in range(ROUNDS)]
    first, second = (min(column) for column in zip(*rounds, strict=True))
    return first, second


def main(names: tuple[str, ...]) -> None:
    torch.set_num_threads(1)
    known = catalogue.names()
    print(f"{'':34}{'forward':^26}{'forward and backward':^26}")
    print(f"{'':34}{'us':>8}{'torch':>9}{'ratio':>9}{'us':>8}{'torch':>9}{'ratio':>9}")
    for name in names:
        if name == EXP:
            x = normal(256, 1000)
            print(f"{name:34}{_columns(best(*_exp_and_sigmoid(x)))}", flush=True)
            continue
        if name.partition(",")[0] not in known:
            print(f"{name:34}   not in the reference")
            continue
        measured = [best(*pair) for pair in thunks(name)]
        print(f"{name:34}{''.join(map(_columns, measured))}", flush=True)


def _exp_and_sigmoid(x: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """One exponential of numpy, and the whole sigmoid of PyTorch: what no formula can be below."""
    tensor = torch.tensor(x)
    return lambda: np.exp(x), lambda: torch.sigmoid(tensor)


def _columns(times: tuple[float, float]) -> str:
    ours, theirs = times
    return f"{1e6 * ours:8.0f}{1e6 * theirs:9.0f}{ours / theirs:9.2f}"


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or NAMES)
