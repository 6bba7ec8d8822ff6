"""Draws are judged by laws of chance, within bounds that hold."""

import dataclasses

import pytest

from checker import bank, grading, kinds
from checker.alternatives import alternatives
from checker.assignment import Assignment, Task, find
from checker.explain import explanation, page
from checker.kinds.draw import seen
from checker.session import Submission
from reference.catalogue import operations
from reference.chance import _laws

DRAWS = {name: spec for name, spec in operations().items() if spec.kind == "draw"}
every_draw = pytest.mark.parametrize("name", DRAWS)


def broken(spec, function, seed):
    """The laws that a draw breaks, for the first setting of everything but the seed."""
    settings = {a.name: a.tried[0] for a in spec.arguments} | {"seed": seed}
    found = seen(spec, function(**settings), list(settings.values()))
    return {
        law.__name__
        for law, s in zip(spec.laws, found, strict=True)
        if not ((s.low <= s.value) & (s.value <= s.high)).all()
    }


@every_draw
def test_no_law_is_broken_by_a_right_draw(name):
    for function in (DRAWS[name].run, *alternatives(name, "draw")):
        for seed in range(40):
            assert broken(DRAWS[name], function, seed) == set(), (function.__name__, seed)


@every_draw
def test_the_bounds_are_left_as_seldom_as_they_say(name, monkeypatch):
    """Asked with three in ten instead of one in 10^9, they are broken at most that often."""
    chance = 0.3
    monkeypatch.setattr(_laws, "LOG", _laws.math.log(2 / chance))
    monkeypatch.setattr(_laws, "SIGMAS", 1.0364)  # beyond it lie three in ten
    spec, draws = DRAWS[name], 400
    found = [broken(spec, spec.run, 100 + seed) for seed in range(draws)]
    for law in spec.laws:
        times = sum(law.__name__ in each for each in found)
        assert times <= chance * draws + 4 * (chance * (1 - chance) * draws) ** 0.5, law.__name__
    assert any(found)  # three in ten are many: if nothing were broken, nothing would be asked


HE = Task("weights", "he_normal_weights", "draw", 2, ("fan_in", "fan_out", "seed"))
ORDER = Task("orders", "random_orders", "draw", 1, ("epochs", "examples", "seed"))
DRAWN = Assignment("drawn", find("backprop").folder, "Drawn", 2.0, (HE, ORDER))
HEAD = "import numpy as np\n"


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
    banks = {task.function: bank.make(task) for task in DRAWN.tasks}
    return grading.grade(DRAWN, banks, Submission("", "x.py", code.encode()), shrink=True).tasks


RIGHT = "return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))"


def test_who_draws_otherwise_than_the_reference_has_all_points():
    tasks = graded(RIGHT, "return np.argsort(rng.random((epochs, examples)))")
    assert [task.verdict for task in tasks] == ["right", "right"]


def test_a_wrong_law_is_told_with_its_bounds_and_its_likely_cause():
    task, other = graded("return rng.normal(0, 2 / fan_in, (fan_in, fan_out))")
    assert (task.verdict, task.score, other.verdict) == ("wrong", 0, "right")
    assert "variance is wrong" in task.message or "variance and distribution" in task.message
    assert task.diagnosis["mistake"] == "variance_as_deviation"
    assert task.diagnosis["certainty"] == "likely"
    assert " to 1." in task.counterexample["expected"]["variance"]


@pytest.mark.parametrize(
    ("start", "mistake", "wrong"),
    [
        ("default_rng(0)", "seed_ignored", "other_for_other_seed is wrong; "),
        ("default_rng(fan_in)", "seed_ignored", "other_for_other_seed is wrong; "),
        ("default_rng(seed // 2)", "seed_ignored", "other_for_other_seed is wrong; "),
        ("default_rng()", "not_repeatable", "same_for_same_seed is wrong; "),
        ("random.RandomState()", "not_repeatable", "same_for_same_seed is wrong; "),
    ],
)
def test_the_seed_decides_what_is_drawn_and_nothing_else_does(start, mistake, wrong):
    drawn = "np.sqrt(2 / fan_in) * np.random." + start.replace("random.", "")
    task, _ = graded(f"return {drawn}.normal(size=(fan_in, fan_out))")
    assert (task.verdict, task.score) == ("wrong", 0)
    assert (task.diagnosis["mistake"], task.diagnosis["certainty"]) == (mistake, "certain")
    assert task.message.startswith(wrong)


def test_a_seed_may_be_set_for_all_of_numpy():
    drawn = "np.random.seed(seed); return np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in)"
    assert graded(drawn)[0].verdict == "right"


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


def test_the_odds_are_stated_where_the_laws_are():
    text = page(explanation("he_normal_weights"))
    assert "10^9" in text
    assert "2 / fan_in, counted as a multiple" in text
    assert _laws.CHANCE <= 1e-9


def test_a_setting_that_is_fixed_reaches_the_laws():
    task = dataclasses.replace(HE, arguments=("fan_out", "seed"), fixed=(("fan_in", 150),))
    spec = kinds.asked(task)
    form = kinds.form(spec, "draw")
    case = bank.make(task).cases[0]
    found = form.call(DRAWS["he_normal_weights"].run, case.arguments)
    assert found[0].tolist()[0] == 150
