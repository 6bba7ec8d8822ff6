"""Generic mutants: mistakes that are possible in many operations, each written once as an operator.

An operator takes a question, which has the facts of a form and a correct implementation as a call
from the student's arguments to the results. It returns the same call with a mistake in it, or None
if the mistake is not possible. Its docstring is that of a mutant: the first line is the
misconception, the rest is the hint. A module of mutants lists the generic mutants that do not apply
to its operation in `NOT_APPLICABLE`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Call = Callable[[list[Any]], tuple[Any, ...]]


@dataclass(frozen=True)
class Question:
    """What an operator knows about a form.

    `upstream` counts the upstream gradients, which are the first arguments. `settings` has, for the
    position of each setting, the values that a function which ignores the setting may use. `smooth`
    means that the results are real numbers. `steps` is "one" or "many" for optimisers.
    """

    call: Call
    results: int
    rank: int  # the largest number of axes of a result
    input_rank: int  # the largest number of axes of an argument
    elementwise: bool
    backward: bool
    upstream: int
    smooth: bool
    steps: str
    settings: dict[int, tuple[Any, ...]]


def upstream_forgotten(question: Question) -> Call | None:
    """The upstream gradient is missing.

    If the loss were counted three times, what would happen to your gradient?
    """
    if not question.upstream:
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        count = question.upstream
        ones = [np.ones_like(np.asarray(grad, dtype=float))[()] for grad in values[:count]]
        return question.call([*ones, *values[count:]])

    return call


def sign_flipped(question: Question) -> Call | None:
    """The sign is wrong.

    In which direction does the function grow? What is subtracted from what?
    """
    return _changed(question, lambda result: -result) if question.smooth else None


def climbs(question: Question) -> Call | None:
    """The step goes uphill: it is added, but it has to be subtracted.

    The gradient points to where the loss grows. Where should the parameter go?
    """
    if not question.steps:
        return None
    return lambda values: tuple(2 * np.asarray(values[0]) - r for r in question.call(values))


def averaged_over_the_rows(question: Question) -> Call | None:
    """The result is divided by the number of rows.

    Where does the formula have a mean, and over what?
    """
    if not question.smooth:
        return None
    return lambda values: tuple(r / _rows(values) for r in question.call(values))


def summed_over_the_rows(question: Question) -> Call | None:
    """The result is multiplied by the number of rows: a sum where there should be a mean.

    Where does the formula have a mean, and over what?
    """
    if not question.smooth:
        return None
    return lambda values: tuple(r * _rows(values) for r in question.call(values))


def doubled(question: Question) -> Call | None:
    """The result is twice as large as it should be.

    Which constant factor does the formula have, and where does it come from?
    """
    return _changed(question, lambda result: 2 * result) if question.smooth else None


def halved(question: Question) -> Call | None:
    """The result is half as large as it should be.

    Which constant factor does the formula have, and where does it come from?
    """
    return _changed(question, lambda result: result / 2) if question.smooth else None


def transposed(question: Question) -> Call | None:
    """The result is transposed: its rows and columns are exchanged.

    Which axis of the result belongs to the examples?
    """
    return _changed(question, lambda result: result.T) if question.rank > 1 else None


def another_axis(question: Question) -> Call | None:
    """The calculation runs over the wrong axis.

    What does a row stand for, and what does a column? Over which of them does the formula run?
    """
    if question.elementwise or question.input_rank < 2:
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        swapped = [v.swapaxes(0, 1) if np.ndim(v) > 1 else v for v in values]
        return tuple(r.swapaxes(0, 1) if np.ndim(r) > 1 else r for r in question.call(swapped))

    return call


def results_exchanged(question: Question) -> Call | None:
    """The first two results are exchanged.

    In which order does the task ask for them?
    """
    if question.results < 2:
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        first, second, *others = question.call(values)
        return (second, first, *others)

    return call


def results_reversed(question: Question) -> Call | None:
    """The results are returned in the opposite order.

    In which order does the task ask for them?
    """
    return (lambda values: question.call(values)[::-1]) if question.results > 2 else None


def first_row_left_out(question: Question) -> Call | None:
    """The first row of the result is zero: the loop starts one index too late.

    Which index does the first row have in Python?
    """
    return _changed(question, lambda result: _zero_at(result, 0)) if question.rank else None


def last_row_left_out(question: Question) -> Call | None:
    """The last row of the result is zero: the loop ends one index too early.

    Which is the last number in range(n)?
    """
    return _changed(question, lambda result: _zero_at(result, -1)) if question.rank else None


def applied_twice(question: Question) -> Call | None:
    """The function is applied twice: its result is passed through it again.

    Is the input what the task says it is, or has it been transformed already?
    """
    if question.results > 1 or question.backward or not question.smooth:
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        (once,) = question.call(values)
        if np.shape(once) != np.shape(values[0]):
            raise ValueError("the result cannot be the input")
        return question.call([once, *values[1:]])

    return call


def input_returned(question: Question) -> Call | None:
    """The input is returned unchanged.

    Which line of your function computes something, and is it what you return?
    """
    if question.results > 1:
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        (result,) = question.call(values)
        if np.shape(result) != np.shape(values[0]):
            raise ValueError("the input does not have the shape of the result")
        return (values[0],)

    return call


def changes_the_input(question: Question) -> Call | None:
    """The result is right, but it is written into the array that was passed in.

    Which other code may still need that array? Work on a copy: x = x.copy().
    """

    def call(values: list[Any]) -> tuple[Any, ...]:
        results = tuple(np.array(result) for result in question.call(values))
        target = next(v for v in values if isinstance(v, np.ndarray) and v.dtype.kind == "f")
        fits = results[0].shape == target.shape and not np.array_equal(results[0], target)
        target[...] = results[0] if fits else 0
        return results

    return call


def one_step_behind(question: Question) -> Call | None:
    """The path is one step behind: it begins with the start instead of the first new position.

    Where is the parameter after the first step?
    """
    if question.steps != "many":
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        (path,) = question.call(values)
        return (np.concatenate([np.asarray(values[0])[None], path[:-1]]),)

    return call


def state_not_kept(question: Question) -> Call | None:
    """Every step starts with a new state: what the optimiser remembers is lost between steps.

    Which values does the next step need from this one, and where do you keep them?
    """
    if question.steps != "many":
        return None

    def call(values: list[Any]) -> tuple[Any, ...]:
        param, grads, *settings = values
        path = []
        for grad in grads:
            (one,) = question.call([param, grad[None], *settings])
            param = one[0]
            path.append(param)
        return (np.stack(path),)

    return call


def setting_ignored(question: Question, setting: int, unused: Any) -> Call:
    """The argument {name} is not used: the result is the same whatever its value.

    Where does {name} appear in the formula, and where in your function?
    """
    return lambda values: question.call(
        [unused if at == setting else value for at, value in enumerate(values)]
    )


OPERATORS: tuple[Callable[[Question], Call | None], ...] = (
    upstream_forgotten,
    sign_flipped,
    climbs,
    averaged_over_the_rows,
    summed_over_the_rows,
    doubled,
    halved,
    transposed,
    another_axis,
    results_exchanged,
    results_reversed,
    first_row_left_out,
    last_row_left_out,
    applied_twice,
    input_returned,
    changes_the_input,
    one_step_behind,
    state_not_kept,
)


def _changed(question: Question, change: Callable[[Any], Any]) -> Call:
    """Apply a change to every result."""
    return lambda values: tuple(change(np.asarray(r)) for r in question.call(values))


def _rows(values: Sequence[Any]) -> int:
    """The number of rows of the first argument that is not a single number."""
    return next(len(value) for value in values if np.ndim(value))


def _zero_at(result: Any, row: int) -> Any:
    if not result.ndim:
        raise ValueError("a number has no rows")
    changed = np.array(result)
    changed[row] = 0
    return changed
