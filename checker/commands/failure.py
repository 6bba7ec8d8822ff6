"""What is said of an error that no command has expected, and who has to mend it."""

import contextlib

from checker.course import assignment, code
from checker.course import course as courses
from checker.course.manifest import ManifestError
from checker.sandbox import shortage
from reference import catalogue


class FailedError(Exception):
    """Such an error in words: the grader has failed. These can be sent to another process."""


class AuthorError(FailedError):
    """The same, if the author of the course has to mend something."""


def told(error: Exception) -> FailedError:
    """An error in words. Those of this package say what to do, and those of a course where."""
    if isinstance(error, FailedError):
        return error
    if short := shortage.explained(error):
        return FailedError(short)
    from checker.library.mutants import LibraryError

    if isinstance(error, (ManifestError, courses.CourseError, LibraryError)):
        return AuthorError(str(error))
    if wrong := _of_manifests():
        return AuthorError("\n".join(wrong))
    if isinstance(error, catalogue.OperationError):
        return AuthorError(str(error))
    if file := code.blamed(error):
        return AuthorError(catalogue.described(error, file))
    ours = type(error).__module__.startswith(("checker.", "reference."))
    return FailedError(str(error) if ours else f"{type(error).__name__}: {error}")


def _of_manifests() -> list[str]:
    """Problems of the manifests with the operations, which only `check prove` looks for."""
    found: list[str] = []
    with contextlib.suppress(Exception):
        if courses.IS_COMPLETE and courses.current().folder != courses.SHIPPED:
            from checker.audit import manifest_meaning

            for name in assignment.names():
                found += manifest_meaning.problems(assignment.find(name))
    return found
