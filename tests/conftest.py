"""Banks made by the tests stay out of the user's cache, and are made once for all of them."""

import os
from pathlib import Path

os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parents[1] / "build" / "cache")
