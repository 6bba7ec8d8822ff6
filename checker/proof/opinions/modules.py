"""The inputs on which torch tests its own modules (`module_db`), forwards and backwards.

A module is known by the one function of torch that it calls in the end: BatchNorm1d, say, by
`batch_norm`. What calls none that the reference has, or more than one, is left out.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from checker.proof.opinions.calls import CALLS, Call, NotMappedError
from checker.proof.opinions.comparing import compare
from checker.proof.opinions.question import NO_OPERATION, Question

BY_NAME = {name.rpartition(".")[2]: name for name in CALLS}


def questions() -> Iterator[Question]:
    import torch
    from torch.testing._internal.common_modules import module_db

    device = str(torch.get_default_device())
    for info in module_db:
        for training in (True, False):
            torch.manual_seed(0)
            inputs = info.module_inputs_func(
                info, device, torch.float64, requires_grad=True, training=training
            )
            for i, each in enumerate(inputs):
                title = f"{info.name}, {'training' if training else 'inference'}, input {i}"
                yield Question.of(title, partial(_call, info, each, training))


def _call(info: Any, given: Any, training: bool) -> tuple[Call, Any]:
    import torch

    if given.forward_input is None:
        raise NotMappedError("made, and never called")
    made = given.constructor_input
    module = info.module_cls(*made.args, **made.kwargs).double().train(training)
    calls: list[tuple[Call, Any]] = []

    class Listening(torch.overrides.TorchFunctionMode):
        def __torch_function__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            reads = BY_NAME.get(getattr(func, "__name__", ""))
            call = CALLS[reads](*args, **(kwargs or {})) if reads else None
            result = func(*args, **(kwargs or {}))
            if call is not None:
                calls.append((call, result))
            return result

    with Listening():
        result = module(*given.forward_input.args, **given.forward_input.kwargs)
    if len(calls) != 1 or calls[0][1] is not result:
        raise NotMappedError(NO_OPERATION)
    tensors = (*module.parameters(), *given.forward_input.args)
    leaves = [t for t in tensors if isinstance(t, torch.Tensor) and t.requires_grad]
    return calls[0][0], partial(compare, calls[0][0], result, leaves)
