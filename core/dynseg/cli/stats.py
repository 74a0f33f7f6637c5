"""`dynseg stats`: count images, instances and classes."""

from __future__ import annotations

import argparse
from collections import Counter

from dynseg.annotation.document import ImageState
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)


def run(args: argparse.Namespace, console: Console) -> Result:
    """Count; the project is opened read-only."""
    with opened(args.project, read_only=True) as store, store.snapshot() as view:
        rows = view.images()
        classes = view.classes()
        count: Counter[int] = Counter()
        origins: Counter[str] = Counter()
        for annotation in view.annotations([row.id for row in rows if row.instance_count]):
            for instance in annotation.instances:
                count[instance.class_id] += 1
                origins[instance.origin.value] += 1
    by_state = {state.value: 0 for state in ImageState}
    by_state.update(Counter(row.state.value for row in rows))
    by_class = {label.name: count[label.id] for label in classes.labels}
    by_split = dict(Counter(row.split or "none" for row in rows))
    data = {
        "images": len(rows),
        "instances": sum(count.values()),
        "reviewed": by_state[ImageState.REVIEWED.value],
        "by_class": by_class,
        "by_state": by_state,
        "by_split": by_split,
        "by_origin": dict(origins),
        "damaged": sum(bool(row.damage) for row in rows),
    }
    _show(data, console)
    return Result(data)


def _show(data: dict[str, object], console: Console) -> None:
    for key, value in data.items():
        title = key.replace("_", " ")
        if isinstance(value, dict):
            console.say(f"{title}:")
            width = max((len(str(name)) for name in value), default=0)
            for name, number in value.items():
                console.say(f"  {name!s:<{width}}  {number}")
        else:
            console.say(f"{title}: {value}")
