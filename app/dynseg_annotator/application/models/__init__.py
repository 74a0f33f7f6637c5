"""Models and what they do: propose, pre-label folders, learn, be compared and chosen."""
