"""Do targets fit the outputs and the loss or metric? Each misfit is a sentence with the shapes.

An argument of an operation declares what it takes: axes "n" and integers below c are labels, axes
"n c" are rows, such as one-hot rows, and "n k" are numbers.
"""

import warnings

import numpy as np

from reference.spec import Argument, Below, Between, Real, Simplex

ROUNDING = 1e-2  # sums of rows in half precision are this close to one


class ModelWarning(UserWarning):
    """Something trains that is probably not what was meant."""


def fitted(name: str, outputs: Real, target: Real, argument: Argument) -> Real:
    """Return the target in the shape that the operation takes. Raises ValueError with a way out."""
    if not isinstance(target, np.ndarray):
        return target
    if target.dtype.kind not in "biufcO" or any(isinstance(t, str) for t in target.flat[:1]):
        raise ValueError(
            f"{name} takes numbers, but a target is text: {str(target.ravel()[0])!r:.40}. "
            "label_encoding turns names into labels; digits become numbers by y.astype(int)."
        )
    if len(argument.axes) == 1:
        return _labels(name, outputs, target, argument)
    return _rows(name, outputs, target, argument)


def warn_of_range(name: str, outputs: Real, argument: Argument) -> None:
    """Warn where a loss of probabilities is given other numbers."""
    if not isinstance(outputs, np.ndarray) or not outputs.size:
        return
    simplex = argument.mark(Simplex) is not None
    if not simplex and not argument.mark(Between):
        return
    low, high = float(outputs.min()), float(outputs.max())
    if simplex is False and outputs.shape[-1] == 1 and (outputs == 1).all():
        warn(
            f"every output is exactly 1, which {name} cannot change: softmax of one unit is always "
            "1. End the network with sigmoid."
        )
    if low < 0 or high > 1:
        last, logits = (
            ("softmax", "softmax_cross_entropy")
            if simplex
            else (
                "sigmoid",
                "binary_cross_entropy_with_logits",
            )
        )
        warn(
            f"{name} takes probabilities, but the outputs range from {low:.3g} to {high:.3g}. "
            f"End the network with {last}, or use a loss of logits: {logits}, in Keras's words "
            "from_logits=True."
        )
    elif simplex and np.abs(outputs.sum(axis=-1) - 1).max() > ROUNDING:
        warn(
            f"{name} takes rows of probabilities whose sum is 1, but the sum of an output row is "
            f"{float(outputs.sum(axis=-1)[0]):.3g}. End the network with softmax."
        )


def warn_of_probabilities(name: str, activation: str) -> None:
    warn(
        f"{name} takes logits, but the network ends with {activation}, whose outputs are "
        "probabilities. Leave out the last activation, or use a loss of probabilities."
    )


def warn(message: str) -> None:
    warnings.warn(message, ModelWarning, stacklevel=2)


def _labels(name: str, outputs: Real, target: Real, argument: Argument) -> Real:
    """One number for each example; from 0 up to the number of classes, if they are labels."""
    if outputs.ndim > 2 and target.shape == outputs.shape[:-1]:
        return _labels(name, outputs.reshape(-1, outputs.shape[-1]), target.ravel(), argument)
    if outputs.ndim > 2:
        raise ValueError(_not_flat(name, outputs, target))
    if target.ndim == 2 and target.shape[1] == 1:
        target = target[:, 0]
    if target.ndim != 1:
        raise ValueError(
            f"{name} takes one label for each example, but the targets have shape {target.shape}. "
            "Rows that are one-hot go with categorical_crossentropy and categorical_accuracy, or "
            "become labels by argmax(axis=1)."
        )
    below = next((mark.size for mark in argument.marks if isinstance(mark, Below)), None)
    if below is None or not target.size:
        return target
    if target.dtype.kind == "f" and (target == target.round()).all():
        target = target.astype(int)
    if target.dtype.kind not in "biu":
        raise ValueError(f"{name} takes labels, which are whole numbers, not {target.flat[0]}")
    classes = int(below) if below.isdigit() else outputs.shape[-1]
    low, high = int(target.min()), int(target.max())
    if low < 0 or high >= classes:
        further = {(1, classes): " Subtract 1 from each.", (-1, classes - 2): " Add 1 to each."}
        raise ValueError(
            f"the labels run from {low} to {high}, but outputs of shape {outputs.shape} have the "
            f"classes 0 to {classes - 1}.{further.get((low, high), '')}"
        )
    return target


def _not_flat(name: str, outputs: Real, target: Real) -> str:
    return (
        f"the outputs have the shape {outputs.shape}, so the examples are not flat, but the "
        f"targets of {name} have the shape {target.shape}. Put Flatten first, here Reshape()."
    )


def _rows(name: str, outputs: Real, target: Real, argument: Argument) -> Real:
    """One row for each example, as long as that of the outputs."""
    if target.ndim == outputs.ndim - 1 and outputs.shape[-1] == 1:
        target = target[..., None]
    if target.shape != outputs.shape and outputs.ndim > 2:
        raise ValueError(_not_flat(name, outputs, target))
    if target.shape != outputs.shape:
        ways = ""
        if len(argument.axes) == 2 and argument.axes[-1] == "k" and target.ndim < outputs.ndim:
            ways = (
                " One number for each example goes with a last layer of 1 unit. Labels of classes "
                "become one-hot rows by one_hot, in Keras's words to_categorical; or use "
                "sparse_categorical_crossentropy, which takes labels."
            )
        elif target.ndim < outputs.ndim or target.shape[-1] == 1:
            ways = (
                " Labels become one-hot rows by one_hot, in Keras's words to_categorical; or use "
                "sparse_categorical_crossentropy, which takes labels."
            )
        elif outputs.shape[-1] == 1:
            ways = f" A last layer of {target.shape[-1]} units gives one output for each column."
        raise ValueError(
            f"{name} takes targets of the shape of the outputs, {outputs.shape}, but they have "
            f"shape {target.shape}.{ways}"
        )
    probabilities = any(isinstance(mark, Between | Simplex) for mark in argument.marks)
    if probabilities and target.size and (target.min() < 0 or target.max() > 1):
        raise ValueError(
            f"{name} takes targets from 0 to 1, but they run from {target.min():.3g} to "
            f"{target.max():.3g}. Classes are numbered from 0; numbers go with mse."
        )
    return target.astype(outputs.dtype) if target.dtype.kind in "biu" else target
