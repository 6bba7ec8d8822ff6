"""An open experiment is judged by what it shows, and by nothing that its function could make up."""

from functools import cache

import numpy as np
import pytest

from checker.cases import generation
from checker.cases.case_set import freeze, thaw
from checker.cases.counterexample import message, most_telling
from checker.cases.forms import configured, task_form
from checker.cases.forms.experiment import RUNS
from checker.cases.judge import judge_all
from checker.cases.mutants import mutants
from checker.course.assignment import find
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.stages import diagnose
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.library.mutants import written
from checker.library.variants import variants
from checker.numerics.equations import parts
from checker.sandbox.messages import Returned
from reference.catalogue import operation

TASKS = {
    task.operation: task
    for name in ("training", "selection", "project")
    for task in find(name).tasks
    if task.asks == "show"
}
every = pytest.mark.parametrize("name", TASKS)
case_set_of = cache(lambda name: generation.generate(TASKS[name]))


def evidence_of(name, function):
    """What is known of a function after all calls, as in a class."""
    task, case_set, form = TASKS[name], case_set_of(name), task_form(TASKS[name])
    names = [part.name for part in form.arguments]
    calls = [case.arguments for case in case_set.cases]
    replies = []
    for values in calls:
        results = parts(function(**dict(zip(names, values, strict=False))))
        replies.append(Returned([np.asarray(result) for result in results], False))
    judged = judge_all(case_set, form.measure(calls, replies))
    return Evidence(task, case_set, judged, mutants(task))


def verdicts(evidence):
    return {judgement.verdict for judgement in evidence.judged}


def said(evidence):
    pair = evidence.case_set, evidence.judged
    return message(*pair, most_telling(*pair)[0])


@every
def test_the_reference_and_three_other_ways_are_right(name):
    others = variants(name)
    assert len(others) >= 3
    for way in (operation(name).run, *others):
        assert verdicts(evidence_of(name, way)) == {"right"}, way.__name__


@every
def test_a_mutant_fails_although_bad_luck_is_forgiven(name):
    """Every fourth is tried here, and each by `check tables` (CONFUSION.md)."""
    assert len(written(name)) >= 5
    for mutant in written(name)[::4]:
        assert "wrong" in verdicts(evidence_of(name, mutant.function)), mutant.function.__name__


@every
def test_no_submission_sees_what_the_tests_alone_see(name):
    task, spec = TASKS[name], configured(TASKS[name])
    form, case = task_form(task), case_set_of(name).cases[0]
    given = [part.name for part in form.arguments]
    assert case_set_of(name).arguments == given == [*spec.made[: len(given) - 1], "seed"]
    assert form.measure.first == len(given)
    assert len(case.arguments) == len(spec.made) + 1


@pytest.mark.parametrize("name", ["three_arms", "noisy_moons", "read_digits"])
def test_a_submission_gets_no_argument_beyond_those_of_its_task(name):
    task = TASKS[name]
    part = [part.name for part in task_form(task).arguments]
    lines = [f"def {task.function}(*given):", f"    assert len(given) == {len(part)}"]
    source = "\n".join([*lines, "    raise ValueError(len(given))"]).encode()
    course = next(c for c in map(find, ("training", "project")) if task in c.tasks)
    report = grade(
        course, {task.function: case_set_of(name)}, Submission("", "it.py", source),
        only=(task.function,),
    )  # fmt: skip
    assert f"ValueError in line 3: {len(part)}" in report.tasks[0].message


@every
def test_the_data_do_not_follow_from_the_seed_that_is_given(name):
    spec, form = configured(TASKS[name]), task_form(TASKS[name])
    at = len(spec.given)
    for values in form.chosen(77):
        own = spec.data(values[at])
        assert not np.array_equal(own[0], values[0])
    assert [len(form.chosen(first)) for first in (0, 77)] == [len(RUNS)] * 2
    assert not np.array_equal(form.chosen(0)[0][0], form.chosen(77)[0][0])


@every
def test_a_case_set_is_the_same_after_it_was_stored(name):
    (again,) = thaw(freeze({name: case_set_of(name)})).values()
    for before, after in zip(case_set_of(name).cases, again.cases, strict=True):
        assert before.checksum == after.checksum


def test_the_message_says_what_the_loss_does():
    def slow(x, y, seed):
        rng = np.random.default_rng(seed)
        losses = [1.0 + 1e-9 * seed] * 20
        return losses, rng.normal(size=(1, 4)), np.zeros(4), np.zeros((4, 1)), np.full(1, 9.0)

    words = said(evidence_of("loss_curve", slow))
    assert "The last of your losses is 1.000 of the first one. At most 0.500 is asked." in words
    assert "With your weights the loss is" in words


def test_a_curve_that_is_made_up_does_not_fit_the_weights():
    right = operation("loss_curve").run

    def flattering(x, y, seed):
        losses, *weights = right(x, y, seed=seed)
        return losses / 2, *weights

    evidence = evidence_of("loss_curve", flattering)
    assert "is 0.500 times that of the weights you return" in said(evidence)
    assert diagnose(evidence).mistake == "last_loss"


def test_answers_to_validation_examples_that_are_copied_from_the_labels_are_noticed():
    right = operation("kept_epoch").run

    def copied(labels_validation, **given):
        rows, on_new, _ = right(labels_validation=labels_validation, **given)
        rows[10] = 20.0 * labels_validation - 10
        return rows, on_new, 10

    evidence = evidence_of("kept_epoch", copied)
    assert diagnose(evidence).mistake == "validation_beside_new"


def test_an_answer_for_an_example_that_was_seen_is_too_good_to_be_true():
    right = operation("out_of_fold").run

    def leaking(y, decays, **given):
        unseen, _, _ = right(y=y, decays=decays, **given)
        unseen[0] = y + 0.1 * np.sin(np.arange(len(y)))
        return unseen, 0, right(y=y, decays=decays[:1], **given)[2]

    evidence = evidence_of("out_of_fold", leaking)
    assert diagnose(evidence).mistake == "error_without_decay"


@pytest.mark.parametrize(
    ("draw", "mistake"),
    [
        (lambda seed: np.random.default_rng(), "not_repeatable"),
        (lambda seed: np.random.default_rng(5), "seed_ignored"),
    ],
)
def test_the_seed_decides(draw, mistake):
    right = operation("out_of_fold").run

    def own(seed, **given):
        return right(seed=int(draw(seed).integers(10**6)), **given)

    assert diagnose(evidence_of("out_of_fold", own)).mistake == mistake


@pytest.mark.parametrize(
    ("bad", "verdict"), [(2, {"right"}), (3, {"right", "wrong"}), (5, {"wrong"})]
)
def test_bad_luck_is_forgiven_in_less_than_half_of_the_runs(bad, verdict):
    right, runs = operation("three_arms").run, []

    def unlucky(x, labels, new, seed):
        run = seed, x.tobytes()
        runs.extend([run] if run not in runs else [])
        scores = right(x, labels, new, seed=seed)
        return scores[::-1] if runs.index(run) < bad else scores

    assert verdicts(evidence_of("three_arms", unlucky)) == verdict


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (lambda n: np.zeros((n, 4)), "the result has the shape (90, 4) and should have (90, 3)"),
        (lambda n: np.zeros(n), "the result has the shape (90,) and should have (90, 3)"),
        (lambda n: np.full((n, 3), "a"), "is not made of numbers"),
        (lambda n: (np.zeros((n, 3)), 1.0), "2 results instead of 1"),
    ],
)
def test_results_of_another_form_are_described(results, words):
    evidence = evidence_of("three_arms", lambda x, labels, new, seed: results(len(new)))
    assert verdicts(evidence) == {"wrong"}
    assert words in said(evidence)


def test_lists_of_different_lengths_among_the_results_are_described():
    form, cases = task_form(TASKS["three_arms"]), case_set_of("three_arms").cases
    calls = [case.arguments for case in cases]
    rows = [np.zeros(2), np.zeros(3)]
    for odd in (rows, [np.zeros((90, 3)), rows], ["a text", np.zeros(2)]):
        measured = form.measure(calls, [Returned([odd], False) for _ in calls])
        assert all("2 results instead of 1" in reply.results[0] for reply in measured)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_no_number_is_no_result(value):
    evidence = evidence_of(
        "loss_curve",
        lambda x, y, seed: (
            np.full(20, value),
            *(np.full(s, value) for s in ((1, 2), 2, (2, 1), 1)),
        ),
    )
    assert verdicts(evidence) == {"wrong"}
    assert said(evidence).startswith("What comes back contains nan or inf.")


def test_a_training_that_ran_away_is_told_from_wrong_answers():
    def away(x, labels, new, seed):
        return np.full((len(new), 3), np.nan)

    assert diagnose(evidence_of("three_arms", away)).mistake == "ran_away"


def test_one_class_for_nearly_all_has_many_causes_and_none_is_named():
    right = operation("three_arms").run

    def collapsed(x, labels, new, seed):
        scores = right(x, labels, new, seed=seed)
        scores[: int(0.9 * len(new)), 0] += 1e3
        return scores

    assert diagnose(evidence_of("three_arms", collapsed)).mistake == "most_frequent_answer"


def test_a_network_that_learns_the_opposite_does_not_pass_by_its_start():
    right = operation("kept_epoch").run

    def opposite(x, labels, x_validation, labels_validation, new, seed):
        others = np.logical_not(labels)
        return right(x, others, x_validation, labels_validation, new, seed=seed)

    assert verdicts(evidence_of("kept_epoch", opposite)) == {"wrong"}


def test_a_loss_in_place_of_a_number_of_a_row_is_not_said_to_be_0_away():
    right = operation("kept_epoch").run

    def loss(seed, **given):
        on_validation, on_new, kept = right(seed=seed, **given)
        return on_validation, on_new, kept + 0.4

    assert "is 0.4 away" in said(evidence_of("kept_epoch", loss))
