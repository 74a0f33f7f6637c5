"""Which images measure a model where few are kept for validation. Free of torch.

Two photos say little about a model, and the fifth of ten that measures is a fifth that teaches
nothing. So where a project has few reviewed images, more of them measure, and all of them teach: a
run learns from some of them first, a fold, which is measured on the others; then it goes on with
all. Several folds, each without a part of the images, measure on every one of them, and what goes
on is the mean of them.

A current model that has learned from these images would look better on them than it is. What stands
for it are the folds that it came from: those of the new model go on from them, part by part, so
that nothing is ever measured by what has seen it.

One fold is usual. Several share its time, and learn from less: what they say of every image is less
worth. Folds that do nothing but measure, besides a model that learns from all, said least of all
for the time that they took (`tests/benchmarks/small_projects.py`).
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

FOLDS = 1
FEW = 6
"""With fewer validation images that the current model has not learned from, folds measure."""
MOST_LISTED = 1000
"""Of more images that trained a card lists none: of so many, enough validate."""
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


def learned_by(card: ModelCard, digests: Iterable[str], *, all_teach: bool) -> list[str]:
    """What the card of a model says that began with another and learned from images.

    Args:
        card: Of the one that it began with.
        digests: Of the images.
        all_teach: None is kept for validation: then they are listed however many there are.
    """
    own = set(digests)
    return sorted({*card.learned, *(own if all_teach or len(own) <= MOST_LISTED else ())})


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
    if wish == 0 or (wish == "auto" and fair >= FEW):
        return None
    starts: list[Path] = []
    cards = [card] * (FOLDS if wish == "auto" else wish)
    if set(card.learned).intersection(images.values()):
        starts = _folds_of(card, earlier)
        cards = [read_card(path) for path in starts]
        if not starts or wish not in ("auto", len(starts)):
            return None
    parts = _dealt(view, run, card, cards)
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


def said_by(run: RunFolder, number: int) -> Path:
    """What a fold has said about the images that it measures."""
    return fold_of(run, number).with_suffix(".npz")


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
    view: ProjectView, run: RunFolder, card: ModelCard, starts: Sequence[ModelCard]
) -> list[list[str]]:
    """Images by the fold that they measure; empty when that is of no use.

    Args:
        view: The project.
        run: With its snapshot.
        card: Of the current model.
        starts: Of what the folds go on from.
    """
    images = snapshot_images(run.data_yaml.parent)
    rows = {row.rel: row for row in view.images()}
    manifest = read_manifest(run.data_yaml.parent) or {}
    name_of = {
        rows[entry["source"]].id: entry["image"]
        for entry in manifest.get("images", ())
        if entry["image"] in images and entry["source"] in rows
    }
    places = (_halves if len(starts) == 1 else _thirds)(images, card, starts)
    fixed = {i: place for i, name in name_of.items() if (place := places.get(name)) is not None}
    chosen = [row for row in rows.values() if name_of.get(row.id) in places]
    if len(starts) == 1:
        most = max(FEW, sum(place == 1 for place in fixed.values()))
        share = max(1, min(len(chosen) // 2, most)) / max(1, len(chosen))
        shares = [1 - share, share]
    else:
        shares = [1 / len(starts)] * len(starts)
    dealt = split.deal(view, chosen, shares, fixed=fixed, group_of=split.rule_of(view).group_of)
    parts = [sorted(name_of[i] for i in part) for part in dealt[-len(starts) :]]
    objects = {name_of[row.id]: row.instance_count for row in rows.values() if row.id in name_of}
    measure = sum(objects[name] for part in parts for name in part)
    teach = (sum(objects[name] for name in objects if name not in part) for part in parts)
    return parts if measure and all(teach) else []


def _halves(
    images: Mapping[str, str], card: ModelCard, starts: Sequence[ModelCard]
) -> dict[str, int | None]:
    """Where images belong that teach a single fold (0) or measure it (1); None for new ones.

    What has measured goes on to, and what is kept for validation does before others.
    """
    taught, known = set(starts[0].learned), set(card.learned)
    return {
        name: 0
        if digest in taught
        else 1
        if digest in known or name.startswith(_VALIDATES)
        else None
        for name, digest in images.items()
    }


def _thirds(
    images: Mapping[str, str], _card: ModelCard, starts: Sequence[ModelCard]
) -> dict[str, int | None]:
    """The fold that each image measures, None for new ones; those that none can are left out."""
    learned = [set(start.learned) for start in starts]
    places: dict[str, int | None] = {}
    for name, digest in images.items():
        may = [at for at, seen in enumerate(learned) if digest not in seen]
        if may:
            places[name] = None if len(may) == len(starts) else may[0]
    return places
