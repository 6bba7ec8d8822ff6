"""check doctor: how far this machine shuts a submission off."""

import click


@click.command()
def doctor() -> None:
    """Say what keeps a submission in its place on this machine, layer by layer.

    Exits with 1 where the isolation is less than full.
    """
    from checker.reports import isolation
    from checker.worker.spawn import spawn

    worker = spawn()
    try:
        level, lacking = worker.isolation, worker.lacking
    finally:
        worker.close()
    click.echo(isolation.explained(level, lacking))
    raise SystemExit(0 if level == "full" else 1)
