"""Pre-labelling a folder of any length: flat memory, and every image once, however often it dies.

Set DYNSEG_LONG to the number of images for the killed runs too; their default is quicker.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import apsw
import psutil
import pytest
from PIL import Image

from dynseg.annotation.document import ImageState
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store
from dynseg.sample.scene import render

MANY = 20_000
KILLED_IMAGES = int(os.environ.get("DYNSEG_LONG", "2000"))
KILLS = 20
DISTINCT = 200
WARM = 2_000
"""Images after which everything that is kept should be there."""
MOST_GROWTH_MB = 100


def project_of(folder: Path, count: int) -> Path:
    """A project of so many small photographs; most of them are links to the same few."""
    images = folder / "photos"
    images.mkdir()
    for number in range(count):
        path = images / f"{number:05d}.jpg"
        if number < DISTINCT:
            pixels = render(5, number, width=160, height=120).pixels
            Image.fromarray(pixels).save(path, quality=90)
        else:
            os.link(images / f"{number % DISTINCT:05d}.jpg", path)
    with Store.create(folder / "project", images=images, classes=["object"]) as store:
        assert len(store.images()) == count
    return folder / "project"


def start(project: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dynseg.cli", "prelabel", str(project), "--imgsz", "64"]
    return subprocess.Popen(
        [*command, "--backend", "openvino", "--json", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def done_in(project: Path) -> int:
    """Images that a reader beside the run sees as pre-labelled."""
    path = str(ProjectLayout(project).database)
    connection = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READONLY)
    connection.set_busy_timeout(10_000)  # the next run puts right what the killed one left
    try:
        ((count,),) = connection.execute(
            "SELECT count(*) FROM image WHERE state = ?", (ImageState.PRELABELLED.value,)
        )
    finally:
        connection.close()
    return int(count)


def assert_each_once(project: Path, count: int) -> None:
    """Every image has its proposals from one step of one run, and no proposal twice."""
    with Store.open(project) as store:
        assert store.check() == []
        steps: Counter[int] = Counter()
        for run in store.runs():
            for image_id, numbers in store.run_steps(run.id).items():
                steps[image_id] += len(numbers)
        rows = store.images()
        assert len(rows) == count
        assert {row.state for row in rows} == {ImageState.PRELABELLED}
        assert steps == Counter(row.id for row in rows)
        for annotation in store.annotations([row.id for row in rows]):
            ids = [item.id for item in annotation.instances]
            assert len(ids) == len(set(ids))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_memory_is_flat_over_twenty_thousand_images(tmp_path: Path) -> None:
    project = project_of(tmp_path, MANY)
    sizes: list[tuple[int, float]] = []
    with start(project) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                rss_mb = watched.memory_info().rss / 1e6
            except psutil.NoSuchProcess:
                break
            sizes.append((done_in(project), rss_mb))
            time.sleep(0.25)
        assert process.stdout is not None
        answer = json.loads(process.stdout.read().splitlines()[-1])
    assert process.returncode == 0
    assert (answer["images"], answer["failed"], answer["skipped"]) == (MANY, 0, 0)
    warm = [rss for done, rss in sizes if WARM <= done < 2 * WARM]
    late = [rss for done, rss in sizes if done >= MANY - WARM]
    assert warm, "the run was over before it was looked at"
    assert late
    growth_mb = max(late) - max(warm)
    print(f"{answer['images_per_s']:.0f} images/s, {max(warm):.0f} MB, growth {growth_mb:.0f} MB")
    assert growth_mb < MOST_GROWTH_MB
    assert_each_once(project, MANY)


@pytest.mark.chaos
@pytest.mark.timeout(900)
def test_killed_twenty_times_every_image_once(tmp_path: Path) -> None:
    project = project_of(tmp_path, KILLED_IMAGES)
    rng = random.Random(4)
    kills = 0
    marks = sorted(rng.uniform(0, KILLED_IMAGES) for _ in range(KILLS))
    for mark in marks:
        with start(project, "--resume") as process:
            while process.poll() is None and done_in(project) < mark:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, 0.1))  # somewhere between two commits
            kills += process.poll() is None
            process.kill()
    assert kills >= KILLS - 2  # near the end one may be too late
    with start(project, "--resume") as process:
        process.communicate()
    assert process.returncode == 0
    assert_each_once(project, KILLED_IMAGES)
