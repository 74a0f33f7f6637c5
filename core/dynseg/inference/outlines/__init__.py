"""From masks to polygons in image pixels, and to where the colours part."""
