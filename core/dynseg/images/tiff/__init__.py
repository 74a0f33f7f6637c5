"""What microscopes, scanners and drones write into TIFF files, beyond what Pillow reads right.

libtiff, which Pillow brings, unpacks strips and tiles; what their bytes mean is told here. The
library `tifffile` tells it too, but unpacks no LZW without `imagecodecs`, which adds 26 MB of
decoders for what strangers send.
"""
