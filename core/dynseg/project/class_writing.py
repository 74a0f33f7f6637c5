"""Writing the classes of a project; undo and redo over the images and the classes together."""

from __future__ import annotations

from dynseg.annotation.class_edits import ClassEdit
from dynseg.annotation.document import Annotation
from dynseg.project import class_changes, class_rows, journal
from dynseg.project.class_changes import ClassStep
from dynseg.project.connection import moment
from dynseg.project.documents import read_annotation
from dynseg.project.writing import ProjectWriter

LISTED = 200


class ClassWriter(ProjectWriter):
    """A project whose classes are changed by steps that can be taken back."""

    def change_classes(self, edit: ClassEdit) -> ClassStep | None:
        """Change the classes in the whole project, as one step that can be taken back.

        Args:
            edit: A pure function from `dynseg.annotation.class_edits`; gets the classes as they
                are now.

        Returns:
            The step; None when nothing changes.

        Raises:
            EditError: the change cannot be made.
            ProjectError: a name is empty or double.
        """
        with self._writing() as connection:
            return class_changes.change(connection, edit(class_rows.read(connection)))

    def undo_classes(self, until: str = "") -> ClassStep | None:
        """Take the newest change of the classes back; None when there is none.

        Args:
            until: Id of a change that is taken back as well, with all between.
        """
        undone = None
        with self._writing() as connection:
            while (step := class_changes.to_undo(connection, None)) and step[0] >= until:
                undone = class_changes.undo(connection, step[0])
                if not until:
                    break
        return undone

    def redo_classes(self, until: str = "") -> ClassStep | None:
        """Do the change of the classes again that was taken back last; None for none.

        Args:
            until: Id of a change that is done again as well, with all between.
        """
        redone = None
        with self._writing() as connection:
            while step := class_changes.to_redo(connection, None):
                if until and step[0] > until:
                    break
                redone = class_changes.redo(connection, step[0])
                if not until:
                    break
        return redone

    def undo_newest(self, image_id: int) -> Annotation | ClassStep | None:
        """Take back the newest step of an image or of the classes, whichever is newer.

        Returns:
            The document, or the change of the classes that was taken back in all images; None
            when there is nothing to take back.
        """
        with self._writing() as connection:
            step = class_changes.to_undo(connection, image_id)
            if step is not None:
                return class_changes.undo(connection, step[0])
            done = journal.undo(connection, image_id)
            return read_annotation(connection, image_id) if done else None

    def redo_next(self, image_id: int) -> Annotation | ClassStep | None:
        """Do again what `undo_newest` took back last; returned as it does."""
        with self._writing() as connection:
            step = class_changes.to_redo(connection, image_id)
            if step is not None:
                return class_changes.redo(connection, step[0])
            done = journal.redo(connection, image_id)
            return read_annotation(connection, image_id) if done else None

    def upcoming(self, image_id: int) -> tuple[str, str]:
        """What undo and redo would do next to an image, in words; empty for nothing."""
        with self._connections.borrow() as connection, moment(connection):
            back = class_changes.to_undo(connection, image_id)
            forward = class_changes.to_redo(connection, image_id)
            last, following = (
                journal.last_step(connection, image_id),
                journal.next_step(connection, image_id),
            )
            undo = back[1] if back else journal.text_of(connection, last)
            redo = forward[1] if forward else ""
            if not forward and following is not None:
                redo = journal.text_of(connection, following)
        return undo, redo

    def class_steps(self, limit: int = LISTED) -> list[ClassStep]:
        """The changes of the classes, the newest first."""
        with self._connections.borrow() as connection, moment(connection):
            return class_changes.steps(connection, limit)

    def class_uses(self) -> dict[int, tuple[int, int]]:
        """Number of shapes, and of images that have them, by class id."""
        with self._connections.borrow() as connection, moment(connection):
            return class_changes.uses(connection)
