"""The option --format: how the report on one submission is printed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.grading.report import Report

TEXT, JSON, GITHUB = FORMS = ("text", "json", "github")

option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default=TEXT,
    show_default=True,
    help="How to print the report: for you, for a program, or as annotations of GitHub Actions.",
)


def shown(form: str, report: "Report", text: str, path: Path) -> str:
    """The report in this form. `text` is what a terminal shows, `path` the file that was graded."""
    if form == JSON:
        from checker.reports.formats import json

        return json.one(report)
    if form == GITHUB:
        from checker.reports import annotations

        return annotations.github(report, path, text)
    return text
