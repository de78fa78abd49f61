"""SQLite through sqlite-utils: tables, loading a report, reading it back, Thai search, export."""
