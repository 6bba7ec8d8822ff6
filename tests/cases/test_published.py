"""A published assignment that cannot be read says so, and what to do."""

import pytest

from checker.cases import published


@pytest.mark.parametrize("data", [b"", b"not compressed", None])
def test_a_damaged_file_is_told(tmp_path, data):
    made = published.packed_cases({})
    for name in (published.CASE_SETS, published.ANSWERS.format("dense")):
        (tmp_path / name).write_bytes(made[:-5] if data is None else data)
    assert published.is_published(tmp_path)
    with pytest.raises(published.DamagedError, match="get the assignment from your teacher again"):
        published.case_sets(tmp_path)
    with pytest.raises(published.DamagedError, match=r"published\.dense\.answers is damaged"):
        published.further(tmp_path, "dense")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(published.DamagedError, match="damaged or missing"):
        published.mutants(tmp_path, "dense")
