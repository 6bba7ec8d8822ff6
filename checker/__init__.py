"""The checker: proves the reference against its oracles, and grades students against it."""

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext checker` calls in a notebook."""
    from checker.student.jupyter import load

    load(shell)
