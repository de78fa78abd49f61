"""How values are shown in the cells of tables: a row of another table by its name, a code by its meaning."""

from typing import Any

from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from pipeline.site.evidence import read_named
from pipeline.site.naming import report_name
from pipeline.site.wording import Wording, beginning, without_label

# A query's columns of ids with the tables that they are of, and the columns whose texts open those rows.
_TABLES_OF_IDS = {"action_id": "actions", "measure_id": "measures", "finding_id": "findings", "report_id": "reports"}
_IDS_OF_TEXTS = {
    "action": "action_id",
    "measure": "measure_id",
    "message_th": "finding_id",
    "message_en": "finding_id",
    "fiscal_year": "report_id",
}

# Tables whose column `record_id` is of records of any kind.
_IDS_OF_ANY = ("finding_records", "corrections")

# Columns whose values are told in other words than those of a list of codes.
_SAID_OTHERWISE = (("reports", "label"), ("findings", "at"), ("pages", "quality"))


async def shown_cell(
    site: Datasette, ui: Wording, database: str, table: str | None, column: str, row: Any, value: Any
) -> Markup | None:
    """The cell; null where Datasette's own way is good. `table` is null for the rows of a query."""
    if value is None:
        return None
    if table is None:
        return _answer(site, ui, database, column, row, value)
    if isinstance(value, dict):
        return await _named_row(site, ui, database, table, column, value["value"], value["label"])
    if table == "evidence" and column == "record_id":
        label = await _label(site, ui, database, row["record_table"], value)
        return link(site, database, row["record_table"], value, beginning(str(label or value)))
    if table in _IDS_OF_ANY and column == "record_id":
        return await _linked_record(site, ui, database, value)
    if table == "evidence" and column == "text":
        return evidence_link(site, row["record_id"], row["page"], value)
    if table == "evidence" and column in ("page", "line"):
        return place_link(site, database, without_label(row["report_id"]), row["page"], row["line"], value)
    if table == "page_repairs" and column == "page":
        return place_link(site, database, without_label(row["report_id"]), value, None, value)
    if (table, column) in _SAID_OTHERWISE:
        return await _said_otherwise(site, ui, database, table, row, value)
    if column in ui.points_of(table):
        return escape(ui.points(value))
    if column in ui.words.values:
        return escape(ui.value(column, value))
    return await _named_row(site, ui, database, table, column, value)


def link(site: Datasette, database: str, table: str, key: object, text: object) -> Markup:
    """A link to a row's page."""
    return Markup('<a href="{}">{}</a>').format(site.urls.row(database, table, tilde_encode(str(key))), text)


def place_link(
    site: Datasette, database: str, report_id: str, page: int | None, line: int | None, text: object
) -> Markup:
    """A link to the page of a report's document as read, at the line; a document without pages has one, number 1."""
    path = site.urls.row(database, "pages", f"{tilde_encode(report_id)},{page or 1}")
    return Markup('<a href="{}{}">{}</a>').format(path, f"#L{line}" if line else "", text)


def evidence_link(site: Datasette, record_id: str, page: int | None, text: object) -> Markup:
    """A link to the page of a record's evidence, on that page of its document."""
    path = site.urls.path(f"/evidence/{tilde_encode(record_id)}")
    return Markup('<a href="{}{}">{}</a>').format(path, f"?page={page}" if page else "", text)


def _answer(site: Datasette, ui: Wording, database: str, column: str, row: Any, value: Any) -> Markup | None:
    """A cell of a query's answer: an id opens its row, and so does the text that the id stands beside."""
    id_column = column if column in _TABLES_OF_IDS else _IDS_OF_TEXTS.get(column)
    if id_column in row.keys() and row[id_column] is not None:  # noqa: SIM118  # a row of sqlite3 looks into its values
        text = beginning(str(value), site.setting("truncate_cells_html"))
        return link(site, database, _TABLES_OF_IDS[str(id_column)], row[id_column], text)
    if column in ("pages", "lines") and "finding_id" in row.keys():  # noqa: SIM118
        return evidence_link(site, row["finding_id"], None, value)
    if column == "at":
        return escape(ui.place(str(value)))
    return escape(ui.value(column, value)) if column in ui.words.values else None


async def _linked_record(site: Datasette, ui: Wording, database: str, record_id: str) -> Markup | None:
    """The link to a record's evidence, by what it is and says; null where there is none of that id any more."""
    record = await site.get_database(database).execute_fn(lambda connection: read_named(connection, record_id))
    if record is None:
        return None
    return evidence_link(site, record_id, None, f"{ui.named(record)}: {beginning(ui.words_of(record))}")


async def _said_otherwise(
    site: Datasette, ui: Wording, database: str, table: str, row: Any, value: Any
) -> Markup | None:
    """The cell of a column of `_SAID_OTHERWISE`; null where Datasette's own way is good."""
    if table == "reports":
        return escape(await _report_name(site, database, row["id"], value))
    if table == "findings":
        return escape(ui.place(value))
    # The quality of a page that could not be read would be that of its few letters.
    return escape(ui.points(None)) if row["read_by"] == "needs-ocr" else None


async def _named_row(
    site: Datasette, ui: Wording, database: str, table: str, column: str, key: object, label: object = None
) -> Markup | None:
    """The link to the row that `key` points to, by its label; null where the column points nowhere."""
    keys = await site.get_database(database).foreign_keys_for_table(table)
    target = next((each["other_table"] for each in keys if each["column"] == column), None)
    if target is None:
        return None
    if label and target == "reports":
        label = await _report_name(site, database, str(key), str(label))
    return link(site, database, target, key, label or await _label(site, ui, database, target, key) or key)


async def _label(site: Datasette, ui: Wording, database: str, table: str, key: object) -> object:
    """What a row is called; null where it has no name."""
    column = ui.tables[table].label if table in ui.tables else None
    if column is None:
        return None
    row = (await site.get_database(database).execute(f"select {column} from {table} where id = ?", [key])).first()
    if row and table == "reports":
        return await _report_name(site, database, str(key), row[0])
    if row and row[0] is None and table == "assessments":
        return await _report_of(site, database, str(key))
    return row[0] if row else None


async def _report_of(site: Datasette, database: str, assessment_id: str) -> object:
    """The name of the report that an assessment of an office that it does not name is of."""
    sql = "select report_id, label from assessments join reports on reports.id = report_id where assessments.id = ?"
    row = (await site.get_database(database).execute(sql, [assessment_id])).first()
    return await _report_name(site, database, row["report_id"], row["label"]) if row else None


async def _report_name(site: Datasette, database: str, report_id: str, label: str) -> str:
    found = await site.get_database(database).execute_fn(lambda connection: report_name(connection, report_id, label))
    return str(found)
