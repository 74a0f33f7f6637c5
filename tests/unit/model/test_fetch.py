"""Published weights are fetched from a server that is really there, go on, and are checked."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dynseg.errors import ModelFileError
from dynseg.model import fetch
from dynseg.progress import CancelledError, CancelToken, Progress

NAME = "yolo11n-seg.pt"
CONTENT = hashlib.shake_128(b"weights").digest(900_000)


@dataclass
class Server:
    """What the server has and does.

    Attributes:
        content: What it sends.
        breaks_after: Bytes after which it hangs up.
        knows_ranges: Whether it goes on in the middle.
        asked: Range header of each request.
    """

    content: bytes = CONTENT
    breaks_after: int = 1 << 30
    knows_ranges: bool = True
    asked: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append(wanted)
            if not self.path.endswith(NAME):
                self.send_error(404)
                return
            start = int(wanted[6:-1]) if wanted and state.knows_ranges else 0
            if start >= len(state.content):
                self.send_error(416)
                return
            rest = state.content[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest[: state.breaks_after])

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        state.address = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield state
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def small_release(monkeypatch: pytest.MonkeyPatch) -> None:
    release = fetch.Release(len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setitem(fetch.RELEASES, NAME, release)


def test_it_comes_whole_and_only_once(server: Server, tmp_path: Path) -> None:
    told: list[int] = []
    for _ in range(2):
        path = fetch.fetch(
            NAME, tmp_path, source=server.address, report=lambda p: told.append(p.done)
        )
        assert path.read_bytes() == CONTENT
    assert server.asked == [""]
    assert told == sorted(told)
    assert told[-1] == len(CONTENT) // 1024
    assert fetch.find(NAME, tmp_path) == path
    assert [p.name for p in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_it_goes_on_where_it_broke_off(
    server: Server, tmp_path: Path, *, knows_ranges: bool
) -> None:
    server.breaks_after, server.knows_ranges = 300_000, knows_ranges
    with pytest.raises(ModelFileError, match=r"fetched .*goes on where it was"):
        fetch.fetch(NAME, tmp_path, source=server.address)
    half = (tmp_path / f"{NAME}.part").stat().st_size
    assert 0 < half <= 300_000
    server.breaks_after = 1 << 30
    assert fetch.fetch(NAME, tmp_path, source=server.address).read_bytes() == CONTENT
    assert server.asked == ["", f"bytes={half}-"]


def test_what_is_not_the_published_file_is_thrown_away(server: Server, tmp_path: Path) -> None:
    longer, other = CONTENT + b"x" * 500_000, CONTENT[:-1] + b"?"
    for content in (longer, other):
        server.content = content
        with pytest.raises(ModelFileError, match="thrown away"):
            fetch.fetch(NAME, tmp_path, source=server.address)
        assert list(tmp_path.iterdir()) == []
    (tmp_path / f"{NAME}.part").write_bytes(other[:1000] + bytes(1000))
    server.content = CONTENT
    with pytest.raises(ModelFileError, match="thrown away"):
        fetch.fetch(NAME, tmp_path, source=server.address)
    assert fetch.fetch(NAME, tmp_path, source=server.address).read_bytes() == CONTENT


def test_without_a_network_it_says_where_to_put_the_file(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        fetch.fetch(NAME, tmp_path, source="http://127.0.0.1:9")
    assert str(tmp_path / NAME) in caught.value.hint
    with pytest.raises(ModelFileError, match="nothing is fetched unasked") as caught:
        fetch.find(NAME, tmp_path)
    assert str(tmp_path / NAME) in caught.value.hint
    assert f"{fetch.SOURCE}/{NAME}" in caught.value.hint
    with pytest.raises(ModelFileError, match="404"):
        fetch.fetch("yolo11s-seg.pt", tmp_path, source=server.address)
    (tmp_path / NAME).write_bytes(CONTENT[:-2])
    with pytest.raises(ModelFileError, match="SHA-256"):
        fetch.find(NAME, tmp_path)


def test_a_cancelled_download_keeps_what_came(server: Server, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        fetch.fetch(NAME, tmp_path, source=server.address, cancel=cancel)
    assert 0 < (tmp_path / f"{NAME}.part").stat().st_size < len(CONTENT)
    assert fetch.fetch(NAME, tmp_path, source=server.address).read_bytes() == CONTENT


def test_names_of_published_files() -> None:
    assert fetch.released_name("yolo11x-seg") == "yolo11x-seg.pt"
    assert fetch.released_name("yolo11m-seg.pt") == "yolo11m-seg.pt"
    assert fetch.released_name("best.pt") is None
    assert fetch.released_name("../yolo11n-seg.pt") is None


def test_two_programs_do_not_write_into_one_download(server: Server, tmp_path: Path) -> None:
    """Both would go on where the other one is, and throw the mixture away."""
    under_way, go_on = threading.Event(), threading.Event()
    ended: list[Path] = []

    def report(_: Progress) -> None:
        under_way.set()
        assert go_on.wait(20)

    def first() -> None:
        ended.append(fetch.fetch(NAME, tmp_path, source=server.address, report=report))

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert under_way.wait(20)
        with pytest.raises(ModelFileError, match="is being fetched already"):
            fetch.fetch(NAME, tmp_path, source=server.address)
    finally:
        go_on.set()
        thread.join()
    assert ended == [tmp_path / NAME]
    assert ended[0].read_bytes() == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
