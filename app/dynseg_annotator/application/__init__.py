"""Makes the parts of the window once and wires them; the controllers behind the actions."""
