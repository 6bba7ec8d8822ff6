"""Tests repeat: drawn examples are the same each run, unless HYPOTHESIS_PROFILE=nightly.

Banks made by the tests stay out of the user's cache, and are made once for all of them; progress
made by the tests is not the user's.
"""

import os
from pathlib import Path

from hypothesis import settings

os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parents[1] / "build" / "cache")
os.environ["XDG_DATA_HOME"] = str(Path(__file__).parents[1] / "build" / "data")

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
