"""The frozen document of one image and the pure functions that change it."""
