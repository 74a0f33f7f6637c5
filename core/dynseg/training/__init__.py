"""Learning from reviewed images, in a process of its own."""
