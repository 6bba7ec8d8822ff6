"""The ways in which a worker can fail to answer."""


class WorkerDiedError(Exception):
    """The process ended, or sent an invalid reply."""


class TimedOutError(Exception):
    """No reply within the time limit."""


class CpuTimeSpentError(TimedOutError):
    """The worker used up its CPU time, which does not depend on the load of the machine."""


class BudgetSpentError(CpuTimeSpentError):
    """The submission used up the time that all its requests have together. No retry can help."""


class NotStartedError(OSError):
    """The worker failed before it received a submission, so no submission is to blame."""
