"""Label files of this and other programs, in and out."""
