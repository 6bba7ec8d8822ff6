"""Samples are judged by statistical tests, within bounds that hold."""

import dataclasses
from typing import Annotated as Shaped

import numpy as np
import pytest

from checker.cases import generation
from checker.cases.forms import task_form
from checker.cases.forms.sampler import of_many, statistics
from checker.course.assignment import Assignment, Task, find
from checker.grading import pipeline
from checker.grading.submission import Submission
from checker.handout.operation_page import explanation
from checker.library.variants import variants
from checker.student.operation_text import text as page
from reference.catalogue import operations
from reference.samplers import _properties
from reference.spec import Real, Sampler, Statistic, Try

SAMPLERS = {name: spec for name, spec in operations().items() if spec.kind == "sampler"}
every_sampler = pytest.mark.parametrize("name", SAMPLERS)


def broken(spec, function, seed):
    """The properties that a sample breaks, for the first setting of everything but the seed."""
    settings = {a.name: a.tried[0] for a in spec.arguments} | {"seed": seed}
    found = statistics(spec, function(**settings), list(settings.values()))
    return {
        prop.__name__
        for prop, s in zip(spec.properties, found, strict=True)
        if not np.all((s.low <= s.value) & (s.value <= s.high))
    }


@every_sampler
def test_no_property_is_broken_by_a_right_sample(name):
    spec = SAMPLERS[name]
    for function in (spec.run, *variants(name)):
        for seed in range(40):
            assert broken(spec, function, seed) == set(), (function.__name__, seed)


@every_sampler
def test_the_bounds_are_left_as_seldom_as_they_say(name, monkeypatch):
    """With three in ten in place of one in 10^9, they are left at most that often."""
    chance = 0.3
    monkeypatch.setattr(_properties, "LOG", _properties.math.log(2 / chance))
    monkeypatch.setattr(_properties, "CHANCE", chance)
    monkeypatch.setattr(_properties, "SIGMAS", 1.0364)  # beyond it lie three in ten
    monkeypatch.setattr(_properties, "rare", _properties.rare.__wrapped__)  # which remembers
    spec, samples = SAMPLERS[name], 400
    found = [broken(spec, spec.run, 100 + seed) for seed in range(samples)]
    for prop in spec.properties:
        times = sum(prop.__name__ in each for each in found)
        spread = (chance * (1 - chance) * samples) ** 0.5
        assert times <= chance * samples + 4 * spread, prop.__name__
    assert any(found)  # three in ten are many: if none were left, nothing would be tested


@pytest.mark.parametrize(("axes", "sizes"), [("60", (60,)), ("4 5 3", (4, 5, 3))])
def test_samples_of_any_number_of_axes_are_compared_with_each_other(axes, sizes):
    def run(*, seed: Shaped[int, Try((0, 1))]) -> Shaped[Real, axes]:
        return np.random.default_rng(seed).random(sizes)

    spec = Sampler(run=run, torch="", properties=(np.shape, lambda drawn, seed: Statistic(0, 0, 1)))
    seeds = [[seed] for seed in range(20)]
    _, _, _, *right = of_many(spec, seeds, [run(seed=seed) for (seed,) in seeds])[0]
    _, _, _, *wrong = of_many(spec, seeds, [run(seed=0) + seed / 9 for (seed,) in seeds])[0]
    assert any(right)
    assert max(map(abs, right)) < 1 < max(wrong)


HE = Task("weights", "he_normal_weights", "sample", 2, ("fan_in", "fan_out", "seed"))
ORDER = Task("orders", "random_orders", "sample", 1, ("epochs", "examples", "seed"))
SAMPLED = Assignment("sampled", find("backprop").folder, "Sampled", 2.0, (HE, ORDER))


def graded(weights, orders="return [rng.permutation(examples) for _ in range(epochs)]"):
    code = f"""
import numpy as np

def weights(fan_in, fan_out, seed):
    rng = np.random.default_rng(seed)
    {weights}

def orders(epochs, examples, seed):
    rng = np.random.default_rng(seed)
    {orders}
"""
    case_sets = {task.function: generation.generate(task) for task in SAMPLED.tasks}
    submission = Submission("", "x.py", code.encode())
    return pipeline.grade(SAMPLED, case_sets, submission, shrink=True).tasks


RIGHT = "return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))"


def test_sampling_otherwise_than_the_reference_has_all_points():
    tasks = graded(RIGHT, "return np.argsort(rng.random((epochs, examples)))")
    assert [task.verdict for task in tasks] == ["right", "right"]


def test_a_broken_property_is_told_with_its_bounds_and_its_likely_cause():
    task, other = graded("return rng.normal(0, 2 / fan_in, (fan_in, fan_out))")
    assert (task.verdict, task.score, other.verdict) == ("wrong", 0, "right")
    assert "statistical tests. The first asks for this: The standard deviation of " in task.message
    assert " and should be in the range 0." in task.message
    assert task.diagnosis["mistake"] == "variance_as_deviation"
    assert task.diagnosis["certainty"] == "likely"
    assert task.counterexample["expected"]["standard deviation"].startswith("0.09")
    assert not any("_" in name for name in task.counterexample["expected"])


@pytest.mark.parametrize(
    ("start", "mistake", "failed"),
    [
        ("default_rng(0)", "seed_ignored", "Another seed gives another sample."),
        ("default_rng(fan_in)", "seed_ignored", "Another seed gives another sample."),
        ("default_rng(seed // 2)", "seed_ignored", "Another seed gives another sample."),
        ("default_rng()", "not_repeatable", "The same seed gives the same sample."),
        ("random.RandomState()", "not_repeatable", "The same seed gives the same sample."),
    ],
)
def test_the_seed_decides_what_is_sampled_and_nothing_else_does(start, mistake, failed):
    weights = "np.sqrt(2 / fan_in) * np.random." + start.replace("random.", "")
    task, _ = graded(f"return {weights}.normal(size=(fan_in, fan_out))")
    assert (task.verdict, task.score) == ("wrong", 0)
    assert (task.diagnosis["mistake"], task.diagnosis["certainty"]) == (mistake, "certain")
    assert task.message == f"it fails a statistical test. It asks for this: {failed}"


def test_a_seed_may_be_set_for_all_of_numpy():
    body = "np.random.seed(seed); return np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in)"
    assert graded(body)[0].verdict == "right"


@pytest.mark.parametrize(
    "body",
    [
        "return None",
        "return 'weights'",
        "return np.zeros((0, 0))",
        "return np.full((fan_in, fan_out), np.nan)",
        "return [[]] * fan_in",
        "return (rng.random(3), rng.random(4))",
        "return np.zeros((fan_in, fan_out), dtype=bool)",
        "return np.zeros(10**8)",
        "raise ValueError('no')",
        "import os; os._exit(0)",
    ],
)
def test_nonsense_gets_a_verdict_and_no_points(body):
    task, other = graded(body)
    assert task.verdict in ("wrong", "crashed")
    assert (task.score, other.verdict) == (0, "right")


def test_the_odds_are_stated_where_the_properties_are():
    text = page(explanation("he_normal_weights"), 1000)
    assert "10^9" in text
    assert "The standard deviation of the weights is about sqrt(2 / fan_in)." in text
    assert _properties.CHANCE <= 1e-9


def test_a_setting_that_is_fixed_reaches_the_properties():
    task = dataclasses.replace(HE, arguments=("fan_out", "seed"), fixed=(("fan_in", 150),))
    case = generation.generate(task).cases[0]
    found = task_form(task).call(SAMPLERS["he_normal_weights"].run, case.arguments)
    assert found[0].tolist()[0] == 150
