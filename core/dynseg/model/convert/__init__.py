"""Models in other programs' formats, each compared with the original before it is handed out."""
