"""A text is a part of another exactly if its bytes are; and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.packed_text import pack, unpack
from db.query import fold_text

MIXED = st.text(alphabet="กขำ1a \n\x01\x10\x1f\x7fé“😀\u0e00\u0e3b\u0e5c\u00a0", max_size=8)


@given(text=MIXED | st.text(max_size=20).map(fold_text))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unpack(pack(text)) == text


@given(text=MIXED, part=MIXED)
def test_bytes_hold_others_exactly_if_the_texts_do(text: str, part: str) -> None:
    assert (pack(part) in pack(text)) == (part in text)


@pytest.mark.parametrize("text", ["โปร่งใส 2562\nita", "๐๙ฯ๚๛"])
def test_thai_and_ascii_take_a_byte_each(text: str) -> None:
    assert len(pack(text)) == len(text)
