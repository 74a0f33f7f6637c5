"""What every reader of labels stands on, and how what it read gets into a project."""
