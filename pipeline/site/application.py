"""The Datasette application: which database, settings, titles, questions and plugins."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from datasette import __version__
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from db.search_tables import internal_tables
from db.tables import TableWords, tables
from pipeline.site import (
    compare_page,
    downloads,
    evidence_page,
    facets,
    help_page,
    home_page,
    judging_page,
    language,
    letter_page,
    office_page,
    plugin,
    report_page,
    robots,
    search_files,
    search_page,
    sorting,
    spreadsheets,
    table_search,
)
from pipeline.site.words import DATABASE, TablePlan, plan, words

# Templates, static files.
FOLDER = Path(__file__).parent
# Each page of our own, and each thing that is added to Datasette's, is a plugin module.
PLUGINS: tuple[ModuleType, ...] = (
    language,
    plugin,
    facets,
    table_search,
    spreadsheets,
    home_page,
    search_page,
    help_page,
    downloads,
    search_files,
    robots,
    evidence_page,
    letter_page,
    office_page,
    report_page,
    compare_page,
    judging_page,
)
# Tables that are no one's to look at: sqlite-utils' own, what was read in corrected fields, what actions are compared
# by, and those of the search.
_INTERNAL = (
    "_sqlite_migrations",
    "_as_read",
    "_action_signatures",
    *internal_tables(),
)
# What of Datasette's own is left out: errors, which run whatever other plugins answer and print all local variables for
# every address that is not found; and links for its developers in the menu of one who is signed in.
_LEFT_OUT = ("datasette.handle_exception", "datasette.default_menu_links", "datasette.default_debug_menu")


def make_site(database: Path, plugin_settings: Mapping[str, Any] = MappingProxyType({})) -> Datasette:
    """The site over the database at `database`, which others may write to meanwhile.

    `plugin_settings` are those of Datasette plugins, by name. Sign-ins outlive the site where the environment has a
    DATASETTE_SECRET.
    """
    register_plugins()
    told = described()
    told.get("config", told["metadata"])["plugins"] = dict(plugin_settings)
    site = Datasette(
        memory=True,  # without any database, Datasette 0.65 makes one up
        settings=settings(),
        template_dir=str(FOLDER / "templates"),
        static_mounts=[("assets", str(FOLDER / "static"))],
        secret=os.environ.get("DATASETTE_SECRET"),
        **told,
    )
    site.remove_database("_memory")
    site.add_database(Database(site, path=str(database), is_mutable=True), name=DATABASE)
    return site


def register_plugins() -> None:
    """Make every Datasette of this process show the site's pages."""
    for module in PLUGINS:
        if not pm.is_registered(module):
            pm.register(module)
    for name in _LEFT_OUT:
        if pm.has_plugin(name):
            pm.unregister(name=name)
    sorting.keep_all_rows()


def settings() -> dict[str, int | bool]:
    """Datasette's settings."""
    return dict(plan().settings)


def described() -> dict[str, Any]:
    """Titles and questions in Datasette's terms; Datasette 1.0 takes the questions apart from the titles."""
    metadata: dict[str, Any] = {
        "title": words().title,
        "description": words().description,
        "databases": {DATABASE: {"title": words().crumbs[DATABASE], "tables": _tables()}},
    }
    if not __version__.startswith("0."):
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
            "title": words().queries[query.name].title,
            "description": words().queries[query.name].description,
            "sql": query.sql.strip(),
            "params": list(query.parameters),
            "hide_sql": True,
        }
        for query in plan().query
    }
