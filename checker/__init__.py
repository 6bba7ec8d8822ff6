"""The checker: proves the reference against its oracles, and grades students against it."""


def load_ipython_extension(shell: object) -> None:
    """What `%load_ext checker` calls in a notebook."""
    from checker.student.jupyter import load

    load(shell)
