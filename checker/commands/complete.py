"""The commands of the complete package: what students get has none of them."""

from checker.commands import (
    changes,
    coverage,
    export,
    grade,
    new,
    prove,
    publish,
    report,
    show,
    tables,
    verify,
)

COMMANDS = (
    show.show,
    grade.grade,
    changes.changes,
    report.report,
    publish.publish,
    export.export,
    new.new,
    prove.prove,
    verify.verify,
    coverage.coverage,
    tables.tables,
)
