"""Embedding: a table of vectors, one row for each index.

    y = W[i]                                                   (forward)
    dL/dW[k] = sum of g over all places where i = k            (backward, g = dL/dy)

This is onehot(i) W, a dense layer without bias, with no product to compute. `weight` has shape
(v, d) and `indices` any shape, to which the result adds the axis d. Indices count from 0; those
below 0 or not below v raise IndexError. Three settings are conventions of PyTorch, and its defaults
are the defaults here:

    padding_idx         the gradient of this row is 0, so that it stays as it is; negative numbers
                        count from the end
    scale_grad_by_freq  the gradient of each row is divided by the number of times it was looked up
    max_norm            a row with a larger norm is used as W[k] max_norm / (norm + 1e-7), and the
                        gradient is that without max_norm; norm_type p is that of the sum of the
                        p-th powers, or inf for the largest entry

With max_norm, PyTorch also changes the table itself, and the next lookup sees the shorter rows.
Here the table stays as it is. `sparse=True` of PyTorch gives the same gradient, stored as those
rows that were looked up. In Keras, a constraint takes the place of max_norm, after each step, and
mask_zero is about later layers.

    >>> table = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    >>> forward(table, np.array([[2, 0]]))
    array([[[4., 5.],
            [0., 1.]]])

Source: Bengio, Ducharme, Vincent, Jauvin 2003, section 2; the settings are those of PyTorch.
"""

from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.losses._labels import places
from reference.spec import Below, Convention, Gradients, Index, Range, Real, Spec, settings_of
from reference.tensors._scattered import summed_at


def forward(
    weight: Shaped[Real, "v d"],
    indices: Shaped[Index, "...", Below("v")],
    *,
    padding_idx: Shaped[int | None, Convention((None, 0, -1))] = None,
    scale_grad_by_freq: Shaped[bool, Convention((False, True))] = False,
    # No row of short decimal numbers has exactly this norm, where the result jumps by 1e-7.
    max_norm: Shaped[float | None, Convention((None, 0.7071)), Range(0.0707, 7.071)] = None,
    norm_type: Shaped[float, Convention((2.0, 1.0, np.inf)), Range(1.0, 8.0)] = 2.0,
) -> Shaped[Real, "... d"]:
    if padding_idx is not None and not -len(weight) <= padding_idx < len(weight):
        raise IndexError(f"the table has no row {padding_idx} for the padding")
    rows = np.take(weight, places(indices, len(weight)), axis=0)
    if max_norm is None:
        return rows
    norms = _norms(rows, norm_type)
    return np.where(norms > max_norm, rows * (max_norm / (norms + 1e-7)), rows)


@settings_of(forward)
def backward(
    grad: Real,
    weight: Real,
    indices: Index,
    *,
    padding_idx: int | None,
    scale_grad_by_freq: bool,
    **_: Any,
) -> Gradients:
    count = len(weight)
    at = np.ravel(places(indices, count))
    dweight = summed_at(at, np.reshape(grad, (at.size, weight.shape[1])), count)
    if scale_grad_by_freq:
        times = np.maximum(_times(at, count), 1)
        dweight /= times[:, None].astype(grad.dtype)
    if padding_idx is not None:
        dweight[padding_idx] = 0
    return (dweight,)


def _times(indices: Index, count: int) -> Index:
    """How often each row of the table is looked up."""
    return np.bincount(np.ravel(indices).astype(np.intp), minlength=count)


def _norms(rows: Real, norm_type: float) -> Real:
    size = np.abs(rows)
    if norm_type == np.inf:
        return size.max(axis=-1, keepdims=True)
    return (size**norm_type).sum(axis=-1, keepdims=True) ** (1 / norm_type)


def _by_convention(weight, indices, padding_idx, scale_grad_by_freq, max_norm, norm_type):
    """The rows whose gradient is not the derivative, as a mask of the whole table."""
    times = _times(indices, len(weight))
    rows = np.zeros(len(weight), dtype=bool)
    if padding_idx is not None:
        rows[padding_idx] = True
    if scale_grad_by_freq:
        rows |= times > 1
    if max_norm is not None:
        rows |= (times > 0) & (_norms(weight, norm_type)[:, 0] >= max_norm)
    return (np.repeat(rows[:, None], weight.shape[1], axis=1),)


def product_with_one_hot_rows(f, weight, indices, **settings):
    """Looking a row up is multiplying the table by a one-hot vector."""
    settings = {**settings, "max_norm": None}
    return f(weight, indices, **settings), np.eye(len(weight))[indices] @ weight


def order_of_the_table(f, weight, indices, **settings):
    """Reversing the table and counting from its other end changes nothing."""
    turned = f(weight[::-1], len(weight) - 1 - indices, **settings)
    return turned, f(weight, indices, **settings)


def each_index_by_itself(f, weight, indices, **settings):
    """Reversing the order of the indices reverses the order of the rows."""
    flat = np.ravel(indices)
    return f(weight, flat[::-1], **settings), f(weight, flat, **settings)[::-1]


def renormalised_once(f, weight, indices, **settings):
    """A table that is renormalised already is not changed again by max_norm."""
    shorter = f(weight, np.arange(len(weight)), **settings)
    return f(shorter, indices, **settings), f(weight, indices, **settings)


SPEC = Spec(
    forward=forward,
    backward=backward,
    # PyTorch renormalises the table in place, so it gets a copy.
    torch=lambda torch, weight, indices, **settings: torch.nn.functional.embedding(
        indices, weight.clone(), **settings
    ),
    properties=(
        product_with_one_hot_rows,
        order_of_the_table,
        each_index_by_itself,
        renormalised_once,
    ),
    by_convention=_by_convention,
)
