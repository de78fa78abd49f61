"""The Datasette site: plugin, metadata, templates, static files."""
