"""Parquet files hold every row of every table, typed."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from sqlite_utils import Database

from db import export_parquet as module
from db.export_parquet import export_parquet
from db.tables import tables
from schemas.report import DateMention, Report

Load = Callable[..., None]
MakeReport = Callable[..., Report]


def test_there_is_a_file_for_each_table_with_types(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 2)
    report = make_report("a", "จัดประชุม", "=1+1", "สาม")
    day = DateMention(raw="๒ ม.ค. ๖๔", start=datetime.date(2021, 1, 2), end=None)
    measure = report.measures[0]
    first = measure.actions[0].model_copy(update={"dates": (day,)})
    measure = measure.model_copy(update={"actions": (first, *measure.actions[1:])})
    load(db, report.model_copy(update={"measures": (measure,)}))
    written = export_parquet(db, tmp_path / "ใหม่")
    assert [path.name for path in written] == [f"{table.name}.parquet" for table in tables()]
    dates = parquet.read_table(tmp_path / "ใหม่" / "action_dates.parquet")
    assert dates.schema.field("start").type == pyarrow.date32()
    assert (dates["start"].to_pylist(), dates["end"].to_pylist()) == ([datetime.date(2021, 1, 2)], [None])
    actions = parquet.read_table(tmp_path / "ใหม่" / "actions.parquet")
    assert actions["text"].to_pylist() == ["จัดประชุม", "=1+1", "สาม"]
    assert actions.schema.field("position").type == pyarrow.int64()
    reports = parquet.read_table(tmp_path / "ใหม่" / "reports.parquet")
    assert reports["extracted_at"].to_pylist() == [datetime.datetime(2024, 1, 15, 12, tzinfo=datetime.UTC)]
    assert parquet.read_table(tmp_path / "ใหม่" / "failures.parquet").num_rows == 0
