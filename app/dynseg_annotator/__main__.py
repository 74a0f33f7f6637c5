"""Start the window."""
