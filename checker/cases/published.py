"""What students have of an assignment in place of its operations and mutants: prepared answers.

The folder of a published assignment has its case sets in one file. For each task another file has
further cases, and the answers of each mutant to all cases. A mutant can be asked nothing else. The
second file is read only if a function is wrong.
"""

import zlib
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from checker.cases.case_set import Case, CaseSet, freeze, thaw
from checker.cases.checksum import checksum
from checker.sandbox import wire

CASE_SETS = "published.cases"
ANSWERS = "published.{}.answers"  # of a task

Answered = tuple[bool, list[Any]] | None  # whether arguments were changed, and the results
Row = tuple[str, str, str, str, bool, list[Answered]]  # a mutant without its code


class DamagedError(ValueError):
    """A file of a published assignment cannot be read. The message says what to do."""


def is_published(folder: Path) -> bool:
    """Whether the operations of the assignment in this folder stay with its teacher."""
    return (folder / CASE_SETS).is_file()


def packed_cases(case_sets: dict[str, CaseSet]) -> bytes:
    """The file of the case sets."""
    return zlib.compress(wire.encode(freeze(case_sets)))


def packed_answers(case_set: CaseSet, further: CaseSet, mutants: list[Row]) -> bytes:
    """The file of a task: further cases, and the answers of mutants to both sets of cases."""
    rows = [[*row[:-1], [list(each) if each else None for each in row[-1]]] for row in mutants]
    return zlib.compress(wire.encode([freeze({"": case_set, "further": further}), rows]))


def case_sets(folder: Path) -> dict[str, CaseSet]:
    """The case sets of a published assignment."""
    return {
        name: replace(case_set, further=partial(further, folder, name))
        for name, case_set in thaw(_unpacked(folder / CASE_SETS)).items()
    }


def further(folder: Path, task: str) -> list[Case]:
    """The cases of a published task that are in no case set."""
    return list(_read(folder, task)[1].cases)


def mutants(folder: Path, task: str) -> list[tuple[Any, ...]]:
    """The mutants of a published task: id, kind, misconception, hint, call, whether generic."""
    visible, others, rows = _read(folder, task)
    keys = [case.checksum for case in (*visible.cases, *others.cases)]
    return [
        (name, kind, words, hint, partial(_call, dict(zip(keys, answers, strict=True))), generic)
        for name, kind, words, hint, generic, answers in rows
    ]


@cache
def _read(folder: Path, task: str) -> tuple[CaseSet, CaseSet, list[Any]]:
    sets, rows = _unpacked(folder / ANSWERS.format(task))
    known = thaw(sets)
    return known[""], known["further"], rows


def _unpacked(path: Path) -> Any:
    try:
        return wire.decode(zlib.decompress(path.read_bytes()))
    except (OSError, zlib.error, wire.BadMessageError) as error:
        raise DamagedError(
            f"{path} is damaged or missing: get the assignment from your teacher again."
        ) from error


def _call(answers: dict[bytes, Answered], arguments: list[Any]) -> tuple[Any, ...]:
    """The prepared answer of a mutant. Raises LookupError if there is none."""
    answered = answers.get(checksum(arguments))
    if answered is None:
        raise LookupError("there is no prepared answer to these arguments")
    changes, results = answered
    if changes:
        arguments.append(None)  # it shows that arguments were changed
    return tuple(results)
