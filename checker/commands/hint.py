"""check hint: the next hint on a task."""

from pathlib import Path

import click


@click.command(short_help="Give the next hint on a task.")
@click.argument("words", nargs=-1, required=True, metavar="[NAME] TASK")
def hint(words: tuple[str, ...]) -> None:
    """Give the next hint on TASK. NAME, its assignment, is needed if several have such a task.

    Hints go from the goal of the task to the smallest input, and use the results of the last check.
    They never show code that solves the task.
    """
    from checker.reports import screen
    from checker.student import hints

    try:
        click.echo(hints.given(words, Path(), screen.size().columns))
    except LookupError as error:
        raise click.UsageError(str(error)) from error
