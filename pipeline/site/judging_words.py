"""What the site calls the fields of records that people correct, and how it shows their values."""

from pipeline.site.wording import Wording
from schemas.base import Record
from schemas.correction import Correction

# Fields that are called after another column, by table.
_COLUMNS = {("reports", "office"): "office_id"}
_DATES = "dates"
_WEAK = "weak"
_AS_IN_TABLES = {"true": "1", "false": "0"}


class JudgingWords(Record):
    """Names and values of fields in the reader's language, for templates."""

    ui: Wording

    def field(self, table: str | None, name: str | None) -> str:
        """What a field is called; a date by its place among the dates of its action."""
        column, _, place = (name or "").partition(".")
        if column == _DATES:
            return self.ui.say("judging.date", number=place)
        return self.ui.column(table or "", _COLUMNS.get((table or "", column), column))

    def value(self, name: str | None, value: str | None) -> str:
        """A value in its normal form as people read it; a dash where there is none."""
        column = (name or "").partition(".")[0]
        if value is None:
            return "–"
        if column == _DATES:
            return " – ".join(self.ui.day(day) if day else "…" for day in value.split("/"))
        return self.ui.value(column, _AS_IN_TABLES.get(value, value) if column == _WEAK else value)

    def read(self, name: str | None, value: str | None) -> str:
        """A value that the program read; of a printed date that is none, it says so."""
        is_date = (name or "").partition(".")[0] == _DATES
        return self.ui.say("judging.no_date") if is_date and value is None else self.value(name, value)

    def corrected(self, correction: Correction) -> str:
        """What was read in a field, and what it was corrected to."""
        name, now = correction.field, self.value(correction.field, correction.as_corrected)
        if (name or "").partition(".")[0] == _DATES and correction.as_read is None:
            return self.ui.say("judging.corrected_no_date", now=now)
        return self.ui.say("judging.corrected", read=self.value(name, correction.as_read), now=now)

    def typed(self, name: str, value: str | None) -> str:
        """A value as it stands in the field of a form, to be typed over; days in Thai as Thais write them."""
        if value is None:
            return ""
        is_date = name.partition(".")[0] == _DATES
        return self.value(name, value) if is_date and self.ui.language == "th" else value
