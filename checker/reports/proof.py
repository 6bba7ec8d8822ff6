"""What `check prove` found, as a table and as data."""

from dataclasses import asdict
from typing import Any

import click

from checker.prove import Proof, TaskProof

HEAD = ("task", "reference", "right kept", "caught", "named", "cases", "idle")


def table(proof: Proof, matrix: bool = False) -> str:
    rows = [HEAD, *map(row, proof.tasks)]
    widths = [max(len(each[k]) for each in rows) for k in range(len(HEAD))]
    lines = [
        "  ".join(f"{cell:<{w}}" for cell, w in zip(each, widths, strict=True)).rstrip()
        for each in rows
    ]
    lines += ["", f"the starter earns {proof.starter_score:g} points"]
    for task in proof.tasks:
        lines += [f"{task.task}: {fault}" for fault in faults(task)]
        if matrix:
            lines += ["", *_matrix(task)]
    lines.append(click.style("proven" if proof.holds else "NOT PROVEN", bold=True))
    return "\n".join(lines)


def data(proof: Proof) -> dict[str, Any]:
    """Every field of the proof, and what follows from it."""
    follows = ("survivors", "flaky", "idle", "holds")
    tasks = [asdict(task) | {name: getattr(task, name) for name in follows} for task in proof.tasks]
    return asdict(proof) | {"tasks": tasks, "holds": proof.holds}


def row(task: TaskProof) -> tuple[str, ...]:
    known = len(task.matrix)
    return (
        task.task,
        "right" if task.reference else "WRONG",
        f"{task.alternatives - len(task.failed_alternatives)}/{task.alternatives}",
        f"{known - len(task.survivors)}/{known}",
        f"{known - len(task.confusion)}/{known}",
        str(task.cases),
        str(len(task.idle)),
    )


def faults(task: TaskProof) -> list[str]:
    found = [] if task.reference else ["the reference is failed"]
    found += [f"{name} is right, and is failed" for name in task.failed_alternatives]
    found += [f"{name} is not caught" for name in task.survivors]
    found += [f"{name} is caught, but not clearly" for name in task.flaky]
    caught = task.matrix.keys() - task.survivors
    found += [f"{n} is called {called}" for n, called in task.confusion.items() if n in caught]
    return found + [
        f"{a} and {b} cannot be told apart" for a, b in task.undecided if {a, b} & caught
    ]


def _matrix(task: TaskProof) -> list[str]:
    """A row for each known version, a column for each case: # where it is caught."""
    width = max(map(len, task.matrix), default=0)
    return [click.style(task.task, bold=True)] + [
        f"  {name:<{width}}  {''.join('#' if k in caught else '.' for k in range(task.cases))}"
        for name, caught in task.matrix.items()
    ]
