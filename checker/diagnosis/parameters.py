"""Parameters of the student's function that stand in another order than those of the starter.

`check` passes arguments by their places, so each gets the value of another one.
"""

from collections.abc import Sequence
from dataclasses import replace

from checker.diagnosis.finding import Finding

HINT = "Compare the line that begins with def with that of the starter."


def in_front(
    finding: Finding | None, function: str, arguments: Sequence[str], parameters: Sequence[str]
) -> Finding | None:
    """What is said of the order, with the finding behind it, or the finding if the order is right.

    A function that is right with exchanged names is never asked about.
    """
    given = parameters[: len(arguments)]
    if given == arguments or sorted(given) != sorted(arguments):
        return finding
    words = (
        f"The parameters of {function} stand in another order: ({', '.join(given)}), where "
        f"({', '.join(arguments)}) is asked."
    )
    told = Finding("parameters_exchanged", "likely", words, HINT)
    return replace(told, also=(finding.misconception, *finding.also)) if finding else told
