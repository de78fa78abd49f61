"""CSV from the site, as a spreadsheet opens it."""

import codecs
import csv
import io

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from db.export import harmless
from pipeline.site.spreadsheets import SafeRows
from pipeline.site.words import DATABASE

CELLS = st.text(alphabet="=+-@＝\t\r\n\",'ก๑1.ำe", max_size=6)


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4), step=st.integers(1, 9))
def test_rows_in_pieces_of_any_length_keep_their_cells_but_formulas(rows: list[list[str]], step: int) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    sent = written.getvalue().encode()
    safe = SafeRows()
    answer = b"".join(safe.feed(sent[at : at + step], last=False) for at in range(0, len(sent), step))
    answer += safe.feed(b"", last=True)
    assert answer.startswith(codecs.BOM_UTF8)
    for row, shown in zip(rows, _read(answer), strict=True):
        for cell, shown_cell in zip(row, shown, strict=True):
            assert shown_cell in (cell, harmless(cell))
            assert not shown_cell.startswith(("=", "+", "@", "\t", "\r", "\n", "＝"))
            assert not shown_cell.startswith("-") or float(shown_cell) <= 0


def test_numbers_stay_numbers() -> None:
    assert SafeRows().feed(b"-5,-0.25,-1e-07,-5 x\r\n", last=True) == codecs.BOM_UTF8 + b"-5,-0.25,-1e-07,'-5 x\r\n"


def test_a_cell_longer_than_pythons_reader_takes_is_passed_on() -> None:
    text = "ก" * 200_000
    assert SafeRows().feed(f'1,"=""{text}"\r\n'.encode(), last=True).decode("utf-8-sig") == f'1,"\'=""{text}"\r\n'


ADDRESSES = ["actions.csv", "actions.csv?_stream=1&_size=3", "actions.csv?_labels=on&_dl=on", "actions_over_years.csv"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_csv_is_a_file_of_thai_that_excel_knows(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/{DATABASE}/{path}")
    assert answer.content.startswith(codecs.BOM_UTF8)
    assert answer.content.count(codecs.BOM_UTF8) == 1
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{path.split("?")[0]}"'


def test_no_cell_of_a_report_runs_as_a_formula(client: httpx.Client, rows: Database) -> None:
    text = rows.execute("select text from actions where text like '=%'").fetchone()[0]
    queries = ("actions.csv?_stream=1&_size=3", "actions_over_years.csv?office=ภูเก็ต")
    for address in (*queries, "actions.csv?_size=max"):
        cells = [cell for row in _read(client.get(f"/{DATABASE}/{address}").content) for cell in row]
        assert f"'{text}" in cells
        assert text not in cells


def test_a_stream_holds_all_rows(client: httpx.Client, rows: Database) -> None:
    shown = _read(client.get(f"/{DATABASE}/actions.csv?_stream=1&_size=7").content)
    assert len(shown) == rows.table("actions").count + 1


def test_an_error_asked_for_as_csv_stays_a_page(client: httpx.Client) -> None:
    answer = client.get(f"/{DATABASE}/actions.csv?_sort=zzz")
    assert answer.status_code == 400
    assert "html" in answer.headers["content-type"]
