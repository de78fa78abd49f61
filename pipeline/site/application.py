"""The Datasette application: which database, settings, titles, questions and plugins."""

import inspect
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from db.search import SEARCHED
from db.tables import TableWords, tables
from pipeline.site import facets, plugin, sorting, spreadsheets
from pipeline.site.words import DATABASE, TablePlan, plan, words

_FOLDER = Path(__file__).parent
# Tables that are no one's to look at: sqlite-utils' own, and those that FTS5 keeps its indexes in.
_INTERNAL = (
    "_sqlite_migrations",
    *(f"{each.table}_fts_{part}" for each in SEARCHED for part in ("config", "data", "docsize", "idx")),
)
# It runs whatever other plugins answer, and prints all local variables for every address that is not found.
_ERRORS_OF_DATASETTE = "datasette.handle_exception"


def make_site(database: Path) -> Datasette:
    """The site over the database at `database`, which is read only and may be written to by others meanwhile."""
    for module in (plugin, facets, spreadsheets):
        if not pm.is_registered(module):
            pm.register(module)
    if pm.has_plugin(_ERRORS_OF_DATASETTE):
        pm.unregister(name=_ERRORS_OF_DATASETTE)
    sorting.keep_all_rows()
    site = Datasette(
        memory=True,  # without any database, Datasette 0.65 makes one up
        settings=plan().settings,
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("assets", str(_FOLDER / "static"))],
        **_described(),
    )
    site.remove_database("_memory")
    site.add_database(Database(site, path=str(database), is_mutable=True), name=DATABASE)
    return site


def _described() -> dict[str, Any]:
    """Titles and questions in Datasette's terms; Datasette 1.0 takes the questions apart from the titles."""
    metadata: dict[str, Any] = {
        "title": words().title,
        "description": words().description,
        "databases": {DATABASE: {"title": words().crumbs[DATABASE], "tables": _tables()}},
    }
    if "config" in inspect.signature(Datasette).parameters:
        return {"metadata": metadata, "config": {"databases": {DATABASE: {"queries": _queries()}}}}
    metadata["databases"][DATABASE]["queries"] = _queries()
    return {"metadata": metadata}


def _tables() -> dict[str, Any]:
    shown = {table.name: _table(table, plan().of_table(table.name)) for table in tables()}
    return shown | {name: {"hidden": True, "allow": False} for name in _INTERNAL}


def _table(table: TableWords, shown: TablePlan | None) -> dict[str, Any]:
    about = {
        "title": table.title_th,
        "description": table.description_th,
        "columns": {name: column.th for name, column in table.columns.items()},
        "facets": list(shown.facets) if shown else [],
    }
    label = {"label_column": table.label} if table.label else {}
    printed = "sort_key" if "sort_key" in table.columns else None
    order = (shown and shown.sort) or printed
    return about | label | ({"sort": order} if order else {})


def _queries() -> dict[str, Any]:
    return {
        query.name: {
            "title": query.title,
            "description": query.description,
            "sql": query.sql.strip(),
            "params": list(query.parameters),
            "hide_sql": True,
        }
        for query in plan().query
    }
