"""The strict reader of label lines: total, strict and its own inverse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynseg.formats.yolo.rows import ParsedLabels, format_row, parse

TRIANGLE = "0.1 0.1 0.9 0.1 0.5 0.9"


def read(text: str | bytes, class_count: int | None = 2) -> ParsedLabels:
    data = text.encode() if isinstance(text, str) else text
    return parse(data, path="a.txt", class_count=class_count)


def the_refusal(text: str | bytes, class_count: int | None = 2) -> str:
    labels = read(text, class_count)
    assert not labels.rows
    assert len(labels.refused) == 1
    return str(labels.refused[0])


def test_good_line() -> None:
    labels = read(f"1 {TRIANGLE}\n")
    assert not labels.repaired
    assert not labels.refused
    assert labels.rows[0].class_index == 1
    assert labels.rows[0].line == 1
    assert not labels.rows[0].is_box
    np.testing.assert_array_equal(labels.rows[0].points, [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"-1 {TRIANGLE}", "negative class"),
        (f"2 {TRIANGLE}", "only 2 classes"),
        (f"0.5 {TRIANGLE}", "not a whole number"),
        (f"1e300 {TRIANGLE}", "only 2 classes"),
        ("0 0.1 nan 0.9 0.1 0.5 0.9", "not a finite number"),
        ("0 0.1 inf 0.9 0.1 0.5 0.9", "not a finite number"),
        ("0 0.1 1e999 0.9 0.1 0.5 0.9", "not a finite number"),
        ("0 0.1 0.1 0.9 0.1 0.5", "odd number"),
        ("0 0.1 0.1", "fewer than 3 points"),
        ("0", "fewer than 3 points"),
        ("0 0.1 0.1 0.1 0.1 0.1 0.1", "fewer than 3 different points"),
        ("0 0.5 0.5 0 0.2", "without an area"),
        ("0 0.1 0.1 1.2 0.1 0.5 0.9", "far outside"),
        ("0 0.1 0.1 350 0.1 0.5 0.9", "far outside"),
        ("cat 0.1 0.1 0.9 0.1 0.5 0.9", "not a number"),
        ("0 0.1 0.1 0.9 0.1 0.5 0_9", "not a number"),
        ("0 0.1 0.1 0.9 0.1 0.5 --9", "not a number"),
        ("0 ٠.١ 0.1 0.9 0.1 0.5 0.9", "not a number"),
        (f"0 {TRIANGLE}\u20280 {TRIANGLE}\u20280 {TRIANGLE}", "not a number"),
    ],
)
def test_bad_line_is_refused_with_its_place(line: str, reason: str) -> None:
    found = the_refusal(line)
    assert found.startswith("a.txt:1: ")
    assert reason in found


def test_one_bad_line_costs_nothing_else() -> None:
    labels = read(f"0 {TRIANGLE}\n\n0 nan\r\n \t\n1 {TRIANGLE}")
    assert [row.line for row in labels.rows] == [1, 5]
    assert [finding.line for finding in labels.refused] == [3]


def test_byte_order_mark_and_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        labels = read(b"\xef\xbb\xbf" + f"0 {TRIANGLE}{end}1 {TRIANGLE}{end}".encode())
        assert [row.class_index for row in labels.rows] == [0, 1]
        assert not labels.refused


def test_file_in_another_encoding() -> None:
    assert not read(f"0 {TRIANGLE}".encode("utf-16")).refused
    assert the_refusal(f"0 {TRIANGLE}".encode("utf-16-le")) == "a.txt: is not a text file"
    assert the_refusal(b"0 \xff\xfe 0.1").startswith("a.txt:1: ")


def test_box_becomes_a_rectangle_and_is_reported() -> None:
    labels = read("0 0.5 0.5 0.4 0.2")
    assert labels.rows[0].is_box
    np.testing.assert_allclose(
        labels.rows[0].points, [[0.3, 0.4], [0.7, 0.4], [0.7, 0.6], [0.3, 0.6]]
    )
    assert "box" in labels.repaired[0].reason


def test_points_a_little_outside_move_to_the_border() -> None:
    labels = read("0 -0.004 0.1 1.009 0.1 0.5 0.9")
    np.testing.assert_array_equal(labels.rows[0].points, [[0, 0.1], [1, 0.1], [0.5, 0.9]])
    assert "border" in labels.repaired[0].reason
    assert not read("0 -0.0000005 0.1 1.000001 0.1 0.5 0.9").repaired


def test_doubled_line_is_dropped_and_reported() -> None:
    labels = read(f"0 {TRIANGLE}\n0 {TRIANGLE}\n1 {TRIANGLE}")
    assert len(labels.rows) == 2
    assert [finding.line for finding in labels.repaired] == [2]


def test_closing_point_is_not_kept_twice() -> None:
    assert len(read("0 0.1 0.1 0.9 0.1 0.9 0.1 0.5 0.9 0.1 0.1").rows[0].points) == 3


def test_class_limit_without_known_classes() -> None:
    assert read(f"9999 {TRIANGLE}", None).rows
    assert "not possible" in the_refusal(f"10000 {TRIANGLE}", None)


TOKENS = st.one_of(
    st.floats(width=32).map(str),
    st.floats(-0.02, 1.02).map(lambda v: f"{v:.6f}"),
    st.integers(-2, 12).map(str),
    st.sampled_from(["", "nan", "-inf", "1e999", "\u2028", "\x00", "\x85", "\xa0", "0x1", "é"]),
)
LINES = st.lists(TOKENS, max_size=12).map(" ".join)
FILES = st.lists(LINES, max_size=5).map(lambda lines: "\n".join(lines).encode())


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=200), FILES), st.sampled_from([None, 1, 3]))
def test_reader_never_raises_and_reads_its_own_output(data: bytes, count: int | None) -> None:
    labels = parse(data, path="a.txt", class_count=count)
    for row in labels.rows:
        assert row.points.shape[1] == 2
        assert len(row.points) >= 3
        assert np.isfinite(row.points).all()
        assert row.points.min() >= 0
        assert row.points.max() <= 1
        assert row.class_index < (count or 10_000)
    written = "".join(f"{format_row(row.class_index, row.points)}\n" for row in labels.rows)
    again = parse(written.encode(), path="a.txt", class_count=count)
    rewritten = "".join(f"{format_row(row.class_index, row.points)}\n" for row in again.rows)
    third = parse(rewritten.encode(), path="a.txt", class_count=count)
    assert not third.refused
    assert [r.class_index for r in third.rows] == [r.class_index for r in again.rows]
    for a, b in zip(again.rows, third.rows, strict=True):
        np.testing.assert_array_equal(a.points, b.points)


def test_written_numbers_are_short_and_exact_enough() -> None:
    points = np.array([[0.0, 1.0], [1 / 3, 0.5], [0.123456789, 0.25]])
    assert format_row(3, points) == "3 0.0 1.0 0.33333333 0.5 0.12345679 0.25"
    points[0, 0] = 1e-5
    assert format_row(0, points).startswith("0 0.00001000 1.00000000 ")
