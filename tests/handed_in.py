"""Files as a student hands them in, read in this process instead of a worker, to save time."""

from checker.grading import choose_file
from checker.grading.reading import Reader
from checker.sandbox import reader, wire
from checker.sandbox.failures import WorkerDiedError


class InProcess:
    """Answers the questions of a reader as a worker does, through the same messages."""

    budget = None

    def ready(self):
        pass

    def close(self):
        pass

    def read(self, question, details, *, seconds):
        received = wire.decode(wire.encode(details))
        try:
            return wire.decode(wire.encode(reader.answer(question, received)))
        except Exception as error:
            raise WorkerDiedError(repr(error)) from error


def submission(assignment, files):
    """The submission that these files are."""
    return choose_file.submission(assignment, choose_file.opened(files), Reader(InProcess))


def code(filename, data, functions=()):
    """The code of a file."""
    return Reader(InProcess).text(filename, data, list(functions))
