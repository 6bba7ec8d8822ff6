"""What the author of an assignment starts with: a manifest that explains itself, and a text."""

import re
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9_]*")
NUMBER = re.compile(r"(\d\d)_")

MANIFEST = """\
# Everything a student meets is derived from this file and task.md: starter, notebook, cases, hints.
# `check prove {name}` says whether it holds together; `check start {name}` shows what students get.
title = "{title}"
seconds = 2.0 # for all the cases of one task
# imports = ["numpy", "math"] # all that may be imported, instead of numpy and the standard library
# hidden_seed = 1 # `check grade` asks 40 cases more, which nobody sees; keep it from the students

# One [[task]] for each function that students write, in this order.
[[task]]
function = "sigmoid" # what the students' function is called
operation = "sigmoid" # the file in reference/ that it is; `check explain sigmoid` tells about it
asks = "forward" # or backward, gradient; of an optimiser step, path; of a procedure run
points = 1

[[task]]
function = "leaky_relu_backward"
operation = "leaky_relu"
asks = "backward"
points = 2
arguments = ["negative_slope"] # settings that the function takes, after its data
# fixed = {{ negative_slope = 0.1 }} # or: settings that are not the reference's default
# conventions = "refuse" # what is right in another course only is worth nothing, instead of all
# unstable = 0.5 # the share of the points for what is right but for extreme inputs
# follow_through = 0.5 # the share for what is wrong only because a function that it calls is
"""

TEXT = """\
# {title}

What it is about, and why. `check {name}` tells which functions are right, and for the first one
that is not, the smallest input that shows it.

## 1. A squashing function (`sigmoid`)

The formula, shapes, and what to think about. A heading that names a function puts its cell below
this part in the notebook.

## 2. Back through a kink (`leaky_relu_backward`)

`negative_slope` is an argument here.

## Reading

Lectures and papers, by name.
"""


def folder(name: str, course: Path) -> Path:
    """Where an assignment of this name belongs: after the others. Raises ValueError."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name: small letters, digits and _, a letter first.")
    numbers = [
        0,
        *(int(found[1]) for each in course.iterdir() if (found := NUMBER.match(each.name))),
    ]
    if max(numbers) > 98:
        raise ValueError(f"there is no number left after 99 in {course}.")
    return course / f"{max(numbers) + 1:02}_{name}"


def files(name: str) -> dict[str, str]:
    title = name.replace("_", " ").capitalize()
    return {
        "assignment.toml": MANIFEST.format(name=name, title=title),
        "task.md": TEXT.format(name=name, title=title),
    }
