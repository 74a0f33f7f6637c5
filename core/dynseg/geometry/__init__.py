"""Pure arrays in image pixels: parts, masks, hit tests, letterboxes."""
