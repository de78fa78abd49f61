"""What the commands on one document show of a PDF file: its text, its tables, a page with its marks."""

import io
import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from pdf_files import Page, Rule, Text, pdf_file, table
from PIL import Image

from pipeline.cli import main
from pipeline.exit_codes import ExitCode
from pipeline.look.drawing import STYLES
from pipeline.look.rendering import MOST_PIXELS, MOST_PIXELS_A_SIDE

EDGES = (60, 90, 200, 360, 560)
COVER: Page = [
    Text(72, 60, "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
    Text(72, 84, "ประจำปีงบประมาณ พ.ศ. ๒๕๖๔"),
    Text(72, 120, "องค์การบริหารส่วนตำบลหนองบัวทอง"),
    Text(72, 150, "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๓ คะแนน 81.25 ระดับ B"),
    *table(
        [
            ["ที่", "ตัวชี้วัด", "มาตรการ", "การดำเนินการตามมาตรการ"],
            ["๑", "การใช้งบประมาณ", "๑. เผยแพร่แผนงบประมาณ", "๑. ปิดประกาศแผน ณ ที่ทำการ"],
        ],
        EDGES,
        top=200,
    ),
]
# The «ที่» of the first line below the table has its mark in the private use area, as old Thai fonts do.
NEXT: Page = [
    *table([["๒", "การป้องกันการทุจริต", "๑. ประกาศเจตจำนงสุจริต", "๑. ผู้บริหารลงนามที่หอประชุม"]], EDGES, top=60),
    Text(72, 200, "ที\uf70aอยู่และเบอร์โทรศัพท์ของผู้รับผิดชอบ"),
    Text(72, 250, "ดูได้จากเว็บไซต์ของหน่วยงาน"),
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three pages, the last of which is a picture."""
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(pdf_file([COVER, NEXT, None]))
    return path


@pytest.fixture(scope="module")
def table_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word file with two tables, one of them with a merged cell, line ends and a tab."""
    document = docx.Document()
    document.add_paragraph("ตารางแสดงผลการดำเนินการตามมาตรการ")
    first = document.add_table(2, 3)
    first.cell(0, 0).merge(first.cell(0, 1)).text = "มาตรการ"
    first.cell(0, 2).text = "ผล\tการดำเนินการ"
    for column, text in enumerate(("๑", "จัดทำคู่มือ\nการปฏิบัติงาน", "ทำแล้ว")):
        first.cell(1, column).text = text
    document.add_paragraph("ตารางถัดไป")
    second = document.add_table(2, 2)
    second.cell(0, 0).text, second.cell(1, 1).text = "ข้อ", "ไม่มีข้อมูล"
    path = tmp_path_factory.mktemp("docx") / "tables.docx"
    document.save(str(path))
    return path


def test_text_of_one_page_has_its_lines_and_the_cells_of_a_row_joined_by_tabs(report: Path) -> None:
    second = run("text", report, "--page", "2")
    assert second.stdout.splitlines() == [
        "๒\tการป้องกันการทุจริต\t๑. ประกาศเจตจำนงสุจริต\t๑. ผู้บริหารลงนามที่หอประชุม",
        "ที่อยู่และเบอร์โทรศัพท์ของผู้รับผิดชอบ",
        "ดูได้จากเว็บไซต์ของหน่วยงาน",
    ]
    assert second.stderr == ""
    whole = run("text", report).stdout
    assert whole.startswith(run("text", report, "--page", "1").stdout)
    assert second.stdout in whole


@pytest.mark.parametrize("command", ["text", "tables"])
def test_pages_that_were_not_read_are_told_on_standard_error(report: Path, command: str) -> None:
    result = run(command, report, "--page", "3")
    assert (result.exit_code, result.stdout.strip()) == (ExitCode.OK, "")
    assert "page 3" in result.stderr
    assert run(command, report).stderr.count("page 3") == 1


@pytest.mark.parametrize("arguments", [("text",), ("tables",), ("look", "-o", "page.png")])
def test_a_page_that_is_not_there_is_told_with_the_number_of_pages(
    report: Path, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, report, "--page", "4")
    assert result.exit_code == ExitCode.USAGE
    assert [line.startswith(f"{report}: ") for line in result.stderr.splitlines()] == [True, True]
    assert "มี 3 หน้า" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["text", "tables"])
def test_a_format_without_pages_has_page_one_only(table_file: Path, command: str) -> None:
    assert run(command, table_file, "--page", "1").stdout == run(command, table_file).stdout
    assert run(command, table_file, "--page", "2").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("page", ["0", "-1", "x"])
def test_a_page_number_that_makes_no_sense_is_a_usage_error(report: Path, page: str) -> None:
    assert run("text", report, "--page", page).exit_code == ExitCode.USAGE


def test_tables_are_rows_of_cells_with_tabs_between(report: Path) -> None:
    rows = [line.split("\t") for line in run("tables", report, "--page", "1").stdout.splitlines()]
    assert rows == [
        ["ที่", "ตัวชี้วัด", "มาตรการ", "การดำเนินการตามมาตรการ"],
        ["๑", "การใช้งบประมาณ", "๑. เผยแพร่แผนงบประมาณ", "๑. ปิดประกาศแผน ณ ที่ทำการ"],
    ]


def test_an_empty_line_parts_the_tables_of_all_pages(report: Path) -> None:
    first, second = (run("tables", report, "--page", page).stdout for page in "12")
    assert run("tables", report).stdout == f"{first}\n{second}"


def test_a_merged_cell_stands_once_and_line_ends_and_tabs_are_blanks(table_file: Path) -> None:
    first = "มาตรการ\t\tผล การดำเนินการ\n๑\tจัดทำคู่มือ การปฏิบัติงาน\tทำแล้ว\n"
    assert run("tables", table_file).stdout == f"{first}\nข้อ\t\n\tไม่มีข้อมูล\n"


def test_lines_that_the_width_of_a_cell_broke_are_joined(tmp_path: Path) -> None:
    cell = [Text(94, 77 + 18 * n, text) for n, text in enumerate(("เผยแพร่แผนการใช้จ่าย", "งบประมาณประจำปี"))]
    box = [Rule(60, y, 300, y) for y in (60, 104)] + [Rule(x, 60, x, 104) for x in (60, 90, 240, 300)]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_file([[Text(64, 77, "๑"), *cell, Text(244, 77, "ทำแล้ว"), *box]]))
    assert run("tables", path).stdout == "๑\tเผยแพร่แผนการใช้จ่ายงบประมาณประจำปี\tทำแล้ว\n"
    assert "เผยแพร่แผนการใช้จ่าย" in run("text", path).stdout


def test_a_document_without_tables_is_told_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("ขอเชิญประชุมประจำเดือน ณ ห้องประชุมใหญ่", encoding="utf-8")
    result = run("tables", path)
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
    assert "ไม่พบตาราง" in result.stderr


def _look(file: Path, page: int, *options: str) -> Image.Image:
    output = file.with_suffix(".png")
    result = run("look", file, "--page", str(page), "-o", output, *options)
    assert (result.exit_code, result.stdout) == (ExitCode.OK, ""), result.stderr
    return Image.open(io.BytesIO(output.read_bytes())).convert("RGB")


def _place_of(report: Path, kind: str) -> dict[str, float]:
    measures = json.loads(run("extract", report, "--json").stdout)["measures"]
    record = measures[0] if kind == "measure" else measures[0]["actions"][0]
    place: dict[str, float] = record["evidence"][-1]
    return place


@pytest.mark.parametrize("kind", ["measure", "action"])
def test_a_record_is_drawn_in_the_colour_of_its_kind_where_it_stands(report: Path, kind: str) -> None:
    image, place = _look(report, 1, "--resolution", "72"), _place_of(report, kind)
    style = STYLES[kind]  # type: ignore[index]
    assert image.getpixel((round(place["x0"]) + 30, round(place["top"]))) == style.colour
    assert image.getpixel((round(place["x0"]), round(place["bottom"]) - 2)) == style.colour
    assert image.getpixel((300, 700)) == (255, 255, 255)


def test_a_line_that_was_put_right_has_another_ground_than_one_as_in_the_file(report: Path) -> None:
    image = _look(report, 2, "--resolution", "72")
    grounds = [image.getpixel((x, 191)) for x in range(74, 200)]
    assert any(_near(ground, _ground("repaired")) for ground in grounds)
    assert not any(_near(image.getpixel((x, 241)), _ground("repaired")) for x in range(74, 200))


def _ground(kind: str) -> tuple[int, ...]:
    """The colour of a mark's fill on white paper."""
    style = STYLES[kind]  # type: ignore[index]
    return tuple(round(255 + (shade - 255) * style.fill) for shade in style.colour)


def _near(colour: object, other: tuple[int, ...]) -> bool:
    assert isinstance(colour, tuple)
    return max(abs(one - another) for one, another in zip(colour, other, strict=True)) <= 2


def test_a_page_that_is_a_picture_is_drawn_and_said_to_be_unread(report: Path) -> None:
    assert _look(report, 3).size[0] >= 827


def test_the_resolution_is_as_asked_and_the_legend_below_the_page(report: Path) -> None:
    small, large = _look(report, 1, "--resolution", "100"), _look(report, 1, "--resolution", "200")
    assert (small.width, large.width) == (827, 1653)
    assert small.height > 1170
    assert run("look", report, "--page", "1", "-o", "x.png", "--resolution", "9999").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("box", [(200_000, 200_000), (14_400, 3), (3, 3)])
def test_a_page_of_a_hostile_size_has_an_image_of_bounded_size(tmp_path: Path, box: tuple[float, float]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_file([COVER], box))
    image = _look(path, 1, "--resolution", "400")
    assert image.width <= MOST_PIXELS_A_SIDE
    assert image.width * image.height <= 2 * MOST_PIXELS


def test_only_pages_of_pdf_files_are_drawn(table_file: Path) -> None:
    result = run("look", table_file, "--page", "1", "-o", table_file.with_suffix(".png"))
    assert result.exit_code == ExitCode.UNSUPPORTED_FORMAT
    assert "prongsai text" in result.stderr
    assert not table_file.with_suffix(".png").exists()


def test_an_image_that_cannot_be_written_is_told(report: Path, tmp_path: Path) -> None:
    result = run("look", report, "--page", "1", "-o", tmp_path / "nowhere" / "a.png")
    assert result.exit_code == ExitCode.OUTPUT_UNWRITABLE
    assert "-o" in result.stderr


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing", b"%PDF-1.7\n" + bytes(2000)])
def test_a_damaged_file_ends_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    result = run("look", path, "--page", "1", "-o", tmp_path / "a.png")
    assert result.exit_code in (ExitCode.DAMAGED, ExitCode.EMPTY)
    assert len(result.stderr.splitlines()) == 2


def test_ingest_and_status_tell_of_pages_that_were_not_read(report: Path, tmp_path: Path) -> None:
    database = tmp_path / "prongsai.db"
    assert "1 จาก 3 หน้า" in run("ingest", report, "--db", database).stderr
    told = run("status", "--db", database)
    assert "1 of 3 pages" in told.stdout
    status = json.loads(run("status", "--db", database, "--json").stdout)
    assert {each["read_by"]: each["pages"] for each in status["pages"]} == {"layer": 1, "repaired": 1, "needs-ocr": 1}
    assert [(each["unread"], each["pages"]) for each in status["unread_pages"]] == [(1, 3)]


def test_a_file_of_pictures_is_loaded_with_a_note_and_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_file([None, None, None]))
    notes = json.loads(run("extract", path, "--json").stdout)["notes"]
    assert [
        (note["text"], [place["page"] for place in note["evidence"]]) for note in notes if note["code"] == "page-unread"
    ] == [("1-3", [1, 2, 3])]
    assert "no-measures" in {note["code"] for note in notes}
    assert run("ingest", path, "--db", tmp_path / "a.db").exit_code == ExitCode.OK
