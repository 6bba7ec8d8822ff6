"""Find the change of the reference in one place that gives the student's answers.

It comes after all that is written down, and says what the answers are equal to. That need not be
what the student did, so it is never certain. A change without plain words is not said.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from checker.cases.mutants import Mutant
from checker.diagnosis.changed_functions import changed
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import promising, reproduced, thin
from checker.library.variants import variants

MOST_NAMED = 2  # changes in one finding
MOST_VARIANTS = 3
VAGUE = re.compile(
    "intermediate|what comes|one term|before the sign|after the sign|one step"
    "|the number|the function|one (comparison|condition)|a (condition|range)|two conditions"
    r"|there is (True|False)|\.ndim"
)
HINT = "Compare this part of your function with the formula in the text, sign by sign."


def look(evidence: Evidence) -> Finding | None:
    """The first change that explains all wrong results, or else one that explains some.

    Few different wrong answers fit many changes. Then at most two are named.
    """
    found: dict[str, list[int]] = {}
    for mutant in promising(evidence, mutants(evidence)):
        results = reproduced(evidence, mutant)
        if results:
            found.setdefault(mutant.misconception, results)
            if set(results) >= set(evidence.wrong) and not thin(evidence, results[0]):
                break
    if not found:
        return None
    words, results = max(found.items(), key=lambda item: len(item[1]))
    rivals = [other for other in found if other != words and found[other] == results]
    if not thin(evidence, results[0]):
        return _finding(words, results)
    return _finding(" or ".join([words, *rivals]), results) if len(rivals) < MOST_NAMED else None


def mutants(evidence: Evidence) -> Iterator[Mutant]:
    """All changes of the reference, then those of the shortest other ways to write it."""
    form = evidence.form
    known = frozenset((*evidence.case_set.arguments, *evidence.case_set.results))
    others = variants(evidence.task.operation, form.backward)
    shortest = sorted(others, key=lambda function: len(function.__code__.co_code))
    for base in (_plain(form.reference), *shortest[:MOST_VARIANTS]):
        for k, (words, function) in enumerate(changed(base, known)):
            if not VAGUE.search(words):
                call = partial(form.call, function)
                yield Mutant(f"{base.__name__} changed {k}", "mistake", words, HINT, call, True)


def _finding(words: str, results: list[int]) -> Finding:
    text = f"Your answers are what comes out if {words}."
    return Finding("nearest_formula", "likely", text, HINT, results=tuple(results))


def _plain(function: Any) -> Any:
    while isinstance(function, partial):
        function = function.func
    return function
