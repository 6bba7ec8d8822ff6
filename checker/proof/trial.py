"""One case of an operation, with everything that its oracles ask for computed once."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property, partial
from types import ModuleType
from typing import Any

import numpy as np

from checker.numerics import conditioning
from checker.numerics.derivative import lifted
from checker.numerics.equations import SINGLE, Array, is_real, largest, rounded, unit
from checker.numerics.gradients import split
from checker.proof import kinds
from reference.spec import Operation, Optimiser

FAR = 1e6  # inputs that are larger, or all smaller than its inverse, are far from 1
CHAOS = 0.01  # of a result, by which it moves
LONG_HEADROOM = 4.0  # for the roundings that add up in a sum of more than a thousand
MANY_TERMS = 2**11  # of which some result may be the sum, even if no axis is long
MANY_ENTRIES = 1024  # more than that torch may sum one after the other
MANY_DRAWS = 48  # in which no sensitive entry moves little by chance
SURER = 0.5  # of the headroom, which is for the chance in a few draws
RESULTS = ("inputs", "computed", "names", "exact")  # what does not depend on draws
THEIR_HEADROOM = 32.0  # roundings of the largest number, that torch may lose in a small one


class Sort(Enum):
    """What a case is made for, which says which oracles it suits."""

    RANDOM = "random"
    LENGTHS = "the length of one axis, or the rank"
    LONG = "one axis of more than a thousand"
    FAR = "magnitudes whose squares float32 does not represent"
    MAGNITUDES = "magnitudes far from 1"
    VALUES = "equal entries, zeros, a common offset"
    ONES = "ones, by which a product or a quotient changes nothing"
    ENDS = "large numbers, and numbers near the ends of their interval"


@dataclass
class Trial:
    """The inputs of one case: the arguments and, for a function, the upstream gradients.

    `title` names the case, `number` counts the cases of an operation. `given` holds the inputs if
    the kind of the operation should not complete them.
    """

    spec: Operation
    case: Mapping[str, Any]
    title: str = ""
    number: int = 0
    sort: Sort = Sort.RANDOM
    draws: int = conditioning.DRAWS
    given: Mapping[str, Any] | None = field(default=None, repr=False)
    unrounded: "Trial | None" = field(default=None, repr=False)
    _of_dtype: dict[Any, "Trial"] = field(default_factory=dict, repr=False)
    _theirs: dict[Any, Any] = field(default_factory=dict, repr=False)
    _moves: dict[float, list[Array]] = field(default_factory=dict, repr=False)
    _moved: list[Any] = field(default_factory=list, repr=False)

    @property
    def kind(self) -> ModuleType:
        """The module of the operation's kind."""
        return kinds.of(self.spec)

    @cached_property
    def inputs(self) -> dict[str, Any]:
        if self.given is not None:
            return dict(self.given)
        found: dict[str, Any] = self.kind.complete(self.spec, self.case, self.number)
        return found

    @property
    def results(self) -> tuple[Any, ...]:
        """The results of plain float64 arrays."""
        return self.computed[0]

    @cached_property
    def computed(self) -> tuple[tuple[Any, ...], bool]:
        """The results of plain float64 arrays, and whether a number overflowed on the way."""
        return self.of_arrays(self.inputs)

    def of_arrays(self, inputs: Mapping[str, Any]) -> tuple[tuple[Any, ...], bool]:
        """The results of these arrays, and whether a number overflowed on the way."""
        overflows: list[str] = []
        with np.errstate(all="ignore", over="call", call=lambda kind, _: overflows.append(kind)):
            found: tuple[Any, ...] = self.kind.results(self.spec, inputs)
        return found, bool(overflows)

    @cached_property
    def names(self) -> list[str]:
        """The name of each result."""
        found: list[str] = self.kind.names(self.spec, self.inputs, len(self.results))
        return found

    @cached_property
    def exact(self) -> tuple[Any, ...]:
        """The results in exact arithmetic."""
        found: tuple[Any, ...] = self.kind.results(self.spec, lifted(self.inputs))
        return found

    @cached_property
    def entries(self) -> int:
        """How many real numbers the inputs are, upstream gradients too."""
        return sum(np.size(value) for value in self.inputs.values() if is_real(value))

    @property
    def size(self) -> int:
        """How many entries all results have."""
        return sum(map(np.size, self.results))

    @cached_property
    def largest(self) -> float:
        """The largest finite number of the inputs."""
        arrays = [value for value in self.inputs.values() if is_real(value)]
        return max((largest(array) for array in arrays), default=0.0)

    @cached_property
    def terms(self) -> float:
        """The size of the terms that cancel in a result, where the operation declares it."""
        declared = getattr(self.spec, "terms", None)
        if declared is None:
            return 0.0
        upstream, _ = split(self.inputs)
        with np.errstate(all="ignore"):
            size = largest(declared(**self.case))
        return size * max(map(largest, upstream), default=1.0)

    @cached_property
    def chaotic(self) -> bool:
        """Whether an error grows along a long axis until no digits of a result are left.

        A result may also become infinite where a rounding hinders two numbers from cancelling, or
        a number on the way to it.
        """
        if self.sort is not Sort.LONG or isinstance(self.spec, Optimiser):
            return False
        if self.computed[1]:
            return True
        moves = self.moves(SINGLE)
        again = self._moved[0] if self._moved else self.results
        return any(
            largest(move) > CHAOS * largest(result)
            or np.any(np.isfinite(result) > np.isfinite(new))
            for move, result, new in zip(moves, self.results, again, strict=True)
            if np.asarray(result).dtype.kind == "f" and np.shape(result) == np.shape(new)
        )

    @cached_property
    def product(self) -> float:
        """The product of the largest numbers of all inputs, if they are larger than 1."""
        arrays = [value for value in self.inputs.values() if is_real(value)]
        return float(np.prod([max(1.0, largest(array)) for array in arrays]))

    @cached_property
    def surer(self) -> "Trial":
        """The same case with moves of many draws and less headroom, to judge a failure again.

        Of millions of entries some move little in all of a few draws, although others would move
        them far. An entry that moves no farther in many draws remains a failure.
        """
        return self.of_draws(MANY_DRAWS)

    def of_draws(self, count: int) -> "Trial":
        """The same case with moves of so many draws.

        Its results are kept: of an operation that is wrong at times, a second call may be right.
        """
        other = replace(self, draws=count, **_nothing_known())
        vars(other).update({name: vars(self)[name] for name in RESULTS if name in vars(self)})
        return other

    def rounded(self, dtype: Any) -> "Trial":
        """The same case with every real input rounded to a dtype, stored in float64."""
        if dtype not in self._of_dtype:
            with np.errstate(all="ignore"):
                self._of_dtype[dtype] = self.rounded_by(partial(rounded, dtype=dtype))
        return self._of_dtype[dtype]

    def rounded_by(self, rounding: Callable[[Array], Array]) -> "Trial":
        """The same case with every real input rounded by a function."""
        case, inputs = (
            {name: rounding(value) if is_real(value) else value for name, value in given.items()}
            for given in (self.case, self.inputs)
        )
        return replace(self, case=case, given=inputs, unrounded=self, **_nothing_known())

    def theirs(self, dtype: Any) -> tuple[Array, ...]:
        """The results of torch in arithmetic of this dtype."""
        if dtype not in self._theirs:
            self._theirs[dtype] = self.kind.torch_results(self.spec, self.inputs, dtype)
        found: tuple[Array, ...] = self._theirs[dtype]
        return found

    def moves(self, roundoff: float) -> list[Array]:
        """How far each result moves when the inputs are rounded to this unit roundoff.

        They are those of the inputs before they were rounded, unless a result has another shape.
        """
        at = max(roundoff, SINGLE)
        if at == SINGLE and self.unrounded is not None and self._same_shapes(self.unrounded):
            return self.unrounded.moves(roundoff)
        if at not in self._moves:
            self._moves[at] = conditioning.moves(
                self._of_moved, self.inputs, self.results, at, draws=self.draws
            )
        return [move * (roundoff / at) for move in self._moves[at]]

    def _of_moved(self, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
        """The results of moved inputs. Those of a long case are kept, for `chaotic`."""
        found: tuple[Any, ...] = self.kind.results(self.spec, inputs)
        if self.sort is Sort.LONG:
            self._moved.append(found)
        return found

    @cached_property
    def _most_entries(self) -> int:
        return max((v.size for v in self.inputs.values() if is_real(v)), default=0)

    def _same_shapes(self, other: "Trial") -> bool:
        return [np.shape(a) for a in self.results] == [np.shape(b) for b in other.results]

    def bounds(self, roundoff: float, smallest: float = float(np.finfo(float).tiny)) -> list[Array]:
        """The largest error of each result in arithmetic of this unit roundoff.

        `smallest` is the smallest normal number of the arithmetic. A label or a decision has no
        error. A real result is only as accurate as the `terms` that cancel in it. If n terms of one
        size are summed in turn, the sum is rounded n times and grows as the root of n: the error
        grows as n, and the move, of n roundings of terms, as the root of n. The headroom for that
        is not less where the moves are those of many draws.
        """
        sizes = self.kind.sizes(self.spec, self.inputs, self.results)
        floor = conditioning.HEADROOM * smallest * (1 + self.largest)
        least = LONG_HEADROOM if self.sort is Sort.LONG else 1.0
        many = max(least, math.sqrt(self._most_entries / MANY_TERMS))
        many = SURER if self.draws == MANY_DRAWS and many == 1 else many
        return [
            many * (conditioning.bound(move, size + self.terms, roundoff) + floor)
            if np.asarray(result).dtype.kind == "f"
            else np.zeros(np.shape(result))
            for move, result, size in zip(self.moves(roundoff), self.results, sizes, strict=True)
        ]

    def their_bounds(self, dtype: Any, roundoff: float = 0.0) -> list[Array]:
        """The bounds for a comparison of float64 results with those of torch in this dtype.

        In float64 both are rounded, so the bounds of both are added.
        Torch may also lose a result that is small. An entry is small beside the largest one of its
        result, or beside the product of the largest numbers of all inputs and of the upstream,
        unless these are far from 1. In a sum of many entries it may lose more: one that is taken in
        turn is wrong by up to n roundings of itself (Higham 2002, section 4.2), and with whole
        numbers by nearly as many, as equal terms are rounded alike. What the operation declares as
        `lost` is added.
        """
        roundoff = roundoff or unit(dtype)
        theirs = THEIR_HEADROOM
        if self._most_entries > MANY_ENTRIES:
            theirs *= LONG_HEADROOM * self._most_entries / MANY_ENTRIES
        far = self.largest > 0 and not 1 / FAR < self.largest < FAR
        product = 0.0 if far or getattr(self.kind, "ADDS", False) else self.product
        limits = self.bounds(roundoff, float(np.finfo(dtype).tiny))
        losses, rounds = [0.0] * len(limits), 1 + (np.dtype(dtype) == np.float64)
        if hasattr(self.kind, "their_losses"):
            losses = self.kind.their_losses(self.spec, self.inputs, self.results)
        return [
            rounds * limit + theirs * (roundoff * max(largest(result), product) + loss)
            if np.asarray(result).dtype.kind == "f"
            else limit
            for limit, result, loss in zip(limits, self.results, losses, strict=True)
        ]


def _nothing_known() -> dict[str, Any]:
    """What a trial has computed, of one that has computed nothing."""
    return {"_of_dtype": {}, "_theirs": {}, "_moves": {}, "_moved": []}
