"""From a wrong answer to what explains it.

The stages, in the order in which they are believed:

    hygiene     asked again, it answers something else
    refusal     what has no answer gets one
    known       the answers are exactly those of a version in the library
    finiteness  only extreme inputs fail
    shapes      the values are right in another shape
    own         the backward is right for the student's own forward
    factors     right, or a known version, but for a factor that is one formula in the sizes
    terms       a sum of the terms that right and wrong versions are made of
    locality    all the errors sit in one place
    laws        something is true of the operation and not of theirs

"You did this" is only ever said where this gives every answer. What a stage cannot prove it calls
an observation, and where no stage finds anything nothing is said: the counterexample speaks then.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from checker.diagnosis import (
    chance,
    factors,
    finiteness,
    hygiene,
    known,
    laws,
    locality,
    own,
    refusal,
    shapes,
    terms,
)
from checker.diagnosis.evidence import Evidence, Finding

Look = Callable[[Evidence], Finding | None]

STAGES: tuple[Look, ...] = (
    hygiene.look,
    refusal.look,
    known.look,
    finiteness.look,
    shapes.look,
    own.look,
    factors.look,
    factors.look_at_known,
    terms.look,
    locality.look,
    laws.look,
)


def diagnose(evidence: Evidence) -> Finding | None:
    """What explains an answer; None where nothing does."""
    return chance.look(evidence) if evidence.task.asks == "draw" else _of_numbers(evidence)


def _of_numbers(evidence: Evidence) -> Finding | None:
    """The first finding; what is only observed is followed by other observations, folded.

    What is certain of a backward is followed by whether it fits the student's own forward.
    """
    found: list[Finding] = []
    for look in STAGES:
        found += _found(look, evidence)
        if found and (found[0].certainty != "observed" or len(found) == 3):
            break
    if not found:
        return None
    if found[0].certainty == "certain":  # a mistake in a backward may come from the forward
        found += _found(own.look, evidence)
    first, *others = found
    return replace(first, also=first.also + tuple(other.misconception for other in others))


def _found(look: Look, evidence: Evidence) -> list[Finding]:
    with np.errstate(all="ignore"):  # what came back may be anything
        finding = look(evidence)
    return [] if finding is None else [finding]
