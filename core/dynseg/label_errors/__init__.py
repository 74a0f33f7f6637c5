"""Looks for errors of labels: learns from some reviewed images, proposes on the others."""
