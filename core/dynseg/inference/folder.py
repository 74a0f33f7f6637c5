"""Pre-label a folder that is no project, into text files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from dynseg.errors import DynsegError, InputError
from dynseg.files import write_atomic
from dynseg.images.index import scan
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.stages import Work, detected
from dynseg.inference.summary import PrelabelSummary, Tally, reason, summary
from dynseg.progress import CancelToken, Meter, Report, ignore


def prelabel_folder(
    folder: Path,
    out: Path,
    model: Path | Predictor,
    *,
    settings: PredictSettings,
    recursive: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> PrelabelSummary:
    """Write YOLO-seg labels for a folder of images that is no project.

    Each `out/<name>.txt` is written whole or not at all; files that are there are replaced. Images
    of one stem get their suffix into the name: `a.jpg` and `a.png` become `a_jpg.txt`, `a_png.txt`.

    Args:
        folder: Images.
        out: Folder for the labels, created; `classes.txt` names the classes.
        model: A model file, or a loaded model.
        settings: How the model runs and from which score on it labels.
        recursive: Also folders inside.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: there are no images.
        ModelFileError: the model cannot be used.
        CancelledError: `cancel` was set; labels that are written stay.
        OSError: the disk is full or `out` cannot be written.
    """
    names = scan(folder, recursive=recursive)
    if not names:
        raise InputError(f"{folder} holds no images.", "Give another folder.")
    predictor = (
        model if isinstance(model, Predictor) else Predictor.load(model, device=settings.device)
    )
    out.mkdir(parents=True, exist_ok=True)
    write_atomic(out / "classes.txt", "".join(f"{n}\n" for n in predictor.card.classes).encode())
    stems = _label_stems(names)
    works = (Work(index, rel, folder / rel) for index, rel in enumerate(names))
    tally, started_s = Tally(), time.monotonic()
    meter = Meter("Pre-labelling", len(names), report)
    for work, outcome in detected(works, predictor, settings, cancel or CancelToken()):
        if isinstance(outcome, DynsegError):
            tally.failed.append((work.rel, reason(outcome)))
        else:
            found, width, height = outcome.detections, outcome.width, outcome.height
            kept = [item for item in found if item.score >= settings.confidence]
            target = out / f"{stems[work.rel]}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, _yolo_rows(kept, width, height).encode())
            tally.images += 1
            tally.instances += len(kept)
        meter.advance()
    return summary(tally, started_s, predictor, None)


def _label_stems(names: Sequence[str]) -> dict[str, str]:
    """Name of each label file without suffix, unique, relative to the output folder."""
    stems: dict[str, list[str]] = {}
    for rel in names:
        stems.setdefault(rel.rpartition(".")[0].casefold(), []).append(rel)
    result = {}
    for group in stems.values():
        for rel in group:
            stem, _, suffix = rel.rpartition(".")
            result[rel] = stem if len(group) == 1 else f"{stem}_{suffix}"
    return result


def _yolo_rows(found: Sequence[Detection], width: int, height: int) -> str:
    """YOLO-seg rows: the format holds one ring, so each gives the outline of its largest part."""
    rows = []
    for item in found:
        points = item.parts[0].outer / (width, height)
        numbers = " ".join(f"{value:.6f}" for value in points.ravel())
        rows.append(f"{item.class_index} {numbers}\n")
    return "".join(rows)
