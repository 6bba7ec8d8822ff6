"""Small networks, written out as compositions of layers."""
