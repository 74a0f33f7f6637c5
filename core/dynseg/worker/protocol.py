"""What the window and the engine worker say to each other: one JSON object a line.

Every request carries `job`, a number that its sender chose and never uses twice. A job ends in
exactly one `Finished`, `Failed` or `Cancelled`. `Cancel` alone is no job of its own: it names the
job to stop and gets no answer but that job's. A line that cannot be read is answered by `Failed`
with job 0.

    Ready                                   once, as soon as the worker listens
    Hello      ->                           Finished {"version", "pid"}
    LoadModel  -> ModelLoaded               Finished {}
    GetReady   -> ModelLoaded?              Finished {}
    Predict    -> ModelLoaded? Progressed* Predicted    Finished {"count"}
    Refine     -> ModelLoaded? Refined      Finished {"found"}
    Point      -> ModelLoaded? Pointed      Finished {"found"}
    Click      -> Progressed? Refined       Finished {"found"}
    FindAlike  -> Progressed? Alike         Finished {"found"}
    Follow     -> Followed                  Finished {"found"}
    Prelabel, FollowOn -> ModelLoaded? Progressed*  Finished {summary}
    Compare    -> ModelLoaded? Progressed*  Finished {"changes": [[image, added, removed, changed]]}
    Describe   -> Progressed*               Finished {"images"}
    Count      -> Progressed*               Finished {PreflightAnswer}
    CountLosses ->                          Finished {LossesAnswer}
    Export     -> Progressed*               Finished {ExportAnswer}
    Import     -> Progressed*               Finished {ImportAnswer}
    Frames     -> Progressed*               Finished {FramesAnswer}
    Check      -> Progressed*               Finished {CheckAnswer}
    Shutdown   ->                           Finished {}, then the worker ends

`Predict`, `Refine`, `Point`, `Click`, `FindAlike` and `Follow` are served between the images of a
running `Prelabel`, `FollowOn` or `Describe`, and of what `GetReady` prepares.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dynseg.inference.settings import PredictSettings
from dynseg.worker.follow_messages import Follow, Followed, FollowOn
from dynseg.worker.point_messages import GetReady, Point, Pointed, Refine, Refined
from dynseg.worker.wire import ProtocolError, WireParts

MAX_LINE_BYTES = 64 << 20


class Hello(msgspec.Struct, frozen=True, tag="hello", tag_field="type"):
    """Ask whether the worker lives."""

    job: int


class LoadModel(msgspec.Struct, frozen=True, tag="load_model", tag_field="type"):
    """Load a model so that the next answer is fast.

    Attributes:
        path: The model file, or its name in the registry of `project`.
        device: `auto`, `cpu`, `cuda` or `cuda:N`.
        project: Root of the project; empty when `path` is a file or the embedded starter.
    """

    job: int
    path: str = ""
    device: str = "auto"
    project: str = ""


class Predict(msgspec.Struct, frozen=True, tag="predict", tag_field="type"):
    """Find candidates in one image and keep them in the project's prediction cache.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        model: File or name in the registry; empty is the active model, else the starter.
    """

    job: int
    project: str
    token: str
    image_id: int
    model: str = ""
    settings: PredictSettings = PredictSettings()


class Click(msgspec.Struct, frozen=True, tag="click", tag_field="type"):
    """Segment what a person points at, with MobileSAM.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        weights: The file of MobileSAM.
        inside: Points on the object, image pixels.
        outside: Points that are not.
        box: Around it, `x0, y0, x1, y1` in image pixels; needed when `inside` is empty.
    """

    job: int
    project: str
    token: str
    image_id: int
    weights: str
    inside: list[tuple[float, float]] = []
    outside: list[tuple[float, float]] = []
    box: tuple[float, float, float, float] | None = None


class FindAlike(msgspec.Struct, frozen=True, tag="find_alike", tag_field="type"):
    """Find what else in an image looks like some of its shapes.

    Attributes:
        project: Root of the project.
        token: The holder's lock token, `Store.lock_token`.
        examples: Class and outline of the shapes that are gone by, image pixels.
        there: Other shapes of the image.
        refused: Class and outline of what was found before and the person took out.
        simplify_px: See `PredictSettings`.
    """

    job: int
    project: str
    token: str
    image_id: int
    examples: list[tuple[int, WireParts]]
    there: list[WireParts] = []
    refused: list[tuple[int, WireParts]] = []
    simplify_px: float = 1.0


class Prelabel(msgspec.Struct, frozen=True, tag="prelabel", tag_field="type"):
    """Put proposals into many images.

    Attributes:
        scope: `unlabelled`, `unreviewed` or `all`; ignored when `image_ids` is given.
        image_ids: The images to label, None to use `scope`.
        run_id: A run to go on with, or the id of one that is to begin; None for a new one.
        cluster: Address of a Ray cluster that finds the objects; empty: this machine does.
    """

    job: int
    project: str
    token: str
    model: str = ""
    settings: PredictSettings = PredictSettings()
    scope: str = "unlabelled"
    image_ids: list[int] | None = None
    run_id: str | None = None
    cluster: str = ""


class Compare(msgspec.Struct, frozen=True, tag="compare", tag_field="type"):
    """Say what a run has changed, or what one would change; no label changes.

    Attributes:
        run_id: A run of the past; empty to find out what a new one would do.
        scope: Of a new run: `unlabelled`, `unreviewed` or `all`; ignored when `image_ids` is given.
        image_ids: Of a new run, None to use `scope`.
    """

    job: int
    project: str
    token: str
    run_id: str = ""
    model: str = ""
    settings: PredictSettings = PredictSettings()
    scope: str = "unlabelled"
    image_ids: list[int] | None = None


class Describe(msgspec.Struct, frozen=True, tag="describe", tag_field="type"):
    """Work out what the images of a project show, for the queue; those known stay as they are."""

    job: int
    project: str
    token: str


class Export(msgspec.Struct, frozen=True, tag="export", tag_field="type"):
    """Write the project as a data set.

    Attributes:
        token: Empty for a project that the window has open read-only.
        out: Folder of the data set.
        link: `copy`, `hard`, `sym` or `none`.
        holes: `keep`, `fill`, `bridge` or `split`.
        format: Name of the format.
        parts: `keep`, `split`, `bridge` or `largest`.
        val_share: Part of the images without a place in the split that validate; 0 keeps the
            project's rule.
        by_folder: Whether images of one folder stay together; with `val_share`.
        verify: Whether to read the data set again and compare every shape.
        image_ids: The images that are asked for; None for all.
    """

    job: int
    project: str
    token: str
    out: str
    link: str = "copy"
    holes: str = "keep"
    only_reviewed: bool = True
    format: str = "yolo"
    parts: str = "keep"
    val_share: float = 0.0
    by_folder: bool = False
    verify: bool = False
    image_ids: list[int] | None = None


class Count(msgspec.Struct, frozen=True, tag="count", tag_field="type"):
    """Say what an export would hold; nothing is written. Fields as in `Export`."""

    job: int
    project: str
    token: str
    holes: str = "keep"
    only_reviewed: bool = True
    format: str = "yolo"
    parts: str = "keep"
    image_ids: list[int] | None = None


class CountLosses(msgspec.Struct, frozen=True, tag="count-losses", tag_field="type"):
    """Say what every format would lose; nothing is written. Fields as in `Export`."""

    job: int
    project: str
    token: str
    holes: str = "keep"
    only_reviewed: bool = True
    parts: str = "keep"
    image_ids: list[int] | None = None


class Import(msgspec.Struct, frozen=True, tag="import", tag_field="type"):
    """Take in labels of another program, or say what that would do.

    Attributes:
        source: A file, a folder or a zip archive.
        format: Name of a format, or `auto`.
        how: `work`, `reviewed` or `proposals`.
        classes: For names of the source a class id, the name of a class that is made if need be,
            or None to leave the shapes out.
        dry_run: Whether to say what would happen and change nothing.
        reading: Number of the look at the source. Under the number of the last one the labels are
            those that were read then, which a person was shown; under another they are read anew.
    """

    job: int
    project: str
    token: str
    source: str
    format: str = "auto"
    how: str = "work"
    classes: dict[str, int | str | None] = {}
    dry_run: bool = True
    reading: int = 0


class Frames(msgspec.Struct, frozen=True, tag="frames", tag_field="type"):
    """Add frames of a video, or pages of a TIFF, to the images of a project.

    Attributes:
        source: The video or TIFF; only read.
        every: Each n-th frame.
        different: Only frames that show something else than the one before.
    """

    job: int
    project: str
    token: str
    source: str
    every: int = 1
    different: bool = False


class Check(msgspec.Struct, frozen=True, tag="check", tag_field="type"):
    """Look for what is broken or doubtful in a project.

    Attributes:
        token: Empty for a project that the window has open read-only.
        fix: Whether to repair what needs no judgement, then look again.
        read_images: Whether to decode every image too.
    """

    job: int
    project: str
    token: str
    fix: bool = False
    read_images: bool = True


class Cancel(msgspec.Struct, frozen=True, tag="cancel", tag_field="type"):
    """Stop `job`, whether it runs or waits; nothing happens when it has ended."""

    job: int


class Shutdown(msgspec.Struct, frozen=True, tag="shutdown", tag_field="type"):
    """Stop what runs and end the process."""

    job: int


Request = (
    Hello
    | LoadModel
    | GetReady
    | Predict
    | Refine
    | Point
    | Click
    | FindAlike
    | Follow
    | FollowOn
    | Prelabel
    | Compare
    | Describe
    | Count
    | CountLosses
    | Export
    | Import
    | Frames
    | Check
    | Cancel
    | Shutdown
)


class Ready(msgspec.Struct, frozen=True, tag="ready", tag_field="type"):
    """The worker listens; no model is loaded yet."""

    version: str
    pid: int


class ModelLoaded(msgspec.Struct, frozen=True, tag="model_loaded", tag_field="type"):
    """A model is in memory.

    Attributes:
        card: The `ModelCard` as JSON data.
        device: Where it runs: `cpu`, `cuda:0`.
        reason: Why it runs there, a clause for a person; empty when nothing is to be said.
        gpus: GPUs of this computer; 0 where it was not asked for any.
    """

    job: int
    card: dict[str, Any]
    device: str
    reason: str
    gpus: int = 0


class Progressed(msgspec.Struct, frozen=True, tag="progressed", tag_field="type"):
    """Where a job stands; fields as in `dynseg.progress.Progress`."""

    job: int
    stage: str
    done: int
    total: int | None = None
    per_s: float | None = None
    eta_s: float | None = None


class Predicted(msgspec.Struct, frozen=True, tag="predicted", tag_field="type"):
    """The candidates of an image are in the prediction cache of the project.

    Attributes:
        model_id, settings_key: Where in the cache.
        count: How many candidates.
    """

    job: int
    image_id: int
    model_id: str
    settings_key: str
    count: int


class Alike(msgspec.Struct, frozen=True, tag="alike", tag_field="type"):
    """What looks like the shapes that were asked about.

    Attributes:
        shapes: Class, score in [0, 1] and outline in image pixels of each, the most similar first.
    """

    job: int
    image_id: int
    shapes: list[tuple[int, float, WireParts]]


class Finished(msgspec.Struct, frozen=True, tag="finished", tag_field="type"):
    """The job is done."""

    job: int
    result: dict[str, Any] = {}


class Failed(msgspec.Struct, frozen=True, tag="failed", tag_field="type"):
    """The job has failed; no label was changed but for what it had committed before.

    Attributes:
        job: 0 when the line could not be read.
        kind: `input`, `model`, `project`, `engine`, `memory`, `protocol` or `internal`.
        message: What happened.
        hint: What to do next; may be empty.
    """

    job: int
    kind: str
    message: str
    hint: str = ""


class Cancelled(msgspec.Struct, frozen=True, tag="cancelled", tag_field="type"):
    """The job was stopped; what it had committed before stays."""

    job: int
    result: dict[str, Any] = {}


Event = (
    Ready
    | ModelLoaded
    | Progressed
    | Predicted
    | Refined
    | Pointed
    | Alike
    | Followed
    | Finished
    | Failed
    | Cancelled
)

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode(message: Request | Event) -> bytes:
    """`message` as one line, with its end."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> Request:
    """The request in `line`.

    Raises:
        ProtocolError: it is none.
    """
    try:
        return _requests.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ProtocolError(f"The engine was asked something it does not know ({error}).") from None


def decode_event(line: bytes) -> Event:
    """The event in `line`.

    Raises:
        ProtocolError: it is none.
    """
    try:
        return _events.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ProtocolError(f"The engine answered something unknown ({error}).") from None
