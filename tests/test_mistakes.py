"""Every known mistake is caught and named, and an unknown one is never taken for a known one."""

import dataclasses
import inspect
from pathlib import Path

import numpy as np
import pytest
from every_task import IDS, TASKS, bank_of, form_of

from checker import trial
from checker.diagnosis import diagnose
from checker.mistakes import entries, library
from reference.catalogue import names, operation

KNOWN = [task for task in TASKS if library(task.operation, task.asks)]
every_task = pytest.mark.parametrize("task", KNOWN, ids=[IDS[TASKS.index(task)] for task in KNOWN])

# What reproduces an answer by a repair of its shape is a proof, whatever the library knows.
PROVEN = {"transposed", "not_summed", "not_averaged", "axes_of_length_one", "flattened"}


def tried(task, entry):
    return trial.evidence(task, form_of(task), bank_of(task), entry.function)


@every_task
def test_every_mistake_is_caught_and_named(task):
    for entry in library(task.operation, task.asks):
        evidence = tried(task, entry)
        verdict = trial.verdict(evidence.bank, evidence.judged)
        assert verdict == ("unstable" if entry.kind == "unstable" else "wrong"), entry.name
        finding = diagnose(evidence)
        assert finding is not None, entry.name
        assert finding.misconception == entry.misconception
        sure = "likely" if task.asks == "draw" else "certain"  # chance proves nothing
        assert (finding.certainty, finding.kind) == (sure, entry.kind)


@every_task
def test_what_the_library_does_not_know_is_not_taken_for_what_it_knows(task):
    """Each version is taken out of the library and handed in."""
    known = library(task.operation, task.asks)
    for entry in known:
        evidence = tried(task, entry)
        others = tuple(e for e in known if e.misconception != entry.misconception)
        vars(evidence)["entries"] = others
        finding = diagnose(evidence)
        if finding is None or finding.certainty != "certain" or finding.mistake in PROVEN:
            continue
        (claimed,) = (e for e in others if e.name == finding.mistake)
        assert _true_of(claimed, evidence), f"{entry.name} is called {claimed.name}"


def _true_of(claimed, evidence):
    """Wherever the claimed version errs, the one handed in has the same answer."""
    judged = trial.judged(evidence.form, evidence.bank, claimed.function)
    for case, theirs, ours in zip(evidence.bank.cases, judged, evidence.judged, strict=True):
        for right, a, b in zip(theirs.right, theirs.results, ours.results, strict=False):
            if not right and not case.extreme and not np.allclose(a, b, rtol=1e-4):
                return False
    return True


def test_two_mistakes_in_one_function_are_both_named():
    task = next(t for t in TASKS if (t.operation, t.asks) == ("dense", "backward"))

    def twice_wrong(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad / len(x), grad.sum(axis=1)

    finding = diagnose(trial.evidence(task, form_of(task), bank_of(task), twice_wrong))
    assert finding.mistake == "weight_gradient_averaged"
    assert finding.also == (
        "The bias gradient is summed over the outputs instead of over the examples.",
    )


@pytest.mark.parametrize(
    ("answer", "mistake", "certainty", "words"),
    [
        (lambda g, x, w, b: (3.7 * g @ w.T, x.T @ g, g.sum(0)), "factor", "likely", "3.7 times"),
        (lambda g, x, w, b: (g @ w.T, -x.T @ g, g.sum(0)), "factor", "likely", "-1 times"),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g / len(x) ** 2, g.sum(0)),
            "factor",
            "likely",
            "dweight is exactly 1 / n / n times what is right",
        ),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g, g.sum(0, keepdims=True)),
            "axes_of_length_one",
            "certain",
            "an axis of length 1 too many",
        ),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g, -2 * g.sum(0) * b),
            "multiplied_by_the_bias",
            "likely",
            "Besides, dbias is -2 times that.",
        ),
        (
            lambda g, x, w, b: (
                np.maximum(g @ w.T, 0) * (x > 0) + (g @ w.T) * (x <= 0),
                x.T @ g,
                g.sum(0),
            ),
            "linear_in_the_upstream",
            "observed",
            "The opposite upstream gradient",
        ),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g, np.r_[0.0, g.sum(0)[1:]]),
            "place",
            "observed",
            "dbias is wrong in the first entry, and right everywhere else",
        ),
        (lambda g, x, w, b: (g @ w.T, x.T @ g, g.sum(0) + np.sin(b)), None, None, None),
    ],
)
def test_what_nobody_wrote_down_is_described(answer, mistake, certainty, words):
    task = next(t for t in TASKS if (t.operation, t.asks) == ("dense", "backward"))
    finding = diagnose(trial.evidence(task, form_of(task), bank_of(task), answer))
    if mistake is None:
        assert finding is None or finding.certainty == "observed"
        return
    assert (finding.mistake, finding.certainty) == (mistake, certainty)
    assert words in finding.misconception


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        (
            "softmax",
            lambda g, p: p * (2 * g - (g * p).sum(-1, keepdims=True)),
            "2 p g - p sum(p g). In it the number before p g is wrong.",
        ),
        (
            "softmax",
            lambda g, p: p * g - p**2 * g + p * g.sum(-1, keepdims=True),
            "p g + p sum(g) - p^2 g. In it p sum(g) does not belong there",
        ),
        ("sigmoid", lambda g, y: g * (y + y**2), "In it the sign of g y^2 is wrong."),
        ("sigmoid", lambda g, y: g * y, "g y. In it something is missing."),
    ],
)
def test_an_answer_is_taken_apart_into_terms(name, answer, words):
    task = next(t for t in TASKS if (t.operation, t.asks) == (name, "backward"))
    forward = operation(name).forward
    version = trial.evidence(
        task, form_of(task), bank_of(task), lambda grad, x: (answer(grad, forward(x)),)
    )
    finding = diagnose(version)
    assert (finding.mistake, finding.certainty) == ("terms", "likely")
    assert words in finding.misconception


def test_every_misconception_is_a_sentence_with_a_hint_that_asks():
    for name in names():
        for entry in entries(name):
            assert entry.misconception.endswith("."), entry.name
            assert "?" in entry.hint or entry.hint.endswith("."), entry.name
            assert len(entry.misconception) <= 100


def test_every_file_of_mistakes_belongs_to_an_operation():
    root = Path(inspect.getfile(entries)).parent
    files = [path for path in root.glob("*/*.py") if not path.stem.startswith("_")]
    assert files
    for path in files:
        assert names()[path.stem] == f"reference.{path.parent.name}.{path.stem}"
        assert len(entries(path.stem)) >= 2
        assert len({entry.name for entry in entries(path.stem)}) == len(entries(path.stem))


def test_what_only_the_bank_cannot_tell_apart_is_not_certain():
    """A version that gives every answer of the bank, and not those to other cases, is another."""
    task = next(t for t in TASKS if (t.operation, t.asks) == ("dense", "backward"))

    def averaged(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

    def averaged_where_small(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0) if len(x) < 4 else grad.sum(axis=0)

    cases = [case for case in bank_of(task).cases if len(case.arguments[1]) < 4]
    easy = dataclasses.replace(bank_of(task), cases=cases)
    found = diagnose(trial.evidence(task, form_of(task), easy, averaged))
    assert (found.mistake, found.certainty) == ("bias_averaged", "certain")
    found = diagnose(trial.evidence(task, form_of(task), easy, averaged_where_small))
    assert found is None or found.certainty != "certain"


def test_a_repair_of_the_shape_has_to_work_beyond_the_bank():
    task = next(t for t in TASKS if (t.operation, t.asks) == ("dense", "backward"))

    def kept(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.sum(axis=0, keepdims=True)

    def kept_where_small(grad, x, weight, bias):
        total = grad.sum(axis=0, keepdims=True)
        return grad @ weight.T, x.T @ grad, total if len(x) < 4 else 2 * total

    cases = [case for case in bank_of(task).cases if len(case.arguments[1]) < 4]
    easy = dataclasses.replace(bank_of(task), cases=cases)
    found = diagnose(trial.evidence(task, form_of(task), easy, kept))
    assert (found.mistake, found.certainty) == ("axes_of_length_one", "certain")
    found = diagnose(trial.evidence(task, form_of(task), easy, kept_where_small))
    assert found is None or found.certainty != "certain"
