"""Hints on a task, from its goal to the smallest input: words and numbers, never code.

goal        what the function computes and returns, and where the operation is explained
properties  what is true of every right answer
questions   questions about the student's mistake, or about the known mistakes in this task
mistake     what the last check found out about the student's function
example     the smallest telling input, and the right results for it
"""

from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from checker.cases.case_set import Case, CaseSet, numbers
from checker.cases.case_set import size as size_of
from checker.cases.counterexample import counterexample, oddness
from checker.cases.mutants import mutants
from checker.course.assignment import Assignment, Task
from checker.handout.starter import described
from checker.reports.counterexample import example
from checker.reports.screen import PAGE, fitted, wrapped
from checker.sandbox.plain_text import PARAGRAPH, clean
from checker.student import progress, task_names, true_of_task
from checker.student.progress import TaskProgress
from checker.student.progress_bar import case_sets

LONGEST_LIST = 3
INDENT = "  "


def given(words: tuple[str, ...], folder: Path, width: int) -> str:
    """The next hint on the task that the words name. Raises LookupError if there is none."""
    assignment, task = task_names.find(words, folder)
    seen = progress.load(folder).task(assignment.name, task.function)
    case_set = case_sets(assignment)[task.function]
    steps = hints(assignment, task, case_set, seen, width - len(INDENT))
    at = seen.hints % len(steps)
    progress.count_hint(folder, assignment.name, task.function, at + 1)
    shown = "; its derivative was shown" if seen.derivative else ""
    name = click.style(task.function, bold=True)
    lines = [f"{name}, hint {at + 1} of {len(steps)}{shown}", ""]
    if seen.verdict == "right":
        lines = [f"{task.function} was right when it was last checked.", "", *lines]
    lines += [f"{INDENT}{line}".rstrip() for line in steps[at]]
    last = at + 1 == len(steps)
    more = "That was the last hint. To start again" if last else "For the next hint"
    return "\n".join([*lines, "", *wrapped(f"{more}: `check hint {' '.join(words)}`", width)])


def hints(
    assignment: Assignment,
    task: Task,
    case_set: CaseSet,
    seen: TaskProgress,
    width: int = PAGE.columns,
) -> list[list[str]]:
    """The lines of each hint, in the order in which they are shown."""
    steps = _in_order(assignment, task, case_set, seen, width)
    return [fitted(lines, width) for lines in steps if lines]


def _in_order(
    assignment: Assignment, task: Task, case_set: CaseSet, seen: TaskProgress, width: int
) -> Iterator[list[str]]:
    about = (
        f"What {task.operation} is, with shapes and conventions: `check explain {task.operation}`"
    )
    yield [*described(task), "", *wrapped(about, width)]
    case = _telling_case(case_set)
    properties = true_of_task.properties(task, case)[:LONGEST_LIST]
    head = wrapped("What is true of the operation, whatever the input:", width)
    yield [*head, "", *_listed(properties, width)] if properties else []
    yield _questions(assignment, task, seen, width)
    yield (
        ["When it was last checked:", "", *_paragraph(seen.misconception, width)]
        if seen.misconception
        else []
    )
    where = f" This is {case.source}." if case.source else ""
    inputs = counterexample(case_set, case)["inputs"]
    answers = dict(zip(case_set.results, (result.low for result in case.results), strict=True))
    head = wrapped(f"Work this out by hand, then compare.{where}", width)
    yield [*head, "", *example(inputs, answers, width)]


def _questions(assignment: Assignment, task: Task, seen: TaskProgress, width: int) -> list[str]:
    if seen.hint:
        return ["Ask yourself:", "", *_paragraph(seen.hint, width)]
    known = mutants(task, assignment.folder)
    questions = dict.fromkeys(entry.hint for entry in known if entry.kind == "mistake")
    several = [question for question in questions if question][:LONGEST_LIST]
    head = wrapped("Others went wrong here. Ask yourself:", width)
    return [*head, "", *_listed(several, width)] if several else []


def _listed(items: list[str], width: int) -> list[str]:
    return [line for item in items for line in wrapped(item, width, "  - ", "    ")]


def _paragraph(text: str, width: int) -> list[str]:
    return wrapped(clean(text, PARAGRAPH), width, INDENT)


def _telling_case(case_set: CaseSet) -> Case:
    """The first worked example, or else the smallest ordinary case that a student can learn from.

    It has different numbers among its inputs, and results that are not all zero.
    """
    usual = [case for case in case_set.cases if not (case.extreme or case.invalid)]
    telling = [case for case in usual if case.source or _tells(case)]
    return min(telling or usual or case_set.cases, key=_size)


def _size(case: Case) -> tuple[bool, tuple[int, int], int]:
    return not case.source, oddness(case), size_of(case.arguments)


def _tells(case: Case) -> bool:
    arrays = [numbers(v) for v in case.arguments if isinstance(v, np.ndarray | tuple)]
    varied = not arrays or any(len(np.unique(array)) > 1 for array in arrays)
    return varied and any(result.low is not None and np.any(result.low) for result in case.results)
