"""`dynseg import`: take in labels of another program."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from dynseg.annotation.class_spelling import look_alike
from dynseg.cli.command import Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.cli.words import many
from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.incoming.class_names import Chosen
from dynseg.formats.incoming.importing import Choice, ImportPlan, ImportReport, SourceClass, prepare
from dynseg.project.view import ProjectView


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "source", type=Path, metavar="SOURCE", help="a file, folder, zip or tar archive"
    )
    names = [registry.AUTO, *(form.name for form in registry.readable())]
    parser.add_argument(
        "--format",
        choices=names,
        default=registry.AUTO,
        help="of which program; needed where a folder holds several",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--as-reviewed",
        dest="how",
        action="store_const",
        const="reviewed",
        default="work",
        help="vouch for the labels: their images count as reviewed",
    )
    how.add_argument(
        "--as-proposals",
        dest="how",
        action="store_const",
        const="proposals",
        help="take the labels in like those of a model, to be looked at one by one",
    )
    parser.add_argument(
        "--class",
        dest="classes",
        action="append",
        default=[],
        metavar="NAME=CLASS",
        help="shapes called NAME get a class of the project or the source; NAME= leaves them out",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be taken in; change nothing"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Import as one run, which can be undone as one."""
    with (
        opened(args.project, read_only=args.dry_run) as store,
        console.stoppable("Nothing was imported."),
    ):
        plan = prepare(
            store,
            args.source,
            format_name=args.format,
            report=console.progress,
            cancel=console.cancel,
        )
        console.cancel.check()
        choice = Choice(args.how, _chosen(args.classes, store, plan))
        _tell_unknown(choice, plan.classes(store), console)
        there = store.classes().names
        done = plan.preview(store, choice) if args.dry_run else plan.commit(store, choice)
    _say(done, there, console, dry=args.dry_run)
    if args.how == "reviewed" and done.images and done.refused:
        console.say("an image of which a shape could not be used is not reviewed, it is in work")
    if done.run_id:
        console.say(f"take it back with `dynseg history {args.project} --undo {done.run_id}`")
    findings = [("repaired", item) for item in done.repaired]
    findings += [("refused", item) for item in done.refused]
    return Result(
        {
            "images": done.images,
            "instances": done.instances,
            "repaired": len(done.repaired),
            "refused": len(done.refused),
            "format": done.format,
            "duplicates": done.duplicates,
            "ignored": done.ignored,
            "superseded": done.superseded,
            "run": done.run_id,
            "classes_added": done.added_classes,
            "by_class": done.by_class,
            "dry_run": args.dry_run,
            "report": [{"kind": kind, **asdict(item)} for kind, item in findings],
        },
        problem=_nothing(done, args.source),
    )


def _nothing(done: ImportReport, source: Path) -> InputError | None:
    """An import without a label for any image of the project has failed."""
    if done.images:
        return None
    others = [finding for finding in done.refused if not finding.missing]
    if others:
        more = f" (and {len(done.refused) - 1} more)" if len(done.refused) > 1 else ""
        return InputError(
            f"No {done.format} label of {source} can be used; nothing was imported. "
            f"{others[0]}{more}",
            "All that stands in the way is listed, with --json as `report`.",
        )
    what = f"{source} holds no {done.format} label for any image of the project"
    return InputError(
        f"{what}; nothing was imported.",
        "Labels belong to the image of the same name; another folder or --format may be meant.",
    )


def _chosen(given: Sequence[str], view: ProjectView, plan: ImportPlan) -> dict[str, Chosen]:
    """What names of the source become: class ids, names of classes to be made, None to leave out.

    Raises:
        WrongUseError: a text is not of the form, or names no class of the project or the source.
    """
    chosen: dict[str, Chosen] = {}
    new = {item.name for item in plan.classes(view)}
    for text in given:
        name, sign, wanted = text.rpartition("=")
        label = view.classes().by_name(wanted)
        if not sign or (wanted and label is None and wanted not in new):
            what = f"The project has no class {wanted}" if sign else f"{text} names no class"
            raise WrongUseError(f"{what}.", "Give --class NAME=CLASS, or NAME= to leave it out.")
        chosen[name] = label.id if label is not None else wanted or None
    return chosen


def _tell_unknown(choice: Choice, there: Sequence[SourceClass], console: Console) -> None:
    """Say which chosen names no shape has: most often they are spelt otherwise there."""
    names = [item.name for item in there]
    for name in choice.classes:
        if name not in names:
            console.notice(
                f"No shape is called {name!r}; --class {name}= changes nothing. "
                f"There are: {', '.join(sorted(filter(None, names))) or 'none with a name'}."
            )


def _say(done: ImportReport, there: Sequence[str], console: Console, *, dry: bool) -> None:
    added = "would be added" if dry else "added"
    console.say(
        f"{done.format}: {many(done.instances, 'shape')} {added}, labels found for "
        f"{many(done.images, 'image')}"
    )
    if done.added_classes:
        console.say(f"new classes: {', '.join(done.added_classes)}")
        for one, other in look_alike([*there, *done.added_classes]):
            if other in done.added_classes:
                console.say(f"meant as one? {one} / {other}: --class '{other}={one}'")
    if done.ignored:
        console.say(f"{many(done.ignored, 'shape')} left out, as asked for")
    if done.superseded:
        gave = "would give way" if dry else "gave way"
        console.say(f"{many(done.superseded, 'proposal')} that nobody touched {gave}")
    console.findings(
        done.repaired, title=f"{len(done.repaired)} repaired, scaled, doubled or not taken over"
    )
    console.findings(done.refused, title=f"{len(done.refused)} could not be used")
