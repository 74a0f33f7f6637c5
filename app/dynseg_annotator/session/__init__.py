"""The open document, its undo and its images."""
