"""What changes many images makes a verified backup first (G3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import numpy as np
import pytest
from PIL import Image

from dynseg.annotation import class_edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.curation import checks
from dynseg.geometry.part import Part, ring
from dynseg.project import backups, health
from dynseg.project.store import Store


def reasons(store: Store) -> list[str]:
    return [fact.reason for fact in backups.facts(store.layout)]


@pytest.fixture
def labelled(tmp_path: Path) -> Iterator[Store]:
    Image.fromarray(np.zeros((40, 60, 3), np.uint8)).save(tmp_path / "a.png")
    with Store.create(tmp_path, images=tmp_path, classes=["cat", "dog"]) as store:
        before = store.annotation(1)
        square = ring([[2, 2], [20, 2], [20, 20], [2, 20]])
        speck = ring([[30, 30], [31, 30], [31, 31]])
        cat = store.classes().labels[0].id
        after = before.with_instances(Instance(cat, (Part(r),)) for r in (square, speck))
        store.commit(1, diff(before, after), expected_revision=0, text="Draw")
        yield store


def test_a_class_that_loses_its_shapes(labelled: Store) -> None:
    cat, dog = (label.id for label in labelled.classes().labels)
    labelled.change_classes(class_edits.rename(cat, "lion"))
    assert reasons(labelled) == []
    labelled.change_classes(class_edits.merge(cat, dog))
    assert reasons(labelled) == ["before a change of classes"]
    assert backups.facts(labelled.layout)[0].contents == backups.Contents(1, 2, 0, 2)


def test_a_backup_of_the_window_and_one_of_its_worker_at_once(
    labelled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = health.rows
    made: list[Path] = []

    def rows(connection: apsw.Connection) -> list[str]:
        if not made:  # while one copy is verified, the other program makes its own
            made.append(labelled.root)
            with Store.join(labelled.root, labelled.lock_token) as worker:
                made.append(worker.backup("before a run"))
        return real(connection)

    monkeypatch.setattr(health, "rows", rows)
    labelled.backup("automatic")
    facts = backups.facts(labelled.layout)
    assert [fact.reason for fact in facts] == ["automatic", "before a run"]
    assert {fact.contents for fact in facts} == {labelled.contents()}
    assert len(list(labelled.layout.backups.iterdir())) == 2


def test_a_backup_that_makes_room_while_the_list_is_read(
    labelled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker makes its own before a run, and the oldest one goes."""
    labelled.backup("by hand")
    kept = backups.listed(labelled.layout)
    gone = labelled.layout.backups / "20200101-000000-000000-automatic.db"
    monkeypatch.setattr(backups, "listed", lambda _: [*kept, gone])
    assert reasons(labelled) == ["by hand"]
    assert labelled.backup_if_due(interval_s=3600) is None


def test_a_backup_is_made_where_an_old_one_cannot_go(
    labelled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps one that somebody looks into; the new one was called a failure."""
    unlink, refused = Path.unlink, []

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".db" and not path.name.startswith("."):
            refused.append(path)
            raise PermissionError(13, "in use", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(backups, "KEEP", 1)
    monkeypatch.setattr(backups, "KEEP_DAYS", 1)
    labelled.backup("first")
    monkeypatch.setattr(Path, "unlink", refuse)
    assert labelled.backup("second").is_file()
    assert refused
    assert reasons(labelled) == ["second", "first"]


def test_repairs(labelled: Store) -> None:
    found = checks.check(labelled, read_images=False)
    assert checks.fix(labelled, found) == 1
    assert reasons(labelled) == ["before repairs"]
    assert labelled.contents().shapes == 1
