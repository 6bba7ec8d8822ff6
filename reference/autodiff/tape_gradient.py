"""Reverse mode on a tape: the derivative of the result with respect to each input, in one pass.

    g_last = 1;    for each step, the last one first:    g_i += g_k dx_k/dx_i

A number that is used twice receives the sum of the contributions of both uses. One pass backwards
gives all three derivatives, however long the tape; forward mode needs one pass for each input.
PyTorch and JAX do the same on graphs that they record while the program runs. Lecture 001 prints
the chain rule as f(g(x)) = f'(g(x)) g'(x), without a derivative on the left. The derivative with
respect to an unused input is 0. An unknown step raises KeyError.

    >>> run(np.array([2.0, 3.0, 5.0]), tape=(("multiply", 0, 1), ("multiply", 3, 0)))
    array([12.,  4.,  0.])

Source: Linnainmaa 1970; lecture 000, "backpropagation"; lecture 002.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.autodiff._graph import Variable
from reference.autodiff._reverse import gradients
from reference.autodiff._tape import TAPES, Tape, in_torch, record, slopes, stacked
from reference.spec import Between, Procedure, Real, Try


def run(
    inputs: Shaped[Real, "3", Between(1, 3)], *, tape: Shaped[Tape, Try(TAPES)]
) -> Shaped[Real, "3"]:
    variables = [Variable(inputs[k]) for k in range(3)]
    return stacked(gradients(record(tape, variables)[-1], variables), inputs.dtype)


def chain_rule(f, inputs, tape):
    """Each derivative is the sum over all paths of the product of the slopes along a path."""
    paths = _over_paths(tape, slopes(tape, record(tape, inputs)))
    return f(inputs, tape=tape), stacked(paths, inputs.dtype)


def _over_paths(tape, slopes):
    """For each input, the sum over all paths of the product of these slopes along a path."""
    grads = [0.0] * (len(tape) + 2) + [1.0]
    for k, ((_, *operands), own) in reversed(list(enumerate(zip(tape, slopes, strict=True), 3))):
        for operand, slope in zip(operands, own, strict=True):
            grads[operand] = grads[operand] + grads[k] * slope
    return grads[:3]


def twice_the_result(f, inputs, tape):
    """Adding the result to itself doubles every derivative."""
    last = len(tape) + 2
    return f(inputs, tape=(*tape, ("add", last, last))), 2 * f(inputs, tape=tape)


def an_unused_step_adds_nothing(f, inputs, tape):
    """A step that the result does not use changes no derivative."""
    shifted = [(name, *(k + (k > 2) for k in operands)) for name, *operands in tape]
    return f(inputs, tape=(("exp", 0), *shifted)), f(inputs, tape=tape)


def cancelled(f, inputs, tape):
    """The derivatives of the result minus itself are zero."""
    last = len(tape) + 2
    return f(inputs, tape=(*tape, ("subtract", last, last))), np.zeros(3)


def _terms(inputs, tape):
    """The sizes of the contributions of all paths, which may cancel."""
    sizes = [tuple(map(np.abs, own)) for own in slopes(tape, record(tape, inputs))]
    return stacked(_over_paths(tape, sizes), inputs.dtype)


def _torch(torch, inputs, tape):
    leaf = inputs.detach().clone().requires_grad_()
    return torch.autograd.grad(in_torch(torch, tape, leaf)[-1], leaf)[0]


SPEC = Procedure(
    run=run,
    torch=_torch,
    terms=_terms,
    properties=(chain_rule, twice_the_result, an_unused_step_adds_nothing, cancelled),
)
