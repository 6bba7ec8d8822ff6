"""The test cases of a task: arguments, expected results with error bounds, and their source.

Comparing answers needs only these records, so right answers are recognised without importing the
reference. Files have them as plain lists (`freeze`, `thaw`). Two parts of such a list are enough to
ask the cases and to recognise right answers: the calls and the answer key. The cases themselves are
decoded when one of them is needed, which takes most of the time.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, overload

import numpy as np

from checker.cases.answer_key import AnswerKey, Result, answer_key
from checker.cases.checksum import checksum
from checker.sandbox import wire
from checker.sandbox.calls import Calls, pack


@dataclass(frozen=True)
class Case:
    """Arguments in the student's order, the expected results, and where the case comes from."""

    arguments: list[Any]
    results: list[Result]
    source: str = ""
    extreme: bool = False

    @property
    def invalid(self) -> bool:
        """Whether the input is invalid: the right answer is a ValueError."""
        return any(result.low is None for result in self.results)

    @cached_property
    def checksum(self) -> bytes:
        """The checksum of the arguments, which is the same for equal cases."""
        return checksum(self.arguments)


@dataclass(frozen=True)
class CaseSet:
    """The cases of one task, and the names of its arguments and results.

    Small cases come first and extreme cases last: a function that fails only on extreme cases is
    right but unstable. In the case set of a sampler, each result is what a statistical test
    measures on the returned array, and `tests` describes these tests, each in one sentence.
    """

    arguments: list[str]
    results: list[str]
    cases: Sequence[Case]
    tests: list[str] = field(default_factory=list)
    further: Callable[[], list[Case]] | None = None  # other cases, where none can be made

    @property
    def measured(self) -> bool:
        """Whether statistical tests of the returned array are compared, not the array itself."""
        return bool(self.tests)

    @property
    def only_zeros(self) -> bool:
        """Whether every right result is zeros: then a function that makes zeros is an attempt."""
        return not any(np.any(result.low) for case in self.cases for result in case.results)

    @property
    def shows(self) -> bool:
        """Whether the tests are of an experiment: they say what was measured, in braces."""
        return any("{" in test for test in self.tests)

    @cached_property
    def calls(self) -> Calls:
        """The arguments of all cases as a message, made once for all submissions."""
        return pack([case.arguments for case in self.cases])

    @cached_property
    def _memo(self) -> dict[object, Any]:
        return {}

    def remembered(self, key: object, make: Callable[[], Any]) -> Any:
        """What `make` computes from these cases and no submission, once for a whole class."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    @cached_property
    def answer_key(self) -> AnswerKey:
        """The answer key of the cases with a valid input."""
        results = [result for case in self.cases if not case.invalid for result in case.results]
        return answer_key(results)


class StoredCases(Sequence[Case]):
    """Cases in the compressed bytes of a file, decoded when one of them is needed."""

    def __init__(self, count: int, data: bytes) -> None:
        self._count, self.data = count, data

    @cached_property
    def _decoded(self) -> list[Case]:
        return [
            Case(list(map(_tuple, values)), [Result(*r) for r in answers], source, bool(extreme))
            for values, answers, source, extreme in wire.decode(zlib.decompress(self.data))
        ]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Case]:
        return iter(self._decoded)

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> list[Case]: ...
    def __getitem__(self, at: int | slice) -> Case | list[Case]:
        return self._decoded[at]


def freeze(case_sets: dict[str, CaseSet]) -> list[Any]:
    """Convert case sets to lists of plain values, which the wire format can encode."""
    return [
        [
            name,
            case_set.arguments,
            case_set.results,
            case_set.tests,
            [len(case_set.cases), _compressed(case_set.cases)],
            case_set.calls.plain,
            case_set.answer_key.plain,
        ]
        for name, case_set in case_sets.items()
    ]


def thaw(frozen: list[Any]) -> dict[str, CaseSet]:
    """Restore case sets from the lists that `freeze` returned."""
    found = {}
    for name, arguments, results, tests, cases, calls, key in frozen:
        found[name] = CaseSet(arguments, results, StoredCases(*cases), tests)
        # These need not be made from the cases.
        vars(found[name]).update(calls=Calls.restored(*calls), answer_key=AnswerKey.restored(*key))
    return found


def _compressed(cases: Sequence[Case]) -> bytes:
    if isinstance(cases, StoredCases):
        return cases.data
    return zlib.compress(wire.encode(list(map(_plain, cases))))


def _plain(case: Case) -> list[Any]:
    results = [[r.low, r.high, r.bound, r.total] for r in case.results]
    return [case.arguments, results, case.source, case.extreme]


def _tuple(argument: Any) -> Any:
    """Restore a shape, which comes back as a list because the wire format has no tuples."""
    return tuple(argument) if isinstance(argument, list) else argument


def size(arguments: list[Any]) -> int:
    """The number of entries, where fractions count twice because they are harder to follow."""
    arrays = list(map(numbers, arguments))
    return sum(array.size + int(np.sum(array != np.round(array))) for array in arrays)


def numbers(argument: Any) -> Any:
    """An argument as an array of numbers; if it has no numbers, an array of ones of its length."""
    try:
        return np.asarray(argument, dtype=float)
    except (ValueError, TypeError):
        return np.ones(len(argument))
