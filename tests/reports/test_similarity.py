"""Pairs of submissions that are alike come first, and the page says what is equal, never why."""

import dataclasses
import random

from made_files import files
from test_reports import BACKPROP, ORDINARY, row

from checker.classroom import similarity
from checker.grading.files import File
from checker.grading.report import Report, TaskReport
from checker.handout.starter import starter

STEPS = (
    "total = {a} * {n} - {b} / 7",
    "{a}, {b} = {b} + {n}, {a} ** 2",
    "if {a} < {b} % {n}: {a} -= 1",
)
STEPS += ("{b} = [k for k in range({a}) if k % {n}]", "{a} = {b}[::-1] @ {b}.T + np.exp({n})")
STEPS += ("while {a} > {n} and not {b}: {a} //= 4", "{b} = {{'n': {a} - {n}, 'm': ({b}, {a})}}")


def work(seed, names=("left", "right"), lines=30):
    """Some code without a meaning, in these names."""
    chance = random.Random(seed)
    some = [
        chance.choice(STEPS).format(a=names[0], b=names[1], n=chance.randrange(99))
        for _ in range(lines)
    ]
    return "def solve({}, {}):\n    {}\n".format(*names, "\n    ".join(some))


def report(*given, failing=5):
    """A report with a wrong answer in each task, or a right one for None."""
    case = {"inputs": {"x": [1.0]}, "failing": failing, "cases": 9}
    tasks = [
        TaskReport(f"t{at}", "right", 1.0, 1.0)
        if value is None
        else TaskReport(f"t{at}", "wrong", 0.0, 1.0, counterexample={**case, "got": {"y": value}})
        for at, value in enumerate(given)
    ]
    return Report("backprop", "ada", 0.0, 1.0, tasks)


def found(texts, reports=None, given=""):
    return similarity.pairs(texts, reports or [report(None)] * len(texts), given)


def test_other_names_comments_and_another_order_hide_nothing():
    one, two = work(1), work(2)
    other = work(2, ("x1", "y1")).replace("\n    ", "  # so\n    ") + work(1, ("u", "v"))
    texts = [one + two, *map(work, range(10, 20)), other]
    first, *rest = found(texts)
    assert (first.first, first.second) == (0, 11)
    assert first.share > 0.9
    assert all(pair.share < 0.5 for pair in rest)


def test_the_starter_and_what_many_have_do_not_count():
    given = work(0)
    assert found([given + work(1), given + work(2)], given=given) == []
    assert found([given + work(1), given + work(2)])[0].share > 0.3
    assert found([given + work(seed) for seed in range(1, 21)]) == []


def test_equal_files_have_all_in_common_that_counts():
    given = work(0)
    texts = [given + work(seed) for seed in (*range(1, 21), 1)]
    (pair,) = found(texts)
    assert (pair.first, pair.second, pair.share) == (0, 20, 1.0)


def test_what_many_have_makes_no_pairs_however_large_the_class_is():
    owned = (
        [{"shared": 0}] * similarity.MANY + [{"common": 0}] * (similarity.MANY + 1) + [{}] * 5000
    )
    weights = similarity._weights(owned)
    assert weights.keys() == {"shared"}
    pairs = similarity._shared(owned, weights)
    assert len(pairs) == similarity.MANY * (similarity.MANY - 1) / 2


def test_broken_code_is_compared_too():
    text = work(3).replace(":", "", 1) + "'''open"
    assert found([text, text, work(4)])[0].share == 1.0


def test_rare_wrong_answers_in_common_count_and_common_ones_do_not():
    texts = [work(seed) for seed in range(40)]
    reports = [report(1.5, 100.0 + i, None if i % 2 else 2.5) for i in range(40)]
    reports[7] = reports[31] = report(1.5, 3.25, 4.0)
    reports[31] = report(1.5, 3.25 + 1e-9, 4.0)
    first, *rest = found(texts, reports)
    assert (first.first, first.second) == (7, 31)
    assert [(answer.task, n) for answer, n in first.answers if n < 39] == [("t1", 2), ("t2", 2)]
    assert all(pair.rank < first.rank for pair in rest)
    reports[31] = report(1.5, 3.25, 4.0, failing=6)  # the same answer here, others elsewhere
    assert (7, 31) not in {(pair.first, pair.second) for pair in found(texts, reports)}


def test_the_page_shows_both_sides_as_text_and_accuses_nobody():
    def submitted(number, name, code):
        file = File("a.py", len(code), lambda limit: code.encode())
        each = row(number, name, files=(file,))
        return dataclasses.replace(each, file="a.py")

    code = starter(BACKPROP) + work(5) + "# <b>mine</b>\n"
    rows = [submitted(1, "<i>Ada</i>", code), submitted(2, "Ben", code), ORDINARY[2]]
    (data,) = files("similar", BACKPROP, rows).values()
    page = data.decode()
    assert page.count("&lt;b&gt;mine&lt;/b&gt;") == 2
    assert "&lt;i&gt;Ada&lt;/i&gt; and Ben" in page
    assert "<script" not in page
    assert page.count("<mark>") >= 2 * 20
    marked = page.split("<figure>")[1].split("<mark>")[0]
    assert "raise NotImplementedError" in marked  # the starter is not marked
    assert not {"plagia", "cheat", "copied", "suspect", "guilty"} & {
        word for word in ("plagia", "cheat", "copied", "suspect", "guilty") if word in page.lower()
    }
