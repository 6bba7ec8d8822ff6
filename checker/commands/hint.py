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
    from checker.cases import case_cache
    from checker.student import hints, progress, task_names
    from checker.student.progress_bar import Waiting

    folder = Path()
    try:
        assignment, task = task_names.find(words, folder)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    seen = progress.load(folder).task(assignment.name, task.function)
    if seen.verdict == "right":
        click.echo(f"{task.function} was right when it was last checked.\n")
    with Waiting("Making the cases, once", len(assignment.tasks)) as bar:
        case_sets = case_cache.load(assignment, bar.step)
    lines_of = hints.hints(assignment, task, case_sets[task.function], seen)
    at = seen.hints % len(lines_of)
    progress.count_hint(folder, assignment.name, task.function, at + 1)
    click.echo(f"{click.style(task.function, bold=True)}, hint {at + 1} of {len(lines_of)}\n")
    click.echo("\n".join(f"  {line}".rstrip() for line in lines_of[at]))
    last = at + 1 == len(lines_of)
    more = "That was the last hint. To start again" if last else "For the next hint"
    click.echo(f"\n{more}: check hint {' '.join(words)}")
