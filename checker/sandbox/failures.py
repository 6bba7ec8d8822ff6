"""The ways in which a worker can fail to answer."""


class WorkerDiedError(Exception):
    """The process ended, or sent an invalid reply."""


class TimedOutError(Exception):
    """No reply within the time limit."""


class CpuTimeSpentError(TimedOutError):
    """The worker used up its CPU time, which does not depend on the load of the machine."""


class SleptError(TimedOutError):
    """The worker slept too long, which does not depend on the load of the machine either."""

    def __init__(self) -> None:
        super().__init__("it sleeps, or waits for something that never comes")


class BudgetSpentError(CpuTimeSpentError):
    """The submission used up the time that all its requests have together. No retry can help."""


class LostError(Exception):
    """The worker was lost beside others, one of which may be to blame.

    The kernel ended it because memory ran out for all, or the fork server has ended.
    """


class NotStartedError(OSError):
    """The worker failed before it received a submission, so no submission is to blame."""
