"""A database that the first version wrote opens in this one, with a backup and nothing lost."""

from __future__ import annotations

import gzip
import json
import stat
from pathlib import Path
from typing import Any

import apsw
import pytest
from PIL import Image

from dynseg.annotation.document import Annotation
from dynseg.errors import ProjectError, ProjectTooNewError
from dynseg.project import backups, migrations, schema
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store

DATA = Path(__file__).parent / "data"
OLD = gzip.decompress((DATA / "version-1.db.gz").read_bytes())
"""Written by version 1: steps of every kind, a gesture, a run, a shape with a hole and two parts,
steps that were taken back, some of them overtaken, and a deleted class."""
EXPECTED = json.loads((DATA / "version-1.json").read_text())
"""What version 1 showed of it, also while everything was undone and done again."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    layout = ProjectLayout(tmp_path)
    layout.folder.mkdir()
    layout.database.write_bytes(OLD)
    (tmp_path / "photos").mkdir()
    for number in range(4):
        Image.new("L", (60, 40)).save(tmp_path / "photos" / f"{number}.png")
    return tmp_path


def plain(document: Annotation) -> dict[str, Any]:
    return {
        "state": document.state.value,
        "shapes": [
            [
                item.id, item.class_id, item.origin.value, item.accepted, item.score,
                item.model_id, item.run_id,
                [[points.tolist() for points in part.rings] for part in item.parts],
            ]
            for item in document.instances
        ],
    }  # fmt: skip


def shown(store: Store) -> dict[str, Any]:
    """What `EXPECTED` says, without undo and redo."""
    return {
        "classes": [[label.id, label.name, label.colour] for label in store.classes().labels],
        "images": [
            {
                "rel": row.rel,
                "split": row.split,
                "revision": row.revision,
                "history": [
                    [e.seq, e.text, e.gesture, e.undone, e.dropped]
                    for e in store.journal(row.id, include_dropped=True)
                ],
                "now": plain(store.annotation(row.id)),
            }
            for row in store.images()
        ],
    }


def present() -> dict[str, Any]:
    images = [
        {key: image[key] for key in image if key not in ("undo", "redo")}
        for image in EXPECTED["images"]
    ]
    return {"classes": EXPECTED["classes"], "images": images}


def table_info(connection: apsw.Connection) -> dict[str, Any]:
    """Tables with their columns, and indices with theirs."""
    names = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    info: dict[Any, str] = {"table": "table_info", "index": "index_xinfo"}
    return {
        str(name): connection.execute(f"PRAGMA {info[kind]}({name})").fetchall()
        for kind, name in names
    }


def test_the_old_project_is_all_there(project: Path) -> None:
    with Store.open(project) as store:
        assert shown(store) == present()
        assert store.check() == []
        assert store.predictions(3, "net", "640") == b"boxes"
        assert store.setting("note") == "kept"
        assert [run.state for run in store.runs()] == ["finished"]
        (kept,) = backups.listed(store.layout)
        assert kept.name.endswith("-before-format-2.db")
    with Store.open(project) as again:  # once is enough
        assert len(backups.listed(again.layout)) == 1


def test_the_old_history_works(project: Path) -> None:
    with Store.open(project) as store:
        for row, expected in zip(store.images(), EXPECTED["images"], strict=True):
            past = []
            while (document := store.undo(row.id)) is not None:
                past.append(plain(document))
            assert past == expected["undo"]
            future = []
            while (document := store.redo(row.id)) is not None:
                future.append(plain(document))
            assert future == expected["redo"]
        dropped = next(e for e in store.journal(2, include_dropped=True) if e.dropped)
        with pytest.raises(ProjectError, match="no version"):
            store.annotation_at(2, dropped.seq)
        assert store.check() == []


def test_a_migrated_database_is_like_a_new_one(project: Path, tmp_path: Path) -> None:
    Store.open(project).close()
    fresh = tmp_path / "fresh"
    Store.create(fresh, images=project / "photos").close()
    tables = [
        table_info(apsw.Connection(str(ProjectLayout(root).database))) for root in (project, fresh)
    ]
    assert tables[0] == tables[1]


@pytest.fixture
def roomy(project: Path) -> Path:
    """The old project with many free pages, as a real one has once it is migrated."""
    database = apsw.Connection(str(ProjectLayout(project).database))
    database.execute("INSERT INTO setting VALUES('filler', hex(zeroblob(100000)))")
    database.execute("DELETE FROM setting WHERE key='filler'")
    database.close()
    return project


def pages_of(project: Path) -> tuple[int, int]:
    """All pages of the database, and the free ones."""
    database = apsw.Connection(str(ProjectLayout(project).database))
    try:
        return database.pragma("page_count"), database.pragma("freelist_count")
    finally:
        database.close()


def test_the_room_of_the_old_rows_is_given_back(roomy: Path) -> None:
    Store.open(roomy).close()
    pages, free = pages_of(roomy)
    assert free == 0
    assert ProjectLayout(roomy).database.stat().st_size == 4096 * pages
    with Store.open(roomy) as store:
        assert shown(store) == present()
        (old,) = backups.listed(store.layout)
        layout = store.layout
    backups.restore(layout, old)
    assert pages_of(roomy) == (pages, 0)


def test_a_large_database_is_not_written_anew(roomy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "COMPACT_UP_TO_BYTES", 0)
    with Store.open(roomy) as store:
        assert shown(store) == present()
    assert pages_of(roomy)[1] > 0


def test_compacting_gives_way_to_another_writer(roomy: Path) -> None:
    database = str(ProjectLayout(roomy).database)
    connection, other = apsw.Connection(database), apsw.Connection(database)
    migrations.migrate(connection)
    before = connection.pragma("page_count")
    other.execute("BEGIN IMMEDIATE")
    migrations.compact(connection)
    assert connection.pragma("page_count") == before
    other.execute("ROLLBACK")
    migrations.compact(connection)
    assert connection.pragma("page_count") < before
    other.close()
    connection.close()


def test_every_version_has_its_step() -> None:
    assert sorted(migrations.STEPS) == list(range(1, schema.VERSION))


def test_a_migration_that_fails_changes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(connection: apsw.Connection) -> None:
        migrations._sheets_instead_of_rows(connection)
        raise apsw.FullError

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", {1: breaks})
        with pytest.raises(ProjectError, match="full"):
            Store.open(project)
    with Store.open(project) as store:
        assert shown(store) == present()


def test_an_old_project_on_a_medium_that_cannot_be_written(project: Path) -> None:
    database = ProjectLayout(project).database
    content = database.read_bytes()
    mode = stat.S_IMODE(database.parent.stat().st_mode)
    database.parent.chmod(0o555)
    try:
        with Store.open(project, read_only=True) as store:
            assert shown(store) == present()
            with store.snapshot() as view:
                assert plain(view.annotation(1)) == present()["images"][0]["now"]
    finally:
        database.parent.chmod(mode)
    assert database.read_bytes() == content


def test_an_old_backup_comes_back(project: Path) -> None:
    with Store.open(project) as store:
        (old,) = backups.listed(store.layout)
        layout = store.layout
    backups.restore(layout, old)
    with Store.open(project) as store:
        assert shown(store) == present()
        assert store.check() == []


@pytest.mark.parametrize(
    ("sql", "image"),
    [
        ("UPDATE instance SET parts=zeroblob(length(parts)) WHERE place>>32=3", 3),
        ("UPDATE image SET revision=7 WHERE id=1", 1),
    ],
)
def test_what_was_damaged_before_stays_reported(project: Path, sql: str, image: int) -> None:
    connection = apsw.Connection(str(ProjectLayout(project).database))
    connection.execute(sql)
    connection.close()
    with Store.open(project) as store:
        with pytest.raises(ProjectError, match="damaged"):
            store.annotation(image)
        assert any("damaged" in line for line in store.check())
        assert plain(store.annotation(2)) == present()["images"][1]["now"]


def test_a_newer_project_is_refused_and_left_alone(project: Path) -> None:
    database = ProjectLayout(project).database
    connection = apsw.Connection(str(database))
    connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    connection.close()
    content = database.read_bytes()
    for read_only in (False, True):
        with pytest.raises(ProjectTooNewError, match="nothing was changed"):
            Store.open(project, read_only=read_only)
    assert database.read_bytes() == content
    assert [path.name for path in database.parent.iterdir()] == ["project.db"]
