"""One project: its folder, its database, its lock, its journal."""
