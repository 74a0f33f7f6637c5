"""Places the docks; holds no state."""
