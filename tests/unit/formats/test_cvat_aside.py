"""What CVAT says besides shapes with an area is told of, and makes no classes."""

from __future__ import annotations

from pathlib import Path

from tests.unit.formats.conftest import MakeProject

from dynseg.formats import cvat
from dynseg.formats.incoming.importing import import_labels

LABELS = """<label><name>nut</name><type>polygon</type></label>
<label><name> </name><type>tag</type></label>
<label><name>hand</name><type>skeleton</type></label>
<label><name>wrist</name><type>points</type></label>
<label><name>blurred</name><type>tag</type></label>
<label><name>any</name><type>any</type></label>"""
SQUARE = 'points="4,4;14,4;14,14;4,14"'
SHAPES = f"""<polygon label="nut" {SQUARE}><attribute name="rusty">true</attribute>
<attribute name="size">M4</attribute></polygon>
<polygon label="nut" occluded="1" points="20,4;30,4;30,14">
<attribute name="rusty">false</attribute></polygon>
<tag label="blurred"><attribute name="why">wind</attribute></tag>"""


def test_attributes_and_tags_are_told_and_labels_without_shapes_are_no_classes(
    make_project: MakeProject, tmp_path: Path
) -> None:
    """Attributes and tags went without a word, and left classes that nothing can have."""
    with make_project({"a.png": (64, 48)}, []) as store:
        (tmp_path / "own.xml").write_text(
            f"<annotations><meta><project><labels>{LABELS}</labels></project></meta>\n"
            f'<image id="0" name="a.png" width="64" height="48">{SHAPES}</image></annotations>'
        )
        done = import_labels(store, tmp_path / "own.xml")
        assert (done.instances, done.added_classes) == (2, ("nut", "any"))
        (told,) = done.repaired
        assert told.reason == (
            "has the tags blurred and has attributes at 1 of its shapes and calls 1 of its shapes "
            "occluded; they are not taken over"
        )
        assert told.line == 7
        assert not done.refused


def _track(frames: str) -> str:
    """A track: + for a frame that somebody drew, . for one between, - for the end, _ for none."""
    shapes = [
        f'<polygon frame="{at}" outside="{int(sign == "-")}" keyframe="{int(sign != ".")}" '
        f'{SQUARE} z_order="0"/>'
        for at, sign in enumerate(frames)
        if sign != "_"
    ]
    return f'<track id="{frames}" label="nut">{"".join(shapes)}</track>'


def test_a_track_lacks_only_what_is_not_in_the_file(tmp_path: Path) -> None:
    """CVAT writes what lies between key frames, and shapes of one frame as tracks."""
    tracks = ("+-", "+..+-", "_+.", "+-_+-", "+__+-", "+", "_+_")
    body = "".join(map(_track, tracks))
    size = "<original_size><width>64</width><height>48</height></original_size>"
    path = tmp_path / "own.xml"
    path.write_text(f"<annotations><meta><task>{size}</task></meta>{body}</annotations>")
    found = cvat.read(path)
    assert [finding.item for finding in found.findings] == ["track +__+-", "track +", "track _+_"]
    assert len(found.labels) == 4
