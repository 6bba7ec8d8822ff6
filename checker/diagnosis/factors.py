"""Find a factor between the answers and the right ones, or those of a mutant.

Such factors are -1, 2, 1/2, n and 1/n. In each case the factor is fitted, and the fit has to be
exact: where the right value is 0, infinite or nan, the answer is too. All factors must then follow
one formula in the axis lengths: batches of different sizes distinguish 1/n from 1/2. The formula is
chosen on every second case and has to hold on the other cases too.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, same, sentence, smooth
from checker.diagnosis.finding import Finding

CONSTANTS = {-1.0: "-1", 2.0: "2", -2.0: "-2", 0.5: "1/2", -0.5: "-1/2"}
NAMED = {
    2**0.5: "the square root of 2",
    0.5**0.5: "1 / the square root of 2",
    3**0.5: "the square root of 3",
    np.pi: "pi",
    np.e: "e",
    np.log(2): "log(2)",
    1 / np.log(2): "1 / log(2)",
    1 / np.log(10): "1 / log(10)",
}
LARGEST_TERM = 12  # of a fraction that is named as such
POWERS = {
    "{}": 1.0,
    "1 / {}": -1.0,
    "{0} times {0}": 2.0,
    "1 / {0} / {0}": -2.0,
    "the square root of {}": 0.5,
    "1 / the square root of {}": -0.5,
}
PAIRS = (
    ("{} times {}", 1.0, 1.0),
    ("1 / {} / {}", -1.0, -1.0),
    ("{} / {}", 1.0, -1.0),
    ("{1} / {0}", -1.0, 1.0),
    ("{} / the square root of {}", 1.0, -0.5),
    ("the square root of {} / {}", 0.5, -1.0),
    ("the square root of {} times {}", 0.5, 1.0),
)
EXACT_FIT = 1e-5  # the largest relative error of a factor
NEARLY_ONE = 0.01  # the difference of a factor that says nothing
FEWEST_FITTED_CASES = 6
LONGEST_FORMULA = 3  # words of a simple formula: -1, 2, n, 1 / n
FEWEST_LENGTHS = 3  # different lengths of an axis that a formula with this axis needs


def look(evidence: Evidence) -> Finding | None:
    """A result that is a multiple of the right one."""
    for result in evidence.wrong:
        right = {i: evidence.case_set.cases[i].results[result].low for i in evidence.ordinary}
        formula = _formula(evidence, result, right)
        if formula is not None:
            who = evidence.case_set.results[result]
            return Finding(
                "factor",
                "likely",
                sentence(f"{who} is {formula} times the right value in every case."),
                _question(formula),
                results=(result,),
            )
    return None


def look_at_known(evidence: Evidence) -> Finding | None:
    """A result that is a multiple of a mutant's, or transposed, or both."""
    for mutant in (each for each in evidence.mutants if each.kind != "unstable"):
        for result in evidence.wrong:
            answers = {}
            for i in evidence.ordinary:
                answer, _ = evidence.outcomes(mutant)[i]
                if answer is not None and len(answer) == len(evidence.case_set.results):
                    answers[i] = np.asarray(answer[result], dtype=float)
            for transposed in (False, True):
                if transposed and all(a.ndim < 2 for a in answers.values()):
                    continue
                candidates = {i: a.T for i, a in answers.items()} if transposed else answers
                formula = _formula(evidence, result, candidates, LONGEST_FORMULA)
                if formula is None:
                    continue
                more = f" In addition, {evidence.case_set.results[result]} is"
                parts = ["transposed"] * transposed + [f"multiplied by {formula}"]
                text = mutant.misconception + f"{more} {' and '.join(parts)}."
                return Finding(mutant.name, "likely", text, mutant.hint, results=(result,))
    return None


def _formula(
    evidence: Evidence, result: int, base: dict[int, Any], longest: int | None = None
) -> str | None:
    """The factor between `base` and the answers as a formula in words, or None.

    `longest` is the largest number of words. For the answers of mutants it is small, because a long
    formula could fit by chance.
    """
    fitted = []
    wrong = False  # anywhere but where several values may be right, which fit many factors
    for i in evidence.ordinary:
        got, case = evidence.got(i, result), evidence.case_set.cases[i]
        if got is None or i not in base or got.shape != base[i].shape:
            return None
        want = case.results[result]
        exact = smooth(case, result, got.shape)
        factor = _fit(got.astype(float), base[i], exact, want.bound)
        if factor is None:
            return None
        wrong = wrong or not same(got, want.low, exact, want.bound)
        numbers = evidence.numbers(case) if longest is None else evidence.sizes(case)
        if factor and not case.source:  # a lecture prints too few digits to fit a number to
            fitted.append((dict[str, float](numbers), factor))
    if not wrong or len(fitted) < FEWEST_FITTED_CASES:
        return None
    chosen, held_back = fitted[::2], fitted[1::2]
    for words, names, value in _formulas(fitted[0][0]):
        if all(_equals(value, *pair) for pair in chosen):
            varied = all(len({s[name] for s, _ in fitted}) >= FEWEST_LENGTHS for name in names)
            short = longest is None or len(words.split()) <= longest
            holds = varied and short and all(_equals(value, *pair) for pair in held_back)
            return words if holds else None
    first = fitted[0][1]
    constant = longest is None and all(_equals(lambda _: first, *pair) for pair in fitted)
    return _in_words(first) if constant else None


def _in_words(factor: float) -> str | None:
    """A factor as a simple fraction or its root, or in digits; None for one that is nearly 1."""
    if abs(factor - 1) <= NEARLY_ONE:
        return None
    if abs(factor) > LARGEST_TERM:
        return f"about {factor:.4g}"
    for power, words in ((1, "{}"), (2, "the square root of {}")):
        fraction = Fraction(factor**power).limit_denominator(LARGEST_TERM)
        near = abs(factor**power - fraction) <= EXACT_FIT * abs(factor) ** power
        if near and abs(fraction.numerator) <= LARGEST_TERM and (factor > 0 or power == 1):
            return words.format(fraction)
    return f"about {factor:.4g}"


def _fit(got: Any, want: Any, exact: Any, bound: Any) -> float | None:
    """The factor by which `got` is a multiple of `want`, or None if there is none.

    It is 0 if `want` and `got` are both zero or not finite everywhere, or lost in rounding, which
    fits any factor. At a kink, where several values are right, only the entries that are `exact`
    count.
    """
    counted = np.isfinite(want) & np.isfinite(got) & exact
    answer, right = np.where(counted, got, 0.0), np.where(counted, want, 0.0)
    small = bound if np.shape(bound) in ((), np.shape(got)) else 0.0  # of another shape by a mutant
    if np.all((np.abs(right) <= small) & (np.abs(answer) <= small)):
        return 0.0
    square = float(np.vdot(right, right))
    factor = float(np.vdot(answer, right)) / square if square and np.isfinite(square) else 0.0
    if not factor:
        return 0.0 if not right.any() and same(got, want, exact, bound) else None
    return factor if same(got, factor * want, exact, min(1.0, abs(factor)) * bound) else None


def _formulas(sizes: dict[str, float]) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Formulas in the axis lengths: in words, with the lengths in them, and as functions.

    The simplest come first.
    """
    known = CONSTANTS | NAMED
    for constant, name in known.items():
        yield name, (), lambda s, c=constant: c
    for constant, text in {1.0: "", **known}.items():
        lead = f"{text} times " if text else ""
        for a in sizes:
            for words, power in POWERS.items():
                yield (
                    lead + words.format(a),
                    (a,),
                    lambda s, c=constant, a=a, p=power: c * s[a] ** p,
                )
        for a, b in combinations(sizes, 2):
            for words, p, q in PAIRS:
                yield (
                    lead + words.format(a, b),
                    (a, b),
                    lambda s, c=constant, a=a, b=b, p=p, q=q: c * s[a] ** p * s[b] ** q,
                )


def _equals(value: Any, sizes: dict[str, float], factor: float) -> bool:
    try:
        expected = value(sizes)
    except (ZeroDivisionError, KeyError):  # an axis that this case does not name
        return False
    return bool(abs(factor - expected) <= EXACT_FIT * abs(expected))


def _question(formula: str) -> str:
    """A hint for a factor."""
    if formula == "-1":
        return "What is subtracted from what? In which direction does the function grow?"
    if "log(" in formula:
        return "Which logarithm does the text mean? np.log is the natural one, to the base e."
    if any(letter.isalpha() for letter in formula.replace("times", "")):
        return "Where do you divide, and over what does the mean run, if there is one?"
    return "Which constant factor does the formula have, and where does it come from?"
