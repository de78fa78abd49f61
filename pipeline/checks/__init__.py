"""The cross-checks: from typed records and reference facts to findings. One module per family, one list of all."""
