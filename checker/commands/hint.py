"""check hint: the next hint on a task."""

from pathlib import Path

import click


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="[NAME] TASK")
def hint(words: tuple[str, ...]) -> None:
    """Give the next hint on TASK, of assignment NAME if others have such a task too.

    From what is asked, by questions, to the smallest input; never code that solves it. What was
    found out when it was last checked counts.
    """
    from checker import bank, progress, tasks
    from checker.reports import hints
    from checker.waiting import Waiting

    folder = Path()
    try:
        found, task = tasks.find(words, folder)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    seen = progress.load(folder).task(found.name, task.function)
    if seen.verdict == "right":
        click.echo(f"{task.function} was right when it was last checked.\n")
    with Waiting("Making the cases, once", len(found.tasks)) as bar:
        banks = bank.load(found, bar.step)
    given = hints.hints(found, task, banks[task.function], seen)
    at = seen.hints % len(given)
    progress.count_hint(folder, found.name, task.function, at + 1)
    click.echo(f"{click.style(task.function, bold=True)}, hint {at + 1} of {len(given)}\n")
    click.echo("\n".join(f"  {line}".rstrip() for line in given[at]))
    last = "That was the last one. From the beginning" if at + 1 == len(given) else "The next one"
    click.echo(f"\n{last}: check hint {' '.join(words)}")
