"""The files that an author starts with: of a course, and of an assignment, commented."""

import json
import re
from pathlib import Path

ASSIGNMENT_NAME = re.compile(r"[a-z][a-z0-9_]*")
FOLDER_NUMBER = re.compile(r"(\d\d)_")

COURSE = """\
# `check` in this folder, or below it, is about this course. `check new NAME` begins an assignment.
title = {title}
take = "all" # what comes with gradproof; or some of it: take = ["losses", "backprop"]
# order = ["backprop", "losses"] # these come first

# What holds where the manifest of an assignment says nothing.
# [defaults]
# seconds = 5.0
# imports = ["numpy", "math"]
# solution = "after full marks"
# conventions = "refuse"
# carried_forward = 0.5

# What is different in an assignment that is taken.
# [change.backprop]
# title = "Learning backwards"
# seconds = 5.0
# text = "texts/backprop.md" # a file of this folder

# [change.backprop.task.dense]
# points = 3
# credit = "all"
"""

MANIFEST = """\
# Starter, notebook, cases and hints are all derived from this file and task.md.
# `check prove {name}` proves that it works; `check start {name}` shows what students get.
title = "{title}"
seconds = 2.0 # for all the cases of one task
# imports = ["numpy", "math"] # the only imports allowed; without it, numpy and the standard library
# fresh = false # `check grade` asks the visible cases alone, and no fresh ones

# One [[task]] for each function that students write, in this order.
[[task]]
function = "sigmoid" # the name of the students' function
operation = "sigmoid" # its name in reference/; `check explain sigmoid` describes it
asks = "forward" # or backward, gradient; for others: step, path, run, sample or show
points = 1

[[task]]
function = "leaky_relu_backward"
operation = "leaky_relu"
asks = "backward"
points = 2
arguments = ["negative_slope"] # settings that the function takes after its data
# fixed = {{ negative_slope = 0.1 }} # or: values of settings, if not the reference's defaults
# credit = "all" # one wrong result costs all points; without it, each result earns its part
# conventions = "refuse" # another convention earns no points, instead of all
# unstable = 0.5 # share of the points for what fails on extreme inputs only
# other_shape = 0.25 # share for right values in a shape with other axes of length one
# mutates = 0.25 # share for right values from a function that writes into its arguments
# carried_forward = 0.5 # share for what is wrong only because of a function it calls; without it, 1
"""

TEXT = """\
# {title}

What it is about, and why. `check {name}` shows which functions are right, and for the first one
that is not, the smallest failing input.

## 1. A squashing function (`sigmoid`)

The formula, the shapes, and what to think about. If a heading names a function, its cell comes
below that part in the notebook.

## 2. Back through a kink (`leaky_relu_backward`)

`negative_slope` is an argument here.

## Reading

Lectures and papers, by name.
"""


def course(title: str) -> str:
    """The text of a course.toml."""
    return COURSE.format(title=json.dumps(title, ensure_ascii=False))


def folder(name: str, course: Path) -> Path:
    """The folder of a new assignment, numbered after the others.

    Raises ValueError if the name is not valid, or if no number is left.
    """
    if not ASSIGNMENT_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a valid name: use a-z, 0-9 and _, a letter first.")
    numbers = [
        0,
        *(int(match[1]) for path in course.iterdir() if (match := FOLDER_NUMBER.match(path.name))),
    ]
    if max(numbers) > 98:
        raise ValueError(f"no number is left in {course}: the last assignment has 99.")
    return course / f"{max(numbers) + 1:02}_{name}"


def files(name: str) -> dict[str, str]:
    """The text of each file, by its name."""
    title = name.replace("_", " ").capitalize()
    return {
        "assignment.toml": MANIFEST.format(name=name, title=title),
        "task.md": TEXT.format(name=name, title=title),
    }
