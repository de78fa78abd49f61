"""Sorting table pages without losing rows.

Datasette 0.65.5 (and 1.0a41) sorts a first page by the column alone, and the pages after it by the column and the key;
of rows with equal values, those that come later on the first page but earlier by key are on no page. So the first page
is asked for like any other: as the page after a row that would stand before all.
"""

from functools import wraps
from typing import Any

from datasette.app import Datasette
from datasette.utils import tilde_encode
from datasette.views import table as table_views

# SQLite orders NULL before numbers, numbers before text, and text by code points.
_LEAST_NUMBER = str(-(2**63))
_LEAST_TEXT = ""
_GREATEST = tilde_encode("\U0010ffff")


def keep_all_rows() -> None:
    """Make Datasette, whichever of the two versions, sort all pages of a table by the same terms."""
    if hasattr(table_views, "_sort_order"):
        _patch_sort_order()
    else:
        _patch_first_page()


def _patch_first_page() -> None:
    original = table_views.TableView.data
    if hasattr(original, "__wrapped__"):
        return

    @wraps(original)
    async def data(
        self: Any, request: Any, default_labels: bool = False, _next: str | None = None, _size: int | None = None
    ) -> Any:
        start = _next or request.args.get("_next") or await before_first_row(self.ds, request)
        return await original(self, request, default_labels=default_labels, _next=start, _size=_size)

    table_views.TableView.data = data


def _patch_sort_order() -> None:
    original = table_views._sort_order
    if hasattr(original, "__wrapped__"):
        return

    @wraps(original)
    async def sort_order(table_metadata: Any, sortable_columns: Any, request: Any, order_by: str) -> Any:
        sort, descending, sorted_by = await original(table_metadata, sortable_columns, request, order_by)
        if (sort or descending) and order_by and sorted_by != order_by and "_next" not in request.args:
            sorted_by = f"{sorted_by}, {order_by}"
        return sort, descending, sorted_by

    table_views._sort_order = sort_order


async def before_first_row(site: Datasette, request: Any) -> str | None:
    """Datasette's mark `_next` of a row that stands before all in the order shown; null where none is."""
    descending = request.args.get("_sort_desc")
    if not (descending or request.args.get("_sort") or _planned(site, request)):
        return None
    columns = await _key_columns(site, request)
    if not columns:
        return None
    keys = (_LEAST_NUMBER if column.type.lower() == "integer" else _LEAST_TEXT for column in columns)
    return ",".join([_GREATEST if descending else "$null", *keys])


def _planned(site: Datasette, request: Any) -> str | None:
    """The column that the table is sorted by where the address does not say."""
    planned: str | None = site.table_metadata(request.url_vars["database"], request.url_vars["table"]).get("sort")
    return planned


async def _key_columns(site: Datasette, request: Any) -> list[Any]:
    """The columns of the table's primary key, in order; none for a view, a query, or a table without one."""
    try:
        database = site.get_database(route=request.url_vars["database"])
    except KeyError:
        return []
    columns = await database.table_column_details(request.url_vars["table"])
    return sorted((column for column in columns if column.is_pk), key=lambda column: int(column.is_pk))
