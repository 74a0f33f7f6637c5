"""What is looked at: images, their order, the canvas and its tone, the status line."""
