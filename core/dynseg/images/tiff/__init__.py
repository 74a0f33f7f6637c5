"""What microscopes, scanners and drones write into TIFF files, beyond what Pillow reads right."""
