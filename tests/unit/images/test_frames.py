"""Videos and multi-page TIFF as frames (G8)."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import ExifTags, Image

from dynseg.cli import main as cli
from dynseg.errors import InputError
from dynseg.images.decode import decode
from dynseg.images.frame_process import extract_apart
from dynseg.images.frames import FrameChoice, extract
from dynseg.images.index import content_hash
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store

SIZE = (64, 48)


def picture(seed: int) -> np.ndarray:
    """Large blobs that survive compression, other ones for each seed."""
    coarse = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return cv2.resize(coarse, SIZE, interpolation=cv2.INTER_NEAREST)


def video(path: Path, scenes: list[int]) -> Path:
    """A frame for each scene; equal numbers look the same."""
    code = cv2.VideoWriter.fourcc(*("mp4v" if path.suffix == ".mp4" else "MJPG"))
    writer = cv2.VideoWriter(str(path), code, 10, SIZE)
    assert writer.isOpened()
    for scene in scenes:
        writer.write(picture(scene))
    writer.release()
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", [".mp4", ".avi", ".mkv"])
def test_frames_keep_the_number_that_they_have_in_the_video(tmp_path: Path, suffix: str) -> None:
    source = video(tmp_path / f"clip{suffix}", list(range(12)))
    before = content_hash(source)
    done = extract(source, tmp_path / "out", FrameChoice(every=5))
    assert names(tmp_path / "out") == ["clip-000000.jpg", "clip-000005.jpg", "clip-000010.jpg"]
    assert (done.seen, done.written, done.note) == (12, 3, "")
    assert content_hash(source) == before
    with Image.open(tmp_path / "out" / "clip-000005.jpg") as image:
        seen = np.asarray(image.convert("RGB"), int)
    assert np.abs(seen - picture(5)[:, :, ::-1].astype(int)).mean() < 12, "the frame of that number"


def test_more_frames_are_added_beside_those_that_are_there(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", list(range(6)))
    extract(source, tmp_path / "out", FrameChoice(every=3))
    first = tmp_path / "out" / "clip-000000.jpg"
    first.write_bytes(b"changed by a person")
    done = extract(source, tmp_path / "out", FrameChoice(every=1))
    assert (done.written, done.kept) == (4, 2)
    assert first.read_bytes() == b"changed by a person", "nothing is replaced"


def test_frames_that_show_the_same_are_left_out(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", [1, 1, 1, 2, 2, 1])
    done = extract(source, tmp_path / "out", FrameChoice(different=True))
    assert names(tmp_path / "out") == ["clip-000000.jpg", "clip-000003.jpg", "clip-000005.jpg"]
    assert done.alike == 3


def test_pages_keep_their_depth(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.full((20, 30), 1000 * n, np.uint16)) for n in range(3)]
    source = tmp_path / "stack.tif"
    pages[0].save(source, save_all=True, append_images=pages[1:])
    done = extract(source, tmp_path / "out")
    assert names(tmp_path / "out") == [f"stack-00000{n}.png" for n in range(3)]
    assert done.seen == 3
    with Image.open(tmp_path / "out" / "stack-000002.png") as image:
        assert np.asarray(image).max() == 2000


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", list(range(6)))
    token = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.done == 3:
            token.cancel()

    with pytest.raises(CancelledError):
        extract(source, tmp_path / "out", report=stop, cancel=token)
    assert names(tmp_path) == ["clip.avi"]


def test_a_video_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", list(range(30)))
    data = source.read_bytes()
    source.write_bytes(data[: len(data) // 2])
    done = extract(source, tmp_path / "out")
    assert 0 < done.written < 30


@pytest.mark.parametrize(
    "content",
    [b"", b"no video at all", b"#EXTM3U\n#EXTINF:1,\nsecret.mp4\n", b"ffconcat version 1.0\n"],
)
def test_what_is_no_video_is_refused(tmp_path: Path, content: bytes) -> None:
    video(tmp_path / "secret.mp4", [1])
    source = tmp_path / "clip.mp4"
    source.write_bytes(content)
    with pytest.raises(InputError):
        extract(source, tmp_path / "out")
    assert names(tmp_path) == ["clip.mp4", "secret.mp4"]


def test_a_damaged_container_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(b"\0\0\0\x20ftypisom" + bytes(range(256)) * 40)
    with pytest.raises(InputError):
        extract(source, tmp_path / "out")
    source = tmp_path / "stack.tif"
    source.write_bytes(b"II*\0" + bytes(200))
    with pytest.raises(InputError):
        extract(source, tmp_path / "out")


def test_the_first_page_of_a_tiff_that_is_an_image_already_does_not_come_twice(
    tmp_path: Path,
) -> None:
    pages = [Image.fromarray(np.full((20, 30), 50 * n, np.uint8)) for n in range(1, 5)]
    images = tmp_path / "images"
    images.mkdir()
    source = images / "stack.tif"
    pages[0].save(source, save_all=True, append_images=pages[1:])
    Store.create(tmp_path, images=images).close()
    assert cli.main(["frames", str(source), str(tmp_path)]) == 0
    with Store.open(tmp_path) as store:
        assert [row.rel for row in store.images()] == [
            "stack-frames/stack-000001.png",
            "stack-frames/stack-000002.png",
            "stack-frames/stack-000003.png",
            "stack.tif",
        ]
        assert store.known_frames(tmp_path / "elsewhere.tif") == 0
    done = extract(source, tmp_path / "out", FrameChoice(different=True, known=1))
    assert names(tmp_path / "out") == []
    assert (done.seen, done.kept, done.alike) == (4, 1, 3), "grey alone: all show the same"


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_pages_that_lie_on_their_side_are_as_the_image_is(tmp_path: Path, orientation: int) -> None:
    """Pillow maps plain ones into memory with their sides swapped: they came out scrambled."""
    grey = Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 60), np.uint8))
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = orientation
    path = tmp_path / "scan.tif"
    grey.save(path, save_all=True, append_images=[grey], exif=turned)
    extract(path, tmp_path / "out")
    for frame in (tmp_path / "out").iterdir():
        assert (decode(frame).pixels == decode(path).pixels).all()


def test_frames_become_images_of_a_project(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", list(range(4)))
    images = tmp_path / "images"
    (images / "other").mkdir(parents=True)
    Image.new("RGB", SIZE).save(images / "a.png")
    Image.new("RGB", SIZE).save(images / "other" / "not-mine.png")
    Store.create(tmp_path, images=images).close()
    assert cli.main(["frames", str(source), str(tmp_path), "--every", "2"]) == 0
    with Store.open(tmp_path) as store:
        assert [row.rel for row in store.images()] == [
            "a.png",
            "clip-frames/clip-000000.jpg",
            "clip-frames/clip-000002.jpg",
        ], "a folder that is not of frames stays out"
        assert store.rescan().missing == 0


def test_two_videos_of_one_name_have_a_folder_each(tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    (tmp_path / "right").mkdir()
    left = video(tmp_path / "left" / "clip.avi", [1, 2])
    right = video(tmp_path / "right" / "clip.avi", [3, 4])
    images = tmp_path / "images"
    images.mkdir()
    Store.create(tmp_path, images=images).close()
    for source in (left, right, left, right):
        assert cli.main(["frames", str(source), str(tmp_path)]) == 0
    with Store.open(tmp_path) as store:
        assert [row.rel for row in store.images()] == [
            "clip-frames-2/clip-000000.jpg",
            "clip-frames-2/clip-000001.jpg",
            "clip-frames/clip-000000.jpg",
            "clip-frames/clip-000001.jpg",
        ]
        assert store.frame_folder(tmp_path / "gone" / "clip.avi") == images / "clip-frames"


def test_a_page_over_the_limit_is_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "huge.tif"
    tags = {256: 100_000, 257: 100_000, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 8, 279: 64}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    source.write_bytes(struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4))
    with pytest.raises(InputError, match="over the limit of 512 million"):
        extract(source, tmp_path / "out")
    with pytest.raises(InputError, match="over the limit of 512 million"):
        extract_apart(source, tmp_path / "out")
    assert names(tmp_path) == ["huge.tif"]


def test_a_process_of_its_own_gives_the_same_frames_and_tells_how_far_it_is(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", [0, 0, 1, 2, 2, 3])
    told: list[Progress] = []
    choice = FrameChoice(different=True)
    apart = extract_apart(source, tmp_path / "apart", choice, report=told.append)
    here = extract(source, tmp_path / "here", choice)
    assert names(tmp_path / "apart") == names(tmp_path / "here")
    assert (apart.seen, apart.written, apart.alike) == (here.seen, here.written, here.alike)
    assert apart.folder == tmp_path / "apart"
    assert told[0].stage == "Reading frames"


def test_what_goes_wrong_in_the_process_is_said_as_here(tmp_path: Path) -> None:
    (tmp_path / "clip.avi").write_bytes(b"no video")
    with pytest.raises(InputError) as here:
        extract(tmp_path / "clip.avi", tmp_path / "out")
    with pytest.raises(InputError) as apart:
        extract_apart(tmp_path / "clip.avi", tmp_path / "out")
    assert str(apart.value) == str(here.value)


def test_a_decoder_that_takes_too_much_memory_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", list(range(9)))
    with pytest.raises(InputError, match="too much memory"):
        extract_apart(source, tmp_path / "out", memory_bytes=1)
    assert names(tmp_path) == ["clip.avi"]


def test_a_stopped_process_leaves_nothing(tmp_path: Path) -> None:
    source = video(tmp_path / "clip.avi", list(range(9)))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        extract_apart(source, tmp_path / "out", cancel=cancel)
    assert names(tmp_path) == ["clip.avi"]
