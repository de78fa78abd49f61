"""PDF files are read page by page, or refused with a reason; whatever is in them, reading ends."""

import subprocess
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_files import Page, Text, form, pdf_file, table

from extractors.read import read_bytes
from extractors.readers.pdf.reader import is_pdf, read_pdf
from schemas.failure import UnreadableFile

SENTENCES = (
    "สำนักปลัดจัดทำคำสั่งแต่งตั้งคณะทำงานประจำปี",
    "นำเสนอผลการดำเนินงานต่อที่ประชุมสภาท้องถิ่น",
    "ประชาชนร่วมประชุมรับฟังความคิดเห็นที่ศาลากลางบ้าน",
)
PAGE: Page = [Text(72, 100 + 24 * n, sentence) for n, sentence in enumerate(SENTENCES)]
FILE = pdf_file([PAGE])
SECONDS = 10


def objects(*bodies: bytes) -> bytes:
    """A file of these objects, without a table of their places: readers look for them."""
    data = b"%PDF-1.7\n"
    for number, body in enumerate(bodies, 1):
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return data + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def one_page(entries: bytes, content: bytes = b"") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R %s >>" % entries
    return objects(CATALOGUE, PAGES, page, content or b"<< /Length 0 >>\nstream\n\nendstream")


def test_a_pdf_file_is_known_by_its_head_though_some_bytes_stand_before_it() -> None:
    assert is_pdf(FILE)
    assert is_pdf(b"HTTP/1.1 200 OK\r\n\r\n" + FILE)
    assert not is_pdf(b"PK\x03\x04")
    assert not is_pdf(b" " * 2000 + FILE)


def test_pages_have_numbers_sizes_and_places_of_their_lines() -> None:
    first, second = read_pdf(pdf_file([PAGE, PAGE])).pages
    assert (first.number, second.number, first.width, first.height) == (1, 2, 595, 842)
    line = second.blocks[0]
    assert (line.page, line.text) == (2, SENTENCES[0])
    assert line.box is not None
    assert (line.box.x0, line.box.top < 100 < line.box.bottom) == (72, True)


def test_bytes_before_the_head_and_after_the_end_do_no_harm() -> None:
    assert read_pdf(b"junk\n" + FILE + b"\0" * 500).text == read_pdf(FILE).text


def test_a_file_cut_off_after_its_pages_is_read() -> None:
    assert read_pdf(FILE[: FILE.rfind(b"xref\n0")]).text == read_pdf(FILE).text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
        (FILE[:200], "damaged"),
        (objects(b"<< /Type /Catalog >>"), "damaged"),
        (objects(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"), "damaged"),
        (objects(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), "damaged"),
        (one_page(b"/MediaBox (none)"), "damaged"),
        (pdf_file([[Text(72, 100, "This is a letter in English and no report in Thai at all.")]]), "not-thai"),
    ],
    ids=["head only", "garbage", "cut off", "no page tree", "no pages", "pages in themselves", "no box", "English"],
)
def test_a_file_without_a_page_to_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(data)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        one_page(b"/MediaBox [0 0 0 0]"),
        one_page(b"/MediaBox [0 0 100000000 100000000]"),
        one_page(b""),
        one_page(b"/MediaBox [0 0 595 842]", b"5"),
        pdf_file([["/Fm1 Do"]], more={100: form("/Fm1 Do /Fm1 Do")}),
    ],
    ids=["no size", "huge", "no box", "contents that are none", "form in itself"],
)
def test_a_page_on_which_nothing_is_printed_needs_its_text_recognised(data: bytes) -> None:
    before = time.monotonic()
    (page,) = read_bytes(data).pages
    assert (page.read_by, page.blocks) == ("needs-ocr", ())
    assert time.monotonic() - before < SECONDS


def test_a_page_of_a_hundred_megabytes_of_blanks_ends_soon() -> None:
    bomb = zlib.compress(b" " * 100_000_000, 9)
    content = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb) + bomb + b"\nendstream"
    before = time.monotonic()
    (page,) = read_bytes(one_page(b"/MediaBox [0 0 595 842]", content)).pages
    assert page.blocks == ()
    assert time.monotonic() - before < SECONDS


def test_a_page_that_is_a_picture_needs_its_text_recognised_and_the_others_are_read() -> None:
    read = read_bytes(pdf_file([PAGE, None, PAGE])).pages
    assert [page.read_by for page in read] == ["layer", "needs-ocr", "layer"]
    assert [page.text for page in read] == ["\n".join(SENTENCES), "", "\n".join(SENTENCES)]


def test_a_stamp_on_a_picture_does_not_make_the_page_a_read_one() -> None:
    picture = "q 595 0 0 842 0 0 cm /Im1 Do Q"
    (page,) = read_bytes(pdf_file([[picture, Text(72, 60, "เอกสารแนบ ๑")]])).pages
    assert (page.read_by, page.text) == ("needs-ocr", "เอกสารแนบ ๑")


def test_a_picture_behind_a_page_of_text_does_no_harm() -> None:
    picture = "q 595 0 0 842 0 0 cm /Im1 Do Q"
    full = [Text(72, 100 + 24 * n, SENTENCES[n % 3]) for n in range(12)]
    (page,) = read_pdf(pdf_file([[picture, *full]])).pages
    assert page.read_by == "layer"


def test_a_layer_of_junk_is_left_out_and_its_page_needs_its_text_recognised() -> None:
    junk = [Text(72, 100 + 24 * n, "ฯใ่้ ๆๆฃฅ ฦ็์ ิิุ ฌฎฏ ๏๚๛ ฺ์ใโ ฤๅๅ ฃฃฅ ่่้") for n in range(8)]
    first, second = read_bytes(pdf_file([PAGE, junk])).pages
    assert (first.read_by, second.read_by) == ("layer", "needs-ocr")
    assert second.blocks == ()
    assert second.quality is not None
    assert second.quality < 0.6


def test_a_blank_page_between_others_is_read_as_blank() -> None:
    assert [page.read_by for page in read_bytes(pdf_file([PAGE, [], PAGE])).pages] == ["layer"] * 3


LONG = """
import resource, sys
from extractors.readers.pdf.reader import read_pdf
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
short, long = (open(name, "rb").read() for name in sys.argv[1:])
read_pdf(short)
before = peak()
assert len(read_pdf(long).pages) == 300
print(peak() - before)
"""
MOST_MEGABYTES = 200


def test_three_hundred_pages_are_read_within_bounded_memory(tmp_path: Path) -> None:
    files = [tmp_path / "short.pdf", tmp_path / "long.pdf"]
    for path, pages in zip(files, (2, 300), strict=True):
        path.write_bytes(pdf_file([full_page(number) for number in range(pages)]))
    command = [sys.executable, "-c", LONG, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout) < MOST_MEGABYTES


def full_page(number: int) -> Sequence[object]:
    """Some 1,200 letters, in lines and a table."""
    lines = [Text(72, 60 + 20 * n, f"{SENTENCES[n % 3]} {number} {n}") for n in range(12)]
    rows = [[str(n), SENTENCES[n % 3], SENTENCES[(n + 1) % 3]] for n in range(12)]
    return [*lines, *table(rows, (60, 90, 320, 560), top=320)]
