"""The course of docs/courses.md, written to a folder, and another operation for it."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "courses.md"
FILE = re.compile(r"(?ms)^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```$")
SIGNUM = '''"""Signum: momentum, of which only the sign is used.

    v <- momentum v + (1 - momentum) g,    w <- w - learning_rate sign(v)

    >>> float(update(np.array(3.0), init(np.array(1.0)), np.array(2.0), learning_rate=0.5)[0])
    1.5

Source: Bernstein et al. 2018.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Optimiser, Range, Real, Try


def init(param: Real) -> Real:
    return np.zeros_like(param)


def update(
    grad: Shaped[Real, "..."],
    state: Real,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01)), Range(0, math.inf)] = 0.01,
    momentum: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
) -> tuple[Real, Real]:
    velocity = momentum * state + (1 - momentum) * grad
    return param - learning_rate * np.sign(velocity), velocity


def steep_or_flat(f, grad, state, param, **settings):
    """Gradients that are three times as large give the same steps."""
    return f(3 * grad, 3 * state, param, **settings)[0], f(grad, state, param, **settings)[0]


def twice_the_rate(f, grad, state, param, learning_rate, **settings):
    """Twice the learning rate gives twice the step."""
    once = f(grad, state, param, learning_rate=learning_rate, **settings)[0]
    twice = f(grad, state, param, learning_rate=2 * learning_rate, **settings)[0]
    return twice - param, 2 * (once - param)


SPEC = Optimiser(
    init=init, update=update, torch=None, properties=(steep_or_flat, twice_the_rate)
)
'''
FORGETFUL = '''"""Mutants of signum."""

import numpy as np


def forgets(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The velocity is forgotten: each step has the sign of the last gradient alone.

    Which way does your second step go, if the first gradient was 5 and the second is -0.1?
    """
    return param - learning_rate * np.sign(grad), state
'''
TASK = """
title = "Signs"

[[task]]
function = "steps"
operation = "signum"
asks = "path"
points = 2
arguments = ["learning_rate", "momentum"]
"""


def write(folder):
    """Write the course of the page with its first assignment. Its students are in class."""
    first, _, _ = PAGE.read_text(encoding="utf-8").partition("## Functions of another form")
    for name, text in FILE.findall(first):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def add_optimiser(folder):
    """Add an optimiser to the course, and an assignment that asks for it alone."""
    (folder / "operations" / "signum.py").write_text(SIGNUM)
    (folder / "mutants" / "signum.py").write_text(FORGETFUL)
    (folder / "02_signs").mkdir()
    (folder / "02_signs" / "assignment.toml").write_text(TASK.lstrip())
    (folder / "02_signs" / "task.md").write_text("# Signs\n")


def change(path, old, new):
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
