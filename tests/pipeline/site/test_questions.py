"""Ready-made questions answer what a look at the tables would."""

from collections import defaultdict

import httpx
from sqlite_utils import Database

from extractors.thai.text import fold
from pipeline.site.application import DATABASE


def test_measures_are_told_kept_new_or_dropped_against_the_year_before(client: httpx.Client, rows: Database) -> None:
    told: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    sql = (
        "select reports.office_id as office, reports.fiscal_year as year, measures.text from measures "
        "join reports on reports.id = measures.report_id "
        "where reports.office_id is not null and fiscal_year is not null"
    )
    for row in rows.query(sql):
        told[row["office"], row["year"]].add(fold(row["text"]))
    kept = sum(len(texts & told.get((office, year - 1), set())) for (office, year), texts in told.items())
    dropped = sum(
        len(texts - told[office, year + 1])
        for (office, year), texts in list(told.items())
        if (office, year + 1) in told
    )
    answers = client.get(f"/{DATABASE}/measures_over_years.json?_shape=array&_size=max").json()
    changes = [answer["change"] for answer in answers]
    assert changes.count("kept") == kept > 0
    assert changes.count("dropped") == dropped > 0
    assert set(changes) == {"none_before", "new", "kept", "dropped"}
