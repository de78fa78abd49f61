"""List numbers and bullets: ๑. ๑) (๑) ๑.๑ ก. (ก) ข้อ ๑ มาตรการที่ ๑ - •, nested, and running on inside one line.

A number in a sentence is no list number («๒ รอบ», «รอบที่ ๒», «ปี ๒๕๖๓.», «ข้อ ๓ ของระเบียบ», «๘๒.๒๒ คะแนน»). At the head of
a line a mark is taken at its face; inside a line only where it goes on with a list that is open, or opens one that
goes on later in the same line.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.thai.text import fold_digits

BULLETS = "•●○◦▪▫■□◆◇►▶▸➢➤➔→✓✔√❖★☆·‣⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
DASHES = "-–—−"

# The letters that lists use, in their order (ฃ and ฅ are obsolete and skipped).
LETTERS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"

# A number up to 99: a larger one before a full stop is a year or an amount.
_ONE = r"[0-9]{1,2}"
# Without ที่ or a closing mark the number belongs to a name («กิจกรรม 5 ส»).
_COUNTED = "มาตรการ|กิจกรรม|โครงการ|ขั้นตอน|แนวทาง|วิธีการ"
_ORDINAL = rf"""
    (?P<ordinal>(?P<word>{_COUNTED}|ข้อ)(?:(?<=ข้อ)|ที่|(?=\s*{_ONE}\s*[.:)]))\s*
        (?P<ordinal_number>{_ONE}(?:\.{_ONE})*)(?![0-9]|\.[0-9])\s*[.:)]*) |"""
_PLAIN = rf"""
    (?P<decimal>\(?(?P<decimal_number>[1-9][0-9]?(?:\.{_ONE}){{1,3}})(?![0-9]|\.[0-9])[.)]?)
  | (?P<dot>(?P<dot_number>{_ONE})\.(?![0-9.]))
  | (?P<bracket>(?P<bracket_number>{_ONE})\)(?!\)))
  | (?P<parens>\(\s?(?P<parens_number>{_ONE})\s?\))
  | (?P<letter_dot>(?P<letter_dot_number>[{LETTERS}])\.(?=\s|[ก-๙A-Za-z"“(])(?![{LETTERS}]{{1,3}}\.))
  | (?P<letter_bracket>(?P<letter_bracket_number>[{LETTERS}])\))
  | (?P<letter_parens>\((?P<letter_parens_number>[{LETTERS}])\))
  | (?P<latin>\(?(?P<latin_number>[a-zA-Z]|i{{1,3}}|iv|vi{{0,3}})[.)](?=\s))
  | (?P<bullet>[{re.escape(BULLETS)}]+|(?<!\*)\*(?!\*))
  | (?P<dash>[{DASHES}](?=\s|[ก-๙A-Za-z"“(]))
"""
_HEAD_MARK = re.compile(_ORDINAL + _PLAIN, re.VERBOSE)
_INNER_MARK = re.compile(_PLAIN, re.VERBOSE)

# After such a word the number belongs to the sentence: a noun with an ordinal (ข้อ, มาตรา, ที่), a conjunction, a range.
_REFERS_TO = re.compile(
    r"(?:(?<!ทุก)(?<!หัว)ข้อ|(?<!หน้า)(?<!พื้น)(?<!สถาน)ที่|พ\.ศ\.|ค\.ศ\.|เลขที่|เลข|หมวด|มาตรา|บท|ลำดับ|วรรค|และ|หรือ|กับ|ถึง|[-–/=:,])$"
)
# After such a word a number is likely a quantity, though a list may go on there.
_TAKES_A_NUMBER = re.compile(
    r"(?:ปี|เขต|หมู่|ชั้น|จำนวน|ประมาณ|ร้อยละ|คะแนน|ระดับ|เวลา|รอบ|ครั้ง|ตาม|ใน|ไตรมาส|เฉพาะ|หน้า|รวม|เป็น|ได้|เพียง)$"
)
# After a number such a word makes it a quantity, a time or a reference.
_UNIT = re.compile(r"\s*(?:คะแนน|ร้อยละ|%|บาท|ล้าน|น\.|นาฬิกา|กม\.|ตร\.|เปอร์เซ็นต์|เท่า)")
_REFERENCE = re.compile(r"\s*(?:ของ|แห่ง|ตาม|และข้อ|ถึงข้อ|วรรค|ในระเบียบ|ในประกาศ)")
_TEXT = re.compile(r"[ก-๙A-Za-z\"“(]")
_JOINED = re.compile(r"(?:และ|หรือ|กับ|รวมทั้ง|ตลอดจน)\s*$")
# A month's name, full or short, ends and begins so: «เมษายน - มิถุนายน», «ต.ค. - มี.ค.», «๑ - ๓ มิถุนายน».
_MONTH = (
    r"(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา"
    r"|(?:ม|มี|พ|ก|ส|ต|ธ)\.ค|ก\.พ|(?:เม|มิ|ก|พ)\.ย)"
)
_RANGE_BEFORE = re.compile(r"(?:[0-9]|คม|ยน|พันธ์|\.[คพย]\.?)$")
_RANGE_AFTER = re.compile(rf"(?:วัน\S*ที่\s*|เดือน\s*)?(?:[0-9]|{_MONTH})")


@dataclass(frozen=True)
class Marker:
    """A list number or bullet: `number` has Arabic digits and no closing mark («4.1», «ก»), None for a bullet."""

    style: str
    number: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of the line `line` (0-based index)."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Item:
    """One list item: its mark, the number of the item it stands under, its depth (0 = outermost), its text's places."""

    marker: Marker | None
    parent: str | None
    depth: int
    spans: tuple[Span, ...]

    @property
    def number(self) -> str | None:
        """The list number; None for a bullet or for text without a mark."""
        return self.marker.number if self.marker else None


@lru_cache(maxsize=1024)
def marker_at_head(text: str) -> Marker | None:
    """The list mark that the text begins with, if any; `end` is where the item's own text begins.

    Kept for the last lines: a line is asked for its mark up to ten times, and those above it to place its own.
    """
    folded = fold_digits(text)
    start = len(folded) - len(folded.lstrip())
    match = _HEAD_MARK.match(folded, start)
    if not match:
        return None
    marker = _marker(match)
    rest = folded[match.end() :]
    if marker.style == "1.1" and (_UNIT.match(rest) or _is_decimal_fraction(marker.number or "")):
        return None
    if marker.style == "ข้อ" and _REFERENCE.match(rest):
        return None
    if marker.number is not None and not marker.number.strip("0."):
        return None
    return marker if rest.strip() or marker.number is not None else None


def list_items(lines: Sequence[str], indents: Sequence[int] = (), breaks: Collection[int] = ()) -> tuple[Item, ...]:
    """The items of a cell or section: one for each list mark, in printed order, with the item each stands under.

    Text before the first mark is an item without a mark; text after an item, without a mark of its own, belongs to that
    item, unless its line is in `breaks`: the indices of lines at which a new cell begins. `indents` gives each line's
    depth in lists where the format states it.
    """
    outline = _Outline()
    for index, line in enumerate(lines):
        outline.read_line(index, line, indents[index] if indents else 0, index in breaks)
    return tuple(outline.items)


class _Outline:
    """The list that is open while lines are read: one level for each kind of mark that stands inside another."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []
        self.items: list[Item] = []

    def read_line(self, index: int, line: str, indent: int, begins_anew: bool) -> None:
        """Read one line; `begins_anew`: a new cell begins with it."""
        head = marker_at_head(line)
        starts = [head] if head else []
        if head:
            self._open(head, indent)
            self.items.append(self._item(head, Span(index, head.end, len(line))))
        elif line.strip():
            self._read_unmarked(Span(index, 0, len(line)), begins_anew)
        for marker in _inner_marks(line, head.end if head else 0):
            if self._goes_on_with(marker, line, starts):
                self._cut(marker, index, indent, len(line))
                starts.append(marker)

    def _cut(self, marker: Marker, index: int, indent: int, length: int) -> None:
        last = self.items[-1]
        shortened = Span(index, last.spans[-1].start, marker.start)
        self.items[-1] = Item(last.marker, last.parent, last.depth, (*last.spans[:-1], shortened))
        self._open(marker, indent)
        self.items.append(self._item(marker, Span(index, marker.end, length)))

    def _read_unmarked(self, span: Span, begins_anew: bool) -> None:
        if self.items and not begins_anew:
            last = self.items.pop()
            self.items.append(Item(last.marker, last.parent, last.depth, (*last.spans, span)))
        else:
            self._levels.clear()
            self.items.append(Item(None, None, 0, (span,)))

    def _item(self, marker: Marker, span: Span) -> Item:
        return Item(marker, self._levels[-1].parent, len(self._levels) - 1, (span,))

    def _open(self, marker: Marker, indent: int) -> None:
        """Bring the levels up to date: go back to the marker's own level, or open a new one inside the innermost."""
        prefix = marker.number.rpartition(".")[0] if marker.style == "1.1" and marker.number else ""
        depth = self._depth_of(marker, indent, prefix)
        if depth < len(self._levels):
            parent = self._levels[depth].parent if not prefix else self._printed(prefix)
        else:
            parent = self._levels[-1].number if self._levels and not prefix else self._printed(prefix)
        del self._levels[depth:]
        self._levels.append(_Level(marker.style, indent, marker.number, parent))

    def _depth_of(self, marker: Marker, indent: int, prefix: str) -> int:
        depths = range(len(self._levels) - 1, -1, -1)
        if prefix:
            for depth in depths:
                if self._levels[depth].number == prefix:
                    return depth + 1
            return next((d for d in depths if _same_depth(self._levels[d], marker)), 0)
        for depth in depths:
            level = self._levels[depth]
            if level.style == marker.style and level.indent == indent:
                return depth
        for depth in depths:
            level = self._levels[depth]
            if indent < level.indent or (indent == level.indent and _follows(marker.number, level.number)):
                return depth
        return len(self._levels)

    def _printed(self, number: str) -> str | None:
        """The number, if an item of that number and depth was printed: «(๑)» further in is no parent of «๑.๓»."""
        depth = number.count(".")
        return number if any(item.number == number and item.depth == depth for item in self.items) else None

    def _goes_on_with(self, marker: Marker, line: str, starts: list[Marker]) -> bool:
        """Whether a mark inside a line is a list mark: it follows an open level's number, or opens a list here."""
        before = line[: marker.start].rstrip()
        if marker.style == "•":
            return True
        if marker.style == "-":
            return bool(starts) and starts[0].style == "-" and not _is_range(before, line[marker.end :])
        number = marker.number or ""
        if marker.style == "1.1":
            return self._continues_decimal(number, line[marker.end :])
        if _REFERS_TO.search(before):
            return False
        for level in self._levels:
            if level.style == marker.style:
                skips = marker.style in ("1.", "1)", "(1)") and not _TAKES_A_NUMBER.search(before)
                return _is_near(number, level.number) if skips else _follows(number, level.number)
        return _is_first(number) and not _TAKES_A_NUMBER.search(before) and _opens_list(marker, line)

    def _continues_decimal(self, number: str, rest: str) -> bool:
        if _UNIT.match(rest):
            return False
        prefix, _, last = number.rpartition(".")
        siblings = [
            level.number for level in self._levels if level.number and level.number.rpartition(".")[0] == prefix
        ]
        if siblings:
            return _is_near(last, siblings[-1].rpartition(".")[2])
        return last == "1" and any(level.number == prefix for level in self._levels)


@dataclass(frozen=True)
class _Level:
    style: str
    indent: int
    number: str | None
    parent: str | None


_STYLES = {
    "decimal": "1.1",
    "dot": "1.",
    "bracket": "1)",
    "parens": "(1)",
    "letter_dot": "ก.",
    "letter_bracket": "ก)",
    "letter_parens": "(ก)",
    "latin": "a)",
    "bullet": "•",
    "dash": "-",
}


def _marker(match: re.Match[str]) -> Marker:
    kind = match.lastgroup or ""
    style = match["word"] if kind == "ordinal" else _STYLES[kind]
    number = None if kind in ("bullet", "dash") else match[f"{kind}_number"]
    end = match.end()
    while end < len(match.string) and match.string[end].isspace():
        end += 1
    return Marker(style, number, match.start(), end)


def _inner_marks(line: str, start: int) -> list[Marker]:
    folded = fold_digits(line)
    found = []
    for match in _INNER_MARK.finditer(folded, start):
        marker = _marker(match)
        own_head = match.start() <= start and start > 0
        after_blank = match.start() > 0 and folded[match.start() - 1].isspace()
        if after_blank and not own_head and marker.style != "a)" and _has_text(folded, marker):
            found.append(marker)
    return found


def _has_text(line: str, marker: Marker) -> bool:
    return _TEXT.match(line, marker.end) is not None


def _is_range(before: str, after: str) -> bool:
    return bool(_RANGE_BEFORE.search(fold_digits(before)) and _RANGE_AFTER.match(fold_digits(after)))


def _is_decimal_fraction(number: str) -> bool:
    """«4.25», «62.55»: a list seldom has more than 20 sub-items, and never writes 01 for 1."""
    return any(part.startswith("0") or int(part) > 20 for part in number.split(".")[1:])


def _is_first(number: str) -> bool:
    return number in ("1", "ก", "a", "A", "i")


def _same_depth(level: _Level, marker: Marker) -> bool:
    return level.style == marker.style and (level.number or "").count(".") == (marker.number or "").count(".")


def _ordinal(number: str | None) -> int | None:
    if not number:
        return None
    last = number.rpartition(".")[2]
    if last.isdigit():
        return int(last)
    return LETTERS.find(last) if last in LETTERS else ord(last[0])


def _follows(number: str | None, before: str | None) -> bool:
    here, there = _ordinal(number), _ordinal(before)
    return here is not None and there is not None and here == there + 1


def goes_on(number: str | None, before: str | None) -> bool:
    """Whether a number goes on from another of its list, up to two left out by the writer: «๒.๑», «๒.๓»."""
    if number is None or before is None or number.rpartition(".")[0] != before.rpartition(".")[0]:
        return False
    here, there = _ordinal(number), _ordinal(before)
    return here is not None and there is not None and there < here <= there + 3


def _is_near(number: str | None, before: str | None) -> bool:
    """A number that goes on with a list, or that was skipped, repeated or put out of order by its writer."""
    here, there = _ordinal(number), _ordinal(before)
    return here is not None and there is not None and max(1, there - 3) <= here <= there + 3


def _opens_list(marker: Marker, line: str) -> bool:
    """Whether a second item of the same kind follows in the line, and the items are not words of one sentence."""
    following = [mark for mark in _inner_marks(line, marker.end) if mark.style == marker.style]
    second = next((mark for mark in following if _follows(mark.number, marker.number)), None)
    return second is not None and not any(_JOINED.search(line[: mark.start]) for mark in following)
