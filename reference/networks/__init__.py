"""Small networks, written out: what the layers give when they are put together."""
