"""check explain: what an operation is, and what often goes wrong with it."""

import json
from pathlib import Path

import click


@click.command(short_help="Explain an operation, or the operation of a task.")
@click.argument("words", nargs=-1, required=True, metavar="NAME | [ASSIGNMENT] TASK")
@click.option("--derivative", is_flag=True, help="Show also the derivative that a task asks for.")
@click.option("--solution", is_flag=True, help="Show a right way to write a task you have solved.")
@click.option("--json", "as_json", is_flag=True, help="Print the parts as JSON.")
def explain(words: tuple[str, ...], derivative: bool, solution: bool, as_json: bool) -> None:
    """Explain NAME, an operation or a task: formula, shapes, properties, common mistakes, source.

    The page has words and formulas, but no code that solves a task. While a task asks for the
    derivative and is not right, the derivative is shown on request only. With --solution, show the
    formula and code of a task that you have solved, if the assignment allows it.
    """
    from checker.reports import screen
    from checker.student import explanations, operation_text, solutions

    folder = Path()
    if solution and as_json:
        raise click.UsageError("--solution cannot be combined with --json.")
    try:
        if solution:
            click.echo(solutions.page(words, folder, screen.size().columns))
            return
        operation = explanations.find(words, folder)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    except solutions.NotShownError as error:
        click.echo("\n".join(screen.wrapped(str(error), screen.size().columns)))
        raise SystemExit(1) from error
    parts, kept = explanations.parts(operation, folder, derivative)
    if as_json:
        click.echo(json.dumps(parts, indent=2))
        return
    width = screen.size().columns
    click.echo(operation_text.text(parts, width))
    if kept:
        click.echo("\n" + "\n".join(screen.wrapped(kept, width)))
