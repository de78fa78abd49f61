"""Comparing reports with each other: copies of actions, and what an office's reports of several years tell."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

from sqlite_utils import Database

from db.copies import (
    FoundCopy,
    Signature,
    SignedAction,
    StoredCopy,
    UnsignedAction,
    bare_signatures,
    copies_of,
    read_action_place,
    read_signatures,
    read_signatures_at,
    read_signatures_of,
    reports_of_same_office,
    reports_with_copies,
    store_copies,
    store_signatures,
    unsigned_actions,
)
from db.load import load_findings
from db.read import read_findings, read_report, report_ids
from db.transactions import transaction
from pipeline.checks.case import PlacedAction
from pipeline.checks.catalogue import load_catalogue
from pipeline.checks.contradiction import Contradiction, Value, merged, told_value
from pipeline.checks.copies import Bands, Copy, SameTexts, masked, signature
from pipeline.checks.findings import finding_of, in_printed_order
from pipeline.checks.phrases import Told
from pipeline.checks.years import compare_years
from pipeline.places import place_in_words
from pipeline.version import checks_version
from schemas.report import Action, Report


def compare_reports(db: Database, touched: frozenset[str] | None = None) -> None:
    """Finds what several reports show together: of all reports, or of those that are new or have changed.

    With these come the reports that they are, or were, compared with: their findings may change, too.
    """
    sign_actions(db)
    with transaction(db):
        reports = frozenset(report_ids(db)) if touched is None else _concerned(db, touched)
        actions = tuple(read_signatures(db)) if touched is None else _actions_near(db, reports)
        copies = SameTexts(actions, None if touched is None else reports).copies()
        store_copies(db, reports, (_stored(copy) for copy in copies))
        _store(db, reports, [_found(copy) for copy in copies])


def compare_again(db: Database, touched: frozenset[str]) -> None:
    """The same where fields of these reports have changed, but neither texts of actions nor offices and years.

    The copies are those known, so that no action of other reports has to be looked at.
    """
    with transaction(db):
        same_office = (other for report_id in touched for other in reports_of_same_office(db, report_id))
        reports = touched.union(same_office, *(reports_with_copies(db, report_id) for report_id in touched))
        _store(db, reports, [copy for report_id in sorted(reports) for copy in copies_of(db, report_id)])


def touched_with(db: Database, report_id: str) -> frozenset[str]:
    """The report, those that its copies stand in, and its office's: to be asked before it is loaded anew or changed."""
    return reports_with_copies(db, report_id).union(reports_of_same_office(db, report_id), {report_id})


def sign_actions(db: Database) -> None:
    """Gives every action that has none its signature."""
    signed = lru_cache(maxsize=100_000)(signature)  # many offices use the same phrases
    store_signatures(db, (_signature(each, signed) for each in unsigned_actions(db)))


def _signature(action: UnsignedAction, signed: Callable[[str], bytes]) -> Signature:
    text = masked(action.text, (*action.offices, *action.dates))
    return Signature(action.action_id, text, "|".join(action.dates), signed(text))


def _concerned(db: Database, touched: frozenset[str]) -> frozenset[str]:
    """The touched reports that are still there, those with the same texts, and their offices' other reports."""
    known = frozenset(report_ids(db))
    near = touched | SameTexts(_actions_near(db, touched), touched).reports_concerned()
    same_office = (other for report_id in touched & known for other in reports_of_same_office(db, report_id))
    return (near & known) | frozenset(same_office)


def _actions_near(db: Database, reports: frozenset[str]) -> tuple[SignedAction, ...]:
    """The reports' actions with text enough, and those of others that may be nearly the same."""
    bands = Bands(tuple(read_signatures_of(db, reports)))
    near = [
        rows[place]
        for rows, signatures in bare_signatures(db)
        for place in bands.agreeing(signatures).nonzero()[0].tolist()
    ]
    return tuple(read_signatures_at(db, near))


def _stored(copy: Copy) -> StoredCopy:
    return StoredCopy(copy.action.action_id, copy.other.action_id, copy.similarity)


def _found(copy: Copy) -> FoundCopy:
    same_office = copy.action.office_id == copy.other.office_id
    return FoundCopy(copy.action.report_id, copy.action.action_id, copy.other.action_id, copy.similarity, same_office)


def _store(db: Database, report_ids: frozenset[str], copies: Sequence[FoundCopy]) -> None:
    told: defaultdict[str, list[Contradiction]] = defaultdict(list)
    reports = _Reports(db)
    for copy in sorted(copies, key=_told_first):
        if copy.report_id in report_ids:
            told[copy.report_id].append(_copied(copy, reports))
    for office in {reports_of_same_office(db, report_id) for report_id in report_ids}:
        for report, contradiction in compare_years([reports.get(each) for each in office]) if len(office) > 1 else ():
            told[report.id].append(contradiction)
    for report_id in sorted(report_ids):
        if told[report_id] or _has_between(db, report_id):
            _store_between(db, reports.get(report_id), told[report_id])


class _Reports:
    """The reports of the database, each read once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.get = lru_cache(maxsize=256)(lambda report_id: read_report(db, report_id))


def _told_first(copy: FoundCopy) -> tuple[str, str, float, str]:
    """Report by report, so that each is read once; of an action's copies the likest is told, whenever it was found."""
    return copy.report_id, copy.action_id, -copy.similarity, copy.other_id


def _copied(copy: FoundCopy, reports: _Reports) -> Contradiction:
    at, action = _placed(reports.get(copy.report_id), copy.action_id)
    other = read_action_place(reports.db, copy.other_id)
    numbers = (other.indicator_number, other.measure_number, other.number)
    there = "/".join(str(number or "-") for number in numbers)
    return Contradiction(
        check="action-copied",
        message="own" if copy.same_office else "default",
        at=at,
        records=(action.id, copy.other_id),
        values=(
            Value(name="office", text=other.office),
            Value(name="year", text=str(other.fiscal_year or "-")),
            told_value("at", Told(place_in_words(there, "th"), place_in_words(there, "en")), text=there),
            Value(name="percent", text=f"{100 * copy.similarity:.0f}"),
            Value(name="text", text=other.text),
        ),
        evidence=action.evidence,
    )


def _placed(report: Report, action_id: str) -> tuple[str, Action]:
    placed = (PlacedAction(measure=m, action=a) for m in report.measures for a in m.actions)
    return next((each.at, each.action) for each in placed if each.action.id == action_id)


def _has_between(db: Database, report_id: str) -> bool:
    return any(load_catalogue()[each.check].scope == "between" for each in read_findings(db, report_id))


def _store_between(db: Database, report: Report, told: Sequence[Contradiction]) -> None:
    """Puts the findings between reports behind those of the report alone, which stay."""
    alone = [each for each in read_findings(db, report.id) if load_catalogue()[each.check].scope == "report"]
    between = [finding_of(each, report.id) for each in in_printed_order(merged(told), report)]
    load_findings(db, report.id, (*alone, *between), checked_by=checks_version())
