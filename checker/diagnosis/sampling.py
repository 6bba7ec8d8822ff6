"""The diagnosis of a sampler: the mutant whose samples measure alike, or what is odd about them.

A mutant is compared by its likelihood. Samples with the same settings are repetitions, so for each
measurement, the means of both over the seeds differ by Student's t. The mutant is possible if none
of them is too far off and it fails whatever the submission fails. The most likely one is named if
it is far more likely than any other that is possible. Chance proves nothing, so it is never
certain. If no mutant is named, the finding says which chance the samples lack.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.cases.forms.sampler import OF_MANY, SEED_TESTS, in_units, joined
from checker.cases.mutants import Mutant
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.odd_samples import ODD, OF_THE_DISTRIBUTION
from checker.numerics.independence import TESTS

FURTHEST = 40.0  # (n + 1) log(1 + t^2 / n) of n degrees of freedom, which chance hardly reaches
FAR_MORE = 6.0  # difference of two log-likelihoods
ROUNDING = 1e-6  # relative: below it, two measurements are equal
NEARLY, CLEARLY = 0.8, 2.0  # of what chance allows
REPEATED = 8  # samples with the same settings, at least, whose means are compared
MANY = 10**6  # numbers, whose standard deviation chance hardly changes
DEVIATION = "standard deviation"
CONSTANT = 0.05  # relative: factors that differ by less are the same factor

SEED_FINDINGS = (
    Finding(
        "not_repeatable",
        "certain",
        "The same seed does not give the same sample again.",
        "What is your generator seeded with, and what else uses it?",
    ),
    Finding(
        "seed_ignored",
        "certain",
        "Another seed gives the same sample.",
        "What is your generator seeded with?",
    ),
)


def look(evidence: Evidence) -> Finding | None:
    first = len(evidence.spec.properties)
    if evidence.wrong and first <= min(evidence.wrong) < first + len(SEED_FINDINGS):
        return SEED_FINDINGS[min(evidence.wrong) - first]
    return _mutant(evidence) or _odd(evidence)


def _mutant(evidence: Evidence) -> Finding | None:
    """The mutant that is far more likely than the others, if it is possible."""
    possible = []
    for mutant in evidence.mutants:
        likelihood = _likelihood(evidence, mutant)
        if likelihood is not None and _fails_as_much(evidence, mutant):
            possible.append((likelihood, mutant))
    possible.sort(key=lambda pair: pair[0], reverse=True)
    if not possible or any(possible[0][0] - other < FAR_MORE for other, _ in possible[1:]):
        return None
    mutant = possible[0][1]
    return Finding(mutant.name, "likely", mutant.misconception, mutant.hint, mutant.kind)


def _likelihood(evidence: Evidence, mutant: Mutant) -> float | None:
    """The log-likelihood of the submission's measurements; None if the mutant is not possible."""
    total = 0.0
    count = len(evidence.spec.properties)
    for group in _repetitions(evidence):
        theirs = [_measured(evidence, mutant, i) for i in group]
        for k in range(count):
            mine = [evidence.got(i, k) for i in group]
            values = [each[k] if each is not None else None for each in theirs]
            gap = _gap(mine, values)
            if gap is None:
                return None
            total += gap
    return total


def _gap(mine: list[Any], theirs: list[Any]) -> float | None:
    """The log-likelihood of the means of repeated measurements; None if they are too far apart."""
    if any(value is None for value in (*mine, *theirs)):
        return None
    if len({np.shape(value) for value in (*mine, *theirs)}) > 1:
        return None
    a, b = np.array(mine, dtype=float), np.array(theirs, dtype=float)
    if (np.isfinite(a) != np.isfinite(b)).any():
        return None
    a, b = np.nan_to_num(a), np.nan_to_num(b)
    freedom = 2 * (len(a) - 1)
    size = ROUNDING * np.maximum(abs(a).max(axis=0), abs(b).max(axis=0)) + 1e-12
    variance = (a.var(axis=0) + b.var(axis=0)) / (len(a) - 1) + size**2
    t = (a.mean(axis=0) - b.mean(axis=0)) ** 2 / variance
    distance = (freedom + 1) * np.log(1 + t / freedom)
    if (distance > FURTHEST).any():
        return None
    return float(-0.5 * (distance + np.log(variance)).sum())


def _repetitions(evidence: Evidence) -> Iterator[list[int]]:
    """The cases with the same settings, apart from the seed, the smallest samples first."""
    groups: dict[str, list[int]] = {}
    seed = evidence.case_set.arguments.index("seed")
    for i, case in enumerate(evidence.case_set.cases):
        settings = repr([value for k, value in enumerate(case.arguments) if k != seed])
        groups.setdefault(settings, []).append(i)
    return reversed([group for group in groups.values() if len(group) >= REPEATED])


def _measured(evidence: Evidence, mutant: Mutant, case: int) -> Any:
    """The measurements on a mutant's sample of a case, remembered for other submissions."""

    def measured() -> Any:
        try:
            return mutant.call(list(evidence.case_set.cases[case].arguments))
        except Exception:  # a mutant may fail for some settings
            return None

    return evidence.case_set.remembered(("sample", mutant.name, case), measured)


def _fails_as_much(evidence: Evidence, mutant: Mutant) -> bool:
    """Whether a mutant fails the tests of many samples that the submission clearly fails.

    Where one draw decides many entries, it is chance which of these tests fail. A mutant that fails
    some of them may therefore be the cause of any others.
    """
    cases = evidence.case_set.cases
    asked = range(len(evidence.spec.properties) + len(SEED_TESTS), len(evidence.case_set.results))
    got = [[evidence.got(i, k) for k in asked] for i in range(len(cases))]
    mine = np.array([[np.nan if v is None else float(v) for v in row] for row in got])
    measured = [_measured(evidence, mutant, i) for i in range(len(cases))]
    complete = joined(evidence.spec, [case.arguments for case in cases], measured)
    theirs = np.array([[0.0] * len(asked) if m is None else m[asked.start :] for m in complete])
    if (abs(theirs[:, -len(TESTS) :]) > 1).any():
        return True
    clearly = 1.0 if mutant.kind == "convention" else CLEARLY
    too_small = (mine.min(axis=0) < -1) & (theirs.min(axis=0) > -NEARLY)
    too_large = (mine.max(axis=0) > clearly) & (theirs.max(axis=0) < NEARLY)
    return not (too_small | too_large).any()


def _deviation(evidence: Evidence) -> Finding | None:
    """By which factor the standard deviation is off, for all settings or for each of them."""
    arguments = evidence.case_set.arguments
    k, factors, words = evidence.case_set.results.index(DEVIATION), [], []
    for group in _repetitions(evidence):
        got = [evidence.got(i, k) for i in group]
        if any(value is None or np.shape(value) or not np.isfinite(value) for value in got):
            return None
        case = evidence.case_set.cases[group[0]]
        named = dict(zip(arguments, case.arguments, strict=True))
        ends = evidence.spec.properties[k](np.broadcast_to(0.0, MANY), **named)
        right = (ends.low + ends.high) / 2
        found = math.sqrt(float(np.mean(np.square(got))))
        where = " and ".join(f"{n} = {value}" for n, value in named.items() if n != "seed")
        factors.append(found / right)
        words.append(f"{found:.3g} and should be about {right:.3g} where {where}")
    if not factors or min(factors) <= 0:
        return None
    off = sorted(range(len(factors)), key=lambda i: abs(math.log(factors[i])))
    text = f"The standard deviation is {words[off[-1]]}"
    if max(factors) <= (1 + CONSTANT) * min(factors):
        text += f", and {factors[-1]:.3g} times what is right whatever the settings."
    else:
        text += f". It is {words[off[0]]}."
    return Finding("standard_deviation", "observed", text, "Which numbers decide how large it is?")


def _off(evidence: Evidence, name: str) -> bool:
    """Whether a test is failed, by one sample or by many together."""
    names = {name, OF_MANY.format(name)}
    return any(evidence.case_set.results[k] in names for k in evidence.wrong)


def _odd(evidence: Evidence) -> Finding | None:
    """What is most unlikely about the samples, unless they have a wrong shape or no numbers."""
    if 0 in evidence.wrong:
        return None
    units = {name: _units(evidence, name) for name in (*ODD, DEVIATION) if _off(evidence, name)}
    if not units:
        return None
    name = max(units, key=lambda name: abs(units[name]))
    if DEVIATION in units and name in (DEVIATION, *OF_THE_DISTRIBUTION):
        return _deviation(evidence)
    sentences, hint = ODD[name]
    sentence = sentences[-1] if units[name] < 0 else sentences[0]
    return Finding(name.replace(" ", "_"), "observed", sentence, hint)


def _units(evidence: Evidence, name: str) -> float:
    """How far off a test is where it is worst, in units of what chance allows."""
    names, worst = evidence.case_set.results, 0.0
    for i, case in enumerate(evidence.case_set.cases):
        for k in (k for k in evidence.wrong if names[k] in (name, OF_MANY.format(name))):
            got, want = evidence.got(i, k), case.results[k]
            if got is not None and np.shape(got) == () and np.isfinite(got):
                found = in_units(got, want.low, want.high)
                worst = max(worst, found, key=abs)
    return worst
