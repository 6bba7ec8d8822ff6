"""Forms of a report: one file each. All of them show the same record."""
