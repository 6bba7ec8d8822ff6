"""Mutants are killed and named, and an unknown mistake is never taken for a known one."""

import dataclasses
import inspect
from pathlib import Path

import numpy as np
import pytest
from every_task import (
    SAMPLE,
    SAMPLE_IDS,
    case_set_of,
    evidence_of,
    mutants_of,
    task_of,
)

from checker.audit import trial
from checker.diagnosis import rows
from checker.diagnosis.stages import diagnose
from checker.library.mutants import written
from reference.catalogue import names, operation

sampled_task = pytest.mark.parametrize("task", SAMPLE, ids=SAMPLE_IDS)

# A repair of the shape that gives the right answer is a proof, whatever the library has, and so
# are rows that are those of the right answer.
PROVEN = {"transposed", "not_summed", "not_averaged", "axes_of_length_one", "flattened"}
PROVEN |= {name for name, *_ in rows.KINDS}


def tried(task, mutant):
    return trial.evidence(task, case_set_of(task), mutants_of(task), mutant.call)


@sampled_task
def test_every_mutant_is_killed_and_named(task):
    """Every fourth is diagnosed here, and each by `check tables` (CONFUSION.md)."""
    for number, mutant in enumerate(mutants_of(task)):
        evidence = tried(task, mutant)
        verdict = trial.verdict(evidence.case_set, evidence.judged)
        assert verdict == ("unstable" if mutant.kind == "unstable" else "wrong"), mutant.name
        if mutant.generic or number % 4:  # a written one may explain it in more exact words
            continue
        finding = diagnose(evidence)
        assert finding is not None, mutant.name
        assert finding.misconception == mutant.misconception
        assert finding.certainty in ("certain", "likely")
        assert finding.certainty == "likely" or task.asks != "sample"  # chance proves nothing
        assert finding.kind == mutant.kind


@sampled_task
def test_a_mutant_that_is_left_out_of_the_library_is_not_taken_for_another(task):
    """Every sixth written mutant is taken out of the library and submitted; of every tenth
    question the generic ones too. `check tables` tries each written one (CONFUSION.md)."""
    known, at = mutants_of(task), SAMPLE.index(task)
    own = [mutant for mutant in known if not mutant.generic]
    for mutant in known if at % 10 == 0 else own[at % 6 :: 6]:
        others = tuple(m for m in known if m.misconception != mutant.misconception)
        evidence = dataclasses.replace(tried(task, mutant), mutants=others)
        finding = diagnose(evidence)
        if finding is None or finding.certainty != "certain" or finding.mistake in PROVEN:
            continue
        (claimed,) = (m for m in others if m.name == finding.mistake)
        assert _true_of(claimed, evidence), f"{mutant.name} is called {claimed.name}"


def _true_of(claimed, evidence):
    """Wherever the claimed mutant errs, the one submitted has the same answer.

    Answers that are nan or inf everywhere say nothing of what they come from.
    """
    judged = trial.judged(evidence.case_set, claimed.call)
    finite = []
    for case, theirs, ours in zip(evidence.case_set.cases, judged, evidence.judged, strict=True):
        for right, a, b in zip(theirs.right, theirs.results, ours.results, strict=False):
            if not right and not case.extreme:
                if not np.allclose(a, b, rtol=1e-4, equal_nan=True):
                    return False
                finite.append(np.isfinite(a).any())
    return not finite or any(finite)


def test_two_mistakes_in_one_function_are_both_named():
    task = task_of("dense", "backward")

    def twice_wrong(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad / len(x), grad.sum(axis=1)

    finding = diagnose(evidence_of(task, twice_wrong))
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
            "dweight is 1 / n / n times the right value in every case",
        ),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g, g.sum(0, keepdims=True)),
            "axes_of_length_one",
            "certain",
            "an axis of length 1 is too much",
        ),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g, -2 * g.sum(0) * b),
            "multiplied_by_the_bias",
            "likely",
            "In addition, dbias is multiplied by -2.",
        ),
        (
            lambda g, x, w, b: (
                np.maximum(g @ w.T, 0) * (x > 0) + (g @ w.T) * (x <= 0),
                x.T @ g,
                g.sum(0),
            ),
            "place",
            "observed",
            "dx is wrong in most cases where x has a positive number",
        ),
        (
            lambda g, x, w, b: (g @ w.T, x.T @ g, np.r_[0.0, g.sum(0)[1:]]),
            "another_result",
            "likely",
            "dbias is the right one with its first entry set to 0, in every case",
        ),
        (lambda g, x, w, b: (g @ w.T, x.T @ g, g.sum(0) + np.sin(b)), None, None, None),
    ],
)
def test_what_nobody_wrote_down_is_described(answer, mistake, certainty, words):
    task = task_of("dense", "backward")
    finding = diagnose(evidence_of(task, answer))
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
            "2 p g - p sum(p g). In this sum, the factor of p g is wrong.",
        ),
        (
            "softmax",
            lambda g, p: p * g - p**2 * g + p * g.sum(-1, keepdims=True),
            "p g + p sum(g) - p^2 g. In this sum, p sum(g) does not belong",
        ),
        ("sigmoid", lambda g, y: g * (y + y**2), "In this sum, the sign of g y^2 is wrong."),
        ("sigmoid", lambda g, y: g * y, "g y. In this sum, a term is missing."),
    ],
)
def test_an_answer_is_taken_apart_into_terms(name, answer, words):
    task = task_of(name, "backward")
    forward = operation(name).forward
    finding = diagnose(evidence_of(task, lambda grad, x: (answer(grad, forward(x)),)))
    assert (finding.mistake, finding.certainty) == ("terms", "likely")
    assert words in finding.misconception


def test_every_misconception_is_a_sentence_with_a_hint_that_asks():
    for name in names():
        for mutant in written(name):
            words, _, hint = inspect.getdoc(mutant.function).partition("\n")
            assert words.endswith("."), mutant.function
            assert "?" in hint or hint.endswith("."), mutant.function
            assert len(words) <= 100


def test_every_file_of_mutants_belongs_to_an_operation():
    root = Path(inspect.getfile(written)).parent
    files = [path for path in root.glob("*/*.py") if not path.stem.startswith("_")]
    assert files
    for path in files:
        assert names()[path.stem] == f"reference.{path.parent.name}.{path.stem}"
        assert written(path.stem)


def test_what_only_the_case_set_cannot_tell_apart_is_not_certain():
    """A function may answer like a mutant in the case set and not beyond: it is another one."""
    task = task_of("dense", "backward")

    def averaged(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

    def averaged_where_small(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0) if len(x) < 4 else grad.sum(axis=0)

    cases = [case for case in case_set_of(task).cases if len(case.arguments[1]) < 4]
    easy = dataclasses.replace(case_set_of(task), cases=cases)
    found = diagnose(evidence_of(task, averaged, easy))
    assert (found.mistake, found.certainty) == ("bias_averaged", "certain")
    found = diagnose(evidence_of(task, averaged_where_small, easy))
    assert found is None or found.certainty != "certain"


def test_a_repair_of_the_shape_has_to_work_beyond_the_case_set():
    task = task_of("dense", "backward")

    def kept(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.sum(axis=0, keepdims=True)

    def kept_where_small(grad, x, weight, bias):
        total = grad.sum(axis=0, keepdims=True)
        return grad @ weight.T, x.T @ grad, total if len(x) < 4 else 2 * total

    cases = [case for case in case_set_of(task).cases if len(case.arguments[1]) < 4]
    easy = dataclasses.replace(case_set_of(task), cases=cases)
    found = diagnose(evidence_of(task, kept, easy))
    assert (found.mistake, found.certainty) == ("axes_of_length_one", "certain")
    found = diagnose(evidence_of(task, kept_where_small, easy))
    assert found is None or found.certainty != "certain"
