"""The commands, a module per kind of work; `pipeline.cli` puts them together."""
