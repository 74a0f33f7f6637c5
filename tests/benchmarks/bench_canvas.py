"""The canvas with 2,000 polygons: hover, drag, render, open. Prints one JSON object."""

from dynseg_annotator.canvas.benchmark import main

if __name__ == "__main__":
    main()
