"""The test inputs of torch's own operators (`op_db`), forward and backward."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from checker.numerics.equations import Equation
from checker.proof.external.comparing import compare
from checker.proof.external.grid_calls import EVERY_CALL, GRID_CALLS
from checker.proof.external.test_input import NO_OPERATION, Question

MOST_OF_GRIDS = 12  # samples: torch has 1440 of max_pool2d, all combinations of its settings
LIKE_OTHERS = "a sample of many that combine the same settings"
MOST_ENTRIES = 200_000  # of a sample: torch has some of five million
LARGE = "a sample of very many numbers, as others have few"


def questions() -> Iterator[Question]:
    """Yield one question for each sample, or for each operator that is left out."""
    import torch
    from torch.testing._internal.common_methods_invocations import op_db

    info: Any
    for info in op_db:
        if info.name not in EVERY_CALL:
            yield Question(info.formatted_name, left_out=NO_OPERATION)
            continue
        torch.manual_seed(0)
        dtype = torch.float64 if torch.float64 in info.dtypes else torch.int64
        if dtype not in info.dtypes:
            yield Question(info.formatted_name, left_out="complex numbers only")
            continue
        gradients = info.supports_autograd and dtype is torch.float64
        device = str(torch.get_default_device())
        samples = list(enumerate(info.sample_inputs(device, dtype, requires_grad=gradients)))
        apart = 1 + len(samples) // MOST_OF_GRIDS if info.name in GRID_CALLS else 1
        for i, sample in samples:
            title = f"{info.formatted_name}, sample {i}"
            if i % apart:
                yield Question(title, left_out=LIKE_OTHERS)
            elif sum(t.numel() for t in _tensors(sample)) > MOST_ENTRIES:
                yield Question(title, left_out=LARGE)
            else:
                yield Question.of(title, partial(_call, info, sample))


def _call(info: Any, sample: Any) -> tuple[Any, Any]:
    """The call of the reference and its comparison. Raises NotMappedError."""
    call = EVERY_CALL[info.name](sample.input, *sample.args, **sample.kwargs)
    return call, partial(_compare, info, sample, call)


def _compare(info: Any, sample: Any, call: Any) -> list[Equation]:
    result = info.op(sample.input, *sample.args, **sample.kwargs)
    return compare(call, result, [t for t in _tensors(sample) if t.requires_grad])


def _tensors(sample: Any) -> list[Any]:
    import torch

    inputs = (sample.input, *sample.args, *sample.kwargs.values())
    return [t for t in inputs if isinstance(t, torch.Tensor)]
