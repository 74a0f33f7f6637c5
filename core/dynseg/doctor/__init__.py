"""What works on this machine, what does not, and the line that mends it."""
