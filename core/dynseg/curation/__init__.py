"""What a data set is worth: doubtful labels, near copies, and which images train."""
