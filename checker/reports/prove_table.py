"""The result of `check prove`, as a table and as data."""

from dataclasses import asdict
from typing import Any

import click

from checker.audit.prove import Proof, TaskProof
from checker.course.assignment import SOLUTION

COLUMNS = ("task", "reference", "right kept", "caught", "named", "cases", "idle", "sides")


def table(proof: Proof, matrix: bool = False) -> str:
    rows = [COLUMNS, *map(row, proof.tasks)]
    widths = [max(len(cells[k]) for cells in rows) for k in range(len(COLUMNS))]
    lines = [
        "  ".join(f"{cell:<{w}}" for cell, w in zip(cells, widths, strict=True)).rstrip()
        for cells in rows
    ]
    lines += ["", *(f"{task.task}: {task.coverage.words}" for task in proof.tasks)]
    lines += [f"{t.task}: {side}" for t in proof.tasks for side in t.coverage.missing]
    lines += ["", f"the starter earns {proof.starter_score:g} points"]
    lines += _of_solution(proof)
    for task in proof.tasks:
        lines += [f"{task.task}: {fault}" for fault in faults(task)]
        if matrix:
            lines += ["", *_matrix(task)]
    lines.append(click.style("proven" if proof.holds else "NOT PROVEN", bold=True))
    return "\n".join(lines)


def _of_solution(proof: Proof) -> list[str]:
    if proof.unshown:
        names = ", ".join(proof.unshown)
        return [f"without a {SOLUTION}, nothing shows that the calls of these fit: {names}"]
    if proof.wrong_in_solution is None:
        return []
    return [f"{SOLUTION}: {words}" for words in proof.wrong_in_solution or ["all right"]]


def data(proof: Proof) -> dict[str, Any]:
    """Every field of the proof, and the properties that are derived from them."""
    derived = ("survivors", "flaky", "idle", "holds")
    tasks = [asdict(task) | {name: getattr(task, name) for name in derived} for task in proof.tasks]
    return asdict(proof) | {"tasks": tasks, "holds": proof.holds}


def row(task: TaskProof) -> tuple[str, ...]:
    known = len(task.matrix)
    return (
        task.task,
        "right" if task.reference and not task.refuted else "WRONG",
        f"{task.variants - len(task.failed_variants)}/{task.variants}",
        f"{known - len(task.survivors)}/{known}",
        f"{known - len(task.confusion)}/{known}",
        str(task.cases),
        str(len(task.idle)),
        f"{task.coverage.reached}/{task.coverage.reached + len(task.coverage.missing)}",
    )


def faults(task: TaskProof) -> list[str]:
    """What is wrong with the cases or the diagnosis of a task, a line for each problem."""
    problems = [] if task.reference else ["the reference is judged wrong"]
    problems += [f"the operation is wrong: {task.refuted}"] if task.refuted else []
    why = {name: f": {words}" for name, words in task.why.items()}
    problems += [
        f"{name} is right, but is judged wrong{why.get(name, '')}" for name in task.failed_variants
    ]
    problems += [f"{name} is not caught{why.get(name, '')}" for name in task.survivors]
    problems += [f"{name} is caught, but not clearly" for name in task.flaky]
    caught = task.matrix.keys() - task.survivors
    problems += [
        f"{n} is diagnosed as {called}" for n, called in task.confusion.items() if n in caught
    ]
    return problems + [
        f"{a} and {b} cannot be distinguished" for a, b in task.undecided if {a, b} & caught
    ]


def _matrix(task: TaskProof) -> list[str]:
    """A row for each mutant, a column for each case: # where it is caught."""
    width = max(map(len, task.matrix), default=0)
    return [click.style(task.task, bold=True)] + [
        f"  {name:<{width}}  {''.join('#' if k in caught else '.' for k in range(task.cases))}"
        for name, caught in task.matrix.items()
    ]
