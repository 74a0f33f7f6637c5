"""Edits a person makes: factories of pure functions `Annotation -> Annotation`.

What holds for all of them:

- points are clipped to the image; a shape that is moved stops at the border and keeps its form;
- a model's shape whose geometry or class a person changes becomes `Origin.EDITED`;
- the first edit of an image that nobody has worked on sets `ImageState.IN_WORK`;
- an edit that changes nothing returns the very same annotation;
- an edit that cannot be made raises `EditError` and leaves nothing behind.

Rings of a part are numbered: 0 is the outer ring, 1 the first hole.
"""

from dynseg.annotation.edits.base import Edit, EditError
from dynseg.annotation.edits.combining import (
    Outlining,
    fill_holes,
    fit_borders,
    intersect,
    outline,
    restack,
    separate,
    subtract,
    union,
)
from dynseg.annotation.edits.shapes import (
    accept,
    accept_all,
    add,
    add_many,
    relabel,
    remove,
    reopen,
    reorder,
    replace_all,
    replace_parts,
    set_state,
    translate,
)
from dynseg.annotation.edits.strokes import cut_hole, erase, paint, redraw, split, sweep
from dynseg.annotation.edits.vertices import delete_vertex, insert_vertex, move_vertex

__all__ = [
    "Edit",
    "EditError",
    "Outlining",
    "accept",
    "accept_all",
    "add",
    "add_many",
    "cut_hole",
    "delete_vertex",
    "erase",
    "fill_holes",
    "fit_borders",
    "insert_vertex",
    "intersect",
    "move_vertex",
    "outline",
    "paint",
    "redraw",
    "relabel",
    "remove",
    "reopen",
    "reorder",
    "replace_all",
    "replace_parts",
    "restack",
    "separate",
    "set_state",
    "split",
    "subtract",
    "sweep",
    "translate",
    "union",
]
