"""What a user can choose: one table for dialog, file and help."""
