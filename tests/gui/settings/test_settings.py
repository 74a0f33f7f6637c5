"""Settings: the table, the file, and what happens when the file is damaged."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dynseg_annotator.settings import SECTIONS, SETTINGS, Kind, Settings, config_folder, setting


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
def test_rows_are_complete(row):
    assert row.accepts(row.default)
    if not row.hidden:
        assert row.section in SECTIONS
        assert row.title
        assert row.prose.endswith(".")
    if row.kind is Kind.CHOICE:
        assert len(row.choices) >= 2
    if row.kind in (Kind.INT, Kind.FLOAT):
        assert row.minimum is not None
        assert row.maximum is not None


def test_a_fresh_installation_has_defaults_and_no_file(qapp):
    settings = Settings()
    assert {row.key: settings.get(row.key) for row in SETTINGS} == {
        row.key: row.default for row in SETTINGS
    }
    settings.flush()
    assert not settings.path.exists()
    assert settings.path.parent == config_folder()


def test_a_change_is_told_and_survives(qtbot):
    settings = Settings()
    with qtbot.waitSignal(settings.changed) as told:
        settings.set("mask_opacity", 60)
    assert told.args == ["mask_opacity", 60]
    qtbot.waitUntil(settings.path.exists)
    assert Settings().get("mask_opacity") == 60


def test_nothing_is_told_when_nothing_changes(qtbot):
    settings = Settings()
    with qtbot.assertNotEmitted(settings.changed):
        settings.set("mask_opacity", settings.get("mask_opacity"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mask_opacity", 101), ("mask_opacity", 3.5), ("mask_opacity", True), ("theme", "pink"),
        ("confidence", float("nan")), ("outline_only", 1), ("recent_projects", {}),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(qapp, key, value):
    with pytest.raises(ValueError, match=key):
        Settings().set(key, value)


def test_an_unknown_key_is_a_mistake_of_the_program(qapp):
    with pytest.raises(KeyError):
        Settings().get("no_such_setting")


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000, b"nul", b""], ids=range(6)
)
def test_a_damaged_file_is_kept_aside_and_said(qapp, content):
    path = config_folder() / "settings.json"
    path.write_bytes(content)
    settings = Settings()
    assert settings.get("theme") == "system"
    assert "damaged" in settings.notice
    assert path.with_name("settings.json.broken").read_bytes() == content
    settings.set("theme", "dark")
    settings.flush()
    assert Settings().get("theme") == "dark"
    assert Settings().notice == ""


def test_one_unusable_value_costs_only_itself(qapp):
    path = config_folder() / "settings.json"
    path.write_text(json.dumps({"mask_opacity": "much", "theme": "dark"}))
    settings = Settings()
    assert settings.get("mask_opacity") == setting("mask_opacity").default
    assert settings.get("theme") == "dark"
    assert "Fill of shapes" in settings.notice


def test_an_unusable_value_is_told_once_and_by_a_name_that_people_know(qapp):
    path = config_folder() / "settings.json"
    path.write_text(json.dumps({"key_preset": "emacs", "brush_px": -4, "last_class": [1]}))
    settings = Settings()
    assert "Keys, what the window remembered." in settings.notice
    settings.flush()
    assert Settings().notice == ""


def test_values_of_a_newer_version_stay_in_the_file_for_it(qapp):
    path = config_folder() / "settings.json"
    newer = {"key_preset": "emacs", "brush_px": 4000, "last_class": {"/a": "nut"}, "theme": "dim"}
    path.write_text(json.dumps(newer))
    settings = Settings()
    assert settings.get("key_preset") == setting("key_preset").default
    settings.set("mask_opacity", 10)
    settings.flush()
    kept = json.loads(path.read_text())
    assert {key: kept[key] for key in newer} == newer
    assert kept["mask_opacity"] == 10
    settings.set("theme", "dark")  # chosen here: then it is this version's
    settings.flush()
    assert json.loads(path.read_text())["theme"] == "dark"
    assert Settings().notice == ""


def test_of_a_list_or_a_dictionary_the_sound_part_is_used(qapp):
    path = config_folder() / "settings.json"
    keys = {"undo": "Ctrl+Z", "redo": ["Ctrl+Y"]}
    path.write_text(json.dumps({"custom_keys": keys, "recent_projects": [1, None, "/a"]}))
    settings = Settings()
    assert settings.get("custom_keys") == {"redo": ["Ctrl+Y"]}
    assert settings.get("recent_projects") == ["/a"]
    assert "Keys" in settings.notice
    with pytest.raises(ValueError, match="custom_keys"):
        settings.set("custom_keys", keys)


def test_keys_of_a_newer_version_and_of_a_second_window_are_kept(qapp):
    first = Settings()
    first.path.write_text(json.dumps({"from_the_future": [1, 2]}))
    second = Settings()
    second.set("outline_only", True)
    second.flush()
    first.set("theme", "light")
    first.flush()
    assert json.loads(first.path.read_text()) == {
        "from_the_future": [1, 2],
        "outline_only": True,
        "theme": "light",
    }


def test_a_file_that_is_damaged_meanwhile_costs_nothing_that_is_known(qapp):
    settings = Settings()
    settings.set("theme", "light")
    settings.flush()
    settings.path.write_text("{")
    settings.set("outline_only", True)
    settings.flush()
    assert json.loads(settings.path.read_text()) == {"outline_only": True, "theme": "light"}


def test_lists_cannot_be_changed_behind_the_settings_back(qapp):
    settings = Settings()
    settings.get("recent_projects").append("x")
    assert settings.get("recent_projects") == []


@pytest.mark.skipif(os.name != "posix", reason="a file where a folder should be")
def test_a_file_that_cannot_be_written_is_said_and_tried_again(qtbot, tmp_path):
    folder = tmp_path / "config"
    folder.write_text("in the way")
    settings = Settings(folder / "settings.json")
    settings.set("theme", "dark")
    with qtbot.waitSignal(settings.save_failed) as told:
        settings.flush()
    assert "could not be written" in told.args[0]
    folder.unlink()
    settings.flush()
    assert Settings(folder / "settings.json").get("theme") == "dark"


def test_a_value_that_is_lent_is_not_written_and_goes_back(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    told: list[tuple[str, object]] = []
    settings.changed.connect(lambda key, value: told.append((key, value)))
    settings.set("tiles", "off")
    settings.lend("tiles", "auto")
    settings.flush()
    assert settings.get("tiles") == "auto"
    assert Settings(settings.path).get("tiles") == "off"
    settings.take_back()
    assert told == [("tiles", "off"), ("tiles", "auto"), ("tiles", "off")]
    settings.lend("tiles", "auto")
    settings.set("tiles", "auto")  # now it is the user's own
    settings.take_back()
    settings.flush()
    assert Settings(settings.path).get("tiles") == "auto"
    with pytest.raises(ValueError, match="tiles"):
        settings.lend("tiles", 3)


def test_a_default_that_was_lent_over_is_not_written_as_a_choice(tmp_path: Path) -> None:
    """A later version with another default would not have it."""
    settings = Settings(tmp_path / "settings.json")
    settings.lend("tiles", "auto")
    settings.set("theme", "dark")
    settings.flush()
    settings.take_back()
    assert settings.get("tiles") == "model"
    settings.path.unlink()
    settings.set("theme", "light")
    settings.flush()
    assert "tiles" not in settings.path.read_text(encoding="utf-8")
