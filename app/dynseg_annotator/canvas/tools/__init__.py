"""What the pointer and the keys do on the canvas: one small state machine per tool."""
