"""What an assignment.toml says is what a task does."""

from dataclasses import asdict

import pytest

from checker.assignment import ManifestError, read

EVERYTHING = """
title = "All of it"

[[task]]
function = "f"
operation = "adam"
asks = "path"
points = 3
arguments = ["learning_rate"]
fixed = { beta1 = 0.5 }
conventions = "refuse"
unstable = 0.25
follow_through = 0.75
"""


def written(folder, text):
    (folder / "assignment.toml").write_text(text)
    return folder


def test_every_setting_of_a_task_reaches_it(tmp_path):
    (task,) = read(written(tmp_path, EVERYTHING)).tasks
    assert asdict(task) == {
        "function": "f",
        "operation": "adam",
        "asks": "path",
        "points": 3,
        "arguments": ("learning_rate",),
        "fixed": (("beta1", 0.5),),
        "conventions": "refuse",
        "unstable": 0.25,
        "follow_through": 0.75,
    }


def test_what_is_no_setting_is_named(tmp_path):
    with pytest.raises(ManifestError, match="'point' is not one of"):
        read(written(tmp_path, EVERYTHING.replace("points", "point")))
