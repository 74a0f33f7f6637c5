"""Which images measure a model where few are kept for validation. Free of torch.

Two photos say little about a model, and the fifth that measures is a fifth that teaches nothing.
So where a project has few reviewed images, a few models are trained beside the new one, the folds:
each has not seen a part of the images, and is measured on that part. The figures of all together
stand for the new model, which itself learns from every image.

A current model that has learned from these images would look better on them than it is. What stands
for it are its own folds: those of the new model go on from them, part by part, so that no image is
ever measured by a model that has seen it. Without them only images that the current model has not
learned from can measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dynseg.curation import split
from dynseg.errors import ModelFileError
from dynseg.files import write_atomic
from dynseg.formats.outgoing.staging import file_digest, read_manifest
from dynseg.model.card import ModelCard, card_path, read_card
from dynseg.project.view import ProjectView
from dynseg.training.config import Folds
from dynseg.training.run import FOLDS as FOLDER
from dynseg.training.run import FoldPlan, RunFolder

FOLDS = 3
FEW = 6
"""With fewer validation images that the current model has not learned from, folds measure."""
MOST_IMAGES = 100
"""Of more reviewed images a few always validate."""
LEAST_MEASURED = 2
MOST_LISTED = 200
"""Of more images that trained a card lists none: the next run of theirs keeps some apart."""
DIGITS = 16
_TRAINS, _VALIDATES = "images/train/", "images/val/"


def snapshot_images(data: Path) -> dict[str, str]:
    """Images of a snapshot that train or validate, as the manifest calls them, with their digests.

    Args:
        data: Folder of the snapshot; there are none when it is gone.
    """
    manifest = read_manifest(data) or {}
    names = (entry["image"] for entry in manifest.get("images", ()))
    return {
        name: manifest["files"][name][:DIGITS]
        for name in names
        if name.startswith((_TRAINS, _VALIDATES))
    }


def learned_by(card: ModelCard, digests: Iterable[str]) -> list[str]:
    """What the card of a model says that began with another and learned from images.

    Args:
        card: Of the one that it began with.
        digests: Of the images.
    """
    own = set(digests)
    return sorted({*card.learned, *(own if len(own) <= MOST_LISTED else ())})


def known_to(card: ModelCard, run: RunFolder) -> list[str]:
    """Validation images of a run that a model has learned from."""
    learned = set(card.learned)
    return [
        name
        for name, digest in snapshot_images(run.data_yaml.parent).items()
        if name.startswith(_VALIDATES) and digest in learned
    ]


def fair_images(data: Path, cards: Sequence[ModelCard]) -> tuple[list[str], dict[str, int]]:
    """Images on which models are compared: those that none has learned from, if there are any.

    Args:
        data: Folder of a snapshot.
        cards: Of the models.

    Returns:
        Images as the manifest calls them, those that validate before others; and how many of them a
        model has learned from, by its name, where it cannot be helped.
    """
    images = snapshot_images(data)
    seen = {digest for card in cards for digest in card.learned}
    validate = [name for name in images if name.startswith(_VALIDATES)]
    fresh = [name for name in images if images[name] not in seen]
    chosen = [name for name in validate if name in fresh] or fresh or validate or list(images)
    known = {card.name: sum(images[name] in set(card.learned) for name in chosen) for card in cards}
    return chosen, {name: count for name, count in known.items() if count}


def plan_folds(
    view: ProjectView, run: RunFolder, card: ModelCard, wish: Folds, earlier: Sequence[RunFolder]
) -> FoldPlan | None:
    """How a run measures; None where validation images do.

    Args:
        view: The project that its snapshot was made of.
        run: With its snapshot; gets the models that the folds go on from.
        card: Of the parent.
        wish: Folds that the user wants.
        earlier: Runs of the project, one of which may have made the parent.

    Raises:
        OSError: the disk is full.
    """
    images = snapshot_images(run.data_yaml.parent)
    fair = sum(name.startswith(_VALIDATES) for name in images) - len(known_to(card, run))
    if wish == 0 or (wish == "auto" and (fair >= FEW or len(images) > MOST_IMAGES)):
        return None
    starts = _folds_of(card, earlier) if card.learned else []
    if wish not in ("auto", len(starts)):
        starts = []
    cards = [read_card(path) for path in starts] or [card] * (FOLDS if wish == "auto" else wish)
    parts = _dealt(view, run, images, cards)
    if not starts:
        parts = [part for part in parts if part]  # there may be fewer groups than folds
    if not parts:
        return None
    for number, path in enumerate(starts, 1):
        copy = start_of(run, number)
        copy.parent.mkdir(exist_ok=True)
        write_atomic(card_path(copy), card_path(path).read_bytes())
        write_atomic(copy, path.read_bytes())
    return FoldPlan(parts=parts, own_starts=bool(starts))


def start_of(run: RunFolder, number: int) -> Path:
    """Weights that a fold goes on from, where it has its own; folds count from 1."""
    return run.path / FOLDER / f"start-{number}.safetensors"


def fold_of(run: RunFolder, number: int) -> Path:
    """Weights of a fold once it has learned."""
    return run.path / FOLDER / f"fold-{number}.safetensors"


def _folds_of(card: ModelCard, earlier: Sequence[RunFolder]) -> list[Path]:
    """The folds that measured a model, as far as they are there."""
    for run in earlier:
        status = run.status()
        if status.model == card.name and status.state == "finished":
            plan = run.plan().folds
            path = run.models / f"{card.name}.safetensors"
            if plan is None or not path.is_file() or file_digest(path) != status.model_sha256:
                return []
            found = [fold_of(run, number) for number in range(1, len(plan.parts) + 1)]
            return found if all(map(_is_readable, found)) else []
    return []


def _is_readable(path: Path) -> bool:
    try:
        read_card(path)
    except ModelFileError:
        return False
    return True


def _dealt(
    view: ProjectView, run: RunFolder, images: Mapping[str, str], starts: Sequence[ModelCard]
) -> list[list[str]]:
    """Images by fold, none of which its start has learned from; empty when that is of no use."""
    learned = [set(card.learned) for card in starts]
    rows = {row.rel: row for row in view.images()}
    manifest = read_manifest(run.data_yaml.parent) or {}
    names = {
        rows[entry["source"]].id: entry["image"]
        for entry in manifest.get("images", ())
        if entry["image"] in images and entry["source"] in rows
    }
    free, fixed = [], {}
    for image_id, name in names.items():
        may = [at for at, seen in enumerate(learned) if images[name] not in seen]
        if len(may) == len(starts):
            free.append(image_id)
        elif may:
            fixed[image_id] = may[0]
    chosen = [row for row in rows.values() if row.id in fixed or row.id in free]
    if len(chosen) < LEAST_MEASURED:
        return []
    dealt = split.deal(
        view, chosen, len(starts), fixed=fixed, group_of=split.rule_of(view).group_of
    )
    objects = {names[row.id]: row.instance_count for row in rows.values() if row.id in names}
    parts = [sorted(names[image_id] for image_id in part) for part in dealt]
    if not any(objects[name] for part in parts for name in part):
        return []
    for part in parts:
        if not sum(objects[name] for name in objects if name not in part):
            return []  # that fold would have nothing to learn
    return parts
