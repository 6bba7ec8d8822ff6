"""check progress: what has been solved in this folder."""

from pathlib import Path

import click

from checker.course import assignment as assignments


@click.command(short_help="Show what you have solved, when, and what is next.")
def progress() -> None:
    """Show which tasks of the course were solved in this folder and when, and what is next.

    It is a note on your own computer, and decides nothing. It is found again in a folder that was
    moved.
    """
    from checker.reports import screen
    from checker.student import summary

    course = [assignments.find(name) for name in assignments.names()]
    click.echo(summary.page(course, Path(), screen.size().columns))
