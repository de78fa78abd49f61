"""The public JSON of a report: its schema is kept, documented, and fits what is printed."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from schemas.finding import CheckedReport
from schemas.report import Evidence, NoteCode

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA: dict[str, Any] = CheckedReport.model_json_schema(mode="serialization")


def test_the_published_schema_is_that_of_the_program(golden: Any) -> None:
    golden(DOCS / "report.schema.json", json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n")


PROPERTIES = [
    (record, name, field)
    for record, part in {"Report": SCHEMA, **SCHEMA["$defs"]}.items()
    for name, field in part.get("properties", {}).items()
]


@pytest.mark.parametrize(
    ("record", "name", "field"), PROPERTIES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_field_is_described_in_the_schema_or_named_in_the_documentation(
    record: str, name: str, field: dict[str, Any]
) -> None:
    text = (DOCS / "report-json.md").read_text(encoding="utf-8")
    assert "description" in field or re.search(rf"\b{name}\b", text), f"{record}.{name}"


@pytest.mark.parametrize("code", get_args(NoteCode))
def test_every_note_is_documented(code: str) -> None:
    assert f"| `{code}` |" in (DOCS / "report-json.md").read_text(encoding="utf-8")


def test_evidence_prints_only_the_place_that_it_has() -> None:
    assert json.loads(Evidence(line=3, text="ก").model_dump_json()) == {"line": 3, "text": "ก"}
    boxed = Evidence(page=1, x0=1, top=2, x1=3, bottom=4, text="ก")
    assert json.loads(boxed.model_dump_json()) == {"page": 1, "x0": 1, "top": 2, "x1": 3, "bottom": 4, "text": "ก"}


@pytest.mark.parametrize("place", [{}, {"page": 1, "line": 1}])
def test_evidence_has_one_place(place: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Evidence(**place, text="ก")
