"""Work done by other processes, as seen from the window."""
