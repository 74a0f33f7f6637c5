"""Learning while people label: a warm process that takes in every newly reviewed image."""
