"""The commands of the complete package, by their names: what students get has none of them."""

COMMANDS = (
    "show",
    "grade",
    "changes",
    "report",
    "publish",
    "export",
    "new",
    "prove",
    "verify",
    "coverage",
    "tables",
)
