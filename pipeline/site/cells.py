"""How values are shown in the cells of tables: a row of another table by its name, a code by its meaning."""

from typing import Any

from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from pipeline.site.thai import Thai

# A ready-made query's columns of ids, and the tables that they are of.
_TABLES_OF_IDS = {"action_id": "actions", "measure_id": "measures", "finding_id": "findings", "report_id": "reports"}


async def shown_cell(
    site: Datasette, th: Thai, database: str, table: str | None, column: str, row: Any, value: Any
) -> Markup | None:
    """The cell; null where Datasette's own way is good. `table` is null for the rows of a query."""
    if value is None:
        return None
    if isinstance(value, dict):
        return await _named_row(site, th, database, str(table), column, value["value"], value["label"])
    if table is None and column in _TABLES_OF_IDS:
        return link(site, database, _TABLES_OF_IDS[column], value, "เปิดดู")
    if table == "evidence" and column == "record_id":
        return link(site, database, row["record_table"], value, "เปิดดู")
    if column in th.words.values:
        return escape(th.value(column, value))
    return await _named_row(site, th, database, table, column, value) if table else None


def link(site: Datasette, database: str, table: str, key: object, text: object) -> Markup:
    """A link to a row's page."""
    return Markup('<a href="{}">{}</a>').format(site.urls.row(database, table, tilde_encode(str(key))), text)


async def _named_row(
    site: Datasette, th: Thai, database: str, table: str, column: str, key: object, label: object = None
) -> Markup | None:
    """The link to the row that `key` points to, by its label; null where the column points nowhere."""
    keys = await site.get_database(database).foreign_keys_for_table(table)
    target = next((each["other_table"] for each in keys if each["column"] == column), None)
    if target is None:
        return None
    return link(site, database, target, key, label or await _label(site, th, database, target, key) or key)


async def _label(site: Datasette, th: Thai, database: str, table: str, key: object) -> object:
    """What a row is called; null where it has no name."""
    column = th.tables[table].label if table in th.tables else None
    if column is None:
        return None
    row = (await site.get_database(database).execute(f"select {column} from {table} where id = ?", [key])).first()
    return row[0] if row else None
