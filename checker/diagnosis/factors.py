"""Find a factor between the answers and the right ones, or those of a mutant.

Such factors are -1, 2, 1/2, n and 1/n. In each case the factor is fitted, and the fit has to be
exact. All factors must then follow one formula in the axis lengths: batches of different sizes
distinguish 1/n from 1/2. The formula is chosen on every second case and has to hold on the other
cases too.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, same, sentence
from checker.diagnosis.finding import Finding

CONSTANTS = {1.0: "", -1.0: "-1", 2.0: "2", -2.0: "-2", 0.5: "1/2", -0.5: "-1/2"}
ROOTS = {
    2**0.5: "the square root of 2",
    0.5**0.5: "1 / the square root of 2",
    3**0.5: "the square root of 3",
}
EXACT_FIT = 1e-5  # the largest relative error of a factor
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
                sentence(f"{who} is exactly {formula} times the right value in every case."),
                _question(formula),
            )
    return None


def look_at_known(evidence: Evidence) -> Finding | None:
    """A result that is a multiple of a mutant's, or transposed, or both."""
    for mutant in evidence.mutants:
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
                parts = ["transposed"] * transposed + [f"multiplied by {formula}"] * (
                    formula != "1"
                )
                if parts:
                    text = mutant.misconception + f"{more} {' and '.join(parts)}."
                    return Finding(mutant.name, "likely", text, mutant.hint)
    return None


def _formula(
    evidence: Evidence, result: int, base: dict[int, Any], longest: int | None = None
) -> str | None:
    """The factor between `base` and the answers as a formula in words, or None.

    `longest` is the largest number of words. For the answers of mutants it is small, because a long
    formula could fit by chance.
    """
    pairs = []
    for i in evidence.ordinary:
        got = evidence.got(i, result)
        if got is None or i not in base or got.shape != base[i].shape:
            return None
        case = evidence.case_set.cases[i]
        numbers = evidence.numbers(case) if longest is None else evidence.sizes(case)
        pairs.append((dict[str, float](numbers), got.astype(float), base[i]))
    fitted = [(sizes, factor) for sizes, got, want in pairs if (factor := _fit(got, want))]
    if len(fitted) < max(FEWEST_FITTED_CASES, sum(bool(np.any(want)) for *_, want in pairs)):
        return None
    chosen, held_back = fitted[::2], fitted[1::2]
    for words, value in _formulas(fitted[0][0]):
        if all(_equals(value, *pair) for pair in chosen):
            names = [name for name in fitted[0][0] if name in words.split()]
            varied = all(len({s[name] for s, _ in fitted}) >= FEWEST_LENGTHS for name in names)
            short = longest is None or len(words.split()) <= longest
            holds = varied and short and all(_equals(value, *pair) for pair in held_back)
            return words if holds else None
    first = fitted[0][1]
    constant = longest is None and all(_equals(lambda _: first, *pair) for pair in fitted)
    return _in_words(first) if constant else None


def _in_words(factor: float) -> str:
    """A number as the square root of a simple fraction, if it is one, or in digits."""
    square = Fraction(factor**2).limit_denominator(12)
    root = factor > 0 and abs(factor**2 - square) <= EXACT_FIT * factor**2
    return f"the square root of {square}" if root else f"{factor:.6g}"


def _fit(got: Any, want: Any) -> float | None:
    """The factor by which `got` is a multiple of `want`; None if there is none, or `want` is 0."""
    square = float(np.vdot(want, want))
    if not square or not np.isfinite(square) or not np.isfinite(got).all():
        return None
    factor = float(np.vdot(got, want)) / square
    return factor if factor and same(got, factor * want) else None


def _formulas(sizes: dict[str, float]) -> Iterator[tuple[str, Any]]:
    """Formulas in the axis lengths, in words and as functions, the simplest first."""
    for constant, name in (CONSTANTS | ROOTS).items():
        yield name or "1", lambda s, c=constant: c
    for constant, text in (CONSTANTS | ROOTS).items():
        lead = f"{text} times " if text else ""
        for a in sizes:
            yield f"{lead}{a}", lambda s, c=constant, a=a: c * s[a]
            yield f"{lead}1 / {a}", lambda s, c=constant, a=a: c / s[a]
            yield f"{lead}1 / {a} / {a}", lambda s, c=constant, a=a: c / s[a] ** 2
            yield f"{lead}the square root of {a}", lambda s, c=constant, a=a: c * s[a] ** 0.5
            yield f"{lead}1 / the square root of {a}", lambda s, c=constant, a=a: c / s[a] ** 0.5
        for a, b in combinations(sizes, 2):
            yield f"{lead}{a} times {b}", lambda s, c=constant, a=a, b=b: c * s[a] * s[b]
            yield f"{lead}1 / {a} / {b}", lambda s, c=constant, a=a, b=b: c / s[a] / s[b]
            yield f"{lead}{a} / {b}", lambda s, c=constant, a=a, b=b: c * s[a] / s[b]
            yield f"{lead}{b} / {a}", lambda s, c=constant, a=a, b=b: c * s[b] / s[a]


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
    if any(letter.isalpha() for letter in formula.replace("times", "")):
        return "Where do you divide, and over what does the mean run, if there is one?"
    return "Which constant factor does the formula have, and where does it come from?"
