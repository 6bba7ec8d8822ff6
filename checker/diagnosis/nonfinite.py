"""Find out that nan or inf is all that is wrong, and for which inputs it comes."""

import numpy as np

from checker.cases.comparison import close
from checker.diagnosis import kinds_of_case, location
from checker.diagnosis.evidence import Evidence, sentence
from checker.diagnosis.finding import Finding
from checker.diagnosis.location import Masks

HINT = "Which step gives it: a division by 0, a logarithm of 0, or 0 times inf?"


def look(evidence: Evidence) -> Finding | None:
    for result in evidence.wrong:
        masks = _masks(evidence, result)
        if not masks:
            continue
        got = [evidence.got(i, result)[mask] for i, mask in masks]
        what = "nan" if all(np.isnan(g).all() for g in got) else "nan or inf"
        what = "inf" if all(np.isinf(g).all() for g in got) else what
        who = evidence.case_set.results[result]
        everywhere = all(mask.all() for _, mask in masks)
        where = "in all entries of all cases" if everywhere else _where(evidence, masks)
        rest = "" if everywhere else ", and right everywhere else"
        text = sentence(f"{who} is {what} {where or 'in some cases'}{rest}.")
        certainty = "likely" if where and not everywhere else "observed"
        return Finding("not_a_number", certainty, text, HINT, results=(result,))
    return None


def _masks(evidence: Evidence, result: int) -> Masks:
    """The entries that are nan or inf, of each case; nothing if that is not all that is wrong."""
    masks = []
    for i in evidence.ordinary:
        want, got = evidence.case_set.cases[i].results[result], evidence.got(i, result)
        if got is None or got.shape != want.low.shape or got.dtype.kind != "f":
            return []
        lost = ~np.isfinite(got) & np.isfinite(want.low)
        if not np.all(close(want, got) | lost):
            return []
        masks.append((i, lost))
    return masks if any(mask.any() for _, mask in masks) else []


def _where(evidence: Evidence, masks: Masks) -> str:
    """The entries that are all lost, or the cases, in words; or nothing."""
    for words, place in location.entries(evidence):
        if location.is_exactly(evidence, masks, place):
            return words
    lost = {i for i, mask in masks if mask.any()}
    known = kinds_of_case.kinds(evidence) if len(lost) < len(masks) else []
    return next((words for words, cases in known if cases == lost), "")
