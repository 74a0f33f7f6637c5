"""The jobs of the engine on a Ray cluster; needs the extra `cluster`."""
