"""Corrects one shape with as few gestures as a greedy person would need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.benchmarks.effort_editor.hand import Gesture, Hand
from tests.benchmarks.effort_editor.material import REACHED, Case

from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.annotation.edits import EditError, replace_parts
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import iou

PATIENCE = 100
"""Gestures after which a person gives up."""
ID = "it"
MODEL = "refine"
"""A key that works with every tool in the hand."""


@dataclass(slots=True)
class Work:
    """What it took.

    Attributes:
        overlap: With the truth at the end.
        gestures: Undo steps.
        changes: Times that another tool or another size of brush was taken.
        length_px: Way of the pressed pointer, view pixels.
        tools: What was used, in turn.
    """

    overlap: float
    gestures: int = 0
    changes: int = 0
    length_px: float = 0.0
    tools: list[str] = field(default_factory=list)
    wanted: float = REACHED

    @property
    def reached(self) -> bool:
        """Whether it is good enough now."""
        return self.overlap >= self.wanted


def correct(case: Case, *, with_tools: bool, seed: int = 0, wanted: float = REACHED) -> Work:
    """Take the gesture that gains most until the overlap is reached.

    Every gesture is the edit of the document that the tool of the canvas asks for.

    Args:
        case: What to correct.
        with_tools: With brush, eraser, redrawing and the model; else by dragging vertices, and new
            ones out of edges, alone.
        seed: Of the shaking hand.
        wanted: Overlap with the truth that is good enough.
    """
    item = Instance(0, case.proposal, origin=Origin.MODEL, score=0.5, id=ID)
    document = Annotation(1, case.width, case.height, (item,))
    hand = Hand(case.truth, ID, seed=seed)
    work = Work(iou(case.proposal, case.truth), wanted=wanted)
    tool, asked = "edit", False
    while not work.reached and work.gestures < PATIENCE:
        parts = document.instance(ID).parts
        choice = list(hand.vertices(parts))
        if with_tools:
            choice += [*hand.redraws(parts), *hand.brushes(parts), *hand.deletions(parts)]
            if case.refined and not asked:
                choice.append(Gesture(MODEL, replace_parts(ID, case.refined), 0.0))
        best = _best(document, choice, case.truth, work.overlap)
        if best is None:
            break
        work.overlap, gesture, document = best
        asked = asked or gesture.tool == MODEL
        work.gestures += 1
        work.changes += gesture.tool not in (tool, MODEL)
        work.length_px += gesture.length_px
        work.tools.append(gesture.tool)
        tool = tool if gesture.tool == MODEL else gesture.tool
    return work


def _best(
    document: Annotation, choice: Iterable[Gesture], truth: tuple[Part, ...], overlap: float
) -> tuple[float, Gesture, Annotation] | None:
    """What gains most; None when nothing gains."""
    best = None
    for gesture in choice:
        try:
            made = gesture.edit(document)
        except EditError:
            continue
        if not made.instances:
            continue
        reached = iou(made.instances[0].parts, truth)
        if reached > overlap + 1e-4:
            best, overlap = (reached, gesture, made), reached
    return best
