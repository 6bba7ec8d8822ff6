"""Hints on a task, from what is asked to the smallest input: words and numbers, never code.

the goal       what the function is, and what it returns
the laws       what is true of every right answer
the questions  what the library asks those who have gone wrong here, or went wrong as they did
the mistake    what was found out about the student's own answer when it was last checked
the formula    of the operation, as `check explain` has it
the example    the smallest input that says something, and what is right for it
"""

import textwrap
from collections.abc import Iterator

import numpy as np

from checker.assignment import Assignment, Task
from checker.bank import Case, TaskBank
from checker.comparison import counterexample
from checker.explain import explanation
from checker.mistakes import library
from checker.progress import Seen
from checker.reports.counterexample import example
from checker.starter import described
from checker.text import PARAGRAPH, clean

MOST = 3
WIDTH = 88


def hints(found: Assignment, task: Task, bank: TaskBank, seen: Seen) -> list[list[str]]:
    """The lines of each hint, in the order in which they are given."""
    return [lines for lines in _all(found, task, bank, seen) if lines]


def _all(found: Assignment, task: Task, bank: TaskBank, seen: Seen) -> Iterator[list[str]]:
    yield [*described(task), "", f"The formulas: check explain {task.operation}"]
    laws = explanation(task.operation)["laws"][:MOST]
    yield ["What is true of the operation, whatever the input:", "", *_listed(laws)] if laws else []
    yield _questions(found, task, seen)
    yield (
        ["When it was last checked:", "", *_said(seen.misconception)] if seen.misconception else []
    )
    case = _telling(bank)
    where = f" This is {case.source}." if case.source else ""
    inputs = counterexample(bank, case)["inputs"]
    answers = dict(zip(bank.results, (result.low for result in case.results), strict=True))
    yield [f"Work this out by hand, then compare.{where}", "", *example(inputs, answers)]


def _questions(found: Assignment, task: Task, seen: Seen) -> list[str]:
    if seen.hint:
        return ["Ask yourself:", "", *_said(seen.hint)]
    known = library(task.operation, task.asks, found.folder)
    questions = dict.fromkeys(entry.hint for entry in known if entry.kind == "mistake")
    several = [question for question in questions if question][:MOST]
    return ["Others went wrong here. Ask yourself:", "", *_listed(several)] if several else []


def _listed(items: list[str]) -> list[str]:
    return [
        line
        for item in items
        for line in textwrap.wrap(item, WIDTH, initial_indent="  - ", subsequent_indent="    ")
    ]


def _said(text: str) -> list[str]:
    words = clean(text, PARAGRAPH)
    return textwrap.wrap(words, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _telling(bank: TaskBank) -> Case:
    """The first case whose answers are not all zero: who returns zeros has nothing to compare."""
    ordinary = [case for case in bank.cases if not case.extreme] or bank.cases
    telling = (case for case in ordinary if any(np.any(r.low) for r in case.results))
    return next(telling, ordinary[0])
