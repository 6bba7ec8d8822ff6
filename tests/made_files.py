"""The files of a report format, whole."""

from checker.reports import formats


def files(name, assignment, rows, options=None):
    made = formats.make(name)(assignment, rows, options or formats.Options())
    return {path: b"".join(pieces) for path, pieces in made}
