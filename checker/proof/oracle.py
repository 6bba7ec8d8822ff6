"""What an oracle is.

A `CaseOracle` asks a question of each case it suits. `NamedCases` is a collection of questions with
names, so that a deviation can name the one that differs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checker.numerics.equations import Equation
from checker.proof.trial import Trial

Thunk = Callable[[], list[Equation]]
NamedCases = Mapping[str, Thunk]


class NotComparedError(Exception):
    """There is nothing to compare in this case. The message is the reason, which is counted."""


MOST = 1000  # cases of an oracle: all of them
CHAOTIC = "an error grows along a long axis until no digit is left"
NO_SETTING = "torch has no such setting"


def always(trial: Trial) -> bool:
    return True


@dataclass(frozen=True)
class CaseOracle:
    """`ask` compares one case. At most `most` of the cases that it `suits` are compared.

    It answers with no equations where there is nothing to compare.
    """

    ask: Callable[[Trial], list[Equation]]
    suits: Callable[[Trial], bool] = always
    most: int = MOST


Oracle = CaseOracle | NamedCases
