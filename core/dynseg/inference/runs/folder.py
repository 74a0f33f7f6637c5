"""Pre-label a folder that is no project, into text files."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

import numpy as np

from dynseg.errors import DynsegError, InputError, StoreWriteError
from dynseg.files import room_or_rights, write_atomic
from dynseg.formats.incoming.reading import without_repeats
from dynseg.formats.outgoing import bridge
from dynseg.formats.yolo import rows
from dynseg.images import foreign
from dynseg.images.index import scan
from dynseg.inference.detections import Detection
from dynseg.inference.matching import filtered
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.finder import Finder, finder_of
from dynseg.inference.runs.summary import PrelabelSummary, Tally, reason, summary
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import PredictSettings
from dynseg.progress import CancelToken, Meter, Report, ignore

_NAMED = 5
"""So many classes of a list are told."""
LEDGER = ".prelabelled.jsonl"
"""Names every label file that was written here and its hash: others belong to a person."""


def prelabel_folder(
    folder: Path,
    out: Path,
    model: Path | Predictor | Finder,
    *,
    settings: PredictSettings,
    recursive: bool = False,
    resume: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> PrelabelSummary:
    """Write YOLO-seg labels for a folder of images that is no project.

    Each `out/<name>.txt` is written whole or not at all. A file that somebody else wrote, or
    changed since, is a person's work and stays as it is. Images of one stem get their suffix into
    the name: `a.jpg` and `a.png` become `a_jpg.txt` and `a_png.txt`.

    Args:
        folder: Images.
        out: Folder for the labels, created; `classes.txt` names the classes.
        model: A model file, a loaded model, or a model that runs elsewhere.
        settings: How the model runs and from which score on it labels.
        recursive: Also folders inside.
        resume: Leave out images that have a label already.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: there are no images, the model has no class of a chosen name, or labels of
            other classes are there.
        ModelFileError: the model cannot be used.
        CancelledError: `cancel` was set; labels that are written stay.
        StoreWriteError: the disk is full or `out` cannot be written.
    """
    names = scan(folder, recursive=recursive)
    if not names:
        hint = foreign.in_folder(folder, recursive=recursive) or "Give another folder."
        raise InputError(f"{folder} holds no images.", hint)
    return label_images(
        folder, names, out, model, settings=settings, resume=resume, report=report, cancel=cancel
    )


def label_images(
    folder: Path,
    names: Sequence[str],
    out: Path,
    model: Path | Predictor | Finder,
    *,
    settings: PredictSettings,
    resume: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> PrelabelSummary:
    """`prelabel_folder` for images that are known by name, wherever the model runs.

    Args:
        folder: What `names` are relative to.
        names: At least one image.
        out: Folder for the labels, created.
        model: A model file, a loaded model, or a model that runs elsewhere.
        settings: How the model runs and from which score on it labels.
        resume: Leave out images that have a label already.
        report: Told after every image.
        cancel: Asked between images.
    """
    finder = finder_of(model, settings, report, images=len(names))
    tally, started_s = Tally(), time.monotonic()
    dropped = filtered(finder.card, None, settings.classes)
    stems = label_stems(names)
    try:
        labels = _Labels(out, finder.card.classes, dropped)
        works = labels.open_work(folder, names, stems, tally, resume=resume)
        meter = Meter("Pre-labelling", len(works), report)
        for work, outcome in finder.find(
            works, settings, confidence=settings.confidence, cancel=cancel, report=report
        ):
            if isinstance(outcome, DynsegError):
                tally.failed.append((work.rel, reason(outcome)))
            else:
                tally.images += 1
                tally.instances += labels.write(stems[work.rel], outcome)
            meter.advance()
    except OSError as error:
        raise StoreWriteError(
            f"The labels in {out} cannot be written ({error.strerror}).",
            room_or_rights(
                error, "Free some space or choose another folder, then run the same again."
            ),
        ) from error
    return summary(tally, started_s, finder, None)


class _Labels:
    """A folder of label files and the memory of which of them are ours."""

    def __init__(self, out: Path, classes: Sequence[str], dropped: Container[str]) -> None:
        self._out = out
        self._classes = tuple(classes)
        self._kept = {index for index, name in enumerate(classes) if name not in dropped}
        self._ledger = out / LEDGER
        self._ours = _read_ledger(self._ledger)

    def open_work(
        self,
        folder: Path,
        names: Iterable[str],
        stems: dict[str, str],
        tally: Tally,
        *,
        resume: bool,
    ) -> list[Work]:
        """The images whose label is not a person's; the others are counted as skipped.

        Nothing is written where labels that stay count other classes.

        Args:
            folder: What `names` are relative to.
            names: The images.
            stems: Names of their label files.
            tally: Counts.
            resume: Those that have one of ours are skipped, too.

        Raises:
            InputError: the numbers of labels that stay would mean other classes.
        """
        self._out.mkdir(parents=True, exist_ok=True)
        works: list[Work] = []
        for index, rel in enumerate(names):
            stem = stems[rel]
            if self._is_somebody_elses(stem) or (resume and self._target(stem).exists()):
                tally.skipped += 1
            else:
                works.append(Work(index, rel, folder / rel))
        self._name_classes(stay=bool(tally.skipped))
        return works

    def _name_classes(self, *, stay: bool) -> None:
        path = self._out / "classes.txt"
        there = _lines(path)
        if there not in (None, self._classes) and (stay or not self._ours):
            raise InputError(
                f"{path} names other classes ({_short(there or ())}) than the model "
                f"({_short(self._classes)}); nothing was written.",
                "Labels that are there would mean something else. Choose another --out FOLDER.",
            )
        write_atomic(path, "".join(f"{name}\n" for name in self._classes).encode())

    def write(self, stem: str, outcome: Outcome) -> int:
        """Write the label of one image; returns the number of its rows."""
        found = [item for item in outcome.detections if item.class_index in self._kept]
        lines = label_rows(found, outcome.width, outcome.height)
        data = "".join(f"{line}\n" for line in lines).encode()
        target = self._target(stem)
        target.parent.mkdir(parents=True, exist_ok=True)
        # First the ledger: after a crash in between, the old file is still known as ours.
        with self._ledger.open("a", encoding="utf-8", newline="\n") as ledger:
            # A full disk may have cut the last line off: none may be glued to it.
            ledger.write(f"\n{json.dumps([stem, _digest(data)])}\n")
        write_atomic(target, data)
        return len(lines)

    def _target(self, stem: str) -> Path:
        return self._out / f"{stem}.txt"

    def _is_somebody_elses(self, stem: str) -> bool:
        try:
            data = self._target(stem).read_bytes()
        except FileNotFoundError:
            return False
        return _digest(data) not in self._ours.get(stem, ())


def _lines(path: Path) -> tuple[str, ...] | None:
    """The names in a list of classes; None where there is no such file."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return tuple(filter(None, map(str.strip, text.splitlines())))
    except FileNotFoundError:
        return None


def _short(names: Sequence[str]) -> str:
    more = ", ..." if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more or "none"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _read_ledger(path: Path) -> dict[str, set[str]]:
    """Hashes of what was written, by stem; lines that a crash cut off are left out."""
    known: dict[str, set[str]] = {}
    if not path.is_file():
        return known
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            stem, digest = json.loads(line)
        except ValueError:
            continue
        known.setdefault(str(stem), set()).add(str(digest))
    return known


def label_stems(names: Sequence[str]) -> dict[str, str]:
    """Name of each label file without suffix, unique whatever the file system."""
    groups: dict[str, list[str]] = {}
    for rel in names:
        groups.setdefault(rel.rpartition(".")[0].casefold(), []).append(rel)
    result = {group[0]: group[0].rpartition(".")[0] for group in groups.values() if len(group) == 1}
    taken = {stem.casefold() for stem in result.values()}
    for group in groups.values():
        for rel in group if len(group) > 1 else ():
            stem, _, suffix = rel.rpartition(".")
            wanted = f"{stem}_{suffix}"
            while wanted.casefold() in taken:
                wanted += "_"
            taken.add(wanted.casefold())
            result[rel] = wanted
    return result


def label_rows(found: Iterable[Detection], width: int, height: int) -> list[str]:
    """A YOLO-seg line for each detection; pieces and holes are joined by bridges of no width."""
    lines = []
    for item in found:
        shares = np.clip(bridge.join(item.parts) / (width, height), 0.0, 1.0)
        points = without_repeats(shares.round(rows.DECIMALS))
        if len(points) >= 3:
            lines.append(rows.format_row(item.class_index, points))
    return lines
