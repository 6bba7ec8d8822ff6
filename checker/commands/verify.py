"""check verify: prove the reference against its oracles."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from checker.commands.files import writing

INSTALL = "pip install 'gradproof[verify]'"
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Compare the reference with PyTorch and other oracles.")
@click.option("--only", multiple=True, metavar="NAME", help="Check this operation only.")
@click.option(
    "--oracle", multiple=True, metavar="NAME", help='Use this oracle only: edges, "property *".'
)
@click.option("--json", "as_json", is_flag=True, help="Print every row as JSON.")
@click.option("--html", type=FILE, metavar="FILE", help="Also write an HTML page.")
@click.option("--record", type=FILE, metavar="FILE", help="Only record what torch computes.")
@click.option(
    "--device", type=click.Choice(["cpu", "cuda"]), default="cpu", help="Where torch runs."
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Compare the reference with a recording. Needs no torch.",
)
def verify(
    only: tuple[str, ...],
    oracle: tuple[str, ...],
    as_json: bool,
    html: Path | None,
    record: Path | None,
    device: str,
    replay: Path | None,
) -> None:
    """Check every operation against torch, its derivative, its edges and its properties.

    Each number is the worst error found, as a fraction of its bound: above 1 is a failure. Without
    torch, operations that are named are checked by their derivatives and properties alone.
    """
    lacking = not replay and find_spec("torch") is None
    if lacking:
        if record or not only:
            click.echo(f"check verify needs torch: {INSTALL}", err=True)
            raise SystemExit(3)
        click.echo(f"Nothing is compared with torch, which is not here: {INSTALL}", err=True)
    from checker.proof import run
    from checker.proof.report import page, summary

    try:
        if record:
            click.echo(run.record(record, only, device, bar))
            return
        if replay:
            rows, origin = run.replay(replay, only)
            click.echo(origin, err=True)
        elif lacking:
            rows = run.without_torch(only, oracle, bar)
        else:
            rows = run.verify(only, oracle, device, bar)
    except (LookupError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    if html:
        with writing(html):
            html.write_text(page.page(rows), encoding="utf-8")
    click.echo(json.dumps(summary.data(rows), indent=2) if as_json else summary.table(rows))
    raise SystemExit(0 if all(row.passed for row in rows) else 1)


def bar(length: int) -> "click._termui_impl.ProgressBar[int]":
    return click.progressbar(length=length, label="Verifying", file=sys.stderr)
