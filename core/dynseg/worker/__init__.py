"""The process that answers the window's jobs."""
