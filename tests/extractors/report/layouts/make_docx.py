"""Write the Word renderings of the layouts: the records from the gold files, the layout around them from here.

Run `python tests/extractors/report/layouts/make_docx.py` after a gold file has changed. The same gold gives the same
bytes: time stamps inside the files are fixed.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
FIXED_TIME = (2020, 1, 1, 0, 0, 0)


class Action(NamedTuple):
    """What is printed of an action: its list number, the number it is an item of, its text."""

    number: str | None
    parent: str | None
    text: str


class Measure(NamedTuple):
    """What is printed of a measure; budget in baht."""

    indicator: str
    number: str | None
    text: str
    responsible: str
    period: str
    budget: float | None
    actions: tuple[Action, ...]


def thai(number: object) -> str:
    """A number in Thai digits."""
    return str(number).translate(THAI_DIGITS)


def read_gold(name: str) -> dict[str, Any]:
    """The gold record of a layout."""
    gold: dict[str, Any] = json.loads((HERE / f"{name}.gold.json").read_text(encoding="utf8"))
    return gold


def read_measures(gold: dict[str, Any]) -> list[Measure]:
    """The gold's measures, in printed order."""
    return [
        Measure(
            indicator=f"ตัวชี้วัดที่ {thai(measure['indicator_number'])} {measure['indicator_name']}",
            number=measure["number"],
            text=measure["text"],
            responsible=measure["responsible"] or "",
            period=measure["period"] or "",
            budget=measure["budget_baht"],
            actions=tuple(Action(a["number"], a["parent"], a["text"]) for a in measure["actions"]),
        )
        for measure in gold["measures"]
    ]


def save(document: DocumentObject, path: Path) -> None:
    """Write a document with fixed time stamps, so that the bytes depend on the content alone."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, FIXED_TIME), source.read(name), zipfile.ZIP_DEFLATED)


def headed(lines: Sequence[str], running_head: str) -> DocumentObject:
    """A document with bold centred heading lines and a running head on every page."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = running_head
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    return document


def add_table(document: DocumentObject, headings: Sequence[str]) -> Table:
    """A ruled table whose first row is repeated on every page."""
    table: Table = document.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    return table


def add_row(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new last row."""
    untyped: Any = table
    cells: tuple[_Cell, ...] = untyped.add_row().cells
    return cells


def fill(cell: _Cell, paragraphs: Sequence[str]) -> None:
    """Put paragraphs into an empty cell."""
    cell.text = paragraphs[0]
    for text in paragraphs[1:]:
        cell.add_paragraph(text)


def merge_down(table: Table, column: int, top: int, bottom: int, text: str) -> None:
    """One cell from row `top` to row `bottom`, merged vertically."""
    cell = table.cell(top, column)
    if bottom > top:
        cell = cell.merge(table.cell(bottom, column))
    cell.text = text


def split(text: str) -> list[str]:
    """A text as it is printed: what begins with «ทั้งนี้» stands in a paragraph of its own."""
    head, mark, tail = text.partition(" ทั้งนี้ ")
    return [head, f"ทั้งนี้ {tail}"] if mark else [head]


# --- 03: seven columns, each action in a row of its own, all other cells merged over them ---------------------------

REPORTING = ("รายงานในที่ประชุมครู", "", "รายงาน สอศ. แล้ว", "", "-", "รายงานรอบ ๖ เดือน", "", "มีภาพถ่ายประกอบ")


def marked(action: Action) -> list[str]:
    """An action's paragraphs, its number typed as «๑)»."""
    first, *rest = split(action.text)
    return [f"{thai(action.number)}) {first}" if action.number else first, *rest]


def baht(amount: float | None) -> str:
    """A budget as printed in the column: Thai digits, thousands marked, a dash for none."""
    if amount is None:
        return "-"
    return thai(f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}")


def merged_seven_columns() -> DocumentObject:
    """The report of a college: indicator, measure, responsible, period and budget merged over the actions' rows."""
    gold = read_gold("03-merged-seven-columns")
    document = headed(
        [
            "รายงานผลการดำเนินงานตามแผนยกระดับคุณธรรมและความโปร่งใส",
            "ในการดำเนินงานของสถานศึกษา ประจำปีงบประมาณ พ.ศ. ๒๕๖๕",
            "วิทยาลัยการอาชีพเวียงสา",
            "สังกัดสำนักงานคณะกรรมการการอาชีวศึกษา",
        ],
        "แบบรายงาน ITA-๐๓",
    )
    document.add_paragraph(
        "วิทยาลัยการอาชีพเวียงสา ได้รับการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๔ "
        "ได้คะแนน IIT ๒๖.๑๔ คะแนน EIT ๒๒.๘๗ คะแนน และ OIT ๓๑.๒๐ คะแนน รวม ๘๐.๒๑ คะแนน ผลการประเมินอยู่ในระดับ B "
        "โดยมีตัวชี้วัดที่ได้คะแนนต่ำกว่าเกณฑ์ ๘๕ คะแนน จำนวน ๓ ตัวชี้วัด ดังนี้"
    )
    for indicator in gold["assessment"]["indicators"]:
        document.add_paragraph(
            f"ตัวชี้วัดที่ {thai(indicator['number'])} {indicator['name']} {thai(format(indicator['score'], '.2f'))} คะแนน"
        )
    headings = ("ตัวชี้วัด", "มาตรการ/โครงการ", "การดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "งบประมาณ (บาท)")
    table = add_table(document, [*headings, "การรายงานผล/หมายเหตุ"])
    tops: dict[str, int] = {}
    for measure, reporting in zip(read_measures(gold), REPORTING, strict=True):
        top = len(table.rows)
        tops.setdefault(measure.indicator, top)
        for action in measure.actions:
            fill(add_row(table)[2], marked(action))
        bottom = len(table.rows) - 1
        printed = f"{thai(measure.number)}. {measure.text}"
        for column, text in ((1, printed), (3, measure.responsible), (4, measure.period), (5, baht(measure.budget))):
            merge_down(table, column, top, bottom, text)
        merge_down(table, 6, top, bottom, reporting)
    bottoms = [top - 1 for top in list(tops.values())[1:]] + [len(table.rows) - 1]
    for (indicator, top), bottom in zip(tops.items(), bottoms, strict=True):
        merge_down(table, 0, top, bottom, "\n".join(indicator.rsplit(" ", 1)))
    return document


# --- 08: a plan, one row a measure, items typed inside the cells ----------------------------------------------------


def typed(action: Action) -> str:
    """An action with its number typed: «๑.», «(๑)» for a number under another, «ก.», or a bullet."""
    if action.number is None:
        return action.text
    if action.parent and action.number.isdigit():
        return f"({thai(action.number)}) {action.text}"
    return f"{thai(action.number)}. {action.text}"


def plan_with_quarters() -> DocumentObject:
    """The plan of a province: measures that belong to no indicator, numbered by the table's first column."""
    document = headed(
        [
            "แผนปฏิบัติการส่งเสริมคุณธรรมและยกระดับความโปร่งใสในการดำเนินงาน",
            "จังหวัดพะเยา",
            "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗",
        ],
        "กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด",
    )
    document.add_paragraph(
        "จังหวัดพะเยาจัดทำแผนปฏิบัติการฉบับนี้เพื่อให้ส่วนราชการในจังหวัดใช้เป็นกรอบในการดำเนินงาน "
        "โดยกำหนดมาตรการไว้ ๘ มาตรการ ซึ่งจะดำเนินการในปีงบประมาณ พ.ศ. ๒๕๖๗ ดังนี้"
    )
    headings = ("ที่", "มาตรการ", "กิจกรรม/ขั้นตอนการดำเนินงาน", "หน่วยงานรับผิดชอบ", "ระยะเวลาดำเนินการ")
    table = add_table(document, [*headings, "งบประมาณ (บาท)"])
    for measure in read_measures(read_gold("08-plan-quarters")):
        cells = add_row(table)
        bullet = "• " if len(measure.actions) > 1 and measure.actions[0].number is None else ""
        fill(cells[2], [bullet + typed(action) for action in measure.actions])
        others = (thai(measure.number), measure.text, measure.responsible, measure.period)
        for column, text in zip((0, 1, 3, 4), others, strict=True):
            cells[column].text = text
        cells[5].text = "ไม่ใช้งบประมาณ" if measure.budget is None else baht(measure.budget)
    return document


# --- 10: automatic numbers in Thai digits, no table but the scores' ------------------------------------------------

LEVELS = ("มาตรการที่ %1", "%1.%2", "(%3)")
ABSTRACT_ID = 90


def add_numbering(document: DocumentObject, number_ids: Sequence[int]) -> None:
    """A list of three levels in Thai digits, and one instance of it for each id, each beginning at one."""
    numbering: BaseOxmlElement = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, text in enumerate(LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{ABSTRACT_ID}">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    for number_id in number_ids:
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{ABSTRACT_ID}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )


def number_paragraph(paragraph: Paragraph, number_id: int, level: int) -> None:
    """Give a paragraph its automatic number."""
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(properties))


def add_scores(document: DocumentObject, indicators: Sequence[dict[str, Any]]) -> None:
    """The table of the ten indicators' scores, the weak ones marked."""
    table = add_table(document, ("ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนน", "ผลเทียบเกณฑ์"))
    for indicator in indicators:
        score = thai(format(indicator["score"], ".2f"))
        verdict = "ไม่ผ่านเกณฑ์" if indicator["weak"] else "ผ่านเกณฑ์"
        for cell, text in zip(
            add_row(table), (thai(indicator["number"]), indicator["name"], score, verdict), strict=True
        ):
            cell.text = text


def automatic_numbers() -> DocumentObject:
    """The report of an education area office: measures and actions numbered by Word, in paragraphs."""
    gold = read_gold("10-automatic-numbers")
    document = headed(
        [
            "รายงานการกำกับติดตามการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
            "ของสำนักงานเขตพื้นที่การศึกษาประถมศึกษาแพร่ เขต ๒",
            "ปีงบประมาณ พ.ศ. ๒๕๖๖",
        ],
        "เอกสารประกอบ O๔๓",
    )
    document.add_paragraph(
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๕ ของ สพป.แพร่ เขต ๒ ได้คะแนนรวม ๙๐.๗๗ คะแนน "
        "ระดับ A จำแนกเป็นแบบวัด IIT ได้ ๘๕.๙๐ คะแนน แบบวัด EIT ได้ ๘๔.๓๗ คะแนน และแบบตรวจ OIT ได้ ๙๙.๒๒ คะแนน "
        "รายละเอียดตามตาราง"
    )
    add_scores(document, gold["assessment"]["indicators"])
    document.add_paragraph(
        "จากตารางพบว่ามีตัวชี้วัดที่ได้คะแนนไม่ถึง ๘๕ คะแนน จำนวน ๓ ตัวชี้วัด สำนักงานเขตพื้นที่การศึกษาจึงกำหนดมาตรการและดำเนินการ ดังนี้"
    )
    measures = read_measures(gold)
    headings = list(dict.fromkeys(measure.indicator for measure in measures))
    ids = {heading: ABSTRACT_ID + place for place, heading in enumerate(headings)}
    add_numbering(document, list(ids.values()))
    printed: set[str] = set()
    for measure in measures:
        if measure.indicator not in printed:
            printed.add(measure.indicator)
            document.add_paragraph(measure.indicator, style="Heading 2")
        number_paragraph(document.add_paragraph(measure.text), ids[measure.indicator], 0)
        document.add_paragraph("ผลการดำเนินการ")
        for action in measure.actions:
            number_paragraph(document.add_paragraph(action.text), ids[measure.indicator], 2 if action.parent else 1)
    return document


LAYOUTS = {
    "03-merged-seven-columns": merged_seven_columns,
    "08-plan-quarters": plan_with_quarters,
    "10-automatic-numbers": automatic_numbers,
}


def main() -> None:
    """Write every Word rendering beside its gold."""
    for name, build in LAYOUTS.items():
        save(build(), HERE / f"{name}.docx")


if __name__ == "__main__":
    main()
