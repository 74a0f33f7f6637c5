"""The one road for failures that reach the window."""
