"""Compute a case with torch, and convert between arrays and tensors."""

from typing import Any

import numpy as np

from checker.numerics.equations import Array, is_real, parts
from checker.numerics.inputs import NamedInputs
from checker.proof.oracles.upstream import upstream
from reference.spec import Spec


def torch_results(
    spec: Spec, case: NamedInputs, dtype: Any
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """The outputs of torch, and its gradients for the upstream gradient of `upstream`."""
    import torch

    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    wanted = [tensors[a.name].requires_grad_() for a in spec.arguments if a.differentiable]
    outputs = parts(spec.torch(torch, **tensors))
    grads = [as_tensor(torch, g, dtype) for g in upstream(outputs)]
    gradients = torch.autograd.grad(outputs, wanted, grads)
    return tuple(map(as_array, outputs)), tuple(map(as_array, gradients))


def as_array(tensor: Any) -> Array:
    """Copy a tensor to a float64 array, which represents all smaller dtypes exactly."""
    return np.array(tensor.detach().double().cpu().numpy())


def as_tensor(torch: Any, value: Any, dtype: Any) -> Any:
    """Copy an array to a tensor on torch's default device. Return labels and settings unchanged.

    The caller chooses the device, by `with torch.device(...)`.
    """
    if not isinstance(value, np.ndarray):
        return value
    if is_real(value) and isinstance(dtype, torch.dtype):
        return torch.tensor(value, dtype=dtype)
    return torch.tensor(value.astype(dtype) if is_real(value) else value)
