"""Which image a person should look at next, and why. Free of torch and Qt."""
