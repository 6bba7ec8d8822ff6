"""Imports point one way, and nobody waits for what they do not use."""

import subprocess
import sys

import pytest

HEAVY = {"numpy", "hypothesis", "torch", "scipy", "matplotlib"}


def loaded(code):
    """The modules that a fresh interpreter has after running some code."""
    script = f"import sys\n{code}\nprint('modules:', *sys.modules)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("modules:")[2].split())


def test_the_specification_knows_nothing_of_checking():
    found = loaded("from reference.catalogue import operations; operations()")
    assert "reference.linear.dense" in found
    assert not found & {"torch", "hypothesis", "click", "checker", "scipy"}


def test_finding_one_operation_imports_one_file():
    found = loaded("from reference.catalogue import operation; operation('dense')")
    assert "reference.linear.dense" in found
    assert "reference.losses.mse" not in found


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["verify", "--help"],
        ["grade", "--help"],
        ["show", "--help"],
        ["hint", "--help"],
        ["new", "--help"],
        ["export", "student", "--help"],
        ["backprop", "--help"],
        ["prove", "--help"],
        [],
    ],
)
def test_help_waits_for_no_library(arguments):
    found = loaded(
        f"import sys; sys.argv = ['check', *{arguments!r}]\n"
        "from checker.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert "checker.__main__" in found
    assert not found & HEAVY


def test_a_student_with_a_ready_bank_waits_for_neither_hypothesis_nor_the_reference():
    right = "tests/sample_class/right.py"
    code = (
        f"import sys; sys.argv = ['check', 'backprop', {right!r}]\n"
        "from checker.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0"
    )
    loaded(code)
    found = loaded(code)
    assert "checker.grading" in found
    assert not found & {
        "hypothesis",
        "torch",
        "scipy",
        "reference.linear.dense",
        "checker.diagnosis",
    }
