"""The option --fail-under: with fewer points, the exit code is 1."""

import re

import click

NUMBER = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(%?)")

option = click.option(
    "--fail-under",
    "limit",
    metavar="POINTS",
    help="End with exit code 1 below these points, or below a share of them such as 60%.",
)


def points(limit: str, most: float) -> float:
    """The points that are needed, of `most`. Raises click.UsageError."""
    match = NUMBER.fullmatch(limit)
    if match is None:
        raise click.UsageError(
            f"--fail-under needs points such as 12, or a share such as 60%, not {limit!r}."
        )
    needed = float(match[1]) * (most / 100 if match[2] else 1)
    if needed > most:
        raise click.UsageError(f"--fail-under {limit}: there are only {most:g} points.")
    return round(needed, 2)
