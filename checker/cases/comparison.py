"""Compare one result of a submission with the expected one, in values and in shape."""

from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.sandbox.plain_text import clean
from checker.sandbox.ragged import padded, rows

HALF_PRECISION = 2.0**-9  # a relative error that rounding to float16 explains
MOST_ROWS = 6  # of a list of rows, whose lengths are told
SIMPLE = 64  # numbers of six binary digits may be right answers to something else


def fault(want: Result, got: Any) -> str | None:
    """What is wrong with one result, in words, or None if it is right.

    The words are empty if the values are wrong and the counterexample shows them.
    """
    if isinstance(got, list):
        return f"it is a list of {len(got)} values"
    if not isinstance(got, np.ndarray):
        return f"it is {clean(str(got))}"
    shape = np.shape(want.low)
    if got.shape != shape:
        if is_padded(want) and got.ndim == 2:
            return (
                f"it is {rows_words(_lengths(got))} and should be {rows_words(_lengths(want.low))}"
            )
        if shape or got.size != 1:  # a single number may be an array of one
            number = "" if shape else ", that of a single number"
            return f"its shape is {got.shape} and should be {shape}{number}"
        got = got.reshape(shape)
    got = got.astype(float)
    if not np.isfinite(got).all() and np.isfinite(want.low).all():
        return (
            "it contains nan (not a number)"
            if np.isnan(got).any()
            else "it contains inf (infinity)"
        )
    if bool(np.all(close(want, got))):
        return None if want.conserves(got) else _lost(want, got)
    if want.is_range:
        return f"it is {got.item():.4g} and should be in the range {range_words(want)}"
    return _rounded(want, got)


def close(want: Result, got: Any) -> Any:
    """A mask of the entries that are right, in an array of the right shape."""
    inside = (got >= want.low - want.bound) & (got <= want.high + want.bound)
    return inside | (np.isnan(got) & np.isnan(want.low))  # nan is the padding of a short row


def _lost(want: Result, got: Any) -> str:
    return (
        f"its sum is {np.sum(got):.4g} and should be {want.total:.4g}: equal entries may share a "
        "gradient in any way, but all of it arrives"
    )


def _rounded(want: Result, got: Any) -> str:
    """Words about values that are right up to the rounding of float16."""
    with np.errstate(all="ignore"):
        coarse = np.array_equal(got, got.astype(np.float16).astype(float))
        digits = SIMPLE * np.frexp(got)[0]
        coarse &= bool((digits != np.round(digits)).any())  # 0.5 and 3 are not rounded
        near = bool((np.abs(got - want.low) <= HALF_PRECISION * np.abs(want.low)).all())
    rounded = "its numbers are rounded to three digits, as float16 does: use float64"
    return rounded if coarse and near else ""


def only_reshaped(want: Result, got: Any) -> bool:
    """Whether the values are right, but in a shape with other axes of length one."""
    shape = np.shape(want.low)
    if not isinstance(got, np.ndarray) or got.shape == shape or _long(got.shape) != _long(shape):
        return False
    return fault(want, got.reshape(shape)) is None


def _long(shape: tuple[int, ...]) -> list[int]:
    return [length for length in shape if length != 1]


def shape_words(want: Result, got: Any) -> str:
    shape = np.shape(want.low)
    words = f"the values are right, but the shape is {got.shape} and should be {shape}"
    if got.ndim > len(shape):
        return f"{words}: remove the axis of length 1, with reshape or without keepdims=True"
    if got.ndim < len(shape):
        return f"{words}: keep the axis of length 1, with keepdims=True or reshape"
    return f"{words}: use reshape"


def received(want: Result, got: Any) -> Any:
    """Convert a returned list of arrays to the array that is compared, or to words.

    A list of rows becomes a padded array if such a list is expected. A single array in a list is
    taken as that array, or as a list of one row if this shape is expected. Arrays of equal shapes
    are taken as one array if they are as many as its rows.
    """
    if not isinstance(got, list):
        return got
    shape = np.shape(want.low)
    if len(got) == 1:
        row = isinstance(got[0], np.ndarray) and shape == (1, *got[0].shape)
        return got[0][None] if row else got[0]
    fits = all(isinstance(part, np.ndarray) and part.shape == shape[1:] for part in got)
    if fits and shape[:1] == (len(got),):
        return np.stack(got)
    ragged = rows(got)
    if ragged is None:
        return "a list with rows of different lengths"
    if np.isnan(want.low).any():
        return padded(ragged)
    return rows_words([len(row) for row in ragged])


def is_padded(want: Result) -> bool:
    """Whether a result is a list of rows of different lengths, in an array padded with nan."""
    return bool(np.ndim(want.low) == 2 and np.isnan(want.low).any())


def _lengths(padded_rows: Any) -> list[int]:
    return [int(n) for n in np.count_nonzero(~np.isnan(padded_rows.astype(float)), axis=1)]


def rows_words(lengths: list[int]) -> str:
    """Words about a list of rows of different lengths."""
    some = ", ".join(map(str, lengths[:MOST_ROWS]))
    more = ", ..." if lengths[MOST_ROWS:] else ""
    if len(lengths) == 1:
        return f"a list of one row, which has the length {some}"
    return f"a list of {len(lengths)} rows, which have the lengths {some}{more}"


def range_words(result: Result) -> str:
    """The interval of a result that is a range, in words."""
    return f"{np.asarray(result.low).item():.4g} to {np.asarray(result.high).item():.4g}"
