"""What is done with one file in a process of its own: read it, extract its report, describe the offices in it."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from extractors.extract import extract
from extractors.read import read
from extractors.thai.offices import describe_office
from pipeline.check import check_document
from schemas.base import Record
from schemas.document import Document
from schemas.finding import Finding
from schemas.offices import Office, OfficeFacts, office_id
from schemas.reference import Reference, load_reference
from schemas.report import OfficeMention, Report


class Reading(Record):
    """A file, read, understood and checked; ids are those of new bytes, offices those named and their superiors."""

    document: Document
    report: Report
    offices: tuple[Office, ...] = ()
    findings: tuple[Finding, ...] = ()


@cache
def reference() -> Reference:
    """The reference facts, loaded once in each process."""
    return load_reference()


@cache
def superiors() -> Mapping[str, Office]:
    """Every office that can be another's superior, by id: those in the list, and the provinces."""
    return {office.id: office for office in _superiors(reference().offices)}


def read_document(path: Path) -> Document:
    """The document in a file; raises `UnreadableFile`."""
    return read(path)


def read_report(path: Path) -> Reading:
    """The document in a file and the report in it; raises `UnreadableFile`."""
    return report_in(read(path))


def report_in(document: Document) -> Reading:
    """The report in a document, with what the checks find in it."""
    report = extract(document, reference())
    findings = check_document(report, document, reference())
    return Reading(document=document, report=report, offices=tuple(offices_of(report)), findings=findings)


def offices_of(report: Report) -> Iterator[Office]:
    """The offices named in a report and their superiors, as far as the lists know them."""
    mentioned = [report.office_mention] if report.office_mention else []
    mentioned += [agency.office_mention for agency in report.agencies if agency.office_mention]
    mentioned += [
        mention for measure in report.measures for action in measure.actions for mention in action.office_mentions
    ]
    for mention in {mention.office_id: mention for mention in mentioned}.values():
        office: Office | None = describe_office(mention, reference().offices)
        while office is not None:
            yield office
            office = superiors().get(office.parent_id or "")


def _superiors(facts: OfficeFacts) -> Iterator[Office]:
    names = [(office.name, office.province) for office in facts.offices]
    names += [(f"จังหวัด{province.name}", province.name) for province in facts.provinces]
    for name, province in names:
        mention = OfficeMention(raw=name, name=name, office_id=office_id(name, province), listed=True, score=1)
        yield describe_office(mention, facts)
