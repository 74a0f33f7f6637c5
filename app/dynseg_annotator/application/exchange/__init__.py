"""What comes in and goes out: labels, frames, checks and figures."""
