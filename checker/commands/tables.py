"""check tables: update the generated files that are kept in the repository."""

import click

from checker.course import course as courses


@click.command(hidden=True)
@click.option("--pictures", is_flag=True, help="Also draw the pictures of the assignments.")
@click.option("--all", "everything", is_flag=True, help="Make the unchanged rows again too.")
def tables(pictures: bool, everything: bool) -> None:
    """Update the generated files of the repository. For maintainers: `make tables`."""
    from checker.audit import confusion_table

    course = courses.current()
    if course.folder != courses.SHIPPED:
        raise click.UsageError(f"these are files of gradproof, and {course.folder} is in use.")
    text = confusion_table.update(everything)
    confusion_table.PATH.write_text(text, encoding="utf-8")
    click.echo(f"{confusion_table.PATH} written.")
    if pictures:
        from checker.handout import illustrations

        for path in illustrations.write():
            click.echo(f"{path} written.")
