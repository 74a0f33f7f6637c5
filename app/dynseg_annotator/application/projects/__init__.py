"""The project as a whole: made, opened, closed, watched, backed up; its image files."""
