"""Folders in which any file may hold anything: no reader raises, leaves the folder or writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.formats.conftest import MakeProject
from tests.unit.formats.test_every_format_out import rich
from tests.unit.formats.test_foreign_fuzz import CASES

from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.format import Format
from dynseg.formats.incoming.reading import Reading
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export

FORMS = [form for form in registry.writable() if form.read is not None]
TEXTS = [
    b"", b"nan", b"-1", b"1e999", b"\xff\xfe", b"\x00", b"../../secret", b"/etc/passwd", b"[" * 300,
    b'{"a":' * 300, "\u2028".encode(), b"9" * 5000, b"\r\n\r\n", b"!!python/object/apply:os.system",
]  # fmt: skip


def read_all(form: Format, folder: Path) -> int:
    """Shapes that a folder gives; nothing but an `InputError` may be raised."""
    assert form.read is not None
    try:
        source = form.read(folder)
    except InputError:
        return 0
    count = 0
    for labels in source.labels:
        reading = Reading(labels.rel, 64, 48)
        labels.load(reading)
        assert labels.image is None or labels.image.resolve().is_relative_to(folder.resolve())
        count += len(reading.shapes)
        for shape in reading.shapes:
            for part in shape.parts:
                assert (part.outer >= 0).all()
                assert (part.outer <= (64, 48)).all()
    return count


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_any_file_with_other_bytes(form: Format, make_project: MakeProject, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    export(rich(make_project), whole, form=form)
    assert read_all(form, whole) >= 6
    files = [
        path.relative_to(whole)
        for path in sorted(whole.rglob("*"))
        if path.is_file() and path.name != staging.MANIFEST and "images" not in path.parts
    ]
    folder = tmp_path / "broken"
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    shutil.copytree(whole, folder)

    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(files), st.data())
    def broken(rel: Path, data: st.DataObject) -> None:
        path, content = folder / rel, (whole / rel).read_bytes()
        kind = data.draw(st.integers(0, 9))
        if kind == 0:
            path.unlink()
        elif kind == 1:
            path.unlink()
            path.symlink_to(secret)
        else:
            at = data.draw(st.integers(0, len(content)))
            length = data.draw(st.integers(0, 12))
            other = data.draw(st.binary(max_size=12) | st.sampled_from(TEXTS))
            path.write_bytes(content[:at] + other + content[at + length :])
        before = {p: (p.lstat().st_mtime_ns, p.lstat().st_size) for p in folder.rglob("*")}
        read_all(form, folder)
        assert {p: (p.lstat().st_mtime_ns, p.lstat().st_size) for p in folder.rglob("*")} == before
        path.unlink(missing_ok=True)
        path.write_bytes(content)

    broken()
