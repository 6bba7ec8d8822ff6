"""The results of a proof as a table, as data and as an HTML page."""
