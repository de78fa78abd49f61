"""The order of work: command line, ingest, workers and limits, evaluation, the Datasette site."""
