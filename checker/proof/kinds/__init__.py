"""The oracles of each kind of operation: one file per kind, found by the kind's name."""
