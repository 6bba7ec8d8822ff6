"""The checker: proves the reference against its oracles, and grades students against it."""
