"""Wires everything once."""
