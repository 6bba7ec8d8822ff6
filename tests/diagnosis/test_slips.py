"""A line that cannot do what its author means is told beside what the answers say."""

import pytest

from checker.diagnosis import slips as words
from checker.diagnosis.finding import Finding
from checker.sandbox import slips

EQUAL = Finding("another_result", "likely", "epochs is the length of losses.")
OBSERVED = Finding("place", "observed", "The result is wrong in cases where n is 1.")
CERTAIN = Finding("bias_averaged", "certain", "The bias gradient is averaged.", "Sum or mean?")
CONVENTION = Finding("halved", "certain", "This is half of the mean.", kind="convention")


def beside(finding, *found):
    return words.beside(finding, found, "line {}".format)


@pytest.mark.parametrize("finding", [None, OBSERVED, EQUAL])
def test_a_slip_comes_first_where_no_cause_is_known(finding):
    told = beside(finding, (3, slips.ENDS_AT_ONCE), (5, slips.UNREACHED))
    assert told.mistake == "loop_ends_at_once"
    assert told.misconception.startswith("In line 3: this loop ends in its first round")
    assert told.also[0].startswith("In line 5: this is never reached")
    assert told.also[1:] == ((finding.misconception,) if finding else ())


def test_a_cause_keeps_its_place_in_front_of_a_slip():
    told = beside(CERTAIN, (3, slips.COMPARED))
    assert (told.mistake, told.hint) == (CERTAIN.mistake, CERTAIN.hint)
    assert told.also == ("In line 3: this compares two values, and changes none.",)


def test_what_is_often_meant_comes_last_or_not_at_all():
    assert beside(CERTAIN, (3, slips.WHOLE_NUMBERS)) == CERTAIN
    assert beside(OBSERVED, (3, slips.WHOLE_NUMBERS)).mistake == OBSERVED.mistake
    assert beside(OBSERVED, (3, slips.WHOLE_NUMBERS)).also
    assert beside(None, (3, slips.WHOLE_NUMBERS)).mistake == "whole_numbers"


def test_a_convention_is_no_mistake_and_gets_no_slip_beside_it():
    assert beside(CONVENTION, (3, slips.COMPARED)) == CONVENTION


def test_a_worker_may_send_anything():
    assert beside(OBSERVED, (3, -1), (4, 10**6)) == OBSERVED
    told = beside(None, *((line, slips.COMPARED) for line in range(9)))
    assert len(told.also) == words.MOST_NAMED - 1


def test_every_kind_has_words():
    kinds = {value for name, value in vars(slips).items() if name.isupper() and type(value) is int}
    assert kinds == words.WORDS.keys()
