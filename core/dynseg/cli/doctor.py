"""`dynseg doctor`: what works on this machine and how to mend what does not."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from dynseg import __version__
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.doctor.examination import examine
from dynseg.doctor.finding import Finding

MARKS = {"ok": "ok  ", "note": "note", "problem": "FAIL"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "project", type=Path, nargs="?", metavar="PROJECT", help="look at this project, too"
    )


def run(args: argparse.Namespace, console: Console) -> Result:
    """Look at everything."""
    findings: list[Finding] = []
    for finding in examine(args.project):
        findings.append(finding)
        console.say(f"[{MARKS[finding.level]}] {finding.name}: {finding.text}")
        if finding.mend:
            console.say(f"       {finding.mend}")
    device = next((f.text for f in findings if f.name == "device"), "cpu")
    ok = not any(finding.level == "problem" for finding in findings)
    data = {
        "ok": ok,
        "findings": [asdict(finding) for finding in findings],
        "device": device.split(" ")[0].rstrip(",:;"),
        "device_reason": device,
        "version": __version__,
    }
    return Result(data, ok=ok)
