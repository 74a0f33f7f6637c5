"""Decoding, listing and scaling image files."""
