"""check doctor: how far this machine can sandbox a submission."""

import click


@click.command(short_help="Show how submissions are sandboxed on this machine.")
def doctor() -> None:
    """Show how submissions are sandboxed on this machine, layer by layer.

    Exits with 1 if the isolation is less than full.
    """
    from checker.reports import isolation
    from checker.sandbox.spawn import spawn

    worker = spawn()
    try:
        level, lacking = worker.isolation, worker.lacking
    finally:
        worker.close()
    click.echo(isolation.explained(level, lacking))
    raise SystemExit(0 if level == "full" else 1)
