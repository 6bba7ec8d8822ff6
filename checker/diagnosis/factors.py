"""Right but for a factor, or a known version but for a factor: -1, 2, 1/2, n, 1/n and the like.

For each case the factor is the one that fits best, and it has to fit exactly. Over the cases it
must then be one formula in the sizes: batches of different sizes are what tells 1/n from 1/2. The
formula is chosen on every other case and has to hold on those in between as well.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, Finding, same, sentence

CONSTANTS = {1.0: "", -1.0: "-1", 2.0: "2", -2.0: "-2", 0.5: "1/2", -0.5: "-1/2"}
ROOTS = {2**0.5: "the root of 2", 0.5**0.5: "1 / the root of 2", 3**0.5: "the root of 3"}
EXACT = 1e-5
FEWEST = 6  # cases with something to compare
SIMPLE = 3  # words: -1, 2, n, 1 / n
DIFFERENT = 3  # sizes that a formula in n must have been seen with

Pair = tuple[dict[str, float], Any, Any]  # the sizes of a case, the answer, and what it is held to


def look(evidence: Evidence) -> Finding | None:
    """The right answer, times something."""
    for result in evidence.wrong:
        right = {i: evidence.bank.cases[i].results[result].low for i in evidence.ordinary}
        formula = _formula(evidence, result, right)
        if formula is not None:
            who = evidence.bank.results[result]
            return Finding(
                "factor",
                "likely",
                sentence(f"{who} is exactly {formula} times what is right, in every case."),
                _question(formula),
            )
    return None


def look_at_known(evidence: Evidence) -> Finding | None:
    """A known version, times something or transposed."""
    for entry in evidence.entries:
        for result in evidence.wrong:
            answers = {}
            for i in evidence.ordinary:
                answer, _ = evidence.outcomes(entry)[i]
                if answer is not None and len(answer) == len(evidence.bank.results):
                    answers[i] = np.asarray(answer[result], dtype=float)
            for transposed in (False, True):
                if transposed and all(a.ndim < 2 for a in answers.values()):
                    continue
                turned = {i: a.T for i, a in answers.items()} if transposed else answers
                formula = _formula(evidence, result, turned, SIMPLE)
                if formula is None:
                    continue
                more = f" Besides, {evidence.bank.results[result]} is"
                parts = ["transposed"] * transposed + [f"{formula} times that"] * (formula != "1")
                if parts:
                    text = entry.misconception + f"{more} {' and '.join(parts)}."
                    return Finding(entry.name, "likely", text, entry.hint)
    return None


def _formula(
    evidence: Evidence, result: int, base: dict[int, Any], longest: int | None = None
) -> str | None:
    """The formula in words; `longest` bounds them, where a long one would explain too much."""
    pairs = []
    for i in evidence.ordinary:
        got = evidence.got(i, result)
        if got is None or i not in base or got.shape != base[i].shape:
            return None
        case = evidence.bank.cases[i]
        numbers = evidence.numbers(case) if longest is None else evidence.sizes(case)
        pairs.append((dict[str, float](numbers), got.astype(float), base[i]))
    fitted = [(sizes, factor) for sizes, got, want in pairs if (factor := _fit(got, want))]
    if len(fitted) < max(FEWEST, sum(bool(np.any(want)) for *_, want in pairs)):
        return None
    chosen, held_back = fitted[::2], fitted[1::2]
    for words, value in _formulas(fitted[0][0]):
        if all(_is(value, *each) for each in chosen):
            names = [name for name in fitted[0][0] if name in words.split()]
            seen = all(len({s[name] for s, _ in fitted}) >= DIFFERENT for name in names)
            short = longest is None or len(words.split()) <= longest
            known = seen and short and all(_is(value, *each) for each in held_back)
            return words if known else None
    always = fitted[0][1]
    constant = longest is None and all(_is(lambda _: always, *each) for each in fitted)
    return _spoken(always) if constant else None


def _spoken(factor: float) -> str:
    """As the root of a simple fraction, if it is one."""
    square = Fraction(factor**2).limit_denominator(12)
    root = factor > 0 and abs(factor**2 - square) <= EXACT * factor**2
    return f"the root of {square}" if root else f"{factor:.6g}"


def _fit(got: Any, want: Any) -> float | None:
    """The factor that makes `want` into `got`; None where none does, or there is nothing to fit."""
    square = float(np.vdot(want, want))
    if not square or not np.isfinite(square) or not np.isfinite(got).all():
        return None
    factor = float(np.vdot(got, want)) / square
    return factor if factor and same(got, factor * want) else None


def _formulas(sizes: dict[str, float]) -> Iterator[tuple[str, Any]]:
    """The simplest ones first."""
    for constant, name in (CONSTANTS | ROOTS).items():
        yield name or "1", lambda s, c=constant: c
    for constant, text in (CONSTANTS | ROOTS).items():
        lead = f"{text} times " if text else ""
        for a in sizes:
            yield f"{lead}{a}", lambda s, c=constant, a=a: c * s[a]
            yield f"{lead}1 / {a}", lambda s, c=constant, a=a: c / s[a]
            yield f"{lead}1 / {a} / {a}", lambda s, c=constant, a=a: c / s[a] ** 2
            yield f"{lead}the root of {a}", lambda s, c=constant, a=a: c * s[a] ** 0.5
            yield f"{lead}1 / the root of {a}", lambda s, c=constant, a=a: c / s[a] ** 0.5
        for a, b in combinations(sizes, 2):
            yield f"{lead}{a} times {b}", lambda s, c=constant, a=a, b=b: c * s[a] * s[b]
            yield f"{lead}1 / {a} / {b}", lambda s, c=constant, a=a, b=b: c / s[a] / s[b]
            yield f"{lead}{a} / {b}", lambda s, c=constant, a=a, b=b: c * s[a] / s[b]
            yield f"{lead}{b} / {a}", lambda s, c=constant, a=a, b=b: c * s[b] / s[a]


def _is(value: Any, sizes: dict[str, float], factor: float) -> bool:
    try:
        expected = value(sizes)
    except ZeroDivisionError:
        return False
    return bool(abs(factor - expected) <= EXACT * abs(expected))


def _question(formula: str) -> str:
    if formula == "-1":
        return "What is subtracted from what? In which direction does the function grow?"
    if any(letter.isalpha() for letter in formula.replace("times", "")):
        return "Where do you divide, and over what does the mean run, if there is one?"
    return "Which constant factor does the formula have, and where does it come from?"
