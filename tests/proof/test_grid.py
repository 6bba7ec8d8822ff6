"""The inputs of recordings are the same everywhere, and have bits enough."""

import numpy as np

from checker.proof.recordings import grid, passes
from checker.proof.recordings.grid import SplitMix64
from reference.catalogue import operation


def test_splitmix_gives_the_numbers_of_its_authors():
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert SplitMix64(1234567).next(3).tolist() == published
    generator = SplitMix64(1234567)
    assert [int(generator.next()[0]) for _ in range(3)] == published


def test_the_inputs_of_long_cases_have_more_bits_than_tensor_float_has(monkeypatch):
    monkeypatch.setattr(grid, "LONG", (1032,))
    cases = {case.title: case for case in grid.cases(operation("matmul"))}
    case = cases["axes of 1032"]
    assert {a.shape for a in case.arguments.values()} == {(64, 1032), (1032, 64)}
    bits = case.arguments["a"].astype("<f4").view("<u4")
    assert np.any(bits & 0x1FFF)
    assert all(np.array_equal(a.astype("<f4"), a) for a in case.arguments.values())
    assert "cuda tf32" in map(str, passes.expected(case, "cuda"))
    assert "cuda tf32" not in map(str, passes.expected(cases["size 1"], "cuda"))
