"""Shapes that follow their objects from one image into the next, without a network."""
