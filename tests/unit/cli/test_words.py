"""Numbers and what they count."""

from __future__ import annotations

from dynseg.cli.words import many


def test_one_is_one_and_lists_are_counted() -> None:
    assert many(1, "image") == "1 image"
    assert many(0, "image") == "0 images"
    assert many(["a", "b"], "class", "classes") == "2 classes"
    assert many(1, "image was", "images were") == "1 image was"
