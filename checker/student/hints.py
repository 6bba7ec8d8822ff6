"""Hints on a task, from its goal to the smallest input: words and numbers, never code.

goal        what the function computes and returns, and where its formulas are
properties  what is true of every right answer
questions   questions about the student's mistake, or about the known mistakes in this task
mistake     what the last check found out about the student's function
example     the smallest telling input, and the right results for it
"""

import textwrap
from collections.abc import Iterator

import numpy as np

from checker.cases.case_set import Case, CaseSet
from checker.cases.counterexample import counterexample
from checker.cases.mutants import mutants
from checker.course.assignment import Assignment, Task
from checker.handout.operation_page import explanation
from checker.handout.starter import described
from checker.reports.counterexample import example
from checker.sandbox.plain_text import PARAGRAPH, clean
from checker.student.progress import TaskProgress

LONGEST_LIST = 3
LINE_WIDTH = 88


def hints(
    assignment: Assignment, task: Task, case_set: CaseSet, seen: TaskProgress
) -> list[list[str]]:
    """The lines of each hint, in the order in which they are shown."""
    return [lines for lines in _in_order(assignment, task, case_set, seen) if lines]


def _in_order(
    assignment: Assignment, task: Task, case_set: CaseSet, seen: TaskProgress
) -> Iterator[list[str]]:
    yield [*described(task), "", f"The formulas: check explain {task.operation}"]
    properties = explanation(task.operation)["properties"][:LONGEST_LIST]
    yield (
        ["What is true of the operation, whatever the input:", "", *_listed(properties)]
        if properties
        else []
    )
    yield _questions(assignment, task, seen)
    yield (
        ["When it was last checked:", "", *_paragraph(seen.misconception)]
        if seen.misconception
        else []
    )
    case = _telling_case(case_set)
    where = f" This is {case.source}." if case.source else ""
    inputs = counterexample(case_set, case)["inputs"]
    answers = dict(zip(case_set.results, (result.low for result in case.results), strict=True))
    yield [f"Work this out by hand, then compare.{where}", "", *example(inputs, answers)]


def _questions(assignment: Assignment, task: Task, seen: TaskProgress) -> list[str]:
    if seen.hint:
        return ["Ask yourself:", "", *_paragraph(seen.hint)]
    known = mutants(task, assignment.folder)
    questions = dict.fromkeys(entry.hint for entry in known if entry.kind == "mistake")
    several = [question for question in questions if question][:LONGEST_LIST]
    return ["Others went wrong here. Ask yourself:", "", *_listed(several)] if several else []


def _listed(items: list[str]) -> list[str]:
    return [
        line
        for item in items
        for line in textwrap.wrap(item, LINE_WIDTH, initial_indent="  - ", subsequent_indent="    ")
    ]


def _paragraph(text: str) -> list[str]:
    words = clean(text, PARAGRAPH)
    return textwrap.wrap(words, LINE_WIDTH, initial_indent="  ", subsequent_indent="  ")


def _telling_case(case_set: CaseSet) -> Case:
    """The first ordinary case whose results are not all zero, because zeros say little."""
    ordinary = [case for case in case_set.cases if not case.extreme] or case_set.cases
    telling = (case for case in ordinary if any(np.any(r.low) for r in case.results))
    return next(telling, ordinary[0])
