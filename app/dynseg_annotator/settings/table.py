"""Every setting as a row: type, range, default and words. Dialog, file and help come from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dynseg.machine import ALL_GPUS
from dynseg_annotator.language import LANGUAGES, mark


class Kind(Enum):
    """What a setting holds, hence which widget edits it."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    CHOICE = "choice"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a user can choose, or the window remembers.

    Attributes:
        key: Name in the file, never changed once released.
        kind: What it holds.
        default: Value of a fresh installation.
        title: The label beside its widget.
        prose: One or two sentences: what it does, when to change it.
        section: The page of the settings dialog; empty for what the window remembers itself.
        minimum: Smallest number, None when there is none.
        maximum: Largest number, None when there is none.
        step: What one click of a spin box adds.
        unit: Shown behind a number: `"px"`.
        choices: Value and label of each choice.
        of: What each value in a list or a dictionary is.
        also: Further words that people search it by; nobody sees them.
    """

    key: str
    kind: Kind
    default: Any
    title: str = ""
    prose: str = ""
    section: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    of: tuple[type, ...] = (object,)
    also: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the window remembers it and no dialog shows it."""
        return not self.section

    def accepts(self, value: object) -> bool:
        """Whether `value` has the type and lies in the range of this setting."""
        match self.kind:
            case Kind.BOOL:
                return isinstance(value, bool)
            case Kind.INT:
                return isinstance(value, int) and not isinstance(value, bool) and self._fits(value)
            case Kind.FLOAT:
                return (
                    isinstance(value, int | float)
                    and not isinstance(value, bool)
                    and math.isfinite(value)
                    and self._fits(value)
                )
            case Kind.CHOICE:
                return any(value == name for name, _ in self.choices)
            case Kind.TEXT:
                return isinstance(value, str)
            case Kind.JSON:
                return type(value) is type(self.default) and self.sound_part(value) == value

    def sound_part(self, value: object) -> object:
        """The part of a list or a dictionary that can be used; of anything else the default."""
        if type(value) is not type(self.default):
            return self.default
        if isinstance(value, dict):
            return {key: one for key, one in value.items() if isinstance(one, self.of)}
        if isinstance(value, list):
            return [one for one in value if isinstance(one, self.of)]
        return self.default

    def _fits(self, value: float) -> bool:
        above = self.minimum is None or value >= self.minimum
        return above and (self.maximum is None or value <= self.maximum)


LOOK, LABELLING, MODEL = mark("Look"), mark("Labelling"), mark("Model")
SEARCH, TRAINING = mark("Search"), mark("Training")
SECTIONS = (LOOK, LABELLING, MODEL, SEARCH, TRAINING)
"""Pages of the settings dialog, in order; translated where they are shown."""

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "language", Kind.CHOICE, "system", mark("Language"),
        mark("For menus, messages and the guide. The window is rebuilt; you stay where you are."),
        LOOK,
        choices=(
            ("system", mark("As the system")), *((known.code, known.name) for known in LANGUAGES),
        ),
        also=mark("translation, interface, locale, Chinese, English"),
    ),
    Setting(
        "theme", Kind.CHOICE, "system", mark("Colours"),
        mark("Light or dark; the system's choice is followed while the program runs."), LOOK,
        choices=(
            ("system", mark("As the system")), ("light", mark("Light")), ("dark", mark("Dark")),
        ),
        also=mark("color, theme, dark mode, night, skin, background"),
    ),
    Setting(
        "mask_opacity", Kind.INT, 35, mark("Fill of shapes"),
        mark("How strongly the inside of a shape is tinted. 0 shows the outline alone."), LOOK,
        minimum=0, maximum=100, step=5, unit="%",
        also=mark("opacity, transparency, alpha, mask, colour, color"),
    ),
    Setting(
        "outline_only", Kind.BOOL, False, mark("Outlines only"),
        mark("Draw shapes without a fill, so that the image stays visible."), LOOK,
        also=mark("border, contour, mask, hide, polygon"),
    ),
    Setting(
        "show_labels", Kind.BOOL, True, mark("Class names on the image"),
        mark("Write class and score beside each shape."), LOOK,
        also=mark("text, caption, tag, label, show"),
    ),
    Setting(
        "key_preset", Kind.CHOICE, "labelme", mark("Keys"),
        mark("Which program's habits keys and wheel follow. F1 lists them; File, Keys changes "
             "single ones."),
        LABELLING,
        choices=(("labelme", mark("labelme and X-AnyLabeling")), ("cvat", mark("CVAT"))),
        also=mark("shortcut, hotkey, keyboard, mouse, preset"),
    ),
    Setting(
        "wheel_zooms", Kind.BOOL, False, mark("Wheel zooms"),
        mark("The mouse wheel zooms at the cursor. Off: the wheel scrolls and Ctrl+wheel zooms."),
        LABELLING,
        also=mark("scroll, magnify, trackpad, touchpad"),
    ),
    Setting(
        "keep_zoom", Kind.BOOL, False, mark("Keep the zoom between images"),
        mark("Show the next image at the same place and size. Off: each image fits the window."),
        LABELLING,
        also=mark("magnification, view, fit, position"),
    ),
    Setting(
        "copy_follows", Kind.BOOL, True, mark("Copies follow the movement"),
        mark("Shapes that are copied from the previous image go to where their objects are now, as "
             "in the frames of a video. Off: they lie where they were."),
        LABELLING,
        also=mark("video, tracking, frames, propagate, interpolation, motion, previous image"),
    ),
    Setting(
        "ask_class", Kind.BOOL, False, mark("Ask for the class of each new shape"),
        mark("A list opens beside a shape as soon as it is drawn: letters find a class, Enter "
             "takes it, Esc keeps the current one. Off: new shapes get the current class."),
        LABELLING,
        also=mark("label, category, popup, dialog, choose"),
    ),
    Setting(
        "predict_on_open", Kind.BOOL, True, mark("Pre-label an image when it opens"),
        mark("Runs the model on every unlabelled image that you open. Human work is never "
             "touched."),
        MODEL,
        also=mark("automatic, inference, detection, annotate, predict, AI"),
    ),
    Setting(
        "confidence", Kind.FLOAT, 0.25, mark("Confidence"),
        mark("Proposals below this score are not shown. The slider in the panel Assist sets it "
             "too, without running the model again. Every project has its own."), MODEL,
        minimum=0.05, maximum=0.95, step=0.05,
        also=mark("threshold, probability, sensitivity"),
    ),
    Setting(
        "simplify_px", Kind.FLOAT, 1.0, mark("Detail of outlines"),
        mark("How far, in image pixels, a simplified outline may leave the model's. "
             "Smaller follows the edge more closely with more points."), MODEL,
        minimum=0.0, maximum=10.0, step=0.25, unit="px",
        also=mark("simplify, smooth, vertices, polygon, accuracy"),
    ),
    Setting(
        "device", Kind.CHOICE, "auto", mark("Device"),
        mark("Where the model runs. Automatic takes the GPU when it works and says so when it "
             "does not. Of several GPUs all can train; the model runs on the first then."), MODEL,
        choices=(
            ("auto", mark("Automatic")), ("cpu", mark("CPU")),
            ("cuda:0", mark("First GPU (cuda:0)")), (ALL_GPUS, mark("All GPUs to train")),
        ),
        also=mark("graphics card, CUDA, NVIDIA, processor, speed"),
    ),
    Setting(
        "cluster", Kind.TEXT, "", mark("Cluster"),
        mark("Address of a Ray cluster that pre-labels folders and trains instead of this "
             "computer, HOST:6379; see the guide. Empty: this computer."), MODEL,
        also=mark("server, remote, distributed, several computers"),
    ),
    Setting(
        "tiles", Kind.CHOICE, "model", mark("Small objects"),
        mark("Small objects are lost when the model sees all of an image at once. Tiles show them "
             "larger and take longer. A model that has learned from close-ups looks in tiles by "
             "itself; automatic cuts large images where labels or proposals are small. The "
             "built-in model looks twice, for sharper outlines, and takes two to four times as "
             "long; as a whole, or with an image size of your own, once."),
        SEARCH,
        choices=(
            ("model", mark("As trained")), ("off", mark("As a whole")),
            ("auto", mark("Automatic")), ("on", mark("In tiles")),
        ),
        also=mark("slices, patches, SAHI, tiny, large images"),
    ),
    Setting(
        "edges", Kind.CHOICE, "model", mark("Outlines at edges"),
        mark("Outlines go to where the colours of an object and of its surroundings part. Switch "
             "it off where objects have no clear edge, such as smoke."),
        SEARCH,
        choices=(("model", mark("As the model has it")), ("off", mark("Off")), ("on", mark("On"))),
        also=mark("border, snap, contour, boundary, GrabCut"),
    ),
    Setting(
        "image_size", Kind.INT, 0, mark("Image size"),
        mark("Longer side of what the model sees, in pixels. 0 is the size that it was trained "
             "with; larger finds smaller objects and takes longer."), SEARCH,
        minimum=0, maximum=4096, step=32, unit="px",
        also=mark("resolution, input, imgsz, width"),
    ),
    Setting(
        "nms_iou", Kind.FLOAT, 0.6, mark("Overlap of objects"),
        mark("Two boxes of one class that overlap more than this are taken for one object. Raise "
             "it where objects lie on each other, lower it where one object is found twice."),
        SEARCH,
        minimum=0.1, maximum=1.0, step=0.05,
        also=mark("duplicates, double, NMS, threshold"),
    ),
    Setting(
        "max_detections", Kind.INT, 1000, mark("Most objects"),
        mark("How many objects of an image are kept at most; the surest ones stay."), SEARCH,
        minimum=1, maximum=30_000, step=100,
        also=mark("limit, number, count, maximum"),
    ),
    Setting(
        "half_precision", Kind.BOOL, True, mark("Half precision"),
        mark("Compute in 16 bits where the device is faster that way. Off: 32 bits, to compare."),
        MODEL,
        also=mark("fp16, float16, speed, memory"),
    ),
    Setting(
        "train_preset", Kind.CHOICE, "quick", mark("Training"),
        mark("How long a training run may take, and how large it sees the images at least."),
        TRAINING,
        choices=(
            ("quick", mark("Quick")), ("standard", mark("Standard")),
            ("thorough", mark("Thorough")),
        ),
        also=mark("fine-tune, epochs, duration, quality"),
    ),
    Setting(
        "train_minutes", Kind.INT, 0, mark("Time of a training"),
        mark("Minutes that a training run takes, measuring included. 0 leaves it to the preset."),
        TRAINING, minimum=0, maximum=1440, step=5, unit="min",
        also=mark("duration, limit, budget"),
    ),
    Setting(
        "live_learning", Kind.BOOL, True, mark("Learn while labelling"),
        mark("From the second reviewed image on a model learns in the background and proposes on "
             "the images that you open. Takes spare processor time and about 2 GB of memory."),
        TRAINING,
        also=mark("online, automatic, improve, incremental"),
    ),
    Setting(
        "val_share", Kind.FLOAT, 0.2, mark("Share kept for validation"),
        mark("Part of the reviewed images that no model trains on, so that models can be compared. "
             "An image keeps its place once it has one. While there are fewer than six, they train "
             "too once they have measured."), TRAINING,
        minimum=0.05, maximum=0.5, step=0.05,
        also=mark("split, test set, holdout, percentage"),
    ),
    Setting("export_format", Kind.TEXT, "yolo"),
    Setting("export_link", Kind.CHOICE, "copy",
            choices=(("copy", ""), ("hard", ""), ("sym", ""), ("none", ""))),
    Setting("export_holes", Kind.CHOICE, "keep",
            choices=(("keep", ""), ("fill", ""), ("bridge", ""), ("split", ""))),
    Setting("export_parts", Kind.CHOICE, "keep",
            choices=(("keep", ""), ("split", ""), ("bridge", ""), ("largest", ""))),
    Setting("import_how", Kind.CHOICE, "work",
            choices=(("work", ""), ("reviewed", ""), ("proposals", ""))),
    Setting("follow_images", Kind.INT, 10, minimum=1, maximum=100_000),
    Setting("brush_px", Kind.FLOAT, 16.0, minimum=0.5, maximum=500),
    Setting("show_minimap", Kind.BOOL, True),
    Setting("pixel_grid", Kind.BOOL, True),
    Setting("tone_brightness", Kind.INT, 0, minimum=-100, maximum=100),
    Setting("tone_contrast", Kind.INT, 0, minimum=-100, maximum=100),
    Setting("tone_gamma", Kind.FLOAT, 1.0, minimum=0.2, maximum=5.0),
    Setting("tones", Kind.JSON, {}),
    Setting("confidences", Kind.JSON, {}),
    Setting("review_order", Kind.CHOICE, "suggested",
            choices=(("suggested", ""), ("uncertainty", ""), ("disagreement", ""),
                     ("name", ""), ("random", ""))),
    Setting("custom_keys", Kind.JSON, {}, mark("Keys"), of=(list,)),
    Setting("window_geometry", Kind.TEXT, ""),
    Setting("window_state", Kind.TEXT, ""),
    Setting("recent_projects", Kind.JSON, [], of=(str,)),
    Setting("last_class", Kind.JSON, {}, of=(int,)),
    Setting("only_classes", Kind.JSON, {}, of=(list,)),
    Setting("told_unusable", Kind.JSON, [], of=(str,)),
)  # fmt: skip
"""All settings; those without a section are what the window remembers by itself."""

_BY_KEY = {row.key: row for row in SETTINGS}


def setting(key: str) -> Setting:
    """The row of `key`; KeyError when there is none."""
    return _BY_KEY[key]
