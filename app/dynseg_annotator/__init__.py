"""The window. Never imports torch or ultralytics; see `[tool.importlinter]` in pyproject.toml."""
