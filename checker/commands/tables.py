"""check tables: update the generated files that are kept in the repository."""

import click


@click.command(hidden=True)
@click.option("--pictures", is_flag=True, help="Also draw the pictures of the assignments.")
def tables(pictures: bool) -> None:
    """Update the generated files of the repository. For maintainers: `make tables`."""
    from checker.audit import confusion, confusion_table

    text = confusion_table.markdown(confusion.rows())
    confusion_table.PATH.write_text(text, encoding="utf-8")
    click.echo(f"{confusion_table.PATH} written.")
    if pictures:
        from checker.handout import illustrations

        for path in illustrations.write():
            click.echo(f"{path} written.")
