"""Ways to get a backward wrong that fit any operation: what a check of gradients has to notice.

A fault takes an array and gives back a wrong one, or the same where it does not apply.
`injected` puts one into the gradient of one argument.
"""

import dataclasses

import numpy as np

from checker.numerics.exact import Exact, exact, rounded
from checker.numerics.gradients import backward, wanted

SMALL, TINY = 1e-3, 1e-6


def at(index, change):
    """One entry of the array, counted through, is changed."""

    def fault(g):
        flat = g.ravel().copy()
        if flat.size:
            flat[index % flat.size] = change(flat[index % flat.size], g)
        return flat.reshape(g.shape)

    return fault


def on_axis(axis, change):
    """A change along one axis, for arrays that have it and more than one entry there."""

    def fault(g):
        if g.ndim == 0 or g.shape[axis] < 2:
            return g
        return np.moveaxis(change(np.moveaxis(g, axis, 0).copy()), 0, axis)

    return fault


def in_block(change):
    """A change of the last two axes."""
    return lambda g: change(g.copy()) if g.ndim > 1 and min(g.shape[-2:]) > 1 else g


def size(g):
    return np.max(np.abs(g), initial=0.0)


def set_row(g, to, value):
    g[to] = value
    return g


def swapped(g, i, j):
    g[[i, j]] = g[[j, i]]
    return g


def block_transposed(g):
    g[..., :2, :2] = np.swapaxes(g[..., :2, :2].copy(), -1, -2)
    return g


def checkerboard(g):
    signs = np.where(np.arange(g.size) % 2, 1.0, -1.0).reshape(g.shape)
    return g + SMALL * size(g) * signs


ARRAY_FAULTS = {
    "first entry zeroed": at(0, lambda e, g: 0 * e),
    "last entry zeroed": at(-1, lambda e, g: 0 * e),
    "middle entry zeroed": lambda g: at(g.size // 2, lambda e, g: 0 * e)(g),
    "first entry times 1.01": at(0, lambda e, g: 1.01 * e),
    "last entry times 1.01": at(-1, lambda e, g: 1.01 * e),
    "middle entry times 1.0001": lambda g: at(g.size // 2, lambda e, g: 1.0001 * e)(g),
    "first entry of other sign": at(0, lambda e, g: -e),
    "last entry doubled": at(-1, lambda e, g: 2 * e),
    "first entry shifted": at(0, lambda e, g: e + SMALL),
    "last entry shifted by little": at(-1, lambda e, g: e + TINY * size(g)),
    "first entry nan": at(0, lambda e, g: np.nan),
    "largest in place of first": at(0, lambda e, g: size(g)),
    "first two rows swapped": on_axis(0, lambda g: swapped(g, 0, 1)),
    "outer rows swapped": on_axis(0, lambda g: swapped(g, 0, -1)),
    "first two columns swapped": on_axis(-1, lambda g: swapped(g, 0, 1)),
    "rows reversed": on_axis(0, lambda g: g[::-1]),
    "columns reversed": on_axis(-1, lambda g: g[::-1]),
    "rows shifted by one": on_axis(0, lambda g: np.roll(g, 1, axis=0)),
    "columns shifted by one": on_axis(-1, lambda g: np.roll(g, 1, axis=0)),
    "first row zeroed": on_axis(0, lambda g: set_row(g, 0, 0)),
    "last row zeroed": on_axis(0, lambda g: set_row(g, -1, 0)),
    "first column zeroed": on_axis(-1, lambda g: set_row(g, 0, 0)),
    "last column zeroed": on_axis(-1, lambda g: set_row(g, -1, 0)),
    "last row repeats the one before": on_axis(0, lambda g: set_row(g, -1, g[-2])),
    "first row added to the second": on_axis(0, lambda g: set_row(g, 1, g[0] + g[1])),
    "block transposed": in_block(block_transposed),
    "transposed": in_block(lambda g: np.swapaxes(g, -1, -2)),
    "factor 1.0001": lambda g: 1.0001 * g,
    "factor 1 + 1e-8": lambda g: (1 + 1e-8) * g,
    "factor 1.01": lambda g: 1.01 * g,
    "doubled": lambda g: 2 * g,
    "halved": lambda g: g / 2,
    "other sign": lambda g: -g,
    "zeroed": lambda g: 0 * g,
    "shifted": lambda g: g + SMALL,
    "shifted by little": lambda g: g + TINY * size(g),
    "mean for sum over rows": lambda g: g / len(g) if g.ndim else g,
    "times the number of rows": lambda g: g * len(g) if g.ndim else g,
    "divided by all entries": lambda g: g / max(g.size, 1),
    "not reduced": lambda g: np.stack([g, g]),
    "one axis too many": lambda g: g[None],
    "reduced too far": lambda g: g.sum(axis=0) if g.ndim else g,
    "rows summed and repeated": lambda g: g.sum(axis=0) + 0 * g if g.ndim else g,
    "mean taken off": lambda g: g - g.mean() if g.size else g,
    "mean of the rows taken off": lambda g: g - g.mean(axis=-1, keepdims=True) if g.ndim else g,
    "absolute": np.abs,
    "positive part": lambda g: np.maximum(g, 0),
    "clipped": lambda g: np.clip(g, -size(g) / 2, size(g) / 2),
    "squared": lambda g: g * np.abs(g),
    "in float16": lambda g: np.clip(g, -6e4, 6e4).astype(np.float16).astype(float),
    "in float32": lambda g: g.astype(np.float32).astype(float),
    "errors that cancel": checkerboard,
    "every second entry times 1.001": lambda g: (
        g * np.where(np.arange(g.size) % 2, 1.001, 1.0).reshape(g.shape)
    ),
}

# Those that lie in how the backward is called.
CALL_FAULTS = {
    "upstream forgotten": lambda spec, grads, case: backward(
        spec, tuple(0 * g + 1 for g in grads), case
    ),
    "upstream by its sign": lambda spec, grads, case: backward(
        spec, tuple(np.sign(g) for g in grads), case
    ),
    "upstream twice": lambda spec, grads, case: backward(spec, tuple(g * g for g in grads), case),
    "gradients in another order": lambda spec, grads, case: backward(spec, grads, case)[::-1],
}

FAULTS = {*ARRAY_FAULTS, *CALL_FAULTS}


def injected(spec, name, k):
    """The operation with a fault in its backward: in the gradient of the k-th argument, or in all.

    Of exact numbers, the digits that the fault leaves alone remain.
    """

    def wrong(grad, *args, **kwargs):
        grads = grad if isinstance(grad, tuple) else (grad,)
        case = dict(zip([a.name for a in spec.arguments], args, strict=False)) | kwargs
        if name in CALL_FAULTS:
            return _returned(spec, case, CALL_FAULTS[name](spec, grads, case))
        right = list(backward(spec, grads, case))
        if right:
            right[k % len(right)] = _changed(right[k % len(right)], ARRAY_FAULTS[name])
        return _returned(spec, case, tuple(right))

    return dataclasses.replace(spec, backward=wrong)


def _returned(spec, case, found):
    """The gradients as a backward returns them: None for an argument that has none."""
    names = [a.name for a in spec.arguments if a.differentiable]
    by_name = dict(zip(wanted(spec, case), found, strict=True))
    return tuple(by_name.get(name) for name in names)


def _changed(gradient, fault):
    number = isinstance(gradient, Exact)
    before = rounded(gradient) if number else np.asarray(gradient, dtype=float)
    after = np.asarray(fault(before.copy()), dtype=float)
    if not number:
        return after.astype(np.asarray(gradient).dtype)
    if after.shape != before.shape:
        return exact(after)
    return gradient + exact(after - before)
