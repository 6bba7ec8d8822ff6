"""The arguments of many calls as one flat message, and what the calls have changed of them.

    layout    for each call its number of arguments, then for each argument a code and its sizes,
              with a negative number of axes if an array lies in memory as a transpose does
    numbers   the bytes of all arrays, one after another, each from a multiple of eight on
    others    the arguments that are no arrays

A worker makes its arrays on these bytes, without a copy. It sends the bytes back after the calls,
and the grader compares them. Only a submission that replaces the worker's own code, to send other
bytes than those that are left, can hide that it has changed an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from typing import Any, Self

import numpy as np

from checker.sandbox import wire

OTHER, SEQUENCE = -1, -2  # codes; those of arrays are the codes of their dtypes
ALIGNED = 8


@dataclass(frozen=True, eq=False)  # each is a key of its own
class Calls:
    """The arguments of each call, as a message."""

    layout: Any
    numbers: Any
    others: list[Any]
    sizes: list[int]  # bytes of the arrays of each call

    @property
    def count(self) -> int:
        return len(self.sizes)

    @property
    def arguments(self) -> list[list[Any]]:
        """The arguments as the calls receive them."""
        return unpack(self.layout, self.numbers, self.others)

    @property
    def plain(self) -> list[Any]:
        """Plain values, which the wire format can encode."""
        return [self.layout, self.numbers, self.others, np.array(self.sizes, dtype=np.int64)]

    @classmethod
    def restored(cls, layout: Any, numbers: Any, others: list[Any], sizes: Any) -> Self:
        """The calls of such values."""
        return cls(layout, numbers, others, sizes.tolist())

    @cached_property
    def encoded(self) -> wire.Encoded:
        """The message, encoded once for all submissions."""
        return wire.Encoded(wire.encode([self.layout, self.numbers, self.others]))

    def changed(self, numbers: Any) -> list[bool]:
        """For each call, whether its arrays have other bytes in what a worker sent back."""
        if numbers.shape != self.numbers.shape or numbers.dtype != self.numbers.dtype:
            return [True] * self.count
        differs = np.flatnonzero(numbers != self.numbers)
        ends = np.array(list(accumulate(self.sizes)), dtype=np.int64)
        at = set(np.searchsorted(ends, differs, side="right").tolist())
        return [number in at for number in range(self.count)]


@dataclass(frozen=True)
class Asked:
    """Calls of one function, the number of results of each, and the bytes one result may have."""

    function: str
    parts: int
    calls: Calls
    largest: int


def pack(calls: Sequence[Sequence[Any]]) -> Calls:
    """The message for these calls. Raises ValueError for an argument that cannot be sent."""
    layout, parts, others, sizes = [len(calls)], [b""], list[Any](), list[int]()

    def add(value: Any) -> None:
        if value is None or isinstance(value, str | bytes | bool | int | float):
            layout.append(OTHER)
            others.append(value)
        elif isinstance(value, list | tuple):
            layout.extend((SEQUENCE, len(value)))
            for part in value:
                add(part)
        else:
            array = wire.sendable(np.asarray(value))
            by_columns = wire.by_columns(array)
            axes = -array.ndim if by_columns else array.ndim
            layout.extend((wire.DTYPE_CODES[array.dtype], axes, *array.shape))
            data = array.tobytes("F" if by_columns else "C")
            parts.append(data + bytes(-array.nbytes % ALIGNED))

    for arguments in calls:
        known = len(parts)
        layout.append(len(arguments))
        for argument in arguments:
            add(argument)
        sizes.append(sum(map(len, parts[known:])))
    numbers = np.frombuffer(b"".join(parts), np.uint8)
    return Calls(np.array(layout, dtype=np.int64), numbers, others, sizes)


def unpack(layout: Any, numbers: Any, others: list[Any]) -> list[list[Any]]:
    """The arguments of each call. Arrays lie on `numbers`, and a list becomes a tuple."""
    codes, rest, start = iter(layout.tolist()), iter(others), 0

    def argument() -> Any:
        nonlocal start
        code = next(codes)
        if code == OTHER:
            return next(rest)
        if code == SEQUENCE:
            return tuple([argument() for _ in range(next(codes))])
        axes = next(codes)
        shape, dtype = tuple(islice(codes, abs(axes))), wire.ARRAY_DTYPES[code]
        array = np.ndarray(shape, dtype, numbers, start, order="F" if axes < 0 else "C")
        start += array.nbytes + -array.nbytes % ALIGNED
        return array

    return [[argument() for _ in range(next(codes))] for _ in range(next(codes))]
