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


def test_imports_and_the_hidden_seed_are_for_all_tasks(tmp_path):
    found = read(written(tmp_path, 'imports = ["numpy"]\nhidden_seed = 3' + EVERYTHING))
    assert (found.imports, found.hidden_seed) == (("numpy",), 3)
    found = read(written(tmp_path, EVERYTHING))
    assert (found.imports, found.hidden_seed) == ((), None)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("imports = []", "imports must be a list of packages"),
        ('imports = "numpy"', "imports must be a list of packages"),
        ('imports = ["numpy.linalg"]', "imports must be a list of packages"),
        ("hidden_seed = -1", "hidden_seed must be a whole number"),
        ("hidden_seed = true", "hidden_seed must be a whole number"),
    ],
)
def test_imports_and_hidden_seeds_that_make_no_sense_are_told(tmp_path, line, words):
    with pytest.raises(ManifestError, match=f"line 1: {words}"):
        read(written(tmp_path, line + EVERYTHING))


def test_what_is_no_setting_is_named(tmp_path):
    with pytest.raises(ManifestError, match="'point' is not one of"):
        read(written(tmp_path, EVERYTHING.replace("points", "point")))
