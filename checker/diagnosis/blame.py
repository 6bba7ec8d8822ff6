"""Which line a report shows beside a finding: not one that the finding clears."""

from collections.abc import Sequence

from checker.diagnosis.finding import Finding
from checker.diagnosis.slips import OFTEN_MEANT, WORDS

# Findings about the order of what is passed or returned, not about a value that a line computes.
OF_ORDER = ("parameters_exchanged", "results_exchanged", "results_in_another_order")


def line(finding: Finding | None, blamed: int, found: Sequence[tuple[int, int]]) -> int:
    """The line to show where a value is wrong, or 0 for none.

    `blamed` is the only place that is left behind a wrong result. A slip may lose a value on its
    way, so that there are more: then the line of the slip is shown if it comes first, or none.
    `found` are lines and kinds of slips.
    """
    if finding is None:
        return blamed
    if finding.mistake in OF_ORDER:
        return 0
    losing = [(line, WORDS[kind][0]) for line, kind in found if kind in WORDS]
    losing = [(line, name) for line, name in losing if name not in OFTEN_MEANT]
    leading = [line for line, name in losing if name == finding.mistake]
    if leading:
        return leading[0]
    return blamed if not losing or blamed in dict(losing) else 0
