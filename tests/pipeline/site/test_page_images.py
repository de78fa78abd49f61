"""Images of pages: what is drawn stands where the reader says, each page is drawn once, and nothing stops the site."""

import hashlib
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_files import HEIGHT, Text, pdf_file
from PIL import Image

from extractors.read import read_bytes
from pipeline.look.rendering import MOST_PIXELS
from pipeline.settings import Settings
from pipeline.site import page_images
from pipeline.site.image_cache import CacheSettings, ImageCache
from pipeline.site.page_images import AT_A_TIME, MOST_ASKED, DrawnPage, PageImages, PageKey, draw
from schemas.document import Box, Line
from schemas.failure import Failure

WORDS = "ประกาศเจตจำนงสุจริต"
BAR = f"150 {HEIGHT - 300} 100 10 re f"
PAGE = [Text(150, 300, WORDS), BAR]
# The same number of bytes, so that the file's own table of places stays right.
AT_ORIGIN, ELSEWHERE = b"/MediaBox [0 0 595 842] /Contents", b"/MediaBox[90 80 685 922]/Contents"


@pytest.fixture
def images(tmp_path: Path) -> PageImages:
    return PageImages(ImageCache(tmp_path, CacheSettings()))


def _stored(folder: Path, data: bytes) -> tuple[Path, PageKey]:
    path = folder / "report.pdf"
    path.write_bytes(data)
    return path, PageKey(hashlib.sha256(data).hexdigest(), 1, 96)


def _opened(png: bytes | None) -> Image.Image:
    assert png is not None
    return Image.open(io.BytesIO(png)).convert("L")


def _dark(image: Image.Image) -> int:
    return sum(image.histogram()[:128])


@pytest.mark.parametrize(
    "entries",
    [
        "",
        "/Rotate 90",
        "/Rotate 180",
        "/Rotate 270",
        "/CropBox [140 400 400 700]",
        "/CropBox [140 400 400 700] /Rotate 90",
    ],
)
@pytest.mark.parametrize("media_box", [AT_ORIGIN, ELSEWHERE], ids=["at the origin", "elsewhere"])
def test_all_that_is_dark_is_in_the_box_of_the_words(tmp_path: Path, entries: str, media_box: bytes) -> None:
    data = pdf_file([PAGE], entries=entries).replace(AT_ORIGIN, media_box)
    page = read_bytes(data).pages[0]
    lines = [block for block in page.blocks if isinstance(block, Line)]
    assert [line.text for line in lines] == [WORDS]
    path, key = _stored(tmp_path, data)
    image = _opened(draw(path, key.sha256, 1, 96).png)
    box, (width, height) = lines[0].box, (page.width, page.height)
    assert box is not None and width is not None and height is not None
    area = _pixels(box, image, width, height)
    assert _dark(image) > 1000
    assert _dark(image.crop(area)) == _dark(image)
    assert _dark(image.crop(area)) > 0.25 * (area[2] - area[0]) * (area[3] - area[1])


def test_a_page_whose_size_the_file_states_for_all_pages_is_drawn_whole(tmp_path: Path) -> None:
    for_all = {2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] /MediaBox [0 0 1191 842] >>"}
    data = pdf_file([[*PAGE, "1000 500 100 10 re f"]], more=for_all).replace(
        b"/MediaBox [0 0 595", b"/MediaBux [0 0 595"
    )
    page = read_bytes(data).pages[0]
    path, key = _stored(tmp_path, data)
    image = _opened(draw(path, key.sha256, 1, 72).png)
    assert (page.width, page.height) == image.size == (1191, 842)
    assert _dark(image.crop((1000, 332, 1100, 342))) == 1000


def _pixels(box: Box, image: Image.Image, width: float, height: float) -> tuple[int, int, int, int]:
    """The box in pixels of the image, with three around it."""
    across, down = image.width / width, image.height / height
    left, top = round(box.x0 * across) - 3, round(box.top * down) - 3
    return left, top, round(box.x1 * across) + 3, round(box.bottom * down) + 3


def test_a_page_that_claims_to_be_huge_is_drawn_small(tmp_path: Path) -> None:
    path, key = _stored(tmp_path, pdf_file([PAGE], (14_000, 14_000)))
    assert _opened(draw(path, key.sha256, 1, 192).png).width ** 2 <= 1.01 * MOST_PIXELS


def test_a_page_is_drawn_in_a_process_of_its_own_and_kept(tmp_path: Path, images: PageImages) -> None:
    path, key = _stored(tmp_path, pdf_file([PAGE]))
    assert images.kept(key) is None
    answer = images.asked(key, path).result()
    assert answer.state == "drawn"
    assert _dark(_opened(answer.png)) > 1000
    path.unlink()
    assert images.kept(key) == answer


@pytest.mark.parametrize("content", [b"%PDF-1.7 and nothing else", b"\x00" * 100], ids=["broken", "no PDF at all"])
def test_a_file_that_cannot_be_drawn_is_told_so(tmp_path: Path, images: PageImages, content: bytes) -> None:
    path, key = _stored(tmp_path, content)
    answer = images.asked(key, path).result()
    assert (answer.state, answer.failure and answer.failure.code) == ("failed", "damaged")
    assert images.failure(key) == answer.failure


def test_a_page_that_the_file_has_not_is_told_so(tmp_path: Path, images: PageImages) -> None:
    path, key = _stored(tmp_path, pdf_file([PAGE]))
    assert images.asked(key._replace(page=2), path).result().state == "failed"


def test_a_file_with_other_bytes_is_not_drawn(tmp_path: Path, images: PageImages) -> None:
    path, key = _stored(tmp_path, pdf_file([PAGE]))
    path.write_bytes(pdf_file([[Text(10, 10, "คนละฉบับ")]]))
    assert images.asked(key, path).result().state == "changed"
    assert images.kept(key) is None


class Drawing:
    """In place of the drawing process: counts what it is asked for, and waits until it is let go."""

    def __init__(self, answer: DrawnPage | Failure) -> None:
        self.answer = answer
        self.drawn: list[Path] = []
        self.at_once = 0
        self.most_at_once = 0
        self.may_end = threading.Event()
        self._lock = threading.Lock()

    def __call__(
        self, job: Callable[[Path], DrawnPage], path: Path, source: str, settings: Settings
    ) -> DrawnPage | Failure:
        with self._lock:
            self.drawn.append(path)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        assert self.may_end.wait(20)
        with self._lock:
            self.at_once -= 1
        return self.answer


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    file = io.BytesIO()
    Image.new("L", (1, 1)).save(file, "PNG")
    stub = Drawing(DrawnPage(png=file.getvalue()))
    monkeypatch.setattr(page_images, "run_limited", stub)
    return stub


def test_a_page_asked_for_many_times_at_once_is_drawn_once(images: PageImages, drawing: Drawing) -> None:
    key = PageKey("0" * 64, 1, 96)
    waiting = [images.asked(key, Path("a.pdf")) for _ in range(200)]
    drawing.may_end.set()
    assert {each.result().state for each in waiting} == {"drawn"}
    assert images.asked(key, Path("a.pdf")).result().state == "drawn"
    assert len(drawing.drawn) == 1


def test_two_pages_are_drawn_at_a_time_and_what_is_too_much_is_refused(images: PageImages, drawing: Drawing) -> None:
    waiting = [images.asked(PageKey("0" * 64, number, 96), Path("a.pdf")) for number in range(1, MOST_ASKED + 1)]
    assert images.asked(PageKey("0" * 64, MOST_ASKED + 1, 96), Path("a.pdf")).result().state == "busy"
    drawing.may_end.set()
    assert {each.result().state for each in waiting} == {"drawn"}
    assert len(drawing.drawn) == MOST_ASKED
    assert 1 <= drawing.most_at_once <= AT_A_TIME
    assert images.asked(PageKey("0" * 64, MOST_ASKED + 1, 96), Path("a.pdf")).result().state == "drawn"


def test_a_page_that_failed_is_not_tried_again_at_once(images: PageImages, drawing: Drawing) -> None:
    drawing.answer = Failure(source="a.pdf", code="too-slow", message_th="ช้า", message_en="It is slow.")
    drawing.may_end.set()
    key = PageKey("0" * 64, 1, 96)
    assert [images.asked(key, Path("a.pdf")).result().state for _ in range(3)] == ["failed"] * 3
    assert len(drawing.drawn) == 1


def test_a_fault_of_the_site_reaches_all_who_wait_and_is_not_kept(
    images: PageImages, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> DrawnPage:
        raise OSError("no processes left")

    monkeypatch.setattr(page_images, "run_limited", broken)
    key = PageKey("0" * 64, 1, 96)
    with pytest.raises(OSError, match="no processes left"):
        images.asked(key, Path("a.pdf")).result()
    monkeypatch.setattr(page_images, "run_limited", drawing)
    drawing.may_end.set()
    assert images.asked(key, Path("a.pdf")).result().state == "drawn"
