"""`dynseg prelabel --dry-run`: what a run would change."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dynseg.cli.command import Result, refuse_useless
from dynseg.cli.console import Console
from dynseg.cli.project import opened
from dynseg.cli.run_facts import all_failed, facts, say_failed
from dynseg.cli.words import many
from dynseg.inference.settings import PredictSettings
from dynseg.model.registry import ModelRegistry

if TYPE_CHECKING:
    from dynseg.inference.difference import Difference
    from dynseg.inference.runs.preview import ImagePreview

COUNTS = ("added", "removed", "changed", "missed", "disputed", "found")


def dry_run(
    args: argparse.Namespace, root: Path, settings: PredictSettings, console: Console
) -> Result:
    """Print a line for each image that a run would change or sees differently than people.

    Raises:
        WrongUseError: an option would have no effect.
    """
    refuse_useless(
        "A dry run looks at all images of its scope, on this machine",
        {"--resume": args.resume, "--ray": args.ray is not None},
    )
    from dynseg.inference.runs.preview import preview_project

    total: Counter[str] = Counter(dict.fromkeys(COUNTS, 0))
    listed: list[dict[str, Any]] = []

    def tell(image: ImagePreview) -> None:
        numbers = counts(image)
        total.update(numbers)
        if any(numbers.values()):
            listed.append({"image": image.rel, **numbers, "classes": _classes(image)})
            console.say(line(image.rel, numbers))

    with opened(root) as store, console.stoppable("No label was changed."):
        done = preview_project(
            store,
            ModelRegistry(store.layout.models).resolve(args.model),
            settings=settings,
            scope=args.scope,
            tell=tell,
            report=console.progress,
            cancel=console.cancel,
        )
    console.say(_sentence(done.images, total))
    say_failed(done, console)
    data = {"dry_run": True, **facts(done), **total, "changes": listed}
    return Result(data, problem=all_failed(done))


def counts(image: ImagePreview) -> dict[str, int]:
    """What a run does to proposals, and how the model differs from what people made.

    `found` are objects where people have none, on images that are settled: elsewhere they are
    among the added ones.
    """
    run, people = image.run, image.people
    return {
        **run.counts,
        "missed": len(people.removed),
        "disputed": len(people.changed),
        "found": len(people.added) if image.settled else 0,
    }


def line(rel: str, numbers: dict[str, int]) -> str:
    """`a.jpg  +3 -1 ~2   people: 1 missed, 2 seen differently`; zeros are left out."""
    signs = (("added", "+"), ("removed", "-"), ("changed", "~"))
    proposals = [f"{sign}{numbers[key]}" for key, sign in signs if numbers.get(key)]
    words = (
        ("missed", "missed"),
        ("disputed", "seen differently"),
        ("found", "found beyond them"),
    )
    people = [f"{numbers[key]} {word}" for key, word in words if numbers.get(key)]
    parts = [rel, " ".join(proposals) or "as it is"]
    if people:
        parts.append(f"people's shapes: {', '.join(people)}")
    return "  ".join(parts)


def _sentence(images: int, total: Counter[str]) -> str:
    text = (
        f"On {many(images, 'image')} a run would add {many(total['added'], 'proposal')}, remove "
        f"{total['removed']} and change {total['changed']}."
    )
    if total["missed"] or total["disputed"] or total["found"]:
        text += (
            f" Of what people made, the model misses {many(total['missed'], 'shape')}, sees "
            f"{total['disputed']} differently and finds {total['found']} more."
        )
    return f"{text} Nothing was changed."


def _classes(image: ImagePreview) -> dict[str, dict[str, int]]:
    """Added and removed proposals of one image by the name of their class."""
    run: Difference = image.run
    names = {label.id: label.name for label in image.classes.labels}
    return {
        key: dict(Counter(names.get(item.class_id, "?") for item in items))
        for key, items in (("added", run.added), ("removed", run.removed))
        if items
    }
