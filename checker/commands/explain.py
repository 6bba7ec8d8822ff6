"""check explain: what an operation is, and what often goes wrong with it."""

import json

import click


@click.command(short_help="Explain an operation, or the operation of a task.")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the parts as JSON.")
def explain(name: str, as_json: bool) -> None:
    """Explain NAME, an operation or a task: formula, shapes, properties, common mistakes, source.

    The page has words and formulas, but no code that solves a task.
    """
    from checker.handout.operation_page import explanation, page
    from reference.catalogue import names

    try:
        parts = explanation(name if name in names() else _operation(name))
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(parts, indent=2) if as_json else page(parts))


def _operation(name: str) -> str:
    """The operation of the task of this name; the name itself if there is no such task."""
    from checker.course import assignment

    course = map(assignment.find, assignment.names())
    tasks = [task for each in course for task in each.tasks]
    return next((task.operation for task in tasks if task.function == name), name)
