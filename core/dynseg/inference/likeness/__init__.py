"""Objects that look like some that a person points out, without any training."""
