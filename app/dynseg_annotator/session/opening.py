"""Opens what a user points at: a project, a folder of images, one image. Runs off the window."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import ImageState
from dynseg.errors import ImageError, InputError, ProjectError, ProjectLockedError, ReadOnlyError
from dynseg.files import move
from dynseg.images import foreign
from dynseg.images.index import scan
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project.layout import ProjectLayout, find_project
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg_annotator.language import engine_text, tr

if TYPE_CHECKING:
    from dynseg.formats.incoming.importing import ImportReport

PROGRAM = "dynseg-annotator"
LEVELS_UP = 4
"""How far above a folder of images its project is looked for: `project/images/train`."""

MAKING_S = 30.0
"""So long another window is waited for that makes a project of the same folder."""

USUAL = (".jpg", ".png", ".tif", ".heic", ".bmp", ".webp")
"""Image files that people know."""


@dataclass(frozen=True, slots=True)
class FoundLabels:
    """Labels of another program that lie with the images of a new project.

    Attributes:
        source: The folder to import.
        formats: What their formats are called.
    """

    source: Path
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedProject:
    """A project that is ready to be shown.

    Attributes:
        store: The open store.
        rows: All its images.
        classes: Its classes.
        image_id: The image to show first, None when there is none.
        notice: What the user should know ("open read-only, because ..."), empty when nothing.
        created: Whether the project was made just now.
        taken: What came in with it from another program, empty when nothing.
        imported: What became of the labels that came in with it, None when none were to.
        labels: Where these lay.
        found: Labels that lie with its images and are not in it, None when there are none.
    """

    store: Store
    rows: list[ImageRow]
    classes: ClassTable
    image_id: int | None
    notice: str = ""
    created: bool = False
    taken: str = ""
    imported: ImportReport | None = None
    labels: str = ""
    found: FoundLabels | None = None


def open_path(
    path: Path,
    report: Report = ignore,
    *,
    project: Path | None = None,
    cancel: CancelToken | None = None,
) -> OpenedProject:
    """Open a project, or make one for a folder of images.

    Args:
        path: A project folder, a folder of images, or one image.
        report: Told how far it is.
        project: Where to make a project for a folder that cannot be written; None for the folder.
        cancel: Stops a project from being made.

    Raises:
        DynsegError: the path does not exist, holds no image, or the project cannot be opened.
    """
    path = whole(path)
    if not path.exists():
        raise InputError(
            tr("{path} does not exist.", path=path), tr("Choose a folder of images or a project.")
        )
    kind = foreign.BY_SUFFIX.get(path.suffix.lower()) if path.is_file() else None
    if kind is not None:
        raise ImageError(path, foreign.refusal(kind.what, kind.do))
    folder = path if path.is_dir() else path.parent
    if folder.name == ProjectLayout(folder).folder.name:
        folder = folder.parent
    found, notice = _find_and_open(project or folder)
    if found is None and path.is_dir():
        found, notice = _open_below(folder) or (None, notice)
    created = found is None
    if found is None:
        try:
            found = make_project(folder, project or folder, report, cancel)
            notice = notice or foreign.in_folder(folder)
        except ProjectLockedError as error:
            found, notice = _made_elsewhere(project or folder, error, cancel)
            created = False
    store = found
    try:
        opened = describe(store, path, notice, created)
        asks = created or (not store.read_only and store.setting(LABELS_OFFER) == UNDECIDED)
        return replace(opened, found=find_labels(store.root)) if asks else opened
    except BaseException:
        store.close()
        raise


def whole(path: Path) -> Path:
    """A path from the root on and without `..`, so that a project has one name."""
    return Path(os.path.abspath(path.expanduser()))


def find_labels(root: Path) -> FoundLabels | None:
    """Labels of another program in a folder, or beside it where YOLO has them.

    A folder that cannot be looked through holds none: this is an offer, not a question.
    """
    from dynseg.formats import registry

    sides = [p.parent for p in (root, *root.parents[:2]) if p.name == "images"]
    for source in (root, *(side for side in sides if (side / "labels").is_dir())):
        try:
            formats = registry.recognised(source)
        except (InputError, OSError):
            continue
        if formats:
            return FoundLabels(source, tuple(form.title for form in formats))
    return None


def _find_and_open(folder: Path) -> tuple[Store | None, str]:
    """The project in a folder, or one further up whose images this folder belongs to.

    One further up that is damaged may have nothing to do with the folder: it is told, and no more.

    Returns:
        The project, None when there is none, and what is to be said.
    """
    root, passed_by = find_project(folder), ""
    if root is not None:
        return _open_project(root)
    for parent in folder.parents[:LEVELS_UP]:
        root = find_project(parent)
        if root is None:
            continue
        try:
            store, notice = _open_project(root)
        except ProjectError as error:
            passed_by = tr(
                "The project in {root} cannot be opened, and this folder has one of its own: {why}",
                root=root,
                why=engine_text(error.message),
            )
            continue
        if folder.is_relative_to(store.images_root):
            return store, notice
        store.close()
    return None, passed_by


def _open_below(folder: Path) -> tuple[Store, str] | None:
    """The one project a level further down, where all images of a folder are those of it.

    The frames of a video lie so, or photos beside a project that was made for them: another
    project of the same images would look as if all labels were lost.
    """
    try:
        roots = [child for child in folder.iterdir() if child.is_dir() and find_project(child)]
        if len(roots) != 1 or scan(folder):
            return None
        rels = scan(folder, recursive=True)
        store, notice = _open_project(roots[0])
    except (OSError, ProjectError):
        return None
    if rels and all((folder / rel).is_relative_to(store.images_root) for rel in rels):
        return store, notice
    store.close()
    return None


def _open_project(root: Path) -> tuple[Store, str]:
    """Open for writing, else read-only with the reason; a backup that is due is left to make."""
    try:
        return Store.open(root, program=PROGRAM, backs_up=False), ""
    except (ProjectLockedError, ReadOnlyError) as error:
        why = engine_text(error.message)
        if isinstance(error, ProjectLockedError):
            notice = tr(
                "{why} It can only be looked at here; to change labels, close it there and open it "
                "here again.",
                why=why,
            )
        else:
            notice = tr("{why} It is open read-only here.", why=why)
        return Store.open(root, read_only=True), notice


def _made_elsewhere(
    folder: Path, error: ProjectLockedError, cancel: CancelToken | None
) -> tuple[Store, str]:
    """The project that another window makes of a folder at this moment, to be looked at.

    Raises:
        ProjectLockedError: it does not come about; the one that was given.
        CancelledError: `cancel` was set.
    """
    end_s = time.monotonic() + MAKING_S
    while time.monotonic() < end_s:
        found, notice = _find_and_open(folder)
        if found is not None:
            return found, notice
        if cancel is not None:
            cancel.check()
        time.sleep(0.1)
    raise error


def make_project(
    folder: Path,
    root: Path,
    report: Report,
    cancel: CancelToken | None,
    *,
    classes: Sequence[str] = (),
) -> Store:
    """Make a project for a folder, whose images may lie in folders below.

    Raises:
        InputError: there is no image.
        ReadOnlyError: `root` cannot be written.
        CancelledError: `cancel` was set; no project is left behind.
    """
    images, recursive = folder, False
    if not scan(folder):
        if (folder / "images").is_dir():
            images = folder / "images"
        recursive = True
        if not scan(images, recursive=True):
            raise _nothing_in(folder)
    return Store.create(
        root,
        images=images,
        recursive=recursive,
        classes=classes,
        program=PROGRAM,
        report=report,
        cancel=cancel,
    )


class VideoAloneError(InputError):
    """A folder without images has a video, whose frames may be what is wanted.

    Args:
        text: What happened, in the user's language.
        video: The video.
    """

    def __init__(self, text: str, video: Path) -> None:
        super().__init__(
            text,
            tr(
                "The frames of {video} can become images; the video is only read.", video=video.name
            ),
        )
        self.video = video


def _nothing_in(folder: Path) -> InputError:
    """Says to who opened a folder without images what to do."""
    from dynseg.images.frames import VIDEO_SUFFIXES

    text = tr("There are no images in {folder}.", folder=folder)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in VIDEO_SUFFIXES:
            return VideoAloneError(text, path)
    unread = foreign.in_folder(folder, recursive=True)
    return InputError(
        text,
        engine_text(unread)
        or tr("Choose a folder with {suffixes} … files.", suffixes=", ".join(USUAL)),
    )


def describe(store: Store, path: Path, notice: str, created: bool) -> OpenedProject:
    """An open store as what the window needs of it."""
    rows = store.images()
    image_id = rows[0].id if rows else None
    if path.is_file():
        for row in rows:
            if store.images_root / row.rel == path:
                image_id = row.id
                break
    else:
        last = store.setting(LAST_IMAGE)
        if last and any(row.rel == last for row in rows):
            image_id = next(row.id for row in rows if row.rel == last)
    return OpenedProject(store, rows, store.classes(), image_id, notice, created)


LABELS_OFFER = "window.labels_offer"
"""Project setting: whether it is decided what becomes of labels that lie with the images."""
UNDECIDED, DECIDED = "undecided", "decided"
LAST_IMAGE = "window.last_image"
"""Project setting: the image that was open last."""


def open_sample(
    source: Path, target: Path, report: Report = ignore, *, fresh: bool = False
) -> OpenedProject:
    """Open a copy of the embedded sample; the labels that come with it are reviewed work.

    Args:
        source: Folder of the sample: `images/`, `labels/` of some of them, `data.yaml`, and
            `models/` with one that knows its classes.
        target: Where the copy goes; one that is there is opened as it is.
        report: Told how far it is.
        fresh: Whether it must have an image without labels; when the copy has none left, a
            further one is made beside it.

    Raises:
        DynsegError: the copy cannot be made or opened.
    """
    number, place = 1, target
    opened = _open_copy(source, place, report)
    while fresh and not any(row.state is ImageState.UNLABELLED for row in opened.rows):
        opened.store.close()
        number += 1
        place = target.with_name(f"{target.name}-{number}")
        opened = _open_copy(source, place, report)
    return opened


def _open_copy(source: Path, target: Path, report: Report) -> OpenedProject:
    opened = replace(open_path(copy_sample(source, target), report), found=None)
    if not opened.created or not (target / "data.yaml").is_file():
        return opened
    from dynseg.formats.incoming.importing import import_labels

    try:
        import_labels(opened.store, target, as_reviewed=True, report=report)
        _add_models(opened.store, target / "models")
        described = describe(opened.store, target, opened.notice, True)
    except BaseException:
        opened.store.close()
        raise
    first = next((r.id for r in described.rows if not r.instance_count), described.image_id)
    return replace(described, image_id=first)


def _add_models(store: Store, folder: Path) -> None:
    """Give the project the models that come with the sample; the last one is active."""
    registry = ModelRegistry(store.layout.models)
    for weights in sorted(folder.glob("*.safetensors")):
        registry.promote(registry.add(weights).name)
    shutil.rmtree(folder, ignore_errors=True)


def copy_sample(source: Path, target: Path) -> Path:
    """Copy the embedded sample to a place where it can be written; a copy that is there is kept.

    Raises:
        ReadOnlyError: the place cannot be written.
    """
    if target.is_dir():
        return target
    staging = target.with_name(f".staging-{target.name}")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.copytree(source, staging)
        move(staging, target)
    except OSError as error:
        raise ReadOnlyError(
            tr(
                "The sample cannot be copied to {folder} ({reason}).",
                folder=target.parent,
                reason=error.strerror or error,
            ),
            tr("Make room there, or open a folder of your own."),
        ) from error
    return target
