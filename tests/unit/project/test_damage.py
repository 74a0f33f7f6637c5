"""Damage is found, named, and never shown as truth; backups bring the work back."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import apsw
import numpy as np
import pytest

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import DynsegError, ProjectError, ReadOnlyError, StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg.project import backups, connection
from dynseg.project.store import Store


def fill(store: Store) -> dict[int, Annotation]:
    """Eight shapes on every image, with a step of history each."""
    rng = np.random.default_rng(3)
    for row in store.images():
        for _ in range(8):
            before = store.annotation(row.id)
            shape = Instance(0, (Part(ring(rng.uniform(0, 40, (30, 2)))),))
            delta = diff(before, before.with_instances([*before.instances, shape]))
            store.commit(row.id, delta, expected_revision=before.revision, text="Draw")
    return {row.id: store.annotation(row.id) for row in store.images()}


def read(root: Path) -> tuple[object, ...]:
    """All that a person would see."""
    with Store.open(root, read_only=True) as store:
        documents = [store.annotation(row.id) for row in store.images()]
        return documents, store.classes(), [row[:9] for row in store.images()]


@pytest.mark.parametrize("flips", [100, pytest.param(1000, marks=pytest.mark.chaos)])
def test_flipped_bits_never_pass_as_labels(store: Store, flips: int) -> None:
    truth = fill(store)
    root, database = store.root, store.layout.database
    store.close()
    expected = read(root)
    assert expected[0] == [truth[row[0]] for row in expected[2]]  # type: ignore[attr-defined]
    content = database.read_bytes()
    rng = random.Random(5)
    noticed = silent = 0
    for _ in range(flips):
        flipped = bytearray(content)
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
        database.write_bytes(flipped)
        try:
            seen = read(root)
        except DynsegError:
            noticed += 1
        else:
            # Free space, history and indices may differ; a label may not.
            silent += seen[:2] != expected[:2]
    print(f"{flips} flipped bits: {noticed} noticed, {silent} passed as labels")
    assert silent == 0
    assert noticed > flips // 10


def test_a_damaged_shape_names_its_image_and_leaves_the_others_readable(store: Store) -> None:
    truth = fill(store)
    rows = store.images()
    assert store._writer is not None
    store._writer.execute(
        "UPDATE sheet SET body=zeroblob(length(body)) WHERE place=(SELECT min(place) "
        "FROM sheet WHERE place >= ? << 32)",
        (rows[1].id,),
    )
    with pytest.raises(ProjectError, match=r"img1\.png"):
        store.annotation(rows[1].id)
    with pytest.raises(ProjectError, match=r"img1\.png"):
        list(store.annotations([row.id for row in rows]))
    assert store.annotation(rows[2].id) == truth[rows[2].id]
    assert store.check() == ["img1.png: 8 of 8 shapes are damaged."]


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("UPDATE image SET state='reviewed' WHERE id=2", "what is known about the image"),
        ("UPDATE image SET revision=99 WHERE id=2", "what is known about the image"),
        (
            "UPDATE sheet SET head=zeroblob(length(head)) WHERE place>>32=2",
            "8 of 8 shapes are damaged",
        ),
        ("DELETE FROM sheet WHERE place>>32=2", "0 shapes instead of 8"),
        ("UPDATE sheet SET place=place+(90<<32) WHERE place>>32=2", "which is not there"),
        ("UPDATE tally SET count=7 WHERE image_id=2", "counts of its classes"),
        ("UPDATE class SET name='tree' WHERE id=0", "Class 0 is damaged"),
        ("UPDATE class SET position=5 WHERE id=0", "Class 0 is damaged"),
        ("UPDATE class SET retired=1 WHERE id=1", "Class 1 is damaged"),
        ("UPDATE op SET delta=zeroblob(9) WHERE seq=3", "Step 3 of the history"),
        ("UPDATE prediction SET value=x'00'", "Kept proposals of image 2"),
    ],
)
def test_every_table_is_checked(store: Store, sql: str, finding: str) -> None:
    fill(store)
    store.save_predictions([(2, "net", "640", b"boxes")])
    assert store._writer is not None
    assert store.check() == []
    store._writer.execute(sql)
    assert any(finding in line for line in store.check()), store.check()


def test_damaged_history_is_refused(store: Store) -> None:
    truth = fill(store)
    assert store._writer is not None
    store._writer.execute("UPDATE op SET delta=zeroblob(length(delta)) WHERE image_id=2")
    with pytest.raises(ProjectError, match="history"):
        store.undo(2)
    assert store.annotation(2) == truth[2]


def test_backups_are_whole_and_can_be_put_back(store: Store) -> None:
    truth = fill(store)
    made = store.backup("before a big import!")
    assert made.name.endswith("-before-a-big-import.db")
    assert [path.name for path in store.layout.backups.iterdir()] == [made.name]
    broken = made.with_name("broken.db")
    content = bytearray(made.read_bytes())
    content[5000:9000] = bytes(4000)
    broken.write_bytes(content)
    with pytest.raises(ProjectError):
        backups.restore(store.layout, broken)
    broken.unlink()
    for row in store.images():
        before = store.annotation(row.id)
        delta = diff(before, edits.replace_all([])(before))
        store.commit(row.id, delta, expected_revision=before.revision, text="Delete")
    store.close()
    replaced = backups.restore(store.layout, made)
    assert replaced is not None
    assert replaced.exists()
    with Store.open(store.root) as again:
        assert {row.id: again.annotation(row.id) for row in again.images()} == truth
        assert again.check() == []
        undone = again.undo(2)
        assert undone is not None
        assert len(undone.instances) == 7


def test_old_backups_make_room_but_every_day_keeps_one(store: Store) -> None:
    folder = store.layout.backups
    folder.mkdir()
    for day in range(1, 13):
        for hour in (8, 20):
            (folder / f"202601{day:02}-{hour:02}0000-000000-automatic.db").write_bytes(b"")
    store.backup("now")
    names = sorted(path.name[:11] for path in folder.iterdir())
    # The newest ten reach back to 8 January; of the days before, 7 January is the seventh.
    assert len(names) == backups.KEEP + 1
    assert names[:3] == ["20260107-20", "20260108-20", "20260109-08"]


def test_what_restores_set_aside_is_kept_by_the_same_rule(store: Store) -> None:
    made = store.backup("first")
    for day in range(1, 13):
        for hour in (8, 20):
            name = f"202501{day:02}-{hour:02}0000-000000-replaced.replaced"
            (store.layout.backups / name).write_bytes(b"")
            (store.layout.backups / f"{name}-wal").write_bytes(b"")
    store.close()
    assert backups.restore(store.layout, made) is not None
    kept = sorted(path.name for path in store.layout.backups.glob("*.replaced"))
    logs = {path.name.removesuffix("-wal") for path in store.layout.backups.glob("*-wal")}
    assert len(kept) == backups.KEEP + 1
    assert kept[:2] == [f"202501{hour}0000-000000-replaced.replaced" for hour in ("07-20", "08-20")]
    assert logs <= set(kept)
    assert len(logs) == backups.KEEP  # the newest one had no log


def damage_shapes(store: Store) -> None:
    assert store._writer is not None
    store._writer.execute("UPDATE sheet SET body=zeroblob(length(body)) WHERE place>>32=2")


def test_a_backup_with_damaged_rows_says_so_and_comes_back_with_them(store: Store) -> None:
    truth = fill(store)
    damage_shapes(store)
    made = store.backup("now")
    assert made.name.endswith("-now.damaged.db")
    assert backups.is_damaged(made)
    disguised = made.with_name("disguised.db")
    shutil.copyfile(made, disguised)
    store.close()
    with pytest.raises(ProjectError, match="damaged"):
        backups.restore(store.layout, disguised)
    backups.restore(store.layout, made)
    with Store.open(store.root) as again:
        assert again.check() == ["img1.png: 8 of 8 shapes are damaged."]
        assert again.annotation(1) == truth[1]


def test_a_backup_that_is_broken_as_a_whole_is_not_kept(store: Store) -> None:
    fill(store)
    assert store._writer is not None
    store._writer.execute("PRAGMA foreign_keys=OFF")
    store._writer.execute("DELETE FROM image WHERE id=2")
    with pytest.raises(StoreWriteError, match="not kept"):
        store.backup("now")
    assert backups.listed(store.layout) == []


def test_damaged_backups_take_no_place_from_sound_ones(store: Store) -> None:
    fill(store)
    sound = {store.backup("sound") for _ in range(backups.KEEP)}
    damage_shapes(store)
    damaged = [store.backup("worse") for _ in range(backups.KEEP_DAMAGED + 2)]
    kept = set(backups.listed(store.layout))
    assert kept == sound | set(damaged[-backups.KEEP_DAMAGED :])


def test_opening_a_damaged_project_says_that_its_backup_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    damage_shapes(store)
    store.close()
    monkeypatch.setattr(backups, "is_due", lambda connection, layout, interval_s: True)
    with Store.open(store.root) as again:
        assert again.notices == (backups.DAMAGED_NOTICE,)


def test_an_automatic_backup_is_made_once_an_interval_of_work(store: Store) -> None:
    assert store.backup_if_due() is None
    assert store.backup_if_due(interval_s=-1) is not None
    assert store.backup_if_due(interval_s=-1) is None  # nothing has changed since
    store.save_setting("a", "b")
    later = time.time() + 10
    os.utime(store.layout.database.with_name("project.db-wal"), (later, later))
    assert store.backup_if_due() is None
    assert store.backup_if_due(interval_s=-1) is not None


def test_a_backup_from_the_future_puts_off_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock of the computer was wrong when it was made."""
    fill(store)
    made = store.backup("automatic")
    now = time.time()
    os.utime(made, (now + 1e7, now + 1e7))
    monkeypatch.setattr(time, "time", lambda: now + 31 * 60)
    assert store.backup_if_due() is not None
    assert store.backup_if_due() is None


def test_work_is_backed_up_after_half_an_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 60)
    assert store.backup_if_due() is None
    monkeypatch.setattr(time, "time", lambda: now + 31 * 60)
    store.close()
    with Store.open(store.root, backs_up=False) as again:
        assert backups.listed(again.layout) == []
    # Closing wrote to the file a moment ago; what counts is how old the first change is.
    with Store.open(store.root) as again:
        assert len(backups.listed(again.layout)) == 1


def test_opening_makes_the_backup_that_is_due_and_says_when_it_cannot(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(backups, "is_due", lambda connection, layout, interval_s: True)
    with Store.open(store.root) as again:
        assert again.notices == ()
        assert len(backups.listed(again.layout)) == 1
    shutil.rmtree(store.layout.backups)
    store.layout.backups.write_text("in the way")
    with Store.open(store.root) as again:
        assert "backup" in again.notices[0]
        assert again.images()


def test_backups_need_a_writable_project(store: Store) -> None:
    with (
        Store.open(store.root, read_only=True) as second,
        pytest.raises(ReadOnlyError),
    ):
        second.backup("never")
    store.layout.backups.write_text("in the way")
    with pytest.raises(StoreWriteError, match="backup"):
        store.backup("blocked")


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(ProjectError, match=r"3\.40\.1"):
        connection.require_current_sqlite("3.40.1")
    connection.require_current_sqlite("3.51.3")
    connection.require_current_sqlite("4.0")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (apsw.FullError, StoreWriteError, "full"),
        (apsw.IOError, StoreWriteError, "reported an error"),
        (apsw.BusyError, StoreWriteError, "busy"),
        (apsw.ReadOnlyError, ReadOnlyError, "cannot be written"),
        (apsw.CorruptError, ProjectError, "damaged"),
        (apsw.CantOpenError, ProjectError, "cannot be opened"),
        (apsw.SQLError, ProjectError, "refused"),
    ],
)
def test_errors_speak_of_the_labels(
    error: type[apsw.Error], kind: type[DynsegError], words: str
) -> None:
    told = connection.in_our_words(error("detail"))
    assert type(told) is kind
    assert words in told.message
    assert told.hint
