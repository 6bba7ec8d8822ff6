"""Find the mutant that gives the wrong answers of a function that is right in other cases.

The mistake may be behind a condition: only square matrices are transposed. Or the function takes
care of a special case that its mutant leaves alone, or gives nan there.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.comparison import close
from checker.cases.mutants import Mutant
from checker.diagnosis import changed_arguments, location, nearest_formula
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import FEWEST_ERRORS, agrees, errors, promising

WHOLE = "Your answers are what comes out if "  # the first words of those stages
PARTLY = "Where they are wrong, your answers are what comes out if "
MOST_LOST = 0.75  # of the wrong answers: they are nan or inf, whatever the mutant gives


def look(evidence: Evidence) -> Finding | None:
    """The only misconception that fits: two that fit some of the answers are a guess."""
    for candidates in _groups(evidence):
        for result in evidence.wrong:
            fitting = (
                mutant
                for mutant in candidates
                if result in errors(evidence, mutant) and _fits(evidence, mutant, result)
            )
            match list({mutant.misconception: mutant for mutant in fitting}.values()):
                case [mutant]:
                    return _finding(evidence, mutant, result)
                case [_, *_]:
                    return None
    return None


def _groups(evidence: Evidence) -> Iterator[list[Mutant]]:
    """The mutants written for the operation, generic ones, and then those of other stages."""
    known = [mutant for mutant in evidence.mutants if mutant.kind != "unstable"]
    yield [mutant for mutant in known if not mutant.generic]
    # An argument that is used in some cases is not ignored.
    yield [mutant for mutant in known if mutant.generic and "_ignored" not in mutant.name]
    for others in (changed_arguments.mutants, nearest_formula.mutants):
        yield list(promising(evidence, map(_there, others(evidence))))


def _there(mutant: Mutant) -> Mutant:
    """A mutant of another stage, with words about the wrong answers only."""
    words = mutant.misconception.removeprefix(WHOLE).rstrip(".")
    return replace(mutant, misconception=f"{PARTLY}{words}{'' if words.endswith('?') else '.'}")


def _finding(evidence: Evidence, mutant: Mutant, result: int) -> Finding:
    where = location.kind_of_case(evidence, result)
    also = (where,) if where else ()
    words, hint = mutant.misconception, mutant.hint
    return Finding(mutant.name, "likely", words, hint, also=also, results=(result,))


def _fits(evidence: Evidence, mutant: Mutant, result: int) -> bool:
    """Whether the wrong answers are those of the mutant, with enough different wrong numbers.

    Whole numbers do not count: they are equal by chance.
    """
    numbers: set[float] = set()
    wrong = lost = 0
    for source in (evidence, evidence.elsewhere):
        outcomes = source.outcomes(mutant)
        for i in source.ordinary:
            right, got = source.judged[i].right, source.got(i, result)
            if right and right[result]:
                continue
            answer, _ = outcomes[i]
            wrong += 1
            if got is None or answer is None or len(answer) != len(source.case_set.results):
                return False
            if agrees(source, i, answer, result):
                numbers |= _errors(source.case_set.cases[i].results[result], got)
            elif np.isfinite(got).all() and np.isfinite(answer[result]).all():
                return False
            else:
                lost += 1
    return len(numbers) >= FEWEST_ERRORS and lost <= MOST_LOST * wrong


def _errors(want: Result, got: Any) -> set[float]:
    """The wrong numbers of an answer that have fractions."""
    wrong = got[~close(want, got)] if got.shape == want.low.shape else got.ravel()
    return {float(number) for number in wrong if np.isfinite(number) and number % 1}
