import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import Page, Rule, Text, pdf_file

from extractors.read import read, read_bytes
from schemas.failure import UnreadableFile

THAI = "รายงานผลการดำเนินการตามมาตรการ เทศบาลตำบลทุ่งทอง ปี ๒๕๖๔"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043")
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def word_bytes(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "ก")
    return buffer.getvalue()


def failure_of(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as failure:
        read_bytes(data)
    return failure.value


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (THAI.encode(), "text"),
        (THAI.encode("cp874"), "text"),
        (f"<html><body><p>{THAI}</p></body></html>".encode(), "html"),
        (word_bytes(THAI), "docx"),
        (pdf_file([[Text(72, 72, THAI)]]), "pdf"),
    ],
    ids=["utf-8 text", "cp874 text", "html", "docx", "pdf"],
)
def test_the_format_is_told_by_the_content_whatever_the_name(tmp_path: Path, data: bytes, form: str) -> None:
    path = tmp_path / "รายงาน.bin"
    path.write_bytes(data)
    document = read(path)
    assert (document.format, document.text) == (form, THAI)


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe \x00\n\x00", word_bytes("")])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    assert failure_of(data).code == "empty"


@pytest.mark.parametrize("page", [None, [Rule(72, 72, 300, 72)]], ids=["picture", "drawing"])
def test_a_pdf_file_without_text_is_one_of_pictures_and_no_failure(page: Page) -> None:
    document = read_bytes(pdf_file([page, page]))
    assert document.text.strip() == ""
    assert [each.read_by for each in document.pages] == ["needs-ocr", "needs-ocr"]


def test_a_pdf_file_without_pages_that_can_be_read_is_damaged() -> None:
    assert failure_of(b"%PDF-1.7\n").code == "damaged"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "ไม่มี.txt", "missing"), (tmp_path, "unsupported-format")]:
        with pytest.raises(UnreadableFile) as failure:
            read(path)
        assert failure.value.code == code


@pytest.mark.parametrize(
    ("data", "name", "advice"),
    [
        (JPEG, "a JPEG image", ".docx"),
        (b"{\\rtf1\\ansi", "Rich Text", "--convert-to docx"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "old Word file (.doc)", "--convert-to docx"),
        (OLE2 + "Workbook".encode("utf-16-le"), "old Excel file (.xls)", "--convert-to html"),
        (packed("mimetype", "content.xml", "META-INF/manifest.xml"), "OpenDocument", "--convert-to docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "Excel file (.xlsx)", "--convert-to html"),
        (packed("รายงาน.txt"), "ZIP archive", "unpack"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "web page (.mht)", "save it as .docx"),
    ],
    ids=["jpeg", "rtf", "doc", "xls", "odt", "xlsx", "zip", "mht"],
)
def test_a_format_that_is_not_read_is_named_and_the_way_out_told(data: bytes, name: str, advice: str) -> None:
    failure = failure_of(data)
    assert failure.code == "unsupported-format"
    assert name in failure.message_en
    assert advice in failure.message_en
    assert failure.message_th.startswith("ไฟล์นี้เป็น")


def test_a_word_file_behind_a_password_is_told_so() -> None:
    assert failure_of(OLE2 + "EncryptedPackage".encode("utf-16-le")).code == "encrypted"


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_truncated_word_file_is_damaged(kept: float) -> None:
    data = word_bytes(THAI)
    assert failure_of(data[: int(len(data) * kept)]).code == "damaged"


def test_random_bytes_are_no_known_format() -> None:
    assert failure_of(bytes((index * 89 + 7) % 256 for index in range(2000))).code == "unsupported-format"


@pytest.mark.parametrize(
    "data", [b"The integrity assessment of the office was fair.", b"82.22 85.00", word_bytes("Hello")]
)
def test_a_document_without_thai_is_refused(data: bytes) -> None:
    assert failure_of(data).code == "not-thai"


def test_a_thai_list_of_scores_with_english_labels_is_thai() -> None:
    assert read_bytes("ผลการประเมิน\nOIT 26.75\nIIT 20.95\nEIT 23.85\nระดับ C".encode()).format == "text"


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    try:
        read_bytes(data)
    except UnreadableFile as failure:
        assert failure.message_th and failure.message_en


@given(text=st.text(max_size=200), start=st.sampled_from(["", "<html>", "\ufeff", "a\tb\n", "|a|\n|-|\n", "**"]))
def test_any_text_is_read_or_refused_with_a_reason(text: str, start: str) -> None:
    try:
        document = read_bytes((start + THAI + text).encode("utf-8", "surrogatepass"))
        assert THAI in document.text
    except UnreadableFile as failure:
        assert failure.code in ("unsupported-format", "not-thai")


WORD_FILE = word_bytes(THAI)


@settings(max_examples=60)
@given(place=st.integers(0, len(WORD_FILE) - 1), junk=st.binary(min_size=1, max_size=8))
def test_a_word_file_with_broken_bytes_is_read_or_refused_with_a_reason(place: int, junk: bytes) -> None:
    try:
        read_bytes(WORD_FILE[:place] + junk + WORD_FILE[place + len(junk) :])
    except UnreadableFile as failure:
        assert failure.code in ("damaged", "encrypted", "too-large", "unsupported-format", "empty", "not-thai")
