"""From the start page to a project: planned, taken over, or opened as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import ImageState
from dynseg.curation.split import SplitRule, rule_of
from dynseg.project.store import Store
from dynseg.sample.generate import generate
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.new_project_dialog import NewProjectDialog
from dynseg_annotator.dialogs.report_dialog import ReportDialog
from dynseg_annotator.panels.message_bar import MessageRow
from dynseg_annotator.session.creating import ProjectPlan, class_names, create_project
from dynseg_annotator.session.opening import find_labels
from dynseg_resources import starter_model


def asked(application: Workbench) -> NewProjectDialog:
    (dialog,) = application.window.findChildren(NewProjectDialog)
    return dialog


def main(dialog: NewProjectDialog) -> QPushButton:
    return layout.main_button(dialog._box)


def test_a_planned_project_begins_as_planned(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    application.parts.start_page.new_project.click()
    dialog = asked(application)
    assert not main(dialog).isEnabled()
    dialog.set_folder(folder)
    qtbot.waitUntil(main(dialog).isEnabled)
    assert "6 images" in dialog._folder_says.text()
    dialog._classes.setPlainText("nut\n\n bolt \nnut")
    dialog._share.setValue(30)
    dialog._by_folder.setChecked(True)
    main(dialog).click()
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    store = application.context.store
    assert store is not None
    assert store.classes().names == ["nut", "bolt"]
    assert rule_of(store) == SplitRule(0.3, True)


def test_a_folder_that_is_a_project_is_opened_instead(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    Store.create(folder, images=folder, classes=["gear"]).close()
    application.window.findChild(QPushButton)  # the page is there
    application.parts.actions["new-project"].trigger()
    dialog = asked(application)
    dialog.set_folder(folder)
    qtbot.waitUntil(main(dialog).isEnabled)
    assert main(dialog).text() == "Open project"
    main(dialog).click()
    qtbot.waitUntil(lambda: application.context.store is not None, timeout=8000)
    assert application.context.classes.names == ["gear"]


@pytest.mark.parametrize("where", ["", "/no/such/folder", "empty"])
def test_no_project_without_images(
    application: Workbench, where: str, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty").mkdir()
    application.parts.actions["new-project"].trigger()
    dialog = asked(application)
    if where:
        dialog.set_folder(tmp_path / "empty" if where == "empty" else Path(where))
        qtbot.waitUntil(lambda: "no" in dialog._folder_says.text())
    assert not main(dialog).isEnabled()
    dialog.reject()


def labelme_file(folder: Path) -> Path:
    shape = {
        "label": "disc",
        "shape_type": "polygon",
        "points": [[60, 40], [180, 40], [180, 160], [60, 160]],
    }
    content = {
        "version": "5.5.0",
        "shapes": [shape],
        "imagePath": "img_1.jpg",
        "imageWidth": 320,
        "imageHeight": 240,
    }
    path = folder / "img_1.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_labels_of_another_program_are_taken_over(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    labelme_file(folder)
    application.parts.start_page.import_project.click()
    dialog = asked(application)
    dialog._take_labels(folder, folder)  # what the file dialog would give
    qtbot.waitUntil(main(dialog).isEnabled)  # the images were found beside them
    main(dialog).click()
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    assert application.context.classes.names == ["disc"]
    rows = {row.rel: row for row in application.parts.images.all_rows()}
    assert rows["img_1.jpg"].instance_count == 1
    assert rows["img_0.jpg"].state is ImageState.UNLABELLED


def offer_of(application: Workbench) -> MessageRow | None:
    rows = application.window.findChildren(MessageRow)
    return next((row for row in rows if row.message.key == "labels-found"), None)


def waits(application: Workbench) -> bool:
    annotation = application.context.session.annotation
    assert annotation is not None
    return not application.assist._wants_proposals(annotation)


def test_labels_beside_the_images_are_offered_and_the_model_waits(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    labelme_file(folder)
    application.context.settings.set("predict_on_open", True)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    offer = offer_of(application)
    assert offer is not None
    assert "Labels of another program (labelme and X-Any" in offer.message.text
    assert waits(application), "proposals would lie under the shapes that are taken over"
    application.frame.open(folder)  # closed without an answer
    qtbot.waitUntil(lambda: offer_of(application) not in (None, offer), timeout=8000)
    offer = offer_of(application)
    assert offer is not None
    assert waits(application)
    offer.action_button.click()
    dialog = application.importing._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: layout.main_button(dialog._box).isEnabled(), timeout=20_000)
    layout.main_button(dialog._box).click()
    qtbot.waitUntil(lambda: not waits(application), timeout=20_000)
    qtbot.waitUntil(lambda: application.context.classes.names == ["disc"], timeout=8000)
    for report in application.window.findChildren(ReportDialog):
        report.close()
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    assert offer_of(application) is None, "nobody is asked twice"


@pytest.mark.parametrize("how", ["message closed", "dialog cancelled"])
def test_who_does_not_want_the_labels_gets_proposals(
    application: Workbench, folder: Path, qtbot: QtBot, how: str
) -> None:
    labelme_file(folder)
    application.context.settings.set("predict_on_open", True)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    offer = offer_of(application)
    assert offer is not None
    if how == "message closed":
        offer._close.click()
    else:
        offer.action_button.click()
        assert waits(application)
        assert application.importing._dialog is not None
        application.importing._dialog.reject()
    assert not waits(application)
    assert application.context.classes.names == []
    before = application.context.store
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.store not in (None, before), timeout=8000)
    assert offer_of(application) is None


def test_yolo_labels_lie_beside_the_folder_of_images(tmp_path: Path) -> None:
    generate(tmp_path / "set", images=2, seed=1)
    images = next((tmp_path / "set" / "images").rglob("*.jpg")).parent
    found = find_labels(images)
    assert found is not None
    assert found.source == tmp_path / "set"
    assert found.formats == ("YOLO-seg",)
    assert find_labels(tmp_path / "none") is None


def test_what_cannot_be_used_is_said_and_the_project_made(folder: Path, tmp_path: Path) -> None:
    model = tmp_path / "broken.pt"
    model.write_bytes(b"not a model")
    made = create_project(ProjectPlan(folder, ("nut",), labels=tmp_path / "none", model=model))
    made.store.close()
    assert made.created
    assert "none" in made.notice
    assert "broken.pt" in made.notice


def test_labels_of_images_that_are_not_in_the_folder_are_said_as_such(
    folder: Path, tmp_path: Path
) -> None:
    """They were counted among the labels that could not be used."""
    (tmp_path / "annotations.xml").write_text(
        CVAT.replace("img_1.jpg", "elsewhere.jpg").replace(' subset="Test">', ">" + NUT)
    )
    made = create_project(ProjectPlan(folder, labels=tmp_path / "annotations.xml"))
    made.store.close()
    assert "1 image that has labels is not in the folder: elsewhere.jpg." in made.notice
    assert "could not be used" not in made.notice


NUT = '<polygon label="nut" occluded="0" points="20,20;80,20;80,80" z_order="0"></polygon>'
CVAT = """<annotations><version>1.1</version>
<image id="0" name="img_0.jpg" width="320" height="240"><polygon label="nut" occluded="0"
points="20,20;80,20;80,80;20,80" z_order="0"></polygon></image>
<image id="1" name="img_1.jpg" width="320" height="240" subset="Test"></image></annotations>"""


@pytest.mark.parametrize("finished", [False, True])
def test_labels_that_are_finished_are_taken_over_as_reviewed(
    folder: Path, tmp_path: Path, finished: bool
) -> None:
    """Whoever came with finished labels had to accept every image again before a training."""
    (tmp_path / "annotations.xml").write_text(CVAT)
    plan = ProjectPlan(folder, labels=tmp_path / "annotations.xml", finished=finished)
    made = create_project(plan)
    made.store.close()
    states = [row.state for row in made.rows[:2]]
    assert states[1] is ImageState.UNLABELLED, "a task of CVAT lists what nobody has looked at"
    assert states[0] is (ImageState.REVIEWED if finished else ImageState.IN_WORK)
    assert made.taken.startswith("1 shape taken over, on 1 image.")
    assert ("can be trained" in made.taken) is finished
    assert made.rows[1].split == "test", "whoever reviews it later trains on no image of the test"


def test_images_whose_labels_are_finished_but_not_whole_are_not_said_to_be_reviewed(
    folder: Path, tmp_path: Path
) -> None:
    good = '<polygon label="nut" occluded="0" points="20,20;80,20;80,80" z_order="0"></polygon>'
    spoilt = good.replace(";80,20;80,80", "")
    images = "".join(
        f'<image id="{n}" name="img_{n}.jpg" width="320" height="240">{shapes}</image>'
        for n, shapes in enumerate((good, good + spoilt))
    )
    (tmp_path / "annotations.xml").write_text(f"<annotations>{images}</annotations>")
    made = create_project(ProjectPlan(folder, labels=tmp_path / "annotations.xml", finished=True))
    made.store.close()
    states = [row.state for row in made.rows[:2]]
    assert states == [ImageState.REVIEWED, ImageState.IN_WORK]
    assert "2 images. 1 of these images waits for your review" in made.taken


@pytest.mark.parametrize("name", ["spoilt.safetensors", "network.PT"])
def test_a_model_that_fails_its_check_is_not_kept(folder: Path, tmp_path: Path, name: str) -> None:
    weights = bytearray(starter_model().read_bytes())
    weights[-64:] = bytes(64)
    model = tmp_path / name
    model.write_bytes(weights)
    shutil.copyfile(starter_model().with_suffix(".json"), model.with_suffix(".json"))
    made = create_project(ProjectPlan(folder, ("nut",), model=model))
    made.store.close()
    assert name in made.notice
    assert not list(made.store.layout.models.glob("*.safetensors"))


@pytest.mark.parametrize(
    ("name", "text", "names"),
    [
        ("data.yaml", "names: [nut, bolt]\n", ("nut", "bolt")),
        ("data.yaml", "names: {0: nut, 2: gear}\n", ("nut", "class_1", "gear")),
        ("classes.txt", "\ufeffnut\n\nbolt\nnut\n", ("nut", "bolt")),
    ],
)
def test_class_names_of_a_file(
    tmp_path: Path, name: str, text: str, names: tuple[str, ...]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert class_names(path) == names


def test_esc_on_the_start_page_asks_for_nothing(application: Workbench) -> None:
    """It said "Cancel: Open an image first"."""
    window = application.window
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert "Cancel" not in window.status_line.hint
    QTest.keyClick(window, Qt.Key.Key_P)
    assert window.status_line.hint == "Draw polygon: Open an image first."
