"""The result of a diagnosis."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A misconception that explains an answer, and how certain that is.

    certain    it reproduces every answer, including answers that were not used to find it
    likely     it also reproduces every answer, but so may another cause: a number is fitted, few
               answers are wrong, or it says what the answers are equal to
    observed   a pattern in the errors, or a property that does not hold, but not the cause

    `mistake` is the permanent id of the finding. `kind` is that of a mutant: "mistake",
    "convention" or "unstable". `also` has the misconceptions of further findings. `results` are
    the results that it explains; if there are none, it is about all of them.
    """

    mistake: str
    certainty: str
    misconception: str
    hint: str = ""
    kind: str = "mistake"
    also: tuple[str, ...] = ()
    results: tuple[int, ...] = ()
