"""Fuzz the importers and the decoder of TIFF with atheris: the corpus stays, minutes add up.

    uv run --with atheris python tests/fuzz/importers.py coco --minutes 10
    uv run --with atheris python tests/fuzz/importers.py all --minutes 5
    uv run python tests/fuzz/importers.py --table

Each run goes on where the one before it ended and adds a line to `minutes.jsonl` beside this file.
What counts are minutes of processor time: beside other work a run gets less of them than it lasts.
What an importer fails on is kept in the corpus folder as `crash-*`; the line counts it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = HERE / "minutes.jsonl"
CORPUS = ROOT / ".fuzz"
FORMATS = ("coco", "cvat", "labelstudio", "labelme", "yolo", "via", "isat", "supervisely",
           "datumaro", "darwin", "ndjson", "masks", "voc", "tiff")  # fmt: skip
AIM_MINUTES = 60
MOST_BYTES = 16_384
MOST_MINUTES = 3.0
"""A process lives no longer: atheris keeps some 6 KB of each input that a mutator of ours made, and
after 500,000 of them the limit of memory was reached by the fuzzer itself."""
SLOW_S = 20
"""An input that takes longer by the clock is a failure; a run with low priority needs more."""


def fuzz(name: str, minutes: float, corpus: Path, slow_s: int) -> int:
    """Fuzz one importer in a process of its own; returns how many inputs it failed on."""
    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.glob("*-*"))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    target = HERE / ("pictures.py" if name == "tiff" else "target.py")
    ran = subprocess.run(
        [
            sys.executable, str(target), name, str(folder),
            f"-max_total_time={round(minutes * 60)}", f"-max_len={MOST_BYTES}",
            f"-timeout={slow_s}", f"-report_slow_units={slow_s}",
            f"-rss_limit_mb={1000 if name == 'tiff' else 3000}", f"-artifact_prefix={folder}/",
            "-print_final_stats=1", "-verbosity=1",
        ],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'core'}{os.pathsep}{ROOT}"},
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = re.search(r"Done (\d+) runs in (\d+) second", ran.stderr)
    executed = re.search(r"stat::number_of_executed_units: (\d+)", ran.stderr)
    covered = re.findall(r"cov: (\d+)", ran.stderr)
    failed = sorted(set(folder.glob("*-*")) - before)
    cpu_s = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    row = {
        "format": name,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "minutes": round(int(done[2]) / 60 if done else cpu_s / 60, 1),
        "cpu_minutes": round(cpu_s / 60, 1),
        "inputs": int(executed[1]) if executed else 0,
        "branches": int(covered[-1]) if covered else 0,
        "failures": len(failed),
    }
    if ran.returncode and not failed:
        print(ran.stderr[-3000:])
        raise SystemExit(f"{name}: the fuzzer itself failed")
    with TABLE.open("a", encoding="utf-8") as table:
        table.write(json.dumps(row) + "\n")
    print(json.dumps(row), *failed, flush=True)
    if failed:
        print(ran.stderr[-4000:])
    return len(failed)


def show() -> None:
    """Minutes and inputs of every importer so far."""
    rows = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    for name in FORMATS:
        own = [row for row in rows if row["format"] == name]
        minutes, inputs = (sum(row[key] for row in own) for key in ("cpu_minutes", "inputs"))
        failures = sum(row["failures"] for row in own)
        print(
            f"{name:12} {minutes:5.1f} of {AIM_MINUTES} minutes, "
            f"{inputs:,} inputs, {failures} failed"
        )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("format", nargs="?", default="all", choices=[*FORMATS, "all"])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--slow-s", type=int, default=SLOW_S, help="an input may take so long")
    parser.add_argument("--table", action="store_true", help="say what was done so far")
    options = parser.parse_args()
    if options.table:
        show()
        return 0
    names = FORMATS if options.format == "all" else (options.format,)
    return min(1, sum(fuzz_long(name, options) for name in names))


def fuzz_long(name: str, options: argparse.Namespace) -> int:
    """Fuzz in processes of a few minutes, until an input fails or the time is over."""
    failed, left = 0, options.minutes
    while left > 0 and not failed:
        failed = fuzz(name, min(left, MOST_MINUTES), options.corpus, options.slow_s)
        left -= MOST_MINUTES
    return failed


if __name__ == "__main__":
    sys.exit(main())
