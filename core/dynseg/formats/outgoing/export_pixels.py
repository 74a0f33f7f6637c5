"""The image files of an export: looked at and prepared beside the writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from dynseg.annotation.document import Annotation
from dynseg.errors import ImageError
from dynseg.formats.outgoing import picture
from dynseg.formats.outgoing.selection import Job
from dynseg.machine import core_count
from dynseg.progress import CancelToken
from dynseg.project.view import ProjectView

_BATCH = 64

Prepared = tuple[picture.Picture, bytes | None]
"""What to do with an image, and the content of its file when that is not the original's."""


def with_pixels(
    view: ProjectView, jobs: Sequence[Job], cancel: CancelToken
) -> Iterator[tuple[Job, Annotation, Prepared | ImageError]]:
    """Each image with its labels and what goes into its file; decoding runs beside writing."""
    workers = min(4, core_count())
    with ThreadPoolExecutor(workers, thread_name_prefix="export") as pool:
        for start in range(0, len(jobs), _BATCH):
            batch = jobs[start : start + _BATCH]
            # Pillow's warnings are silenced for the whole process: one thread opens files.
            pictures = [_inspected(job) for job in batch]
            prepared = pool.map(_prepare, batch, pictures)
            annotations = view.annotations([job.row.id for job in batch])
            for job, annotation, data in zip(batch, annotations, prepared, strict=True):
                cancel.check()
                yield job, annotation, data


def _inspected(job: Job) -> picture.Picture | ImageError:
    try:
        return picture.inspect(job.source)
    except ImageError as error:
        return error
    except OSError as error:
        return ImageError(job.source, f"cannot be read ({error.strerror})")


def _prepare(job: Job, found: picture.Picture | ImageError) -> Prepared | ImageError:
    if isinstance(found, ImageError):
        return found
    try:
        data = picture.encode(job.source, found, width=job.row.width, height=job.row.height)
    except ImageError as error:
        return error
    except OSError as error:
        return ImageError(job.source, f"cannot be read ({error.strerror})")
    return found, data
