"""What is said where rows of a right result are missing, one is too many, or one stands for all."""

import numpy as np
import pytest
from every_task import case_set_of, task_of

from checker.audit import trial
from checker.diagnosis.stages import diagnose
from checker.numerics.equations import parts


def found(operation, asks, function):
    task = task_of(operation, asks)
    evidence = trial.evidence(task, case_set_of(task), (), lambda values: parts(function(*values)))
    return diagnose(evidence)


def adagrad(keep):
    def path(start, grads, learning_rate, epsilon):
        w, total, rows = start.copy(), 0 * start, []
        for g in grads:
            total = total + g**2
            w -= learning_rate * g / (np.sqrt(total) + epsilon)
            rows.append(w.copy())
        return keep(np.array(rows), w, start)

    return path


@pytest.mark.parametrize(
    ("keep", "mistake", "words"),
    [
        (lambda rows, w, start: rows[-1:], "last_row_only", "only the last row is there"),
        (lambda rows, w, start: w, "last_row_only", "only the last row is there"),
        (lambda rows, w, start: rows[:1], "first_row_only", "only the first row is there"),
        (lambda rows, w, start: np.array([w] * len(rows)), "last_row_for_all", "the last one is"),
        (lambda rows, w, start: rows[1:], "no_first_row", "The first row of the result is miss"),
        (lambda rows, w, start: rows[:-1], "no_last_row", "The last row of the result is miss"),
        (lambda rows, w, start: np.stack([start, *rows]), "row_too_early", "too many in front"),
        (lambda rows, w, start: np.stack([*rows, w]), "row_too_late", "too many at its end"),
    ],
)
def test_the_rows_of_a_path_are_told(keep, mistake, words):
    finding = found("adagrad", "path", adagrad(keep))
    assert (finding.mistake, finding.certainty) == (mistake, "certain")
    assert words in finding.misconception


def test_other_wrong_rows_are_not_taken_for_missing_ones():
    finding = found("adagrad", "path", adagrad(lambda rows, w, start: 2 * rows[1:]))
    assert finding is None or "row" not in finding.mistake
