"""How far an action has come: told by a status column, by its own words, or by the kind of document."""

import re

from extractors.thai.text import fold, fold_phrases
from schemas.reference import Reference
from schemas.report import Status

# «ดำเนินการแล้วเสร็จ ร้อยละ ๑๐๐» fits; a longer cell tells of results in sentences.
LONGEST_STATUS_CELL = 40

_PARENTHESES = re.compile(r"\(([^()]*)\)")
# «จัดอบรมแล้ว ๒ ครั้ง จาก ๔ ครั้ง»: less done than stated.
_LESS_THAN = re.compile(
    r"([0-9]+)(?:ครั้ง|รอบ|แห่ง|โครงการ|กิจกรรม|เรื่อง|หลักสูตร|คน|ราย)?จาก(?:ทั้งหมด|จำนวน|แผน|ที่กำหนด|เป้าหมาย)*([0-9]+)(?:ครั้ง|รอบ|แห่ง|โครงการ|กิจกรรม|เรื่อง|หลักสูตร|คน|ราย)"
)
# «กำหนดไว้ ๔ รุ่น ดำเนินการแล้ว ๒ รุ่น», «ระเบียบ ๑๗ ฉบับ แล้วเสร็จ ๙ ฉบับ»
_OUT_OF = re.compile(
    r"([0-9]+)([ก-๙]{2,9})[^0-9]{0,12}(?:ดำเนินการแล้ว|ดำเนินการได้|จัดแล้ว|จัดได้|แล้วเสร็จ|ทำได้)(?:เพียง|จำนวน)?([0-9]+)\2"
)
_DONE = re.compile(r"แต่|ส่วน|ยกเว้น|ทั้งนี้")


def status_of_cell(text: str, reference: Reference) -> Status | None:
    """The status that a status cell states; None where it states none. A long text is read as an action's words are."""
    folded = fold(text)
    if len(folded) > LONGEST_STATUS_CELL:
        return status_of_text(text, reference)
    for words in reference.statuses:
        if any(phrase in folded for phrase in fold_phrases(words.cell)):
            return words.status
    return None


def status_of_text(text: str, reference: Reference) -> Status | None:
    """The status that an action's own words tell; None where they tell of nothing undone or to come."""
    folded = fold(text)
    asides = [fold(aside) for aside in _PARENTHESES.findall(text)]
    main = fold(_PARENTHESES.sub(" ", text))
    if _tells("not_done", main, reference):
        return "partly_done" if _done_before(main, reference) else "not_done"
    if any(_tells("not_done", aside, reference) for aside in asides):
        return "partly_done" if _own_subject(asides, reference) else "not_done"
    if _tells("partly_done", folded, reference) or _less_done(folded):
        return "partly_done"
    return "planned" if folded.startswith("จะ") or _tells("planned", folded, reference) else None


def _tells(status: Status, folded: str, reference: Reference) -> bool:
    return any(
        phrase in folded
        for words in reference.statuses
        if words.status == status
        for phrase in fold_phrases(words.phrases)
    )


def _own_subject(asides: list[str], reference: Reference) -> bool:
    """An aside speaks of a part («(รอบ ๑ ปี ยังไม่ได้ดำเนินการ)») where words of its own stand before the phrase."""
    return any((_first_undone(aside, reference) or 0) > 0 for aside in asides)


def _done_before(main: str, reference: Reference) -> bool:
    """Whether something was done, and the undone is only a part: «จัดแล้ว ๑ ครั้ง แต่ครั้งที่ ๒ ยังไม่ได้ดำเนินการ»."""
    before = main[: _first_undone(main, reference)]
    return bool(_DONE.search(before)) and ("แล้ว" in before or "ได้" in before)


def _first_undone(folded: str, reference: Reference) -> int | None:
    """Where the first words stand that tell of something undone."""
    undone = (words.phrases for words in reference.statuses if words.status == "not_done")
    phrases = [phrase for phrases in undone for phrase in fold_phrases(phrases)]
    return min((place for phrase in phrases if (place := folded.find(phrase)) >= 0), default=None)


def _less_done(folded: str) -> bool:
    stated_first = ((done, stated) for stated, _, done in _OUT_OF.findall(folded))
    return any(int(done) < int(stated) for done, stated in (*_LESS_THAN.findall(folded), *stated_first))
