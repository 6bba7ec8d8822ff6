"""The sample inputs on which torch tests its own operators (`op_db`), forwards and backwards."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from checker.equations import Equation
from checker.proof.opinions.calls import CALLS
from checker.proof.opinions.comparing import compare
from checker.proof.opinions.question import NO_OPERATION, Question


def questions() -> Iterator[Question]:
    import torch
    from torch.testing._internal.common_methods_invocations import op_db

    info: Any
    for info in op_db:
        if info.name not in CALLS:
            yield Question(info.formatted_name, left_out=NO_OPERATION)
            continue
        torch.manual_seed(0)
        dtype = torch.float64 if torch.float64 in info.dtypes else torch.int64
        if dtype not in info.dtypes:
            yield Question(info.formatted_name, left_out="complex numbers only")
            continue
        graded = info.supports_autograd and dtype is torch.float64
        samples = info.sample_inputs(str(torch.get_default_device()), dtype, requires_grad=graded)
        for i, sample in enumerate(samples):
            yield Question.of(f"{info.formatted_name}, sample {i}", partial(_call, info, sample))


def _call(info: Any, sample: Any) -> tuple[Any, Any]:
    call = CALLS[info.name](sample.input, *sample.args, **sample.kwargs)
    return call, partial(_answers, info, sample, call)


def _answers(info: Any, sample: Any, call: Any) -> list[Equation]:
    import torch

    result = info.op(sample.input, *sample.args, **sample.kwargs)
    given = (sample.input, *sample.args, *sample.kwargs.values())
    leaves = [t for t in given if isinstance(t, torch.Tensor) and t.requires_grad]
    return compare(call, result, leaves)
