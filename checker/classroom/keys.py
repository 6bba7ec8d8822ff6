"""Keys: how platforms tell students apart. A value means something only within its space.

The number 100 may be one student's `sid` on Gradescope and another student's id on Canvas. So
nothing is ever looked up by the value alone.
"""

from dataclasses import dataclass

CANVAS_ID = "Canvas id"
CANVAS_ANONYMOUS = "anonymous Canvas id"
GRADESCOPE_SID = "Gradescope sid"
MOODLE_PARTICIPANT = "Moodle participant"
NBGRADER_STUDENT = "nbgrader student"
GITHUB_LOGIN = "GitHub login"
ROSTER_IDENTIFIER = "roster identifier"
EMAIL = "e-mail"
FILE_NAME = "file name"  # where nothing else names the student
OF_ONE_ASSIGNMENT = {CANVAS_ANONYMOUS, MOODLE_PARTICIPANT}  # in another one, someone else


@dataclass(frozen=True)
class Key:
    """A value, and the space in which it names one student."""

    space: str
    value: str

    def __str__(self) -> str:
        return f"{self.space} {self.value}"


def email(address: str) -> Key:
    """The key of an e-mail address. Every platform here ignores its upper case."""
    return Key(EMAIL, address.strip().casefold())
