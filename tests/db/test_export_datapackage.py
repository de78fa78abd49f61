"""A data package tells what is in its files, and the files are as it tells."""

import csv
import datetime
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlite_utils import Database

from db.export_datapackage import DESCRIPTOR, export_datapackage, package_words, zip_files
from db.listings import moment_of
from db.tables import tables
from schemas.report import DateMention, OfficeMention, Report

Load = Callable[..., None]
MakeReport = Callable[..., Report]
NOW = datetime.datetime(2024, 5, 1, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
SOURCES = (Path(__file__).parents[2] / "schemas" / "facts" / "SOURCES.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(db: Database, tmp_path: Path, make_report: MakeReport, load: Load) -> Path:
    """A package of two reports."""
    office = OfficeMention(raw="อบต.ก", name="องค์การบริหารส่วนตำบลก", office_id="o1", listed=False, score=1)
    report = make_report("a", "=1+1", "-ทำ\nประกาศ", office=office, mentions=(office,))
    measure = report.measures[0]
    day = DateMention(raw="๒ ม.ค. ๖๔", start=datetime.date(2021, 1, 2), end=datetime.date(2021, 1, 2))
    first = measure.actions[0].model_copy(update={"dates": (day,)})
    measure = measure.model_copy(update={"actions": (first, *measure.actions[1:])})
    load(db, report.model_copy(update={"measures": (measure,)}))
    load(db, make_report("b", "จัดประชุม"))
    export_datapackage(db, tmp_path / "package", version="0.1", created=NOW)
    return tmp_path / "package"


@pytest.fixture
def package(folder: Path) -> dict[str, Any]:
    """What the package tells."""
    told: dict[str, Any] = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return told


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_says_what_it_is_whose_and_under_which_licences(package: dict[str, Any]) -> None:
    assert package["profile"] == "tabular-data-package"
    assert (package["name"], package["version"], package["created"]) == ("prongsai", "0.1", "2024-05-01T02:30:00Z")
    assert {each["name"] for each in package["licenses"]} >= {"MIT", "CC0-1.0"}
    assert all("title" in each for each in package["sources"])


def test_it_names_every_source_of_facts_that_the_facts_name() -> None:
    named = " ".join(f"{each.title} {each.path}" for each in package_words().sources)
    repositories = ("kongvut/thai-province-data", "thailand-geography-data/thailand-geography-json", "PyThaiNLP")
    for repository in (*repositories, "PigRabbBoy/thai-govspending-data", "kaogeek/thailand-budget-pdf2csv"):
        assert repository in SOURCES
        assert repository in named


def test_every_table_is_a_resource_with_the_bytes_that_it_tells(folder: Path, package: dict[str, Any]) -> None:
    assert [each["name"] for each in package["resources"]] == [table.name for table in tables()]
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert not content.startswith(b"\xef\xbb\xbf")


def test_the_cells_are_of_the_types_that_the_schema_tells(folder: Path, package: dict[str, Any]) -> None:
    parsers: dict[str, Callable[[str], object]] = {
        "string": str,
        "integer": int,
        "number": float,
        "date": datetime.date.fromisoformat,
        "datetime": lambda text: datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
    }
    told = {resource["name"]: resource["schema"] for resource in package["resources"]}
    for name, schema in told.items():
        rows = _rows(folder, name)
        for field in schema["fields"]:
            for row in rows:
                if row[field["name"]] not in schema["missingValues"]:
                    parsers[field["type"]](row[field["name"]])
    types = {field["name"]: field["type"] for field in told["action_dates"]["fields"]}
    assert (types["start"], types["position"], types["raw"]) == ("date", "integer", "string")


def test_keys_are_unique_and_what_they_point_to_is_there(folder: Path, package: dict[str, Any]) -> None:
    told = {resource["name"]: resource["schema"] for resource in package["resources"]}
    for name, schema in told.items():
        keys = [tuple(row[key] for key in schema["primaryKey"]) for row in _rows(folder, name)]
        assert len(set(keys)) == len(keys)
        for foreign in schema.get("foreignKeys", ()):
            other, column = foreign["reference"]["resource"] or name, foreign["reference"]["fields"]
            there = {row[column] for row in _rows(folder, other)} | {""}
            assert {row[foreign["fields"]] for row in _rows(folder, name)} <= there
    assert {"fields": "parent_id", "reference": {"resource": "", "fields": "id"}} in told["offices"]["foreignKeys"]


def test_texts_are_as_they_are(folder: Path) -> None:
    assert [row["text"] for row in _rows(folder, "actions")] == ["=1+1", "-ทำ\nประกาศ", "จัดประชุม"]


def test_every_field_is_described_in_thai_and_english(package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        for about in (resource, *resource["schema"]["fields"]):
            assert about["title"]
            assert any("ก" <= letter <= "๙" for letter in about["description"])
            assert any("a" <= letter.lower() <= "z" for letter in about["description"])


def test_times_are_told_in_utc_whatever_zone_they_are_written_in() -> None:
    moment = moment_of("2024-01-15T19:00:00+07:00")
    assert moment == datetime.datetime(2024, 1, 15, 12, tzinfo=datetime.UTC)
    assert moment_of("2024-01-15T19:00:00") == datetime.datetime(2024, 1, 15, 19, tzinfo=datetime.UTC)


def test_files_go_into_one_archive(tmp_path: Path) -> None:
    (tmp_path / "ก.csv").write_text("ข", encoding="utf-8")
    zip_files([tmp_path / "ก.csv"], tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as zipped:
        assert zipped.namelist() == ["ก.csv"]
        assert zipped.read("ก.csv").decode() == "ข"
