"""Whether outlines that a model draws are better where the colours of the image part.

That depends on what is labelled: a plate before a table has an edge, smoke has none,
and a person may draw it elsewhere. So it is measured on images that the model did not learn from.

Proposals that were kept lie where the model of that time put them, and what people correct is what
that model did badly: to count the one or the other alone would speak for what was done before, or
against it. Both count, and a kept outline tells less exactly where the object ends.

People also draw a little beside the edges, all of them alike: with the halo of a cell or without,
through the middles of the outermost pixels as masks are traced. Half a pixel more or less decides
whether small outlines need a correction, so that is learned as well.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from torch import nn

from dynseg.errors import DynsegError
from dynseg.formats.yolo.rows import parse
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, outline_length
from dynseg.images.decode import decode
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.torch_backend import TorchBackend, fused_copy
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.edges import snapped
from dynseg.inference.overlap import ious, outlines, overlapping_pairs
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.model.card import MAX_EDGE_SHIFT_PX, ModelCard
from dynseg.model.checkpoint import load
from dynseg.training.close_ups import SHOWN, labels_of
from dynseg.training.drawn import MOST_IMAGES

MOST_OBJECTS = 40
"""Of one image, the surest: each costs milliseconds, and they tell enough."""
LEAST_OBJECTS = 10
"""Fewer decide nothing, as where a run had no time for more: a few go either way by chance."""
LEAST_DRAWN = 20
"""Outlines that people drew, before it is said where they draw."""
LEAST_SHIFT_PX = 0.2
"""Nobody sees less."""
SAME_OBJECT = 0.5
GOOD = 0.9
"""Overlap (IoU) with what a person drew from which on nobody corrects an outline."""
GOOD_AS_KEPT = GOOD**2
"""The same with a proposal that was kept, which is but good itself: two good ones differ more."""

Shape = tuple[Part, ...]


class _Told(NamedTuple):
    """What one image has told.

    Attributes:
        objects, drawn_good, snapped_good: See `EdgeTrial`.
        gained: Overlap that edges brought, over all outlines that people drew.
        shifts: How far outside of the edges people drew each of them, pixels.
        shift_gained: How many of them are outlined well where the images before it had told how
            far outside of the edges, less those at the edges.
    """

    objects: int
    drawn_good: int
    snapped_good: int
    gained: float
    shifts: tuple[float, ...]
    shift_gained: int


class EdgeTrial:
    """Counts which outlines are good, as a model draws them and along edges.

    Of many images the last ones count: a model that learns draws better and better.

    Args:
        known_shift_px: Where people drew whom the model learned from before. It holds until enough
            outlines tell: where it is right, hardly one is drawn anew.
    """

    def __init__(self, known_shift_px: float = 0.0) -> None:
        self._known_shift_px = known_shift_px
        self._told: deque[_Told] = deque(maxlen=MOST_IMAGES)

    @property
    def objects(self) -> int:
        """Labels whose object was found."""
        return sum(told.objects for told in self._told)

    @property
    def drawn_good(self) -> int:
        """Of these, how many are outlined well by the model."""
        return sum(told.drawn_good for told in self._told)

    @property
    def snapped_good(self) -> int:
        """Of these, how many are outlined well along edges."""
        return sum(told.snapped_good for told in self._told)

    @property
    def helps(self) -> bool | None:
        """Whether more outlines are good along edges; None while too few objects were found."""
        if self.objects < LEAST_OBJECTS:
            return None
        gained = sum(told.gained for told in self._told)
        return (self.snapped_good, gained) > (self.drawn_good, 0.0)

    @property
    def shift_px(self) -> float:
        """How far outside of the edges outlines go, image pixels; 0 unless that has helped."""
        if len(self._shifts()) < LEAST_DRAWN:
            return self._known_shift_px
        helped = sum(told.shift_gained for told in self._told) > 0
        return self._usual_shift_px() if helped else 0.0

    def _shifts(self) -> list[float]:
        return [shift for told in self._told for shift in told.shifts]

    def _usual_shift_px(self) -> float:
        shifts = self._shifts()
        if len(shifts) < LEAST_DRAWN:
            return self._known_shift_px
        middle = float(np.median(shifts))
        return round(middle, 2) if LEAST_SHIFT_PX <= abs(middle) <= MAX_EDGE_SHIFT_PX else 0.0

    def add(
        self,
        found: Sequence[Detection],
        wanted: Sequence[Shape],
        pixels: Any,
        *,
        drawn: Sequence[bool] | None = None,
    ) -> None:
        """Compare what was found in one image with its labels.

        Args:
            found: By a model that has not learned from the image, as it draws it, surest first.
            wanted: The labels, image pixels.
            pixels: `(H, W, 3)` uint8, the whole image.
            drawn: Which of them have an outline that a person drew; all when None.
        """
        surest = [item for item in found if item.parts][:MOST_OBJECTS]
        seen, there = outlines([item.parts for item in surest]), outlines(wanted)
        first, second = overlapping_pairs(seen, there, iou=SAME_OBJECT)
        pairs = dict(zip(first.tolist(), second.tolist(), strict=True))
        if not pairs:
            return
        matched, truth = [surest[at] for at in pairs], there.only(list(pairs.values()))
        own = np.array([drawn is None or drawn[at] for at in pairs.values()], np.bool_)
        good = np.where(own, GOOD, GOOD_AS_KEPT)
        before, moved = _overlaps(matched, truth), snapped(matched, pixels)
        after, shift_gained = _overlaps(moved, truth), 0
        if usual := self._usual_shift_px():
            shifted = _overlaps(snapped(matched, pixels, shift_px=usual), truth)
            shift_gained = int((shifted >= good)[own].sum() - (after >= good)[own].sum())
            after = shifted if self.shift_px else after
        drew = [
            _outside(item.parts, wanted[at]) for item, at in zip(moved, pairs.values(), strict=True)
        ]
        self._told.append(
            _Told(
                len(matched),
                int((before >= good).sum()),
                int((after >= good).sum()),
                float((after - before)[own].sum()),
                tuple(np.array(drew)[own].tolist()),
                shift_gained,
            )
        )


def _outside(found: Shape, wanted: Shape) -> float:
    """How far outside of what was found the wanted outline lies on average, pixels."""
    more = sum(map(area, wanted)) - sum(map(area, found))
    return more / max(outline_length(found), 1.0)


def _overlaps(found: Sequence[Detection], truth: Any) -> NDArray[np.float64]:
    return ious(outlines([item.parts for item in found]), truth)


def as_drawn(pixels: NDArray[np.uint8], model: nn.Module, card: ModelCard) -> list[Detection]:
    """What a network proposes for an image, not moved to edges, surest first.

    Args:
        pixels: `(H, W, 3)` uint8 RGB.
        model: Not fused; left as it is.
        card: Its card.
    """
    return _drawn(pixels, _predictor(model, card))


def tried(
    path: Path,
    data: dict[str, Any],
    device: str,
    *,
    drawn: Mapping[str, Sequence[int]] | None = None,
    until_s: float = math.inf,
    trial: EdgeTrial | None = None,
) -> EdgeTrial:
    """Compare on the validation images of a data set, on the whole ones as proposals are made.

    Args:
        path: Weights file of the model, read again on the CPU where the device fails.
        data: From `read_description` or `add_close_ups`.
        device: A torch device.
        drawn: From `drawn_rows`, the images to look at and the labels that a person drew; None for
            all images, and all labels.
        until_s: When to begin with no other image, as `time.monotonic` tells it.
        trial: Goes on with what other models have told of other images.

    Raises:
        ModelFileError: the file cannot be used.
        EngineError: the model cannot run on this machine.
    """
    predictor = _predictor(*load(path), device, path)
    trial = trial or EdgeTrial(predictor.card.edge_shift_px)
    photos: list[Path] = [photo for photo in data["val"] if photo not in data.get(SHOWN, {})]
    own: dict[Path, Sequence[int] | None] = dict.fromkeys(photos)
    if drawn is not None:
        named = {photo: photo.relative_to(data["path"]).as_posix() for photo in photos}
        own = {photo: drawn[name] for photo, name in named.items() if name in drawn}
    for photo in list(own)[:: -(-len(own) // MOST_IMAGES) or 1]:
        if time.monotonic() >= until_s:
            break
        try:
            pixels = decode(photo).pixels
            labels = labels_of(photo)
            rows = parse(labels.read_bytes(), path=labels.name).rows if labels.is_file() else ()
        except (DynsegError, OSError):
            continue
        size, told = (pixels.shape[1], pixels.shape[0]), own[photo]
        shapes = [(Part(ring(row.points * size)),) for row in rows]
        if shapes:
            by_person = None if told is None else [at in told for at in range(len(shapes))]
            trial.add(_drawn(pixels, predictor), shapes, pixels, drawn=by_person)
    return trial


def _drawn(pixels: NDArray[np.uint8], predictor: Predictor) -> list[Detection]:
    settings = PredictSettings(edges="off")
    found = predict_tiled(pixels, predictor, settings)
    return [item for item in found if item.score >= settings.confidence]


def _predictor(
    model: nn.Module, card: ModelCard, device: str = "cpu", path: Path = Path()
) -> Predictor:
    return Predictor(path, card, TorchBackend(fused_copy(model), device), DeviceReport(device, ""))


def remarks(trial: EdgeTrial) -> list[str]:
    """What a trial has told, as sentences for the log of a run."""
    if trial.helps is None:
        return [
            f"Only {trial.objects} validation objects told whether outlines are better along "
            f"edges, where it takes {LEAST_OBJECTS}: this model does as the one that it began with."
        ]
    told = [
        f"Outlines that need no correction, of {trial.objects} validation objects: "
        f"{trial.drawn_good} as drawn, {trial.snapped_good} along edges."
    ]
    if trial.helps and trial.shift_px:
        px = trial.shift_px
        told.append(
            f"Labels lie {px:.1f} pixels outside of the edges, and so do outlines."
            if px > 0
            else f"Labels lie {-px:.1f} pixels inside of the edges, and so do outlines."
        )
    return told


def with_edges(card: ModelCard, trial: EdgeTrial) -> ModelCard:
    """The card with what a trial has told; as it was where that is too little."""
    if trial.helps is None:
        return card
    return msgspec.structs.replace(card, follow_edges=trial.helps, edge_shift_px=trial.shift_px)
