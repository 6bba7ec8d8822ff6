"""check show: draw a picture."""

from importlib.util import find_spec
from pathlib import Path

import click


@click.command()
@click.argument("name", required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file: .png, .svg or .pdf.")
def show(name: str | None, out: Path | None) -> None:
    """Draw the picture NAME into a file; without a NAME, list the pictures."""
    if find_spec("matplotlib") is None:
        click.echo("check show needs matplotlib: pip install 'gradproof[plots]'", err=True)
        raise SystemExit(3)
    from checker.gallery import PICTURES

    if name is None:
        for known, draw in PICTURES.items():
            click.echo(f"  {known:<12} {draw.__doc__}")
        return
    if name not in PICTURES:
        raise click.UsageError(f"there is no picture {name!r}: {', '.join(PICTURES)}.")
    path = out or Path(f"{name}.png")
    try:
        PICTURES[name]().savefig(path, dpi=160)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be written: {error}") from error
    click.echo(f"{path} written.")
