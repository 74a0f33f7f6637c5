"""Every message survives its line, and no line breaks the reader."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynseg.geometry.part import Part, ring
from dynseg.inference.settings import PredictSettings
from dynseg.worker import protocol, wire
from dynseg.worker.follow_messages import Follow, Followed, FollowOn
from dynseg.worker.point_messages import GetReady, Outlined, Point, Pointed, Refine, Refined
from dynseg.worker.protocol import (
    Cancel,
    Cancelled,
    Compare,
    Event,
    Export,
    Failed,
    Finished,
    Hello,
    LoadModel,
    ModelLoaded,
    Predict,
    Predicted,
    Prelabel,
    Progressed,
    Ready,
    Request,
    Shutdown,
)
from dynseg.worker.wire import ProtocolError

OUTER = struct.pack("<6d", 0.0, 0.0, 1.5, 0.0, 1.0, 1.0)
REQUESTS: list[Request] = [
    Hello(1),
    LoadModel(2, path="a\nb", device="cpu"),
    Predict(3, "/p", "t", 7, "m", PredictSettings(confidence=0.5)),
    GetReady(13, "/p", "m", PredictSettings(image_size=320)),
    Refine(8, "/p", "t", 7, (1.0, 2.0, 3.5, 4.0), parts=[[OUTER]]),
    Point(11, "/p", "t", 7, 1.5, 2.25, settings=PredictSettings(image_size=320)),
    Follow(10, "/p", "t", 8, 7, [(1, [[OUTER]])], [(2, [[OUTER]])]),
    FollowOn(11, "/p", "t", [7, 8, 9]),
    Prelabel(4, "/p", "t", scope="all", image_ids=[1, 2]),
    Compare(9, "/p", "t", run_id="r"),
    Export(5, "/p", "t", "/out"),
    Cancel(4),
    Shutdown(6),
]
EVENTS: list[Event] = [
    Ready("1", 2),
    ModelLoaded(2, {"name": "x"}, "cpu", "no NVIDIA driver found"),
    Progressed(4, "Pre-labelling", 1, 2, 0.5, 2.0),
    Predicted(3, 7, "id", "key", 12),
    Refined(8, 7, "id", [[OUTER]], 3, 0.75, 2),
    Pointed(11, 7, "id", [Outlined([[OUTER]], 3, 0.75, 0.5, 2)]),
    Followed(10, 8, 7, [(0, 0.97, [[OUTER]])], [1], [(0, 0, 0.75)]),
    Finished(3, {"count": 1}),
    Failed(0, "protocol", "what", "hint"),
    Cancelled(4),
]


@pytest.mark.parametrize("message", REQUESTS, ids=lambda m: type(m).__name__)
def test_requests_survive_their_line(message: Request) -> None:
    line = protocol.encode(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert protocol.decode_request(line) == message


@pytest.mark.parametrize("message", EVENTS, ids=lambda m: type(m).__name__)
def test_events_survive_their_line(message: Event) -> None:
    line = protocol.encode(message)
    assert line.count(b"\n") == 1
    assert protocol.decode_event(line) == message


def test_polygons_survive_the_wire_bit_for_bit() -> None:
    outer = ring([(0.1, 0.2), (100 / 3, 0.0), (50.0, 60.0)])
    parts = (Part(outer, (ring([(10.0, 5.0), (12.0, 5.0), (12.0, 7.0)]),)), Part(outer))
    message = Refine(1, "/p", "t", 7, (0.0, 0.0, 50.0, 60.0), parts=wire.to_wire(parts))
    back = protocol.decode_request(protocol.encode(message))
    assert isinstance(back, Refine)
    assert wire.from_wire(back.parts) == parts


@pytest.mark.parametrize(
    "data",
    [
        [[]],
        [[struct.pack("<4d", 0.0, 0.0, 1.0, 1.0)]],
        [[OUTER[:-1]]],
        [[OUTER + OUTER[:8]]],
        [[struct.pack("<6d", 0.0, 0.0, 1.5, 0.0, 1.0, float("nan"))]],
    ],
    ids=["no ring", "two points", "cut", "odd", "no number"],
)
def test_polygons_that_are_none_are_refused(data: wire.WireParts) -> None:
    with pytest.raises(ProtocolError):
        wire.from_wire(data)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}",
        b'{"type":"nonsense","job":1}',
        b'{"type":"hello"}',
        b'{"type":"hello","job":"1"}',
        b'{"type":"predict","job":1,"project":"","token":"","image_id":1,'
        b'"settings":{"confidence":7}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_lines_that_are_no_request_are_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        protocol.decode_request(line)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_a_protocol_error(line: bytes) -> None:
    for decode in (protocol.decode_request, protocol.decode_event):
        with pytest.raises(ProtocolError):
            decode(line)
