"""What is said of an error that nobody expected."""

from checker.course import code
from checker.sandbox import shortage
from reference import catalogue


class FailedError(Exception):
    """Such an error in another process, in words."""


def words(error: Exception) -> str:
    """An error in words. Those of this package say what to do, and those of a course where."""
    if short := shortage.explained(error):
        return short
    if file := code.blamed(error):
        return catalogue.described(error, file)
    ours = type(error).__module__.startswith(("checker.", "reference."))
    return str(error) if ours else f"{type(error).__name__}: {error}"
