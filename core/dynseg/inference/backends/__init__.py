"""What runs a network, on which device, and how that is chosen."""
