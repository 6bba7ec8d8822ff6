"""check grade: grade a folder of submissions."""

import os
import sys
from pathlib import Path

import click

from checker import assignment as assignments


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-a", "--assignment", "name", required=True, help="The assignment they solve.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="Where results go."
)
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
def grade(folder: Path, name: str, out: Path, jobs: int) -> None:
    """Grade every submission in FOLDER: each .py, each .ipynb, each folder with one of them.

    Writes grades.csv and results.json.
    """
    from checker.classroom import intake, run
    from checker.reports import terminal

    try:
        found = assignments.find(name)
        submissions = intake.submissions(folder)
        out.mkdir(parents=True, exist_ok=True)
    except (LookupError, intake.IntakeError, OSError) as error:
        raise click.UsageError(str(error)) from error
    graded = run.grade_all(found, submissions, jobs)
    with click.progressbar(graded, len(submissions), "Grading", file=sys.stderr) as bar:
        reports = list(bar)
    run.write(out, found.name, reports)
    click.echo(terminal.many(found.name, reports))
    click.echo(f"  {out / 'grades.csv'} and {out / 'results.json'} written")
