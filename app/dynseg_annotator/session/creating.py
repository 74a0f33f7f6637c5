"""Makes a project as a person planned it. Runs off the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dynseg.annotation.document import ImageState
from dynseg.curation.split import SplitRule, keep_rule
from dynseg.errors import DynsegError, InputError
from dynseg.formats.finding import Finding, missing_images
from dynseg.formats.incoming.class_names import clean_name
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelledError, CancelToken, Report, ignore
from dynseg.project.layout import find_project
from dynseg.project.store import Store
from dynseg_annotator.language import engine_text, sentences, tr, tr_n
from dynseg_annotator.session.opening import (
    OpenedProject,
    describe,
    find_labels,
    make_project,
    whole,
)
from dynseg_annotator.session.taking_in import take_in

if TYPE_CHECKING:
    from dynseg.formats.incoming.importing import ImportReport

MAX_LINES = 10_000
SOME_NAMES = 3
"""Names that a sentence has room for."""


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """What a new project begins with; everything but the folder may be left out.

    Attributes:
        folder: The images; they may lie in folders below.
        classes: Names of the first classes.
        labels: A file or folder with labels of another program.
        finished: Whether a person vouches for them: images that have some are reviewed.
        model: A model file that pre-labels; the built-in starter when None.
        split: How images are divided into those that train and those that validate.
    """

    folder: Path
    classes: tuple[str, ...] = ()
    labels: Path | None = None
    finished: bool = False
    model: Path | None = None
    split: SplitRule = field(default_factory=SplitRule)


def create_project(
    plan: ProjectPlan,
    report: Report = ignore,
    *,
    project: Path | None = None,
    cancel: CancelToken | None = None,
) -> OpenedProject:
    """Make the project and open it.

    A model or labels that cannot be used do not keep the project from being made: `notice` says
    what is missing and why.

    Args:
        plan: What it begins with.
        report: Told how far it is.
        project: Where to make it for a folder that cannot be written; None for the folder.
        cancel: Stops it; labels that were not taken over by then are left where they are.

    Raises:
        InputError: the folder is a project already, or holds no image.
        ReadOnlyError: the folder cannot be written.
        CancelledError: `cancel` was set before the project was there.
    """
    folder = whole(plan.folder)
    if find_project(folder) is not None:
        raise InputError(
            tr("{folder} is a project already; nothing was changed.", folder=folder),
            tr("Open it with Open folder."),
        )
    store = make_project(folder, project or folder, report, cancel, classes=plan.classes)
    problems: list[str] = []
    done: list[ImportReport] = []
    try:
        keep_rule(store, plan.split)
        if plan.labels is not None:
            labels, finished = plan.labels, plan.finished

            def take() -> str:
                done.append(_take_labels(store, labels, finished, report, cancel))
                return _lacking(done[0], labels)

            _try(take, labels, problems)
        if plan.model is not None:
            model = plan.model
            _try(lambda: _take_model(store, model, cancel), model, problems)
        opened = describe(store, folder, "", True)
        found = find_labels(folder) if plan.labels is None else None
        taken = _taken(opened, plan.finished) if plan.labels is not None else ""
        return replace(
            opened,
            notice=sentences(*problems),
            taken=taken,
            imported=done[0] if done else None,
            labels=str(plan.labels or ""),
            found=found,
        )
    except BaseException:
        store.close()
        raise


def class_names(path: Path) -> tuple[str, ...]:
    """The classes that a `data.yaml` or a text file with a name on each line declares.

    Raises:
        InputError: it cannot be read, or names no class.
    """
    from dynseg.formats.yolo.description import class_names as declared
    from dynseg.formats.yolo.description import load_yaml

    if path.suffix.lower() in (".yaml", ".yml"):
        found = declared(load_yaml(path))
        names = [found.get(index, f"class_{index}") for index in range(max(found, default=-1) + 1)]
    else:
        try:
            names = path.read_text(encoding="utf-8-sig").splitlines()[:MAX_LINES]
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                tr("{name} cannot be read as text.", name=path.name),
                tr("Choose a data.yaml or a text file."),
            ) from error
    unique = unique_names(names)
    if not unique:
        raise InputError(
            tr("{name} names no class.", name=path.name), tr("Type the names instead.")
        )
    return unique


def unique_names(lines: list[str]) -> tuple[str, ...]:
    """Names as a project keeps them: printable, none empty, none double."""
    named = (clean_name(line, number) for number, line in enumerate(lines) if line.strip())
    return tuple(dict.fromkeys(named))


def _taken(opened: OpenedProject, finished: bool) -> str:
    """What came in, and what it is good for now; empty when that is nothing."""
    rows = [row for row in opened.rows if row.instance_count]
    if not rows:
        return ""
    what = tr(
        "{shapes} taken over, on {images}.",
        shapes=tr_n("{n:,} shape", "{n:,} shapes", sum(row.instance_count for row in rows)),
        images=tr_n("{n:,} image", "{n:,} images", len(rows)),
    )
    if not finished:
        return sentences(what, tr("They wait for your review, image by image."))
    waiting = sum(row.state is not ImageState.REVIEWED for row in rows)
    if not waiting:
        return sentences(what, tr("They are reviewed: a model can be trained on them now."))
    lacking = tr_n(
        "{n:,} of these images waits for your review, because it has labels that could not be "
        "used.",
        "{n:,} of these images wait for your review, because they have labels that could not be "
        "used.",
        waiting,
    )
    return sentences(what, lacking)


def _take_labels(
    store: Store, source: Path, finished: bool, report: Report, cancel: CancelToken | None
) -> ImportReport:
    from dynseg.formats.incoming.importing import Choice, prepare

    plan = prepare(store, source, report=report, cancel=cancel)
    if finished:
        plan = plan.of_images_with_shapes()
    if cancel is not None:
        cancel.check()
    return plan.commit(store, Choice("reviewed" if finished else "work"))


def _lacking(done: ImportReport, source: Path) -> str:
    """What of the labels did not come in, and why; empty when all did."""
    problem = _refused(done.refused)
    if problem or done.instances:
        return problem
    return tr("No label of {name} belongs to these images.", name=source.name)


def _refused(found: Sequence[Finding]) -> str:
    """What did not come in: labels whose image is not in the folder, and what is wrong itself."""
    gone, others = missing_images(found), [item for item in found if not item.missing]
    return sentences(
        tr_n(
            "{n:,} image that has labels is not in the folder: {names}.",
            "{n:,} images that have labels are not in the folder, the first: {names}.",
            len(gone),
            names=tr(", ").join(gone[:SOME_NAMES]),
        )
        if gone
        else "",
        tr_n(
            "{n:,} label could not be used: {first}.",
            "{n:,} labels could not be used, the first: {first}.",
            len(others),
            first=engine_text(str(others[0])),
        )
        if others
        else "",
    )


def _take_model(store: Store, source: Path, cancel: CancelToken | None) -> str:
    registry = ModelRegistry(store.layout.models)
    registry.promote(take_in(source, registry, cancel).name)
    return ""


def _try(step: Callable[[], str], source: Path, problems: list[str]) -> None:
    try:
        problem = step()
    except CancelledError:
        problem = tr("That was stopped, so {name} was not taken over.", name=source.name)
    except DynsegError as error:
        problem = sentences(engine_text(error.message), engine_text(error.hint))
    except OSError as error:
        problem = tr(
            "{name} cannot be read or written ({reason}).",
            name=error.filename or "",
            reason=error.strerror or error,
        )
    if problem:
        problems.append(problem)
