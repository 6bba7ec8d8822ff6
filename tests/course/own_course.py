"""The course of docs/courses.md, written to a folder, and another operation for it."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "courses.md"
FILE = re.compile(r"(?ms)^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```$")
SIGNUM = '''"""Signum: momentum, of which only the sign is used.

    v <- momentum v + (1 - momentum) g,    w <- w - learning_rate sign(v)

    >>> float(update(np.array(3.0), init(np.array(1.0)), np.array(2.0), learning_rate=0.5)[0])
    1.5

Source: Bernstein et al. 2018.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Optimiser, Range, Real, Try


def init(param: Real) -> Real:
    return np.zeros_like(param)


def update(
    grad: Shaped[Real, "..."],
    state: Real,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01)), Range(0, math.inf)] = 0.01,
    momentum: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
) -> tuple[Real, Real]:
    velocity = momentum * state + (1 - momentum) * grad
    return param - learning_rate * np.sign(velocity), velocity


def steep_or_flat(f, grad, state, param, **settings):
    """Gradients that are three times as large give the same steps."""
    return f(3 * grad, 3 * state, param, **settings)[0], f(grad, state, param, **settings)[0]


def twice_the_rate(f, grad, state, param, learning_rate, **settings):
    """Twice the learning rate gives twice the step."""
    once = f(grad, state, param, learning_rate=learning_rate, **settings)[0]
    twice = f(grad, state, param, learning_rate=2 * learning_rate, **settings)[0]
    return twice - param, 2 * (once - param)


SPEC = Optimiser(
    init=init, update=update, torch=None, properties=(steep_or_flat, twice_the_rate)
)
'''
FORGETFUL = '''"""Mutants of signum."""

import numpy as np


def forgets(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The velocity is forgotten: each step has the sign of the last gradient alone.

    Which way does your second step go, if the first gradient was 5 and the second is -0.1?
    """
    return param - learning_rate * np.sign(grad), state
'''
TASK = """
title = "Signs"

[[task]]
function = "steps"
operation = "signum"
asks = "path"
points = 2
arguments = ["learning_rate", "momentum"]
"""
COINS = '''"""Coins of which a share shows heads, as 1, and the others tails, as 0.

    >>> float(run(rows=200, columns=50, share=0.5, seed=0).max())
    1.0

Source: Bernoulli 1713.
"""

from typing import Annotated as Shaped

import numpy as np

from gradproof_course.operations import _chance
from reference.spec import Range, Real, Sampler, Statistic, Try


def run(
    *,
    rows: Shaped[int, Try((200,)), Range(1, 400)],
    columns: Shaped[int, Try((50,)), Range(1, 400)],
    share: Shaped[float, Try((0.5, 0.2)), Range(0, 1)],
    seed: Shaped[int, Try((0, 1))],
) -> Shaped[Real, "rows columns"]:
    return _chance.tossed(np.random.default_rng(seed), (rows, columns), share)


def shape(drawn, rows, columns, **_):
    """There is a row and a column for each coin."""
    found = drawn.shape if drawn.ndim == 2 else (-1, -1)
    return Statistic(np.array(found), np.array((rows, columns)), np.array((rows, columns)))


def share_of_heads(drawn, share, **_):
    """The share of ones is about the share that is asked for."""
    allowed = _chance.around(drawn.size)
    return Statistic((drawn == 1).mean(), share - allowed, share + allowed)


SPEC = Sampler(run=run, torch="a coin of its own", properties=(shape, share_of_heads))
'''
CHANCE = '''"""What chance allows."""

import math

LOG = math.log(2e9)


def around(count):
    return math.sqrt(LOG / (2 * max(count, 1)))


def tossed(rng, sizes, share):
    return (rng.random(sizes) < share) * 1.0
'''
WRONG_COINS = '''"""Mutants of coins."""

import numpy as np


def heads_for_tails(*, rows, columns, share, seed):
    """The share is that of the tails.

    How many ones are there, if the share is 0.2?
    """
    return (np.random.default_rng(seed).random((rows, columns)) >= share) * 1.0
'''
LINE = '''"""Learn a line from points, and answer for new ones.

    >>> *given, truth = data(0)
    >>> run(*given, seed=1).shape == truth.shape
    True

Source: Legendre 1805.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Experiment, Named, Real, Statistic, Try

SECRET_STEPS = 100


def data(
    seed: int,
) -> tuple[
    Shaped[Real, "n", Named("x")],
    Shaped[Real, "n", Named("y")],
    Shaped[Real, "m", Named("new")],
    Shaped[Real, "m", Named("truth")],
]:
    rng = np.random.default_rng([seed, 1])
    x, (slope, start) = rng.standard_normal(30), rng.standard_normal(2)
    y = slope * x + start
    return x[:20], y[:20], x[20:], y[20:]


def run(
    x: Shaped[Real, "n"],
    y: Shaped[Real, "n"],
    new: Shaped[Real, "m"],
    *,
    seed: Shaped[int, Try((0, 1))],
) -> Shaped[Real, "m"]:
    slope, start = np.random.default_rng(seed).standard_normal(2)
    for _ in range(SECRET_STEPS):
        error = slope * x + start - y
        slope, start = slope - 0.3 * (error * x).mean(), start - 0.3 * error.mean()
    return slope * new + start


def error_on_new(answers, *, truth, **_):
    """The answers for new points are right.

    The error is {got:.3f}. At most {high:.3f} is asked.

    The line misses the new points. Is the training long enough?
    """
    return _error(answers, truth)


def _error(answers, truth):
    return Statistic(np.abs(answers - truth).max(), 0, 0.1)


SPEC = Experiment(run=run, data=data, torch="another way", properties=(error_on_new,))
'''
RANDOM_TASKS = """
title = "Chance"

[[task]]
function = "toss"
operation = "coins"
asks = "sample"
points = 1
arguments = ["rows", "columns", "share", "seed"]

[[task]]
function = "learn"
operation = "straight_line"
asks = "show"
points = 2
arguments = ["seed"]
"""
RANDOM = """import numpy as np


def toss(rows, columns, share, seed):
    return (np.random.default_rng(seed).random((rows, columns)) < share) * 1.0


def learn(x, y, new, seed):
    line = np.polyfit(x, y, 1)
    return np.polyval(line, new) + 1e-3 * np.random.default_rng(seed).standard_normal()
"""


def write(folder):
    """Write the course of the page with its first assignment. Its students are in class."""
    first, _, _ = PAGE.read_text(encoding="utf-8").partition("## Functions of another form")
    for name, text in FILE.findall(first):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def add_optimiser(folder):
    """Add an optimiser to the course, and an assignment that asks for it alone."""
    (folder / "operations" / "signum.py").write_text(SIGNUM)
    (folder / "mutants" / "signum.py").write_text(FORGETFUL)
    (folder / "02_signs").mkdir()
    (folder / "02_signs" / "assignment.toml").write_text(TASK.lstrip())
    (folder / "02_signs" / "task.md").write_text("# Signs\n")


def add_random(folder):
    """Add a sampler and a training to the course, and an assignment on both."""
    for name, text in (("coins", COINS), ("_chance", CHANCE), ("straight_line", LINE)):
        (folder / "operations" / f"{name}.py").write_text(text)
    (folder / "mutants" / "coins.py").write_text(WRONG_COINS)
    (folder / "03_chance").mkdir()
    (folder / "03_chance" / "assignment.toml").write_text(RANDOM_TASKS.lstrip())
    (folder / "03_chance" / "task.md").write_text("# Chance\n")


def change(path, old, new):
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
