"""Export (H1, H3-H7): what is asked, what is said before, what is said after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from dynseg.formats import registry
from dynseg.formats.outgoing.counts import Loss
from dynseg.worker.answers import (
    ExportAnswer,
    Findings,
    LossesAnswer,
    PreflightAnswer,
    RoundTripAnswer,
)
from dynseg_annotator.application.exchange.exporting import _open
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.export_dialog import ExportDialog
from dynseg_annotator.dialogs.export_words import (
    ExportRequest,
    OutFormat,
    Scope,
    details,
    notices,
    result,
    size_text,
)
from dynseg_annotator.dialogs.new_project_dialog import NewProjectDialog, look_at
from dynseg_annotator.dialogs.places import is_there, typed_path
from dynseg_annotator.dialogs.report_dialog import ReportAction, ReportDialog
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.settings import Settings

FACTS = PreflightAnswer(images=37, shapes=412, instances=412, size_bytes=84_000_000)
REQUEST = ExportRequest(folder=Path("/x"))
FORMATS = [OutFormat(f.name, f.title, f.prose, f.holds) for f in registry.writable()]
ANSWER = ExportAnswer(
    path="/sets/out", format="yolo", images=37, instances=411, shapes=412, joined=2, filled=0,
    divided=0, by_split={"val": 7, "train": 30}, repaired=Findings(),
    dropped=Findings(1, ["a.jpg: shape 3 has no area; left out"]),
    check=RoundTripAnswer(412, 0, 0.99998, 0.9991, [("a.jpg", 2, 0.9991), ("b.jpg", 1, 1.0)]),
)  # fmt: skip


def made(
    qtbot: QtBot, settings: Settings, folder: Path, images: Mapping[Scope, int] | None = None
) -> ExportDialog:
    held = images or {"reviewed": 37, "shapes": 120}
    dialog = ExportDialog(FORMATS, held, settings, folder=folder, name="photos")
    qtbot.addWidget(dialog)
    dialog.refresh()
    return dialog


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())


def texts(facts: PreflightAnswer, request: ExportRequest = REQUEST) -> str:
    return "\n".join(text for _, text in notices(facts, request))


def test_a_name_alone_lies_beside_the_project(qtbot, settings, tmp_path):
    dialog = ExportDialog(
        FORMATS, {"reviewed": 1, "shapes": 1}, settings, folder=tmp_path, name="photos"
    )
    qtbot.addWidget(dialog)
    dialog._folder.setText("mine")
    assert dialog.request().folder == tmp_path / "mine"
    dialog._folder.setText(str(tmp_path.parent / "there"))
    assert dialog.request().folder == tmp_path.parent / "there"


def test_counts_in_and_out_are_said_first() -> None:
    assert texts(FACTS) == (
        "37 images, 84 MB; 412 shapes in, 412 objects out.\n"
        "The format holds everything; nothing is lost."
    )
    assert "84 MB" not in texts(FACTS, replace(REQUEST, link="sym")), "links take no space"


def test_every_fact_is_said() -> None:
    facts = PreflightAnswer(
        images=2, shapes=9, instances=10, further=3, lost=2, empty=1, joined=1, filled=1, cut=1,
        divided=2, unreadable=1, undivided=2, repaired=Findings(1, ["b.jpg: shape 1 crosses"]),
        dropped=Findings(2, ["a.jpg: shape 3 has no area; left out"]),
    )  # fmt: skip
    found = notices(facts, REQUEST)
    assert len(found) == 10
    assert "9 shapes in, 10 objects out" in found[0][1]
    assert found[1] == ("warn", "1 image cannot be read: left out.")
    assert "a.jpg: shape 3 has no area" in details(facts)
    assert "... and 1 more" in details(facts)
    assert "b.jpg: shape 1 crosses" in details(facts)


def test_proposals_that_would_go_out_as_labels_are_said_first() -> None:
    facts = PreflightAnswer(images=2, shapes=9, proposals=7, instances=9, undivided=1)
    found = notices(facts, replace(REQUEST, only_reviewed=False))
    assert found[1][0] == "warn"
    assert found[1][1].startswith("7 of the shapes are proposals that nobody has looked at")
    assert found[2][1] == "1 image gets a place in train or val first; the others keep theirs."
    alone = notices(msgspec.structs.replace(facts, images=1), replace(REQUEST, only_reviewed=False))
    assert alone[2][1] == "1 image gets a place in train or val first.", "there are no others"


def test_that_no_image_validates_is_said_before_exporting() -> None:
    facts = msgspec.structs.replace(FACTS, unmeasured=True)
    assert "No image is in val: a training will be measured on what it learned" in texts(facts)
    assert "in val" not in texts(facts, replace(REQUEST, format="labelme")), "it knows no split"


def test_nothing_to_export_is_said_and_cannot_be_tried(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path, {"reviewed": 0, "shapes": 0})
    dialog.show_facts(PreflightAnswer())
    assert not layout.main_button(dialog._box).isEnabled()
    assert "No image is reviewed yet" in said(dialog)


def test_without_reviewed_images_all_with_shapes_are_proposed(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path, {"reviewed": 0, "shapes": 5})
    assert dialog.scope() == "shapes"
    dialog.show_facts(FACTS)
    assert layout.main_button(dialog._box).isEnabled()


def test_nothing_can_be_exported_before_it_is_said_what_will_be_lost(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path)
    button = layout.main_button(dialog._box)
    assert not button.isEnabled(), "rows above it may come and push it away from the pointer"
    dialog.show_facts(FACTS)
    assert button.isEnabled()
    dialog._folder.setText(str(tmp_path / "elsewhere"))
    assert button.isEnabled(), "the folder changes nothing of it"
    QTest.keyClick(dialog._link, Qt.Key.Key_Down)
    assert not button.isEnabled()


def test_every_format_that_can_be_written_is_offered_with_its_own_folder(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path)
    box = dialog._format
    offered = [box.itemData(number) for number in range(box.count())]
    assert offered == [form.name for form in registry.writable()]
    assert dialog.request().folder == tmp_path / "photos-yolo"
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert dialog.request().folder == tmp_path / f"photos-{offered[1]}"
    dialog._folder.setText(str(tmp_path / "mine"))
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert dialog.request().folder == tmp_path / "mine", "what a person wrote stays"


def test_every_format_says_what_it_would_lose_before_it_is_chosen(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path)
    losses = {"yolo": Loss(0, 3), "coco": Loss(), "voc": Loss(1, 2)}
    dialog.show_losses(LossesAnswer(losses))
    box = dialog._format
    shown = {box.itemData(at): box.itemText(at) for at in range(box.count())}
    assert shown["yolo"].endswith(": 3 shapes changed")
    assert shown["coco"].endswith(": holds everything")
    assert shown["voc"].endswith(": 1 object left out, 2 shapes changed")
    assert box.currentData() == "yolo", "nothing was chosen by it"


def test_policies_are_asked_for_only_where_they_matter(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path)
    dialog.show_facts(FACTS)
    assert dialog._holes.isHidden()
    assert dialog._parts.isHidden()
    assert dialog._share.isHidden()
    dialog.show_facts(PreflightAnswer(images=1, with_holes=1, in_parts=1, undivided=1))
    assert not dialog._holes.isHidden()
    assert not dialog._parts.isHidden()
    assert not dialog._share.isHidden()
    assert "A thin bridge joins each hole" in said(dialog), "YOLO-seg knows no holes"


def test_each_choice_is_counted_anew_and_the_folder_is_not(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path)
    asked: list[ExportRequest] = []
    dialog.count_requested.connect(asked.append)
    QTest.keyClicks(dialog._folder, "x")
    assert asked == []
    QTest.keyClick(dialog._holes, Qt.Key.Key_Down)
    next(b for b in dialog.findChildren(QRadioButton) if "All" in b.text()).click()
    assert [(r.holes, r.only_reviewed) for r in asked] == [("fill", True), ("fill", False)]


def test_the_selected_images_are_a_scope_where_several_are_selected(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    plain = made(qtbot, settings, tmp_path)
    buttons = plain.findChildren(QRadioButton)
    assert [button.isHidden() for button in buttons] == [False, False, True]
    held: dict[Scope, int] = {"reviewed": 37, "shapes": 120, "selected": 2}
    dialog = ExportDialog(
        FORMATS, held, settings, folder=tmp_path, name="photos", selected=[3, 5, 8]
    )
    qtbot.addWidget(dialog)
    dialog.refresh()
    assert dialog.request().image_ids is None
    asked: list[ExportRequest] = []
    dialog.count_requested.connect(asked.append)
    button = dialog.findChildren(QRadioButton)[2]
    assert button.text().endswith("(2)")
    button.click()
    assert [(r.image_ids, r.only_reviewed) for r in asked] == [((3, 5, 8), False)]
    assert "None of the selected images" in texts(PreflightAnswer(), asked[0])


def test_the_request_is_what_was_chosen_and_is_remembered(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = made(qtbot, settings, tmp_path)
    QTest.keyClick(dialog._link, Qt.Key.Key_Down)
    QTest.keyClick(dialog._holes, Qt.Key.Key_Down)
    QTest.keyClick(dialog._parts, Qt.Key.Key_Down)
    dialog._share.setValue(30)
    QTest.mouseClick(dialog._by_folder, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.export_requested) as heard:
        dialog.accept()
    assert heard.args == [
        ExportRequest(
            folder=tmp_path / "photos-yolo", link="hard", holes="fill", parts="split",
            val_share=0.3, by_folder=dialog._by_folder.isChecked(),
        )
    ]  # fmt: skip
    again = made(qtbot, settings, tmp_path).request()
    assert (again.link, again.holes, again.parts) == ("hard", "fill", "split")


def test_labels_alone_cannot_be_compared(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    dialog = made(qtbot, settings, tmp_path)
    assert dialog.request().verify
    QTest.keyClick(dialog._link, Qt.Key.Key_End)
    assert dialog.request().link == "none"
    assert not dialog.request().verify


def test_the_folder_must_be_named(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    dialog = made(qtbot, settings, tmp_path)
    dialog._folder.setText("  ")
    assert not layout.main_button(dialog._box).isEnabled()
    assert "Choose a folder." in said(dialog)


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1200, "1.2 kB"), (84e6, "84 MB"), (2.5e12, "2.5 TB")],
)
def test_sizes_are_for_people(size_bytes: float, text: str) -> None:
    assert size_text(int(size_bytes)) == text


def test_the_result_shows_the_overlap_of_every_shape(qtbot: QtBot) -> None:
    dialog = ReportDialog(
        result(ANSWER, ReportAction("Open folder", lambda: None), format_title="YOLO-seg")
    )
    qtbot.addWidget(dialog)
    assert "37 images with 411 objects exported" in said(dialog)
    assert "0.99998 on average, at least 0.99910" in said(dialog)
    assert "train 30, val 7" in said(dialog)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy report")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "shape 3 has no area" in copied
    assert "0.99910  a.jpg, shape 2" in copied
    assert "... and 410 more, none lower" in copied


def test_a_comparison_that_failed_is_no_good_news() -> None:
    failed = ExportAnswer(
        path="/x", format="yolo", images=1, instances=1, shapes=1, joined=0, filled=0, divided=0,
        by_split={}, dropped=Findings(), repaired=Findings(), check_problem="It is gone.",
    )  # fmt: skip
    report = result(failed, ReportAction("Open folder", lambda: None), format_title="YOLO-seg")
    assert report.level == "warn"
    assert "It could not be compared: It is gone." in report.text


def test_shapes_that_should_be_in_it_as_they_were_are_counted_and_named_first() -> None:
    check = RoundTripAnswer(
        412, 0, 0.99998, 1.0, [("b.jpg", 1, 1.0)], broken=2, worst=[("a.jpg", 2, 0.25)]
    )
    broken = structs.replace(ANSWER, dropped=Findings(), check=check)
    action = ReportAction("Open folder", lambda: None)
    report = result(broken, action, format_title="YOLO-seg")
    assert report.level == "warn"
    assert "2 shapes came out other than format and choices should give" in report.text
    assert report.details.startswith("Overlap (IoU) with what should be in it")
    assert "0.25000  a.jpg, shape 2" in report.details
    assert "... and 1 more, none lower" in report.details
    whole = result(ANSWER, action, format_title="YOLO-seg")
    assert "should leave" not in whole.text


def test_a_data_set_without_validation_says_so() -> None:
    action = ReportAction("Open folder", lambda: None)
    without = structs.replace(ANSWER, by_split={"train": 37})
    assert "No image is in val" in result(without, action, format_title="YOLO-seg").text
    assert "No image is in val" not in result(ANSWER, action, format_title="YOLO-seg").text
    other = structs.replace(without, format="labelme")
    assert "No image is in val" not in result(other, action, format_title="labelme").text


def test_the_folder_is_one_click_away(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = ReportDialog(
        result(
            ANSWER, ReportAction("Open folder", lambda: _open(tmp_path)), format_title="YOLO-seg"
        )
    )
    dialog.show()
    layout.main_button(dialog.findChildren(QDialogButtonBox)[0]).click()
    assert opened == [str(tmp_path)]


@pytest.mark.parametrize("text", ["~nobody-of-this-name", "~nobody-of-this-name/x", "x" * 5000])
def test_a_path_that_is_being_typed_raises_nothing(
    text: str, qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    export = ExportDialog(
        FORMATS, {"reviewed": 1, "shapes": 1}, settings, folder=tmp_path, name="photos"
    )
    qtbot.addWidget(export)
    export._folder.setText(text)
    assert export.request().folder.name == Path(text).name
    background = Background()
    project = NewProjectDialog(background, start=tmp_path, val_share=0.2)
    qtbot.addWidget(project)
    for field in (project._labels, project._model, project._folder):
        field.setText(text)
    qtbot.waitUntil(lambda: "not at" in project._problem.text())
    assert look_at(project.plan().folder).images == 0
    assert not is_there(typed_path(text))
    background.close()


def test_a_new_project_that_is_given_up_while_its_images_are_counted_says_nothing_more(
    qtbot: QtBot, tmp_path: Path
) -> None:
    background = Background()
    dialog = NewProjectDialog(background, start=tmp_path, val_share=0.2)
    counted = look_at(tmp_path)
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    dialog._tell(counted)
    background.close()
