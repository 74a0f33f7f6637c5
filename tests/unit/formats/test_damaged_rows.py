"""One image whose rows in the database are damaged: what concerns many goes on without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.formats.conftest import MakeProject, box, label, shape

from dynseg.cli import main as cli
from dynseg.curation import checks
from dynseg.formats import yolo
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing import preflight
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.policy import Policy
from dynseg.inference.tiles import small_objects
from dynseg.project.store import Store
from dynseg.review.effort import effort_of_project, latest_effort, verdicts
from dynseg.review.statistics import statistics


@pytest.fixture
def store(make_project: MakeProject) -> Store:
    """Three reviewed images with a shape each; that of the second cannot be read."""
    made = make_project(["a.png", "b.png", "c.png"])
    for rel in ("a.png", "b.png", "c.png"):
        label(made, rel, [shape(made.classes().labels[0].id, box(2, 2, 30, 20))])
    assert made._writer is not None
    made._writer.execute(
        "UPDATE sheet SET body=zeroblob(length(body)) WHERE place>>32="
        "(SELECT id FROM image WHERE rel='b.png')"
    )
    return made


def test_a_check_lists_what_is_doubtful_beside_what_is_damaged(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = checks.check(store)
    assert {finding.rel for finding in findings} == {""}, "a class without shapes"
    assert checks.fix(store, findings) == 0
    store.close()
    assert cli.main(["check", str(store.root)]) == 1
    said = capsys.readouterr()
    assert "b.png: 1 of 1 shapes are damaged." in said.out + said.err


def test_an_export_says_what_it_leaves_out(store: Store, tmp_path: Path) -> None:
    with store.snapshot() as view:
        facts = preflight.count(view, yolo.FORMAT, Policy())
    done = export(store, tmp_path / "out")
    assert (done.images, facts.images) == (2, 2)
    assert [str(finding) for finding in done.dropped] == [str(f) for f in facts.dropped]
    assert str(done.dropped[0]).startswith("b.png: at least one of its shapes cannot be read")
    assert {row.rel: bool(row.split) for row in store.images()} == {
        "a.png": True,
        "b.png": False,
        "c.png": True,
    }


def test_an_import_refuses_the_labels_of_that_image_alone(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "labels"
    source.mkdir()
    (source / "classes.txt").write_text("cat\n")
    for row in store.images():
        (source / row.rel).with_suffix(".txt").write_text("0 0.6 0.6 0.9 0.6 0.9 0.9\n")
    for image in store.images():
        if image.rel != "b.png":
            reopened(store, image.id)
    done = import_labels(store, source)
    assert done.instances == 2
    assert ["b.txt" in str(finding) for finding in done.refused] == [True]


def reopened(store: Store, image_id: int) -> None:
    """Take the review back, so that an import may add to the image."""
    store.undo(image_id)


def test_counts_go_on(store: Store) -> None:
    facts = statistics(store)
    assert (facts.images, facts.damaged, facts.objects) == (3, 1, 2)
    assert small_objects(store) == 0


def test_what_proposals_were_worth_is_told_of_the_others(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with store.snapshot() as view:
        assert [effort.added for effort in effort_of_project(view)] == [1, 1]
        assert len(latest_effort(view)) == 2
        assert verdicts(view, images=3) == []
    store.close()
    assert cli.main(["stats", str(store.root), "--effort"]) == 0
    assert "mean overlap         -" in capsys.readouterr().out
