"""A database, reports made up for it, and strategies for arbitrary ones."""

import datetime
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import strategies as st
from sqlite_utils import Database

from db.load import load_report
from db.schema import open_database
from schemas.document import Document, Line, Page
from schemas.offices import Office
from schemas.report import Action, Assessment, DateMention, Evidence, Indicator, Measure, Note, OfficeMention, Report
from schemas.source import Source

NOON = datetime.datetime(2024, 1, 15, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "prongsai.db")
    yield database
    database.close()


@pytest.fixture(scope="session")
def load() -> Callable[..., None]:
    """load_report with what most tests do not care for."""

    def load_one(
        db: Database,
        report: Report,
        *,
        name: str = "",
        offices: tuple[Office, ...] = (),
        pages: tuple[Page, ...] = (Page(number=1, blocks=(Line(text="หน้าแรก"),)),),
    ) -> None:
        sha256 = report.id.encode().hex()[:64].ljust(64, "0")
        load_report(
            db,
            report,
            Document(sha256=sha256, format="text", pages=pages),
            Source(path_or_url=name or f"{report.id}.txt", sha256=sha256, format="text"),
            offices=offices,
            extractor_version="1.0",
            extracted_at=NOON,
        )

    return load_one


@pytest.fixture(scope="session")
def make_report() -> Callable[..., Report]:
    """A report of one measure, with one action for each text, and ids made from the report's."""

    def make(
        report_id: str, *texts: str, office: OfficeMention | None = None, mentions: tuple[OfficeMention, ...] = ()
    ) -> Report:
        actions = tuple(
            Action(id=f"{report_id}-a{n}", number=str(n), text=text, office_mentions=mentions)
            for n, text in enumerate(texts, 1)
        )
        measure = Measure(
            id=f"{report_id}-m",
            indicator_number=10,
            indicator_name="การป้องกันการทุจริต",
            number="1",
            text="มาตรการ",
            actions=actions,
        )
        return Report(
            id=report_id,
            title="รายงานผล",
            office_mention=office,
            fiscal_year=2566,
            fiscal_year_basis="stated",
            measures=(measure,),
        )

    return make


@pytest.fixture(scope="session")
def any_text() -> st.SearchStrategy[str]:
    """Thai, digits of both kinds, white space, quotes and signs, and any other character that SQLite can hold."""
    thai = st.text(alphabet="กขคงเแา ำิีู่้๊็ํ์๑๒๓123 .\"'-()\n\tABcé😀", max_size=40)
    return thai | st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@pytest.fixture(scope="session")
def any_report(any_text: st.SearchStrategy[str]) -> st.SearchStrategy[Report]:
    """Reports whose records hold anything that they may hold; ids are unique, an office's id tells its name."""
    return _reports(any_text)


Texts = st.SearchStrategy[str]
Ids = st.SearchStrategy[str]

REAL = st.floats(allow_nan=False, allow_infinity=False)
MAYBE_REAL = st.none() | REAL
MAYBE_INT = st.none() | st.integers(-(2**63), 2**63 - 1)
MAYBE_NUMBER = st.none() | st.sampled_from(["1", "2", "2.1", "3"])
CHARACTERS = st.integers(0, 2**40)


def _evidence(text: Texts) -> st.SearchStrategy[tuple[Evidence, ...]]:
    on_page = st.builds(Evidence, page=st.integers(1, 99), x0=REAL, top=REAL, x1=REAL, bottom=REAL, text=text)
    in_line = st.builds(Evidence, line=st.integers(1, 9999), text=text)
    return st.lists(on_page | in_line, max_size=2).map(tuple)


def _mentions(text: Texts) -> st.SearchStrategy[OfficeMention]:
    return st.builds(
        lambda raw, office, score: OfficeMention(
            raw=raw, name=f"สำนักงาน {office}", office_id=f"o{office}", listed=office % 2 == 0, score=score
        ),
        text,
        st.integers(1, 4),
        st.floats(0.01, 1),
    )


def _actions(text: Texts, new_id: Ids) -> st.SearchStrategy[Action]:
    days = st.none() | st.dates()
    date = st.builds(DateMention, raw=text, start=days, end=days, reason=st.none() | text)
    return st.builds(
        Action,
        id=new_id,
        number=MAYBE_NUMBER,
        parent=MAYBE_NUMBER,
        text=text,
        dates=st.lists(date, max_size=2).map(tuple),
        status=st.sampled_from(["reported", "partly_done", "not_done", "planned"]),
        office_mentions=st.lists(_mentions(text), max_size=2).map(tuple),
        evidence=_evidence(text),
    )


def _measures(text: Texts, new_id: Ids) -> st.SearchStrategy[Measure]:
    return st.builds(
        Measure,
        id=new_id,
        indicator_number=MAYBE_INT,
        indicator_name=st.none() | text,
        number=MAYBE_NUMBER,
        text=text,
        responsible=st.none() | text,
        period=st.none() | text,
        budget_baht=MAYBE_REAL,
        actions=st.lists(_actions(text, new_id), max_size=4).map(tuple),
        evidence=_evidence(text),
    )


def _assessments(text: Texts, new_id: Ids) -> st.SearchStrategy[Assessment]:
    evidence = _evidence(text)
    indicator = st.builds(
        Indicator, id=new_id, number=MAYBE_INT, name=text, score=MAYBE_REAL, weak=st.booleans(), evidence=evidence
    )
    return st.builds(
        Assessment,
        id=new_id,
        year=MAYBE_INT,
        score=MAYBE_REAL,
        grade=st.none() | text,
        threshold=MAYBE_REAL,
        weak_count=MAYBE_INT,
        iit=MAYBE_REAL,
        eit=MAYBE_REAL,
        oit=MAYBE_REAL,
        indicators=st.lists(indicator, max_size=3).map(tuple),
        evidence=evidence,
    )


def _notes(text: Texts) -> st.SearchStrategy[Note]:
    codes = st.sampled_from(["no-assessment", "text-unassigned"])
    return st.builds(Note, code=codes, text=text, characters=CHARACTERS, evidence=_evidence(text))


@st.composite
def _reports(draw: st.DrawFn, text: Texts) -> Report:
    numbers = count(1)
    new_id = st.builds(lambda: f"r{next(numbers)}")
    return Report(
        id=draw(new_id),
        title=draw(st.none() | text),
        office_mention=draw(st.none() | _mentions(text)),
        fiscal_year=draw(MAYBE_INT),
        fiscal_year_basis=draw(st.sampled_from([None, "stated", "inferred"])),
        assessment=draw(st.none() | _assessments(text, new_id)),
        measures=draw(st.lists(_measures(text, new_id), max_size=3).map(tuple)),
        notes=draw(st.lists(_notes(text), max_size=2).map(tuple)),
        characters=draw(CHARACTERS),
        unrecorded_characters=draw(CHARACTERS),
        evidence=draw(_evidence(text)),
    )
