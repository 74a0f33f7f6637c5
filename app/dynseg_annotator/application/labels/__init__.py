"""Shapes and classes: drawn, found, changed, reviewed, and what was done to them."""
