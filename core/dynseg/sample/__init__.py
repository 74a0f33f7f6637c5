"""Generated photographs with exact polygons."""
