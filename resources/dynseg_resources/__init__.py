"""Icons, themes, the starter model, the sample project and the user guide."""
