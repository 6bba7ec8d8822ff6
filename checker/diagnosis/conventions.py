"""Whether answers that follow another convention are right.

They are if conventions explain all that is wrong, and if a gradient belongs to the forward of the
same submission: the gradient of half a penalty is wrong beside a penalty without the half.
"""

from dataclasses import replace

from checker.diagnosis import own_forward
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.diagnosis.matching import reproduced


def settled(evidence: Evidence, finding: Finding | None) -> Finding | None:
    """The finding, as a mistake if it is a convention that does not make the answers right."""
    if finding is None or finding.kind != "convention":
        return finding
    known = [mutant for mutant in evidence.mutants if mutant.kind == "convention"]
    explained = {result for mutant in known for result in reproduced(evidence, mutant)}
    if not explained.issuperset(evidence.wrong):
        return replace(finding, kind="mistake")
    forward = own_forward.own(evidence)
    if forward is None or not own_forward.is_right(evidence, forward):
        return finding
    but = f"Your {forward} follows the convention of this task, so its gradient has to as well."
    return replace(finding, kind="mistake", also=(but, *finding.also))
