"""`dynseg check`: look for what is broken or doubtful in a project."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.cli.project import add_project_argument, opened
from dynseg.curation import checks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_project_argument(parser)
    parser.add_argument(
        "--fix", action="store_true", help="repair what needs no judgement; can be undone"
    )
    parser.add_argument(
        "--labels-only", action="store_true", help="do not read the images, which takes longest"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit status 1 if anything is left but classes without shapes or with similar names",
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Check, and repair when asked to."""
    fixed = 0
    with (
        opened(args.project, read_only=not args.fix) as store,
        console.stoppable("Nothing was changed."),
    ):
        damage = store.check()
        findings = checks.check(
            store,
            read_images=not args.labels_only,
            report=console.progress,
            cancel=console.cancel,
        )
        if args.fix:
            fixed = checks.fix(store, findings)
    console.findings(damage, title=f"{len(damage)} places of the database are damaged")
    by_kind = Counter(finding.kind for finding in findings)
    for kind, count in by_kind.items():
        own = [finding for finding in findings if finding.kind is kind]
        console.findings(own, title=f"{kind.value} ({count})")
    if not findings and not damage:
        console.say("nothing found")
    elif args.fix:
        console.say(f"{fixed} repaired; undo on the image brings the old shapes back")
    elif any(finding.fixable for finding in findings):
        console.say("add --fix to repair broken, tiny and doubled shapes")
    left = len(findings) + len(damage) - fixed
    remarks = sum(by_kind[kind] for kind in checks.REMARKS)
    return Result(
        {
            "findings": [_as_dict(finding) for finding in findings]
            + [{"kind": "damaged database", "text": text} for text in damage],
            "fixed": fixed,
            "left": left,
        },
        ok=not damage and not (args.strict and left > remarks),
    )


def _as_dict(finding: checks.CheckFinding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "text": finding.text,
        "image": finding.rel,
        "instance": finding.instance_id,
        "fixable": finding.fixable,
    }
