"""Content streams are read operator by operator, and nothing in one stops the reading."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.pdf.content_stream import MAX_OPERANDS, operations

SECONDS = 5


def read(data: bytes) -> list[tuple[bytes, list[Any]]]:
    return [(operator, list(operands)) for operator, operands in operations(data)]


@pytest.mark.parametrize(
    ("written", "operand"),
    [
        (b"12", 12),
        (b"-.5", -0.5),
        (b"+7.", 7),
        (b"(text)", b"text"),
        (b"(a (b) c)", b"a (b) c"),
        (rb"(\(\)\\\n\101\0611)", b"()\\\nA11"),
        (b"(a\\\nb)", b"ab"),
        (b"()", b""),
        (b"<0E01>", b"\x0e\x01"),
        (b"<0E 0\n1>", b"\x0e\x01"),
        (b"<0E0>", b"\x0e\x00"),
        (b"/F1", "F1"),
        (b"/A#20B", "A B"),
        (b"[(a) -5 <62>]", [b"a", -5, b"b"]),
        (b"[]", []),
        (b"<< /ActualText (a) /MCID 3 >>", {"ActualText": b"a", "MCID": 3}),
        (b"<< /Inner << /List [1 2] >> >>", {"Inner": {"List": [1, 2]}}),
    ],
)
def test_an_operand_is_read_as_it_is_written(written: bytes, operand: object) -> None:
    assert read(written + b" op") == [(b"op", [operand])]


def test_operators_need_no_blanks_where_none_are_needed() -> None:
    assert read(b"q[(a)1]TJ/F1 12 Tf(b)' T*\nQ") == [
        (b"q", []),
        (b"TJ", [[b"a", 1]]),
        (b"Tf", ["F1", 12]),
        (b"'", [b"b"]),
        (b"T*", []),
        (b"Q", []),
    ]


def test_a_comment_ends_with_its_line() -> None:
    assert read(b"1 % (2) Tj\n3 w") == [(b"w", [1, 3])]


def test_the_bytes_of_a_picture_in_the_stream_are_no_operators() -> None:
    assert [operator for operator, _ in read(b"BI /W 1 ID q Q (EIq \xff EI Q")] == [b"BI", b"ID", b"Q"]


@pytest.mark.parametrize("rest", [b"(text", b"<0E01", b"[1 2", b"<< /A 1", b"BI ID \xff\xff", b"/", b">> ] 1"])
def test_what_the_end_of_the_stream_cuts_off_does_not_harm_what_stands_before_it(rest: bytes) -> None:
    assert read(b"1 w " + rest)[0] == (b"w", [1])


def test_brackets_that_close_nothing_are_passed_over() -> None:
    assert read(b"] >> 1 w") == [(b"w", [1])]


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    assert len(read(data)) <= len(data)


@given(
    words=st.lists(st.sampled_from([b"(", b")", b"<", b">", b"<<", b">>", b"[", b"]", b"/N", b"1", b"Tj", b"\\", b"%"]))
)
def test_brackets_in_any_order_are_read_to_their_end(words: list[bytes]) -> None:
    assert len(read(b" ".join(words))) <= len(words)


@pytest.mark.parametrize("part", [b" ", b"[", b"(", b"<", b"<< ", b"1 ", b"(a", b"<a ", b"\\", b"/", b"%", b"BI ID "])
def test_many_of_the_same_bytes_are_read_soon(part: bytes) -> None:
    data = part * (300_000 // len(part))
    before = time.monotonic()
    read(data)
    assert time.monotonic() - before < SECONDS


def test_numbers_without_end_are_not_kept() -> None:
    ((_, operands),) = read(b"1 " * (2 * MAX_OPERANDS) + b"w")
    assert len(operands) == MAX_OPERANDS
