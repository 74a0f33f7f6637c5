"""Small objects need large images."""

from __future__ import annotations

import pytest

from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.part import Part, ring
from dynseg.training.image_size import object_shares, wanted_size


def document(*sides: float) -> Annotation:
    squares = [ring([(10, 10), (10 + side, 10), (10 + side, 10 + side), (10, 10 + side)])
               for side in sides]  # fmt: skip
    return Annotation(1, 1000, 500, tuple(Instance(0, (Part(square),)) for square in squares))


@pytest.mark.parametrize(("side", "size"), [(200.0, 320), (45.0, 448), (5.0, 640)])
def test_the_smaller_the_objects_the_larger_the_images(side: float, size: int) -> None:
    assert wanted_size(object_shares([document(side)]).small, least=320) == size


def test_the_smaller_objects_decide() -> None:
    share = object_shares([document(300), document(30, 30)]).small
    assert share == pytest.approx(0.03)


def test_ends_are_kept() -> None:
    tiny = object_shares([document(5)]).small
    assert wanted_size(tiny, least=320, most=448) == 448
    assert wanted_size(tiny, least=960, most=448) == 960
    assert wanted_size(object_shares([]).small, least=320) == 320
