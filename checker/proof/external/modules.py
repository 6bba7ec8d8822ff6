"""The test inputs of torch's own modules (`module_db`), forward and backward.

A module is identified by the function of torch that it calls: BatchNorm1d, for example, calls
`batch_norm`. A module is left out unless it calls exactly one function that the reference has.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from checker.proof.external.calls import Call, NotMappedError
from checker.proof.external.comparing import compare
from checker.proof.external.grid_calls import EVERY_CALL
from checker.proof.external.test_input import NO_OPERATION, Question

LISTED_NAMES = {name.rpartition(".")[2]: name for name in EVERY_CALL}


def questions() -> Iterator[Question]:
    """Yield one question for each test input."""
    import torch
    from torch.testing._internal.common_modules import module_db

    device = str(torch.get_default_device())
    for info in module_db:
        for training in (True, False):
            torch.manual_seed(0)
            inputs = info.module_inputs_func(
                info, device, torch.float64, requires_grad=True, training=training
            )
            for i, module_input in enumerate(inputs):
                title = f"{info.name}, {'training' if training else 'inference'}, input {i}"
                yield Question.of(title, partial(_call, info, module_input, training))


def _call(info: Any, module_input: Any, training: bool) -> tuple[Call, Any]:
    """The call of the reference and its comparison. Raises NotMappedError."""
    import torch

    if module_input.forward_input is None:
        raise NotMappedError("a module that is only constructed")
    constructor = module_input.constructor_input
    module = info.module_cls(*constructor.args, **constructor.kwargs).double().train(training)
    calls: list[tuple[Call, Any]] = []

    class CallRecorder(torch.overrides.TorchFunctionMode):
        def __torch_function__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            listed = LISTED_NAMES.get(getattr(func, "__name__", ""))
            call = EVERY_CALL[listed](*args, **(kwargs or {})) if listed else None
            result = func(*args, **(kwargs or {}))
            if call is not None:
                calls.append((call, result))
            return result

    forward = module_input.forward_input
    with CallRecorder():
        result = module(*forward.args, **forward.kwargs)
    if len(calls) != 1 or calls[0][1] is not result:
        raise NotMappedError(NO_OPERATION)
    tensors = (*module.parameters(), *forward.args)
    leaves = [t for t in tensors if isinstance(t, torch.Tensor) and t.requires_grad]
    return calls[0][0], partial(compare, calls[0][0], result, leaves)
