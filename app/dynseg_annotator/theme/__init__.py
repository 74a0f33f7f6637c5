"""Colours, icons and spacing."""
