"""The reference against its oracles: torch, derivatives, laws. The only room that runs torch."""
