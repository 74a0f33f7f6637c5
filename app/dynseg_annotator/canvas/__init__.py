"""Where polygons are seen and changed."""
