"""One id names the program on every desktop, and the files that say so are what desktops read."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.packaging.conftest import ROOT, build

from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store

ID = "org.dynseg.Annotator"
LINUX = ROOT / "packaging" / "linux"
SHARED_MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(scope="module")
def entry() -> configparser.SectionProxy:
    """The desktop entry."""
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read(LINUX / f"{ID}.desktop", encoding="utf-8")
    return reader["Desktop Entry"]


def text(tree: ElementTree.Element, path: str) -> str:
    found = tree.find(path)
    assert found is not None, path
    return found.text or ""


def test_l6_window_entry_icon_metainfo_and_bundle_have_one_id(
    entry: configparser.SectionProxy,
) -> None:
    metainfo = ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    assert text(metainfo, "id") == ID
    assert text(metainfo, "launchable") == f"{ID}.desktop"
    assert entry["Icon"] == ID
    mime = ElementTree.parse(LINUX / f"{ID}.xml").getroot().find(f"{SHARED_MIME}mime-type")
    assert mime is not None
    icon = mime.find(f"{SHARED_MIME}icon")
    assert icon is not None
    assert icon.get("name") == ID
    kinds = {mime.get("type"), text(metainfo, "provides/mediatype")}
    assert kinds <= set(entry["MimeType"].split(";"))
    assert len(kinds) == 1
    spec = (ROOT / "packaging" / "bundle" / "dynseg.spec").read_text(encoding="utf-8")
    assert f'bundle_identifier="{ID}"' in spec
    program = (
        "from PySide6.QtWidgets import QApplication\n"
        "from dynseg_annotator.application.frame import dress\n"
        "from dynseg_annotator.settings import Settings\n"
        "made = QApplication(['dynseg-annotator'])\n"
        "dress(made, Settings())\n"
        "print(made.desktopFileName(), made.applicationName())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    # On Wayland the first is the id of a window, on X11 the second is its class.
    assert done.stdout.split() == [ID, entry["StartupWMClass"]]


def test_l6_the_version_of_the_metainfo_is_the_programs() -> None:
    metainfo = ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    newest = metainfo.find("releases/release")
    assert newest is not None
    declared = re.search(
        r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert declared is not None
    assert newest.get("version") == declared[1]


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", f"{ID}.desktop"],
        ["appstreamcli", "validate", "--no-net", f"{ID}.metainfo.xml"],
    ],
    ids=["desktop entry", "metainfo"],
)
def test_l6_the_validators_of_the_desktops_have_no_complaint(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    done = subprocess.run(command, cwd=LINUX, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="where a Linux desktop looks")
def test_l6_a_desktop_knows_the_database_of_a_project(tmp_path: Path) -> None:
    if shutil.which("update-mime-database") is None:
        pytest.skip("update-mime-database is not on this machine")
    build("desktop", str(tmp_path / "local"))
    share = tmp_path / "local" / "share"
    installed = {str(path.relative_to(share)) for path in share.rglob(f"{ID}*")}
    assert installed == {
        f"applications/{ID}.desktop",
        f"icons/hicolor/scalable/apps/{ID}.svg",
        f"metainfo/{ID}.metainfo.xml",
        f"mime/packages/{ID}.xml",
    }
    images = tmp_path / "photos"
    images.mkdir()
    with Store.create(images, images=images):
        pass
    program = (
        "import sys\n"
        "from PySide6.QtCore import QMimeDatabase\n"
        "kinds = QMimeDatabase()\n"
        "print(kinds.mimeTypeForFile(sys.argv[1]).name())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(ProjectLayout(images).database)],
        env={**os.environ, "XDG_DATA_HOME": str(share)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "application/x-dynseg-project"
