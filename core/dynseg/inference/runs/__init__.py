"""Many images, in a project or a folder: decoded, looked at and traced beside each other."""
