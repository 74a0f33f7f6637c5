"""What every writer of labels stands on, and how a project gets into a data set."""
