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


@st.composite
def _reports(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Report:
    numbers = count(1)
    new_id = st.builds(lambda: f"r{next(numbers)}")
    maybe_text, maybe_number = st.none() | text, st.none() | st.sampled_from(["1", "2", "2.1", "3"])
    real = st.floats(allow_nan=False, allow_infinity=False)
    maybe_real, maybe_int = st.none() | real, st.none() | st.integers(-(2**63), 2**63 - 1)
    whole = st.integers(0, 2**40)
    evidence = st.lists(
        st.builds(Evidence, page=st.integers(1, 99), x0=real, top=real, x1=real, bottom=real, text=text)
        | st.builds(Evidence, line=st.integers(1, 9999), text=text),
        max_size=2,
    ).map(tuple)
    mention = st.builds(
        lambda raw, office, score: OfficeMention(
            raw=raw, name=f"สำนักงาน {office}", office_id=f"o{office}", listed=office % 2 == 0, score=score
        ),
        text,
        st.integers(1, 4),
        st.floats(0.01, 1),
    )
    date = st.builds(DateMention, raw=text, start=st.none() | st.dates(), end=st.none() | st.dates(), reason=maybe_text)
    action = st.builds(
        Action,
        id=new_id,
        number=maybe_number,
        parent=maybe_number,
        text=text,
        dates=st.lists(date, max_size=2).map(tuple),
        status=st.sampled_from(["reported", "partly_done", "not_done", "planned"]),
        office_mentions=st.lists(mention, max_size=2).map(tuple),
        evidence=evidence,
    )
    measure = st.builds(
        Measure,
        id=new_id,
        indicator_number=maybe_int,
        indicator_name=maybe_text,
        number=maybe_number,
        text=text,
        responsible=maybe_text,
        period=maybe_text,
        budget_baht=maybe_real,
        actions=st.lists(action, max_size=4).map(tuple),
        evidence=evidence,
    )
    indicator = st.builds(
        Indicator, id=new_id, number=maybe_int, name=text, score=maybe_real, weak=st.booleans(), evidence=evidence
    )
    assessment = st.builds(
        Assessment,
        id=new_id,
        year=maybe_int,
        score=maybe_real,
        grade=maybe_text,
        threshold=maybe_real,
        weak_count=maybe_int,
        iit=maybe_real,
        eit=maybe_real,
        oit=maybe_real,
        indicators=st.lists(indicator, max_size=3).map(tuple),
        evidence=evidence,
    )
    note = st.builds(
        Note, code=st.sampled_from(["no-assessment", "text-unassigned"]), text=text, characters=whole, evidence=evidence
    )
    return Report(
        id=draw(new_id),
        title=draw(maybe_text),
        office_mention=draw(st.none() | mention),
        fiscal_year=draw(maybe_int),
        fiscal_year_basis=draw(st.sampled_from([None, "stated", "inferred"])),
        assessment=draw(st.none() | assessment),
        measures=draw(st.lists(measure, max_size=3).map(tuple)),
        notes=draw(st.lists(note, max_size=2).map(tuple)),
        characters=draw(whole),
        unrecorded_characters=draw(whole),
        evidence=draw(evidence),
    )
