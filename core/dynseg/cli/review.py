"""`dynseg review`: the images to look at next, and why; or accepting what is proposed on many."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TypeVar

from dynseg.cli import accept, values
from dynseg.cli.command import Result, refuse_useless
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.cli.words import many
from dynseg.inference.detections import scored_shapes
from dynseg.inference.settings import PredictSettings
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg.review.appearance import read_appearances
from dynseg.review.disputes import open_disputes
from dynseg.review.queue import SETTLED, ReviewOrder, build, disagreements, uncertainties
from dynseg.review.suggestion import Suggestions, suggest
from dynseg_resources import starter_model

T = TypeVar("T")

ERRORS = "errors"
LISTED = 20
COMPARED = 2000
"""A minute or two of looking: enough to tell which images are typical of a folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "--order",
        choices=[*(order.value for order in ReviewOrder), ERRORS],
        help="what comes first (default: suggested, what teaches the model most); errors lists "
        "reviewed shapes disputed by models that were trained without them",
    )
    parser.add_argument(
        "--anew", action="store_true", help="with --order errors: look again, which takes minutes"
    )
    parser.add_argument(
        "--compare",
        type=values.count,
        metavar="N",
        help="look at N images that were not compared with the others yet, spread over the "
        "folder; results are kept, and the next call looks at others "
        f"(default: {COMPARED}; 0 looks at all)",
    )
    parser.add_argument(
        "--limit",
        type=values.count,
        metavar="N",
        help=f"images to list (default: {LISTED}); 0 lists all",
    )
    parser.add_argument("--seed", type=int, metavar="N", help="of the random order")
    accept.add_arguments(parser)


def run(args: argparse.Namespace, console: Console) -> Result:
    """List; no label is touched and the project is opened read-only, unless --accept is given."""
    if args.accept is not None:
        return accept.accept(args, console)
    accept.refuse_options(args)
    if args.order == ERRORS:
        return _errors(args, console)
    refuse_useless(f"Only with --order {ERRORS} a model looks at labels", {"--anew": args.anew})
    order = ReviewOrder(args.order or ReviewOrder.SUGGESTED)
    compared = COMPARED if args.compare is None else args.compare
    with opened(args.project, read_only=True) as store, store.snapshot() as view:
        rows = view.images()
        figures, reasons = _values(view, rows, order, console, compared)
        entries = build(rows, order, figures, reasons=reasons, seed=args.seed or 0)
    settled = sum(row.state in SETTLED for row in rows)
    shown = _listed(entries, args.limit)
    width = max((len(entry.image.rel) for entry in shown), default=0)
    for entry in shown:
        console.say(f"{entry.image.rel:<{width}}  {entry.reason}")
    console.say(
        f"{settled} of {many(rows, 'image is', 'images are')} done, "
        f"{many(entries, 'waits', 'wait')} for a person"
    )
    return Result(
        {
            "order": order.value,
            "images": len(rows),
            "waiting": len(entries),
            "queue": [
                {
                    "image": entry.image.rel,
                    "state": entry.image.state.value,
                    "value": entry.value,
                    "reason": entry.reason,
                }
                for entry in shown
            ],
        }
    )


def _listed(entries: Sequence[T], limit: int | None) -> Sequence[T]:
    """The first of them, as many as are asked for; all where 0 are."""
    return entries[: (LISTED if limit is None else limit) or None]


def _errors(args: argparse.Namespace, console: Console) -> Result:
    """List disputed labels; look for them where nobody has yet."""
    with opened(args.project, read_only=True) as view:
        found = None if args.anew else open_disputes(view)
        if found is None:
            from dynseg.label_errors.search import find_disputes  # loads torch

            with console.stoppable("Nothing was changed."):
                found = find_disputes(
                    view,
                    report=console.progress,
                    cancel=console.cancel,
                    unkept=lambda problem: console.error(problem.message, problem.hint),
                )
        names = {row.id: row.rel for row in view.images()}
    disputes = [item for item in found.disputes if item.image_id in names]
    shown = _listed(disputes, args.limit)
    for dispute in shown:
        x0, y0, x1, y1 = map(round, dispute.box)
        console.say(
            f"{names[dispute.image_id]}  {dispute.value:.2f}  {dispute.reason}, "
            f"at {x0}, {y0} to {x1}, {y1}"
        )
    console.say(
        f"{many(disputes, 'label is', 'labels are')} disputed by networks that never saw them"
    )
    console.say(
        f"on {found.images} images that they never saw they reach a panoptic quality of "
        f"{found.quality:.2f} (cross-validation)"
    )
    return Result(
        {
            "order": ERRORS,
            "disputes": len(disputes),
            "quality": round(found.quality, 4),
            "queue": [
                {
                    "image": names[dispute.image_id],
                    "instance": dispute.instance_id,
                    "kind": dispute.kind.value,
                    "value": round(dispute.value, 4),
                    "box": [round(side, 1) for side in dispute.box],
                    "reason": dispute.reason,
                }
                for dispute in shown
            ],
        }
    )


def _suggested(view: ProjectView, console: Console, most: int) -> Suggestions:
    """The queue; what images show is worked out first where that is not known yet."""
    known = read_appearances(view.layout)
    if known.missing(view.images()):
        from dynseg.inference.describe import describe_project  # loads torch

        with console.stoppable("What was compared is kept; no label was changed."):
            described = describe_project(
                view,
                starter_model(),
                most=most,
                report=console.progress,
                cancel=console.cancel,
                unkept=lambda problem: console.error(problem.message, problem.hint),
            )
        known = described.known
        if described.left:
            console.say(
                f"{described.left} images are not compared with the others yet and stand at the "
                "end; call again, or with --compare 0"
            )
    return suggest(view, known)


def _values(
    view: ProjectView, rows: list[ImageRow], order: ReviewOrder, console: Console, most: int
) -> tuple[dict[int, float], dict[int, str]]:
    """Figures and, where they do not follow from these, reasons by image id."""
    if order is ReviewOrder.SUGGESTED:
        found = _suggested(view, console, most)
        console.say(found.basis)
        return (
            {image_id: item.value for image_id, item in found.by_image.items()},
            {image_id: item.reason for image_id, item in found.by_image.items()},
        )
    if order is ReviewOrder.UNCERTAINTY:
        return uncertainties(view), {}
    if order is ReviewOrder.DISAGREEMENT:
        differing = disagreements(
            view,
            rows,
            scored_shapes,
            confidence=PredictSettings().confidence,
            report=console.progress,
            cancel=console.cancel,
        )
        return differing, {}
    return {}, {}
