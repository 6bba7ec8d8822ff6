"""check explain: what an operation is, and what often goes wrong with it."""

import json

import click


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the parts as data.")
def explain(name: str, as_json: bool) -> None:
    """Explain operation NAME: formula, shapes, laws, conventions, common mistakes, source.

    In words and formulas; no code that solves a task.
    """
    from checker.explain import explanation, page

    try:
        found = explanation(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(found, indent=2) if as_json else page(found))
