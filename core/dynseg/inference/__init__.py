"""From pixels to polygons, and how they meet the labels of a person."""
