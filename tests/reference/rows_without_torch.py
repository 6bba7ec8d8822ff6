"""The proof where PyTorch is not installed, as on a Python that it has no wheel for."""

import pytest

NO_TORCH = "No module named 'torch'"


def failures(rows):
    """What is wrong in the rows, in words. Skips if nothing is, but torch was not there to ask."""
    found = [f"{row.oracle}: {row.failure}" for row in rows if not row.passed]
    wrong = [words for words in found if NO_TORCH not in words]
    if found and not wrong:
        # Skipped, the comparison with torch is missing; all other oracles have agreed.
        pytest.importorskip("torch", reason="PyTorch is not installed")
    return wrong or found
