"""Reads submitted files inside a worker, before the worker runs any of them.

Unpacking, decoding and searching what a student wrote may take any time and memory, so the grader
leaves them to a process with limits. It asks three questions:

    look       one file as it was submitted: the names that it seems to define, or the files in it
    text       the file to grade: its code, and where functions are defined in it
    outlines   the file to grade: where its functions compute, write into arguments, and repeat

The answers are plain values, which `checker.grading.reading` checks and makes records of.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from checker.sandbox import archive, code_text, source
from checker.sandbox.endings import ARCHIVES, LARGEST_FILES, graded_name, suffix
from checker.sandbox.folder import File, IntakeError
from checker.sandbox.messages import MOST_NAMES

LONGEST_NAME = 100
LONGEST_NAMES = 1000  # of all parameters of a function, together


def look(name: str, data: bytes, left: int) -> list[Any]:
    """The names that a file defines and imports. For an archive, the files in it.

    For each of them: its name, folder, contents, what is wrong with it, and its names. Up to `left`
    bytes are unpacked.
    """
    if suffix(name) not in ARCHIVES:
        return ["names", *_names(graded_name(name), data)]
    try:
        found = archive.of_submission(name, data)
    except IntakeError as error:
        return ["damaged", str(error)]
    files = []
    for file in found.everything():
        files.append([file.name, file.folder, *_contents(file, left)])
        left -= len(files[-1][2])
    return ["files", files]


def _contents(file: File, left: int) -> list[Any]:
    """The bytes of a file in an archive, what is wrong with it, and its names."""
    graded = graded_name(file.name)
    limit = LARGEST_FILES.get(suffix(graded))
    if limit is None:
        return [b"", "", "", ""]
    try:
        data = file.read(min(limit, left))
    except IntakeError as error:
        return [b"", str(error), "", ""]
    return [data, "", *_names(graded, data)]


def _names(filename: str, data: bytes) -> list[str]:
    """The names that a file defines and imports, each as one text."""
    return [_joined(found) for found in code_text.names(filename, data)]


def _joined(names: Iterable[str]) -> str:
    """Names as one text. They have no blanks."""
    return " ".join(name for name in sorted(names)[:MOST_NAMES] if len(name) <= LONGEST_NAME)


def text(filename: str, data: bytes, functions: list[str]) -> list[Any]:
    """The code of a file, and where these functions are defined outside the left margin.

    A notebook may be large because of its pictures, but not because of its code.
    """
    code = code_text.read(filename, data)
    if len(code.text) > LARGEST_FILES[".py"]:
        return ["too large"]
    around = [[name, code.around[name]] for name in functions if name in code.around]
    starts = np.array(code.starts, dtype=np.int64)
    notes = [*code.notes, *_doubles(code, functions)]
    return ["text", code.text, starts, _joined(code.defined), around, notes]


def _doubles(code: code_text.Code, functions: list[str]) -> list[str]:
    """Notes on functions that are defined twice; in a notebook that is usual."""
    found = {} if code.starts else code.again
    return [
        "{} is defined twice, in lines {} and {}: the last one counts".format(name, *found[name])
        for name in functions
        if name in found
    ][: code_text.MOST_NOTES]


def outlines(filename: str, data: bytes, asked: list[Any]) -> list[Any]:
    """For each function of a file its name, and the fields of its `Outline`.

    `asked` are tasks that ask by several lines, which are outlined like functions.
    """
    found = source.outlined(filename, data, asked).items()
    rows = [
        [
            name,
            each.results,
            each.writes,
            each.loops,
            each.slips,
            " ".join(each.parameters)[:LONGEST_NAMES],
        ]
        for name, each in found
    ]
    return ["outlines", [row for row in rows if len(row[0]) <= LONGEST_NAME][:MOST_NAMES]]


QUESTIONS: dict[str, Callable[..., list[Any]]] = {"look": look, "text": text, "outlines": outlines}


def answer(question: str, details: list[Any]) -> list[Any]:
    """Answer a question of the grader."""
    try:
        return QUESTIONS[question](*details)
    except MemoryError:
        return ["too large"]
